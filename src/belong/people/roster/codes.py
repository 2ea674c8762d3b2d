"""Code sets of the roster, read from `content`: how schools' systems spell what belong keeps as a code."""

import re
from functools import cache

from belong import content
from belong.people.roster.tables import key

YES, NO = "yes", "no"
NO_GROUP = "none"  # the group of codes that say a pupil has no such provision
_YEAR = re.compile(
    r"(?:nc|curriculum|school)?\s*(?:year|yr|y|grade|form)?\s*(?:group)?\s*0*(\d{1,2})(?:\.0)?", re.IGNORECASE
)
_ONEROSTER_YEARS = {"it": "N1", "pr": "N2", "pk": "N2", "kg": "R", "tk": "R", "k": "R"}


def _plain(text: str) -> str:
    """Compared without case, spaces and punctuation; a tick stays a tick."""
    return key(text) or text.strip()


@cache
def _spellings(name: str) -> dict[str, str]:
    codes = content.read(f"codes/{name}")["codes"]
    spelt = {_plain(text): one["code"] for one in codes for text in one["spellings"]}
    return {**spelt, **{_plain(one["code"]): one["code"] for one in codes if one["code"]}}


@cache
def _flags() -> dict[str, bool]:
    said = content.read("codes/characteristics")
    return {_plain(text): value for value, word in ((True, "yes"), (False, "no")) for text in said[word]}


@cache
def characteristics() -> dict[str, str]:
    """Kind of characteristic → where its values come from: `flag` or the name of a code set."""
    kinds = content.read("codes/characteristics")["kinds"]
    return {kind["code"]: kind["values"] for kind in kinds if kind["code"] != "joined_this_year"}


def flag(text: str) -> bool | None:
    """Yes or no as lists write them (`T`, `Y`, `1`, `✓`, `PP`), or None."""
    return _flags().get(_plain(text))


def sex(text: str) -> str | None:
    """`F`, `M` or `X`; "" where the file says it does not know; None where it says something else."""
    return _spellings("sex").get(_plain(text))


def characteristic(kind: str, text: str) -> str | None:
    """The value to keep: yes or no, or a code of the kind's set, also from `"K - SEN support"`; None for neither."""
    source = characteristics()[kind]
    if source == "flag":
        said = flag(text)
        return None if said is None else (YES if said else NO)
    spelt = _spellings(source)
    code = spelt.get(_plain(text)) or spelt.get(_plain(re.split(r"\s*[-–:]\s+|\s+[-–:]", text.strip())[0]))
    return code or None


def has_a_no(kind: str) -> bool:
    """Whether a value can say that the characteristic is not there: a flag, or a set of codes with a group `none`."""
    source = characteristics()[kind]
    return source == "flag" or NO_GROUP in _groups(source).values()


def holds(kind: str, value: str) -> bool | None:
    """Whether a kept value says yes (`Y`, SEN support, any background); None where it says "not known"."""
    source = characteristics()[kind]
    if source == "flag":
        return value == YES
    group = _groups(source).get(value)
    return None if group is None else group != NO_GROUP


@cache
def _groups(name: str) -> dict[str, str | None]:
    return {one["code"]: one["group"] for one in content.read(f"codes/{name}")["codes"]}


def year(text: str) -> str | None:
    """A National Curriculum year: `"Year 7"`, `"Y7"`, `"07"` → `"7"`; `"Reception"` → `"R"`; None for no year."""
    plain = _plain(text)
    if code := _spellings("nc-years").get(plain) or _ONEROSTER_YEARS.get(plain):
        return code
    found = _YEAR.fullmatch(text.strip())
    if not found:
        return None
    number = int(found[1])
    return "R" if number == 0 else str(number) if number <= 14 else None


def year_of_group(name: str) -> str:
    """The year a tutor group's name begins with (`"8H"` → `"8"`, `"10-2"` → `"10"`), or ""."""
    found = re.match(r"(?:y|yr|year)?\s*0?(\d{1,2})(?!\d)", name.strip(), re.IGNORECASE)
    return str(int(found[1])) if found and 1 <= int(found[1]) <= 14 else ""
