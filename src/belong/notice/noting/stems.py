"""Ways to begin specific praise, by age (`content/texts/praise-stems.yaml`)."""

from belong.content import read
from belong.people.models import Person

YOUNG, JUNIOR = frozenset({"N1", "N2", "R", "1", "2"}), frozenset({"3", "4", "5", "6"})


def stems_for(pupil: Person) -> list[str]:
    """The stems for a pupil's age, each ready for the rest of the sentence; the oldest's where the year is unknown."""
    band = "young" if pupil.year in YOUNG else "junior" if pupil.year in JUNIOR else "older"
    return [f"{stem['en']} " for stem in read("texts/praise-stems")[band].values()]
