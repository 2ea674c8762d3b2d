"""Small schools for the tests, and the naive table that every attack is first shown to work on."""

from collections.abc import Mapping, Sequence

import numpy as np

from belong.release import Microdata, Release
from belong.release.compute import values_of
from belong.release.decode import Sets, sets_of, shown_in


def school(
    groups: Mapping[str, Sequence[str]],
    answers: Mapping[str, Sequence[int]] | None = None,
    *,
    seed: int = 1,
    items: int = 4,
    skip: float = 0.0,
    **more: object,
) -> Microdata:
    """One row a person; answers on five steps, drawn at random unless given. Two items make a part."""
    people = len(next(iter(groups.values())))
    draw = np.random.default_rng(seed)
    codes = {f"q{i}": draw.integers(1, 6, people) for i in range(1, items + 1)}
    codes = {item: np.where(draw.random(people) < skip, 0, given) for item, given in codes.items()}
    codes |= {item: np.array(given) for item, given in (answers or {}).items()}
    names = list(codes)
    settings: dict[str, object] = {
        "parts": {f"p{i // 2 + 1}": names[i : i + 2] for i in range(0, len(names), 2)},
        "wave": "1",
        "closed_on": "2026-03-02",
    }
    return Microdata(
        pupils=people,
        items={item: np.asarray(given, dtype=np.int8) for item, given in codes.items()},
        categories=dict.fromkeys(names, 5),
        favourable=dict.fromkeys(names, (4, 5)),
        attributes={key: np.array(values, dtype=np.str_) for key, values in groups.items()},
        **(settings | more),  # type: ignore[arg-type]
    )


def blocks(**sizes: int) -> list[str]:
    """``blocks(F=3, M=2)`` → F F F M M; ``_`` stands for unknown."""
    return [("" if name == "_" else name) for name, many in sizes.items() for _ in range(many)]


def naive_mean(data: Microdata, item: str, members: np.ndarray | None = None) -> float:
    """The exact mean of one item, in points of 100, as a table without protection prints it."""
    codes = data.items[item]
    rows = codes > 0 if members is None else members & (codes > 0)
    return float((codes[rows].astype(float) - 1).mean() * 25)


def points(data: Microdata, item: str, members: np.ndarray) -> float:
    """The true sum of some people's answers, in points: what an attacker is after."""
    return float((data.items[item][members].astype(float) - 1).sum() * 25)


def published(release: Release, data: Microdata, measure: str) -> tuple[Sets, Sets, np.ndarray]:
    """Shown sets, hidden sets, and who answered: all an attacker with a class list can know of a measure."""
    sets, shown = sets_of(release, data), shown_in(release, measure)
    answered = values_of(data, release.measures).answered
    place = [info.key for info in release.measures].index(measure)
    return (
        {key: sets[key] for key in sets if key in shown},
        {key: sets[key] for key in sets if key not in shown},
        answered[place],
    )


MOST_ATOMS = 16


def can_be_forced(shown: Sets, answered: np.ndarray) -> bool:
    """Whether there are few enough kinds of people to try every union of them."""
    return len(np.unique(np.array([members[answered] for members in shown.values()]).T, axis=0)) <= MOST_ATOMS


def smallest_recoverable(shown: Sets, answered: np.ndarray) -> int:
    """The fewest people that a combination of the shown sums rests on (0 if there is none)."""
    return fewest(np.array([members[answered] for members in shown.values()], dtype=float))


def fewest(rows: np.ndarray) -> int:
    """By brute force: the fewest columns that a combination of rows rests on.

    Equal columns cannot be told apart and form an atom. Every union of atoms is tried, up to 2^16 of them, and
    every difference of two unions up to ten atoms, by the distance from the row space. Nothing here is shared
    with the engine.
    """
    atoms, sizes = np.unique(rows.T, axis=0, return_counts=True)
    assert len(atoms) <= MOST_ATOMS, "this school is too varied for brute force"
    unions = (np.arange(1, 2 ** len(atoms))[:, None] >> np.arange(len(atoms))) & 1
    if len(atoms) <= 10:
        unions = (np.arange(1, 3 ** len(atoms))[:, None] // 3 ** np.arange(len(atoms))) % 3 - 1
    _, values, right = np.linalg.svd(atoms.T, full_matrices=False)
    basis = right[values > 1e-9 * values.max()]
    rest = unions - (unions @ basis.T) @ basis
    people = np.abs(unions[np.abs(rest).max(axis=1) < 1e-8]) @ sizes
    return int(people[people > 0].min(initial=10**6)) if people.any() else 0
