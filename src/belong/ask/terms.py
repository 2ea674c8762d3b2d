"""When the term began, for the survey budget.

A school may list its terms in `School.settings["terms"]` as `{"name", "starts", "ends"}` with ISO dates; without a
list the usual starts in England are taken (1 September, 1 January, 15 April).
"""

from datetime import date

from belong.people.models import School

USUAL_STARTS = ((1, 1), (4, 15), (9, 1))


def term_start(school: School, on: date) -> date:
    """The first day of the term that `on` falls in, or of the last term before it."""
    listed = [date.fromisoformat(term["starts"]) for term in school.settings.get("terms", [])]
    usual = [date(year, *day) for year in (on.year - 1, on.year) for day in USUAL_STARTS]
    begun = [start for start in listed if start <= on] or [start for start in usual if start <= on]
    return max(begun)
