"""The sentences on the pages of figures about noticing."""

from datetime import date

from django.utils.formats import date_format

from belong.release import Cell, Change
from belong.see.noticing.adult_set import NAMED, set_of
from belong.see.noticing.queries import Date, Mixes
from belong.see.noticing.tables import HalfTermTable
from belong.see.queries import is_clear
from belong.web.charts.words import why_not_shown

NEVER = (
    "These figures are about pupils in groups, never about an adult. There is no table by tutor, class or department, "
    "and they are never used to appraise anybody: relationships are set honestly only where that is safe."
)
HOW = (
    "Worked out once on a fixed half-term date and never again, from everybody on roll that day. A group of fewer than "
    "{threshold} is kept back with whatever would give it away; shares are whole per cents in steps, limited at both "
    "ends; change is of the pupils who were here both times."
)


def named(day: date) -> str:
    """`"Fri 23 October 2026"`."""
    return date_format(day, "D j F Y")


def short(day: date) -> str:
    """`"23 Oct 2026"`: under a bar there is no room for more."""
    return date_format(day, "j M Y")


def share(cell: Cell) -> str:
    """`"62 %"`, `"2 % or less"`, `"kept back"`."""
    if cell.favourable is None:
        return why_not_shown(cell.symbol or "c")
    limit = {"top": " or more", "bottom": " or less"}.get(cell.coded, "")
    return f"{cell.favourable}\u00a0%{limit}"


def limited(cell: Cell) -> str:
    """The same where there is little room: `"62 %"`, `"≤ 2 %"`."""
    if cell.favourable is None:
        return ""
    return f"{ {'top': '≥ ', 'bottom': '≤ '}.get(cell.coded, '') }{cell.favourable}\u00a0%"


def headline(read: Date, table: HalfTermTable) -> str:
    """What the first look at a table says, with the change where it is sure."""
    fact, said = SAYS[table.key]
    cell = read.cell(fact)
    if cell.favourable is None:
        return f"{table.title}: {why_not_shown(cell.symbol or 'c')}."
    return f"{said.format(share(cell))}{_since(read, fact)}"


SAYS = {
    "states": ("maintain", "For {} of pupils the tutor has the relationship in Maintain"),
    "places": ("empty", "{} of pupils have at most one of the six places empty"),
    "moments": ("noticed", "{} of pupils had a moment since half-term"),
    "recognition": ("recognised", "Something good was seen in {} of pupils, and recognised"),
}


def _since(read: Date, fact: str) -> str:
    assert read.release is not None
    change = read.release.change(f"item:{fact}")
    if change.difference is None or not read.earlier:
        return "."
    return f"; {moved(change)} since {named(read.earlier[0][0])}."


def moved(change: Change) -> str:
    """`"4 more in a hundred"`, `"no change we can tell"`: of the same pupils."""
    if not is_clear(change) or not change.difference:
        return "no change we can tell"
    size = abs(round(change.difference))
    return f"{size} more in a hundred" if change.difference > 0 else f"{size} fewer in a hundred"


def adults_said(found: Mixes) -> str:
    """What the adults of a mix are called in a chart."""
    named = found.adults is not None and set_of(found.adults) == NAMED
    return "Adults pupils named" if named else "Adults in post"


def whose_mix(found: Mixes, on: date) -> str:
    """Which adults stand beside the pupils, and why it is always these; "" where none can be shown."""
    if found.adults is None or found.adults_on is None:
        return ""
    day = "" if found.adults_on == on else f" The adults are those of {named(found.adults_on)}."
    if set_of(found.adults) == NAMED:
        return f"{BY_NAME} {ALWAYS}{day}"
    return f"{ALL_IN_POST} {ALWAYS}{day}"


BY_NAME = (
    "The adults are those whom at least one pupil named, when pupils were asked whom they could turn to; each counts "
    "once, however many named them."
)
ALL_IN_POST = "The adults are all in post that day, whether or not a pupil named them."
ALWAYS = (
    "It is always this one set: of two, one inside the other, anybody could work out what lies between them."
)


def not_yet(read: Date) -> str:
    """The share in whom nothing has been recognised yet."""
    cell = read.cell("recognised")
    if cell.favourable is None:
        return ""
    limit = {"top": " or fewer", "bottom": " or more"}.get(cell.coded, "")
    return (
        f"In {100 - cell.favourable} in a hundred{limit} nobody has recognised anything yet since half-term."
    )


def few_empty(read: Date) -> str:
    """One sentence about empty places, for the list of them."""
    cell = read.cell("empty")
    if cell.favourable is None:
        return ""
    return f"On {named(read.on)}, {share(cell)} of pupils had at most one of the six places empty."
