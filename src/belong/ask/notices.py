"""The notice before the first question, by age, and the words at the end."""

from dataclasses import dataclass

from belong.ask.bands import OLDER, STAFF, YOUNGEST, band_of, text, voice
from belong.ask.models import Wave
from belong.ask.questionnaire import questions_for
from belong.ask.readers import contact
from belong.people.models import Person


@dataclass(frozen=True)
class Notice:
    """What one person reads before the first question: paragraphs, how many questions, a word to a small group.

    `more` are the paragraphs that open on demand, so that on a phone the way on is not four screens away.
    """

    paragraphs: tuple[str, ...]
    count: int
    more: tuple[str, ...] = ()
    few: str = ""


def notice_for(wave: Wave, person: Person) -> Notice:
    """The notice in the words of the person's age or part."""
    band = band_of(wave, person)
    words = text("notices", f"notice-{band}", school=wave.school.name, contact=contact())
    first, _, more = words.partition("\n\n---\n\n")
    is_few = (person.year if wave.is_for_pupils else "") in wave.small_groups
    tone = "young" if voice(band) == "young" else "older"
    return Notice(
        paragraphs=tuple(first.split("\n\n")),
        more=tuple(more.split("\n\n")) if more else (),
        count=len(questions_for(wave, person.year)),
        few=text("visibility", f"small-group-{tone}") if is_few else "",
    )


@dataclass(frozen=True)
class Ending:
    """The page after the last question: the same for everybody of an age, whatever was answered."""

    title: str
    words: str
    help: tuple[str, ...]


def ending(band: str) -> Ending:
    """The end in the words of a band of `bands.BANDS`."""
    signposts = {
        YOUNGEST: ("childline-young",),
        OLDER: ("trusted-adult", "childline", "shout"),
        STAFF: ("education-support", "samaritans"),
        "family": ("nspcc",),
    }
    return Ending(
        title=text("endings", f"end-{band}-title"),
        words=text("endings", f"end-{band}"),
        help=tuple(text("help", key) for key in signposts.get(band, ("trusted-adult", "childline"))),
    )
