"""When the term began, for the survey budget; and the half-term dates on which figures about noticing are released.

A school may list its terms in `School.settings["terms"]` as `{"name", "starts", "ends"}` with ISO dates; without a
list the usual starts in England are taken (1 September, 1 January, 15 April).
"""

from datetime import date, timedelta

from belong.people.models import School

USUAL_STARTS = ((1, 1), (4, 15), (9, 1))


def term_start(school: School, on: date) -> date:
    """The first day of the term that `on` falls in, or of the last term before it."""
    listed = [date.fromisoformat(term["starts"]) for term in school.settings.get("terms", [])]
    usual = [date(year, *day) for year in (on.year - 1, on.year) for day in USUAL_STARTS]
    begun = [start for start in listed if start <= on] or [start for start in usual if start <= on]
    return max(begun)


def term_end(school: School, on: date) -> date:
    """The last day of the term that `on` falls in: as listed, else the day before the next one begins."""
    start = term_start(school, on)
    for term in school.settings.get("terms", []):
        if term.get("ends") and date.fromisoformat(term["starts"]) == start:
            ends = date.fromisoformat(term["ends"])
            if ends >= on:
                return ends
    listed = [date.fromisoformat(term["starts"]) for term in school.settings.get("terms", [])]
    usual = [date(year, *day) for year in (on.year, on.year + 1) for day in USUAL_STARTS]
    following = [one for one in listed if one > on] or [one for one in usual if one > on]
    return min(following) - timedelta(days=1)


# The last school day before each of the six holidays of England's school year falls on about these days.
USUAL_HALF_TERMS = ((10, 24), (12, 19), (2, 14), (3, 31), (5, 24), (7, 19))
FRIDAY = 4


def half_term_dates(school: School, year: int) -> list[date]:
    """The fixed half-term dates of the school year that begins in September of `year`, in order.

    `School.settings["half_terms"]` lists them as ISO dates, for any school years. For a year without any, each listed
    term gives its middle Friday and its last day; without terms, the Fridays before England's usual holidays.
    """
    first, after = date(year, 9, 1), date(year + 1, 9, 1)
    chosen = [date.fromisoformat(day) for day in school.settings.get("half_terms", [])]
    listed = [
        (date.fromisoformat(term["starts"]), term.get("ends")) for term in school.settings.get("terms", [])
    ]
    halved = [day for starts, ends in listed if ends for day in _halves(starts, date.fromisoformat(ends))]
    usual = [_friday(date(year if month >= 9 else year + 1, month, day)) for month, day in USUAL_HALF_TERMS]
    for days in (chosen, halved):
        if inside := sorted({day for day in days if first <= day < after}):
            return inside
    return usual


def last_half_term(school: School, on: date) -> date:
    """The newest fixed date that is not after `on`."""
    year = school_year_of(on)
    days = [day for one in (year - 2, year - 1, year) for day in half_term_dates(school, one)]
    return max(day for day in days if day <= on)


def next_half_term(school: School, on: date) -> date:
    """The first fixed date after `on`."""
    year = school_year_of(on)
    days = [day for one in (year, year + 1, year + 2) for day in half_term_dates(school, one)]
    return min(day for day in days if day > on)


def school_year_of(on: date) -> int:
    """The calendar year in which the school year of a date began."""
    return on.year if on.month >= 9 else on.year - 1


def _halves(starts: date, ends: date) -> tuple[date, date]:
    return _friday(starts + (ends - starts) / 2), ends


def _friday(day: date) -> date:
    """The Friday on or before a day."""
    return day - timedelta(days=(day.weekday() - FRIDAY) % 7)
