"""The notice before the first question, by age, and the words at the end."""

from dataclasses import dataclass

from belong.ask.bands import OLDER, STAFF, YOUNGEST, band_of, text, voice
from belong.ask.models import Wave
from belong.ask.opening import post_of
from belong.ask.questionnaire import minutes, questions_for
from belong.ask.readers import contact
from belong.people.models import Person, Role
from belong.web.languages import ENGLISH, active


@dataclass(frozen=True)
class Notice:
    """What one person reads before the first question: paragraphs, how many questions and minutes, a word to a small
    group.

    `more` are the paragraphs that open on demand, so that on a phone the way on is not four screens away. `english` is
    all of it in English, where the page is in another language.
    """

    paragraphs: tuple[str, ...]
    count: int
    minutes: int
    more: tuple[str, ...] = ()
    few: str = ""
    english: tuple[str, ...] = ()


def notice_for(wave: Wave, person: Person) -> Notice:
    """The notice in the words of the person's age or part."""
    band = band_of(wave, person)
    facts = {"school": wave.school.name, "contact": contact()}
    words = text("notices", f"notice-{band}", **facts)
    asked = questions_for(wave, person.year)
    first, _, more = words.partition("\n\n---\n\n")
    return Notice(
        paragraphs=tuple(first.split("\n\n")),
        more=tuple(more.split("\n\n")) if more else (),
        count=len(asked),
        minutes=minutes(asked),
        few=_few(wave, person, band),
        english=() if active() == ENGLISH else _whole(text("notices", f"notice-{band}", ENGLISH, **facts)),
    )


def _few(wave: Wave, person: Person, band: str) -> str:
    """A word to somebody whose group is too small for figures of its own; "" for everybody else."""
    if wave.is_for_pupils:
        tone = "young" if voice(band) == "young" else "older"
        return text("visibility", f"small-group-{tone}") if person.year in wave.small_groups else ""
    if "" in wave.small_groups:
        return text("links", "staff-few-all") if band == STAFF else text("visibility", "small-group-older")
    if band != STAFF or not wave.small_groups:
        return ""
    held = Role.objects.current().filter(person=person).values_list("role", flat=True)
    return text("links", "staff-few") if post_of(set(held)) in wave.small_groups else ""


def _whole(words: str) -> tuple[str, ...]:
    return tuple(paragraph for paragraph in words.split("\n\n") if paragraph != "---")


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
