"""Small trusts for the tests, and attackers that share no code with the engine."""

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from belong.release import SHOWN, Microdata, Release
from belong.release.across import AcrossTable
from tests.release.schools import school


def trust(
    groups: Mapping[str, Mapping[str, Sequence[str]]], *, seed: int = 1, **more: object
) -> dict[str, Microdata]:
    """``groups[school][attribute]`` one value a person; answers at random."""
    return {
        name: school(given, seed=seed * 1000 + n, **more) for n, (name, given) in enumerate(groups.items())
    }  # type: ignore[arg-type]


def alike(schools: int, people: int, *, seed: int = 1, **values: Sequence[str]) -> dict[str, Microdata]:
    """Schools of so many people whose attributes are drawn from the same values everywhere."""
    dice = np.random.default_rng(seed)
    groups = {
        f"S{n}": {key: dice.choice(list(given), people).tolist() for key, given in values.items()}
        for n in range(schools)
    }
    return trust(groups, seed=seed)


def ids_of(schools: Mapping[str, Microdata]) -> dict[str, list[str]]:
    return {name: [f"{name}/{row}" for row in range(data.pupils)] for name, data in schools.items()}


def pooled(schools: Mapping[str, Microdata], column: str) -> np.ndarray:
    """One column of all schools, one under the other, in the order of their names: ``its school``, an attribute, or
    a question's codes.
    """
    names = sorted(schools)
    if column == "its school":
        return np.repeat(names, [schools[name].pupils for name in names])
    return np.concatenate(
        [schools[name].items.get(column, schools[name].attributes.get(column)) for name in names]
    )


def shown_rows(release: Release, schools: Mapping[str, Microdata], measure: str) -> np.ndarray:
    """The published groups of a measure (groups × people), read off their keys."""
    cells = [cell for cell in release.cells if cell.measure == measure and cell.symbol in SHOWN]
    return np.array([members(schools, cell.cut, cell.group) for cell in cells])


def members(schools: Mapping[str, Microdata], cut: str, group: str) -> np.ndarray:
    people = np.ones(len(pooled(schools, "its school")), dtype=bool)
    if cut == "all":
        return people
    for key, value in zip(cut.split("*"), group.split("*"), strict=True):
        people &= pooled(schools, key) == ("" if value == "unknown" else value)
    return people


def tells_of_few_schools(rows: np.ndarray, school: np.ndarray, most: int = 4) -> tuple[str, ...]:
    """By brute force: schools, at most so many, of which alone some combination of the rows speaks. Taking their
    people out then lowers the rank, as that combination is nought on everybody else.
    """
    rank = np.linalg.matrix_rank(rows.astype(float))
    names = np.unique(school)
    for few in itertools.combinations(names.tolist(), min(most, len(names))):
        rest = rows[:, ~np.isin(school, few)]
        if (np.linalg.matrix_rank(rest.astype(float)) if rest.size else 0) < rank:
            return few
    return ()


def breaks_rule_six(people: np.ndarray, school: np.ndarray) -> bool:
    """Whether a set of people is of under five schools, or mostly of one."""
    counts = np.unique(school[people], return_counts=True)[1]
    return len(counts) < 5 or bool(counts.max() / counts.sum() > 0.4)


def sums(table: AcrossTable, item: str, cut: str, group: str, people: int) -> float | None:
    """The sum of points behind a published mean, for a reader who knows how many there are."""
    cell = table.release.cell(f"item:{item}", cut, group)
    return None if cell.mean is None else cell.mean * people
