"""Whether a class list and the files are about the same people: what does not fit is said before anything is tried."""

from __future__ import annotations

from collections.abc import Sequence

from belong.release.attack.learned import listed
from belong.release.attack.roll import Roll, same_name, wave_names
from belong.release.attack.told import WHOLE, Told, Unreadable
from belong.release.model import ALL

_MOST_NAMED = 4


def check(every: Sequence[Told], roll: Roll) -> list[str]:
    """What an officer must know of a list that fits in part. Raises ``Unreadable`` for one that does not fit at all: a
    list that places nobody would find nothing, whatever there was to be found.
    """
    cuts = list(dict.fromkeys(cut for told in every for cut in _cuts(told)))
    without = [
        cut for cut in cuts if all(cut in roll.without_column(told) for told in every if cut in _cuts(told))
    ]
    if cuts and without == cuts:
        text = f"no column is called like a cut of the files ({listed(cuts)}). The columns are: {_headings(roll)}."
        raise Unreadable(roll.file, 1, f"{text} Rename them.")
    for told in every:
        _check_people(told, roll)
    notes = [note for told in every for note in _check_values(told, roll)]
    if without:
        notes.append(
            f"{roll.file} has no column for {listed(without)}, so these groups were tried only without it."
        )
    if others := _other_waves(every, roll):
        notes.append(f"{roll.file} has columns for {listed(others)}, of which no file was given.")
    return list(dict.fromkeys(notes))


def _cuts(told: Told) -> list[str]:
    return list(dict.fromkeys(key[0] for _, key in told.figures if key[0] != ALL and "*" not in key[0]))


def _headings(roll: Roll) -> str:
    return listed(list(roll.columns), 12)


def _check_people(told: Told, roll: Roll) -> None:
    """A list with fewer people than surely answered is of another school, or not whole."""
    told_of = [figure for (_, key), figure in told.figures.items() if key == WHOLE and figure.shown]
    least = max((figure.people[0] for figure in told_of), default=0)
    if roll.people < least:
        text = f"there are {roll.people:,} people in it, but {told.file} tells of at least {least:,.0f}."
        raise Unreadable(roll.file, 0, f"{text} Is it the list of another school, or of one class?")


def _check_values(told: Told, roll: Roll) -> list[str]:
    """Values that no group is called: all of a column is a mistake, some of them are said."""
    notes = []
    for cut in _cuts(told):
        strange = roll.strangers(told, cut)
        if not strange:
            continue
        first, row = next(iter(strange.items()))
        if not roll.knows(told, cut):
            text = (
                f"“{first}” in the column “{cut}” is no group of {told.file}, nor is any other value there."
            )
            named = dict.fromkeys(key[1] for _, key in told.figures if key[0] == cut)
            raise Unreadable(
                roll.file, int(roll.lines[row]), f"{text} Its groups are {listed(list(named), 12)}."
            )
        named_strange = listed([f"“{value}”" for value in strange], _MOST_NAMED)
        text = f"{named_strange} in the column “{cut}” of {roll.file} is no group of {told.file}"
        notes.append(f"{text}: these people count in none.")
    return notes


def _other_waves(every: Sequence[Told], roll: Roll) -> list[str]:
    """Waves that headings name and no file is of."""
    known = {same_name(name) for told in every for name in wave_names(told)}
    named = [heading.partition("@")[2].partition(":")[0] for heading in roll.columns if "@" in heading]
    return [f"wave {wave}" for wave in dict.fromkeys(named) if wave not in known]
