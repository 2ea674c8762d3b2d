"""Pictures or a number: which of the two the pupils of a class come in with.

The school says for which year groups pictures are usual (`School.settings["picture_years"]`, else up to Year 2); a
teacher may say otherwise for a class; and a pupil keeps the kind they have until they are given the other.
"""

from collections.abc import Collection

from belong.ask.models import WayIn
from belong.people.models import Group, Person, School

USUAL_YEARS = ("N1", "N2", "R", "1", "2")


def picture_years(school: School) -> list[str]:
    """The year groups that come in with pictures unless their class says otherwise."""
    return list(school.settings.get("picture_years", USUAL_YEARS))


def has_pictures(group: Group, years: Collection[str], year: str = "") -> bool:
    """Whether somebody in a year group comes into this class with pictures."""
    chosen = WayIn.objects.filter(group=group).values_list("pictures", flat=True).first()
    return (group.year or year) in years if chosen is None else chosen


def with_pictures(group: Group, pupils: Collection[Person]) -> set[int]:
    """Ids of those pupils of a class who are given pictures and not a number."""
    chosen = WayIn.objects.filter(group=group).values_list("pictures", flat=True).first()
    years = picture_years(group.school)
    return {one.pk for one in pupils if (one.year in years if chosen is None else chosen)}
