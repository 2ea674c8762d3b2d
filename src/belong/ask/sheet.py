"""The questionnaire as a page shows it: one `Question` per screen, ready for the template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from belong.ask.adults import NOBODY_YET, Choosing
from belong.ask.answers import LONGEST_TEXT, NOBODY, RATHER_NOT
from belong.ask.models import Wave
from belong.ask.safeguarding import asks_for_an_adult
from belong.ask.who_sees import Seers
from belong.measure.instrument import Item, say


@dataclass(frozen=True)
class Tile:
    """One answer to choose: its code, its words, and a face (1 sad … 5 happy) where the scale has faces."""

    code: int
    words: str
    face: int | None
    chosen: bool


@dataclass(frozen=True)
class Name:
    """One adult to choose, or "Nobody yet" (number 0)."""

    id: int
    name: str
    where: str
    chosen: bool


@dataclass(frozen=True)
class Names:
    """The adults of one question: the pupil's own, everyone else, nobody yet; at most so many of them."""

    own: tuple[Name, ...]
    others: tuple[Name, ...]
    nobody: Name
    most: int

    @property
    def looked_further(self) -> bool:
        """Somebody beyond the pupil's own adults is ticked, or there are none of their own: the list stands open."""
        return not self.own or any(name.chosen for name in self.others)


@dataclass(frozen=True)
class Question:
    """One question with everything that stands beside it."""

    number: int
    id: str
    kind: str
    text: str
    why: str
    tiles: tuple[Tile, ...]
    seen_as: str
    who: str
    rather_not: bool = False
    words: str = ""
    problem: str = ""
    closed: str = ""
    names: Names | None = None

    @property
    def is_open(self) -> bool:
        return self.kind == "open"


def questions_on_page(
    wave: Wave,
    items: Sequence[Item],
    seers: Seers,
    *,
    language: str = "en",
    given: Mapping[str, int | str | tuple[int, ...]] | None = None,
    problem: tuple[str, str] = ("", ""),
    words_closed: str = "",
    choosing: Choosing | None = None,
) -> list[Question]:
    """The questions in order. `given` are answers to show again; `problem` is (item id, sentence) to put right.

    `words_closed` says why own words can't be written just now; a box in which something stands stays open.
    `choosing` are the adults to choose from, where a question asks for adults.
    """
    answers = given or {}
    return [
        Question(
            number=number,
            id=item.id,
            kind=item.kind,
            text=say(item.text, language),
            why=say(item.why, language),
            tiles=_tiles(item, language, answers.get(item.id)),
            seen_as=wave.seen_as(item.id),
            who=_who(wave, item, seers),
            rather_not=_rather_not(answers.get(item.id)),
            words=_words(answers.get(item.id)),
            problem=problem[1] if problem[0] == item.id else "",
            closed=words_closed if item.kind == "open" and not _words(answers.get(item.id)) else "",
            names=_names(item, choosing or Choosing(), answers.get(item.id)),
        )
        for number, item in enumerate(items, 1)
    ]


def _who(wave: Wave, item: Item, seers: Seers) -> str:
    """Who sees the answers to one question; beside a request for an adult also who makes sure nobody is missed."""
    line = seers.lines[wave.seen_as(item.id)]
    return f"{line} {seers.also}" if seers.also and asks_for_an_adult(item) else line


def drawn(
    wave: Wave, items: Sequence[Item], seers: Seers, words_closed: str = "", choosing: Choosing | None = None
) -> SafeString:
    """The fresh questions as HTML: the same for every pupil of a class, so drawn once for each set of names.

    Nothing of a person is in it but the names of those who read the answers; a few hundred are kept per process.
    """
    seen = tuple(sorted(wave.visibility.items()))
    key = (
        wave.instrument_hash,
        seen,
        tuple(item.id for item in items),
        tuple(seers.lines.items()),
        seers.also,
        words_closed,
        choosing,
        get_language(),
    )
    if key not in _drawn:
        if len(_drawn) >= _KEPT:
            _drawn.clear()
        questions = questions_on_page(wave, items, seers, words_closed=words_closed, choosing=choosing)
        _drawn[key] = mark_safe(  # noqa: S308  (a template of ours has escaped it)
            render_to_string("ask/child/_questions.html", {"questions": questions, "longest": LONGEST_TEXT})
        )
    return _drawn[key]


_KEPT = 300
_drawn: dict[tuple[object, ...], SafeString] = {}


def _rather_not(answer: int | str | tuple[int, ...] | None) -> bool:
    return answer == RATHER_NOT or (isinstance(answer, tuple) and RATHER_NOT in answer)


def _names(item: Item, choosing: Choosing, answer: int | str | tuple[int, ...] | None) -> Names | None:
    if item.kind != "adults":
        return None
    chosen = answer if isinstance(answer, tuple) else ()
    own, others = (
        tuple(Name(one.id, one.name, one.where, one.id in chosen) for one in people)
        for people in (choosing.own, choosing.others)
    )
    return Names(own, others, Name(NOBODY, NOBODY_YET, "", NOBODY in chosen), item.most)


def _words(answer: int | str | tuple[int, ...] | None) -> str:
    return answer if isinstance(answer, str) else ""


def _tiles(item: Item, language: str, answer: int | str | tuple[int, ...] | None) -> tuple[Tile, ...]:
    if item.scale is None:
        return ()
    faces: Sequence[int | None] = item.scale.faces or [None] * item.scale.size
    words = item.scale.words(language)
    return tuple(Tile(code, words[code - 1], faces[code - 1], answer == code) for code in item.scale.codes)
