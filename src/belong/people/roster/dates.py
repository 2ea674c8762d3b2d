"""Dates as schools' systems write them, decided column by column.

`4/2/2000` is February in London and April in Redmond. A column is read day first or month first by the evidence of
its own unmistakable dates (a 13 or more in one place), else by that of the other columns of the same reading, else
day first, the British way, with a note. A column that holds unmistakable dates of both kinds is not guessed at:
its unmistakable dates are read and the rest are left out and reported.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ISO, DAY_FIRST, MONTH_FIRST, MIXED, UNSAID = "iso", "day first", "month first", "mixed", "unsaid"

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_COMPACT = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ,].*)?")
_DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{3,9})\.?[-/., ]*(\d{4}|\d{2})")
_NAME_DAY = re.compile(r"([A-Za-z]{3,9})\.?[-/ ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4}|\d{2})")
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EXCEL_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Order:
    """How a column's dates run, and on what evidence: its own, that of the other columns, or none."""

    order: str
    evidence: str  # "own" | "others" | "none"


def decide(values: Iterable[str]) -> str:
    """ISO, DAY_FIRST, MONTH_FIRST, MIXED, or UNSAID where every numeric date could be either."""
    first_big = second_big = ambiguous = False
    for text in values:
        if not (found := _NUMBERS.fullmatch(text.strip())):
            continue
        one, two = int(found[1]), int(found[2])
        first_big |= one > 12 >= two
        second_big |= two > 12 >= one
        ambiguous |= one <= 12 and two <= 12 and one != two
    if first_big and second_big:
        return MIXED
    if first_big or second_big:
        return DAY_FIRST if first_big else MONTH_FIRST
    return UNSAID if ambiguous else ISO


def settle(columns: dict[str, list[str]]) -> dict[str, Order]:
    """The order of every date column of a reading, by column name."""
    own = {name: decide(values) for name, values in columns.items()}
    said = {order for order in own.values() if order in (DAY_FIRST, MONTH_FIRST)}
    borrowed = said.pop() if len(said) == 1 else None
    settled = {}
    for name, order in own.items():
        if order != UNSAID:
            settled[name] = Order(order, "own")
        elif borrowed:
            settled[name] = Order(borrowed, "others")
        else:
            settled[name] = Order(DAY_FIRST, "none")
    return settled


def parse(text: str, order: str = DAY_FIRST) -> date | None:
    """The date a cell says, or None where it says none or could be two."""
    text = _WEEKDAY.sub("", text.strip())
    if found := _ISO.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _COMPACT.fullmatch(text):
        return _date(int(found[1] + found[2]), int(found[3]), int(found[4]))
    if found := _NUMBERS.fullmatch(text):
        return _numeric(int(found[1]), int(found[2]), _year(found[3]), order)
    if found := _DAY_NAME.fullmatch(text):
        return _date(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _NAME_DAY.fullmatch(text):
        return _date(_year(found[3]), _month(found[1]), int(found[2]))
    if found := _SERIAL.fullmatch(text):
        return _serial(int(found[1]))
    return None


def _numeric(one: int, two: int, year: int, order: str) -> date | None:
    if one > 12 or (two <= 12 and (order in (DAY_FIRST, ISO, UNSAID) or one == two)):
        return _date(year, two, one)
    if two > 12 or order == MONTH_FIRST:
        return _date(year, one, two)
    return None


def _year(text: str) -> int:
    """Two figures are the century that makes the date not lie ahead by more than ten years."""
    if len(text) == 4:
        return int(text)
    this = date.today().year
    year = this // 100 * 100 + int(text)
    return year - 100 if year > this + 10 else year


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else 0


def _serial(days: int) -> date | None:
    """A spreadsheet's day number, where it falls between 1936 and 2064."""
    return EXCEL_ZERO + timedelta(days=days) if 13_150 <= days <= 60_000 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
