"""Every attack in turn, on all files together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from belong.release.attack.changes import between_waves
from belong.release.attack.fitting import check
from belong.release.attack.glance import absent, glance
from belong.release.attack.insider import Insider
from belong.release.attack.inversion import numbers, spreads
from belong.release.attack.learned import WAYS, Learned, Report, Tried
from belong.release.attack.outsider import subtraction
from belong.release.attack.roll import Roll
from belong.release.attack.told import Told
from belong.release.attack.versions import together, twice

USUAL = 10
"""The threshold where no file says one."""


def attack(
    every: Sequence[Told],
    roll: Roll | None = None,
    *,
    threshold: int | None = None,
    measures: Sequence[str] = (),
    fast: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Report:
    """Try everything. ``threshold`` people are what must not be learned of (default: the highest that a file says,
    at least ten); ``measures`` limits it to some; ``fast`` leaves out intervals of somebody with a class list.
    Raises ``Unreadable`` for a class list that does not fit the files.
    """
    limit = threshold or max([USUAL, *(told.threshold or 0 for told in every)])
    every = [_only(told, measures) for told in every]
    notes = check(every, roll) if roll else []
    learned: list[Learned] = []
    tried: list[Tried] = []

    def note(found: list[Learned], *ways: Tried) -> None:
        learned.extend(found)
        tried.extend(ways)

    for told in every:
        found, ways = glance(told, limit)
        note(found, *ways)
    found, ways = twice(every, limit)
    note(found, *ways)
    tell("numbers and spreads")
    pinned = []
    for told in together(every):
        sharper, found, way = numbers(told)
        note(found, way)
        pinned.append(sharper)
        note(*spreads(told))
    for told in every:
        note(*absent(told, limit, roll.on_roll(told) if roll else {}))
    for told in pinned:
        tell(f"{told.file}: adding and subtracting groups")
        note(*subtraction(told, limit))
    note(*between_waves(pinned, limit))
    if roll is not None:
        inside = Insider(every, roll, limit, fast=fast, tell=tell)
        titles = {measure: title for told in every for measure, title in told.measures.items()}
        for place, (measure, title) in enumerate(titles.items(), start=1):
            tell(f"measure {place} of {len(titles)}: {title}")
            learned += inside.attack(measure, title)
        tried += inside.tried()
        if inside.misfits and not inside.looked_at:
            notes.append(
                f"{roll.file} could not be used: see what was left aside. Nothing was tried with it."
            )
    else:
        notes.append(
            "No class list was given (--roll): somebody who knows who is in every group can try more."
        )
    files = tuple(dict.fromkeys(told.file for told in every))
    return Report(files, limit, _summed(tried), tuple(learned), tuple(notes))


def _only(told: Told, measures: Sequence[str]) -> Told:
    """The table with some measures only."""
    if not measures:
        return told
    return replace(
        told,
        measures={key: title for key, title in told.measures.items() if key in measures},
        figures={place: figure for place, figure in told.figures.items() if place[0] in measures},
        gaps=tuple(gap for gap in told.gaps if gap.measure in measures),
        changes=tuple(change for change in told.changes if change.measure in measures),
    )


def _summed(tried: Sequence[Tried]) -> tuple[Tried, ...]:
    """One line a way, whatever the number of files."""
    made = []
    for way in WAYS:
        some = [one for one in tried if one.way == way]
        if some:
            notes = dict.fromkeys(one.note for one in some if one.note)
            made.append(Tried(way, sum(one.looked_at for one in some), " ".join(notes)))
    return tuple(made)
