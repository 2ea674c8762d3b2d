"""For whom a page is worded: three ages of pupils, staff, families. All wording is in `content/texts`."""

from django.utils.functional import lazy

from belong.ask.languages.wording import filled, said
from belong.ask.models import Wave
from belong.ask.questionnaire import ages_in
from belong.people.models import Person

YOUNGEST, YOUNG, OLDER, STAFF, FAMILY = "4-7", "8-11", "12-18", "staff", "family"
BANDS = (YOUNGEST, YOUNG, OLDER, STAFF, FAMILY)
SMALLEST_SHOWN = 10


def band_of(wave: Wave, person: Person) -> str:
    """`4-7`, `8-11` or `12-18` by the pupil's year group; `staff`; `family`."""
    if wave.audience == Wave.STAFF:
        return STAFF
    if wave.audience == Wave.FAMILIES:
        return FAMILY
    return band_of_pupil(person)


def band_of_pupil(person: Person) -> str:
    """The age of a pupil, whatever they are asked: `4-7`, `8-11` or `12-18`."""
    oldest = ages_in(person.year)[1]
    return YOUNGEST if oldest <= 7 else YOUNG if oldest <= 11 else OLDER


def voice(band: str) -> str:
    """Which of the three wordings of a line: `young`, `older` or `adult`."""
    if band in (STAFF, FAMILY):
        return "adult"
    return "older" if band == OLDER else "young"


def text(name: str, key: str, language: str | None = None, **values: object) -> str:
    """One text of `content/texts/<name>.yaml` in a language (else the page's own), filled in.

    The smallest group that is ever shown is always known.
    """
    return filled(said(name, key, language), {"threshold": SMALLEST_SHOWN, **values}, language)


later = lazy(text, str)
"""The same for a text that is written down before anybody is there to read it: it is said in the reader's language."""
