"""How much protection costs in what can be seen: `./run useful` writes the table into docs/privacy.md.

Invented schools of five sizes (`bench.roll`: true gaps are put in, so it is known how wide each is) are cut by the
menu that every school's release is cut by, once by the release engine and once by the rule that other products
describe: a group under the threshold is joined with the next smallest, and nothing else is done.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "privacy.md"
BEGIN, END = "<!-- usefulness -->", "<!-- end of usefulness -->"
SIZES, SEEDS = (90, 210, 500, 1100, 1800), 5
THRESHOLD, WIDE, MOSTLY = 10, 0.3, 0.9
OURS = "belong"
MERGES = {"merge only, ten": 10, "merge only, five": 5}
COLUMNS = (
    "pupils on roll",
    "rule",
    "one-way cells shown alone",
    "or joined",
    "two-way cells shown alone",
    "or joined",
    "true gaps above 0.3 SD shown alone",
    "or joined",
    "groups under ten given away",
)

Key = tuple[str, str]
Sets = dict[Key, np.ndarray]
"""(cut, group) → who of those that answered is in it."""


@dataclass(frozen=True)
class Lost:
    """What one rule does to one school: shares of what a threshold alone would allow (nan where that is nothing), each
    by itself, and by itself or joined with others.
    """

    one_way: float
    one_way_joined: float
    two_way: float
    two_way_joined: float
    gaps: float
    gaps_joined: float
    given_away: int


SHARES = tuple(one.name for one in fields(Lost) if one.name != "given_away")


@dataclass(frozen=True, eq=False)
class Case:
    """A school's answers, the groups of its menu as they are on roll, and the true gaps between them. ``shift`` is how
    far each of those that answered truly stands from the others.
    """

    everyone: int
    groups: Sets
    true_gaps: dict[tuple[str, str, str], float]
    shift: np.ndarray

    @property
    def large(self) -> list[Key]:
        """Groups in which enough answered: no rule may show others by themselves."""
        return [key for key, members in self.groups.items() if members.sum() >= THRESHOLD]


def measure(pupils: int, seed: int) -> dict[str, Lost]:
    """Rule → what it shows of one invented school."""
    from belong.measure import load
    from belong.people.models import School
    from belong.release import Policy, build, sets_of
    from belong.release.model import ALL
    from belong.see.groups import menu_of
    from bench.roll import answers_of, invent

    school = invent(pupils, seed)
    attributes = as_on_screen(school.groups)
    menu = menu_of(
        "pupils",
        School(name="Invented", phase="all"),
        {key: dict(enumerate(values.tolist())) for key, values in attributes.items()},
    )
    data = answers_of(school, load("belong-core"), attributes, seed)
    case = case_of(school, {key: attributes[key] for key in (one.key for one in menu.attributes)}, menu.pairs)
    release = build(data, menu, Policy(threshold=THRESHOLD))
    # The engine sorts its rows; groups are told by their people, so they are put together on ours.
    sets = sets_of(release, data)
    shown = {key: sets[key] for key in sets if release.cell("score", *key).mean is not None}
    everyone = {(ALL, ALL): np.ones(case.everyone, dtype=bool)}
    found = {OURS: lost(case, shown, lambda key: release.gap("score", *key).difference is not None)}
    for name, threshold in MERGES.items():
        found[name] = lost(case, everyone | joined(case.groups, threshold), lambda key: True)
    return found


def as_on_screen(groups: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What the roster holds, put into groups as `belong.see.groups` does."""
    from belong.see.groups import KINDS

    kept = {key: values for key, values in groups.items() if key in (*KINDS, "sex", "year")}
    return kept | {"sen": np.where(groups["sen"] == "N", "none", "sen")}


def case_of(school, attributes: Mapping[str, np.ndarray], pairs: Iterable[Key]) -> Case:
    """The groups of a menu before anything is joined, and how far each stands from what it is set against."""
    named = {
        key: {str(name): values == name for name in np.unique(values)} for key, values in attributes.items()
    }
    groups = {(key, name or "unknown"): rows for key, found in named.items() for name, rows in found.items()}
    for one, two in pairs:
        groups |= {
            (f"{one}*{two}", f"{a or 'unknown'}*{b or 'unknown'}"): rows & columns
            for a, rows in named[one].items()
            for b, columns in named[two].items()
        }
    here = {key: members[school.answered] for key, members in groups.items()}
    return Case(int(school.answered.sum()), here, _true_gaps(school, groups), school.shift[school.answered])


def _true_gaps(school, groups: Sets) -> dict[tuple[str, str, str], float]:
    """Of two groups the first against the second, of more each against everyone else, as the release sets them."""
    from belong.see.groups import cuts_for

    order = {cut.key: cut.order for cut in cuts_for("pupils")}
    found = {}
    for cut in dict.fromkeys(cut for cut, _ in groups):
        known = [key for key in groups if key[0] == cut and key[1] != "unknown"]
        known.sort(key=lambda key: order[cut].index(key[1]) if cut in order else 0)
        if len(known) == 2:
            (_, first), (_, second) = known
            found[cut, first, second] = school.true_gap(groups[known[0]], groups[known[1]])
            continue
        for key in known:
            if groups[key].any():
                found[*key, "rest"] = school.true_gap(groups[key], ~groups[key])
    return found


def joined(groups: Sets, threshold: int) -> Sets:
    """Within each cut, groups under the threshold joined with the next smallest until there is none."""
    found: Sets = {}
    for cut in dict.fromkeys(cut for cut, _ in groups):
        blocks = [
            ([name], members) for (one, name), members in groups.items() if one == cut and members.any()
        ]
        blocks.sort(key=lambda block: int(block[1].sum()))
        while len(blocks) > 1 and blocks[0][1].sum() < threshold:
            (names, members), (more, others) = blocks[:2]
            blocks = sorted(
                [(names + more, members | others), *blocks[2:]], key=lambda block: int(block[1].sum())
            )
        found |= {(cut, "+".join(names)): members for names, members in blocks if members.sum() >= threshold}
    return found


def lost(case: Case, shown: Sets, has_gap: Callable[[Key], bool]) -> Lost:
    """What a rule shows of the groups large enough to be shown, and which small ones it gives away.

    `has_gap` says whether a shown group's gap is shown, too, when everything it is set against is.
    """
    alone = {key: standing_for(key[0], members, shown) for key, members in case.groups.items()}
    joined = {key: one or standing_for(key[0], case.groups[key], shown, 0.0) for key, one in alone.items()}
    wide = [
        key
        for key, gap in case.true_gaps.items()
        if abs(gap) > WIDE and key[:2] in case.large and (key[2] == "rest" or (key[0], key[2]) in case.large)
    ]
    one_way = [key for key in case.large if "*" not in key[0]]
    two_way = [key for key in case.large if "*" in key[0]]
    return Lost(
        _share([alone[key] is not None for key in one_way]),
        _share([joined[key] is not None for key in one_way]),
        _share([alone[key] is not None for key in two_way]),
        _share([joined[key] is not None for key in two_way]),
        _share([_seen(key, alone, has_gap) for key in wide]),
        _share(
            [_seen(key, alone, has_gap) or _still_wide(case, key, joined, shown, has_gap) for key in wide]
        ),
        given_away(case.groups, shown),
    )


def _seen(gap: tuple[str, str, str], found: Mapping[Key, Key | None], has_gap: Callable[[Key], bool]) -> bool:
    """Whether something stands for both sides, and their gap is shown."""
    cut, group, against = gap
    one, other = found[cut, group], found.get((cut, against))
    return one is not None and (against == "rest" or other not in (None, one)) and has_gap(one)


def _still_wide(
    case: Case,
    gap: tuple[str, str, str],
    joined: Mapping[Key, Key | None],
    shown: Sets,
    has_gap: Callable[[Key], bool],
) -> bool:
    """Whether the gap is shown between groups that others were joined to, and truly is wide there, the same way."""
    if not _seen(gap, joined, has_gap):
        return False
    cut, group, against = gap
    one = shown[joined[cut, group] or ("", "")]
    other = ~one if against == "rest" else shown[joined[cut, against] or ("", "")]
    apart = case.shift[one].mean() - case.shift[other].mean()
    return bool(np.sign(apart) == np.sign(case.true_gaps[gap]) and abs(apart) > WIDE)


def standing_for(cut: str, members: np.ndarray, shown: Sets, mostly: float = MOSTLY) -> Key | None:
    """The shown group that is these people, but for one in ten others at most who were joined to them (or as many as
    ``mostly`` says). Not everybody: that would be no group.
    """
    for key, people in shown.items():
        if (
            key[0] == cut
            and not people.all()
            and not (members & ~people).any()
            and mostly * people.sum() <= members.sum()
        ):
            return key
    return None


def given_away(groups: Sets, shown: Sets) -> int:
    """How many different sets of one to nine people have a sum that adding and subtracting shown sums gives exactly.

    Looked at are the groups of the menu, any two of them together, and what one shown set has over another. The
    reader is taken to know who is in which group, as a class list tells, and who answered.
    """
    sums = np.array(list(shown.values()), dtype=float)
    basis = np.linalg.svd(sums, full_matrices=False)
    rows = basis[2][basis[1] > 1e-9 * basis[1].max()]
    tried = {}
    named = list(groups.values())
    one_way = [members for (cut, _), members in groups.items() if "*" not in cut]
    for members in (
        *named,
        *(a & b for at, a in enumerate(one_way) for b in one_way[:at]),
        *(a & ~b for a in shown.values() for b in shown.values()),
    ):
        if 0 < members.sum() < THRESHOLD:
            tried[members.tobytes()] = members
    return sum(_follows(members.astype(float), rows) for members in tried.values())


def _follows(wanted: np.ndarray, rows: np.ndarray) -> bool:
    """Whether a sum over these people is a combination of the rows (an orthonormal basis)."""
    return bool(np.abs(wanted - (rows @ wanted) @ rows).max() < 1e-8)


def _share(shown: list[bool]) -> float:
    return 100 * sum(shown) / len(shown) if shown else float("nan")


def table(sizes: Iterable[int] = SIZES, seeds: int = SEEDS) -> Iterator[str]:
    """The lines of the table: mean over the schools of a size, and the range in brackets."""
    yield f"| {' | '.join(COLUMNS)} |"
    yield "|---:|---|" + "---:|" * (len(COLUMNS) - 2)
    for pupils in sizes:
        runs = [measure(pupils, seed) for seed in range(1, seeds + 1)]
        for rule in runs[0]:
            row = [run[rule] for run in runs]
            shares = [_said([getattr(one, name) for one in row], "\u00a0%") for name in SHARES]
            yield (
                f"| {pupils:,} | {rule} | {' | '.join(shares)} | {_said([one.given_away for one in row])} |"
            )


def _said(values: list[float], unit: str = "") -> str:
    """ "92 % (88–97)"; a dash where no school of the size had any."""
    held = [value for value in values if not np.isnan(value)]
    if not held:
        return "–"
    low, high = round(min(held)), round(max(held))
    span = f" ({low}–{high})" if low != high else ""
    return f"{sum(held) / len(held):.0f}{unit}{span}"


def main(words: list[str]) -> int:
    """Print the table, and write it into the page unless some sizes only were asked for."""
    parser = argparse.ArgumentParser(prog="./run useful", description=__doc__)
    parser.add_argument(
        "sizes", nargs="*", type=int, help="pupils on roll; the five of the document if left out"
    )
    parser.add_argument("--seeds", type=int, default=SEEDS, help="schools of each size")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="belong-useful-") as folder:
        os.environ |= {"BELONG_HOME": folder, "DJANGO_SETTINGS_MODULE": "belong.site.settings"}
        import django

        django.setup()  # for the menu; no database is opened
        lines = []
        for line in table(asked.sizes or SIZES, asked.seeds):
            print(line, flush=True)
            lines.append(line)
    if not asked.sizes:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        PAGE.write_text(
            f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{rest.split(END)[1]}", encoding="utf-8"
        )
        print(f"useful: written to {PAGE.relative_to(ROOT)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
