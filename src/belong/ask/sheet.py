"""The questionnaire as a page shows it: one `Question` per screen, ready for the template."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import escape

from belong.ask.adults import NOBODY_YET, Choosing
from belong.ask.answers import LONGEST_TEXT, NOBODY, RATHER_NOT
from belong.ask.languages.wording import wording_key
from belong.ask.models import Wave
from belong.ask.questionnaire import language_of_questions
from belong.ask.recordings.spoken import of_answer, of_item
from belong.ask.safeguarding import asks_for_an_adult
from belong.ask.who_sees import Seers
from belong.measure.instrument import BY_NAME, Item, say
from belong.web.languages import ENGLISH
from belong.web.symbols import SYMBOLS

READS_HARDLY = 7  # up to this age every answer has a button of its own that reads it out


@dataclass(frozen=True)
class Tile:
    """One answer to choose: its code, its words, a face (1 sad … 5 happy) where the scale has faces, its recording."""

    code: int
    words: str
    face: int | None
    chosen: bool
    sound: str = ""


@dataclass(frozen=True)
class Name:
    """One adult to choose, or "Nobody yet" (number 0)."""

    id: int
    name: str
    where: str
    chosen: bool


@dataclass(frozen=True)
class Names:
    """The people of one question: the pupil's own, everyone else, nobody yet; at most so many of them.

    `kind` is "adults", or "friends" where they are other pupils.
    """

    own: tuple[Name, ...]
    others: tuple[Name, ...]
    nobody: Name
    most: int
    kind: str = "adults"

    @property
    def looked_further(self) -> bool:
        """Somebody beyond the pupil's own adults is ticked, or there are none of their own: the list stands open."""
        return not self.own or any(name.chosen for name in self.others)


@dataclass(frozen=True)
class Question:
    """One question with everything that stands beside it; `sound`: where its recording is."""

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
    language: str = ""
    english: tuple[str, ...] = ()
    sound: str = ""
    symbol: str = ""
    hear_each: bool = False

    @property
    def is_open(self) -> bool:
        return self.kind == "open"

    @property
    def sounds(self) -> str:
        """The recordings of the question and its answers in the order they are read; "" unless all are there.

        A voice that stops half-way and leaves the answers to another voice, or to nobody, would be worse than none.
        """
        return " ".join(self.recorded) if self.sound and all(tile.sound for tile in self.tiles) else ""

    @property
    def recorded(self) -> list[str]:
        """The recordings there are: of the question, then of its answers."""
        return [one for one in (self.sound, *(tile.sound for tile in self.tiles)) if one]


def questions_on_page(
    wave: Wave,
    items: Sequence[Item],
    seers: Seers,
    *,
    language: str | None = None,
    given: Mapping[str, int | str | tuple[int, ...]] | None = None,
    problem: tuple[str, str] = ("", ""),
    words_closed: str = "",
    choosing: Choosing | None = None,
    sounds: Mapping[str, str] | None = None,
) -> list[Question]:
    """The questions in order. `given` are answers to show again; `problem` is (item id, sentence) to put right.

    `words_closed` says why own words can't be written just now; a box in which something stands stays open.
    `choosing` are the adults to choose from, where a question asks for adults. `sounds` maps what was recorded
    (`belong.ask.recordings.spoken`) to its address.
    """
    heard = sounds or {}
    answers, language = given or {}, language_of_questions(wave, language)
    return [
        Question(
            number=number,
            id=item.id,
            kind=item.kind,
            language=language if language in item.text else ENGLISH,
            english=_in_english(item, language),
            text=say(item.text, language),
            why=say(item.why, language),
            tiles=_tiles(item, language, answers.get(item.id), heard),
            seen_as=wave.seen_as(item.id),
            who=_who(wave, item, seers),
            rather_not=_rather_not(answers.get(item.id)),
            words=_words(answers.get(item.id)),
            problem=problem[1] if problem[0] == item.id else "",
            closed=_closed(item, answers.get(item.id), words_closed, choosing),
            names=_names(item, choosing or Choosing(), answers.get(item.id)),
            sound=heard.get(of_item(item.id), ""),
            symbol=SYMBOLS.get(item.id, "") if wave.symbols else "",
            hear_each=item.ages[1] <= READS_HARDLY,
        )
        for number, item in enumerate(items, 1)
    ]


def _in_english(item: Item, language: str) -> tuple[str, ...]:
    """The question and its answers in English, to stand beside them in another language."""
    if language == ENGLISH or language not in item.text:
        return ()
    return say(item.text), *(item.scale.words() if item.scale else ())


def _closed(
    item: Item, answer: int | str | tuple[int, ...] | None, words_closed: str, choosing: Choosing | None
) -> str:
    """Why this question can't be answered now, kindly; "" where it can."""
    if item.kind == "open" and not _words(answer):
        return words_closed
    if item.kind == "friends" and choosing is not None and choosing.friends is not None:
        return choosing.friends.closed
    return ""


def _who(wave: Wave, item: Item, seers: Seers) -> str:
    """Who sees the answers to one question; beside a request for an adult also who makes sure nobody is missed."""
    line = seers.lines[wave.seen_as(item.id)]
    return f"{line} {seers.also}" if seers.also and asks_for_an_adult(item) else line


def drawn(
    wave: Wave,
    items: Sequence[Item],
    seers: Seers,
    words_closed: str = "",
    choosing: Choosing | None = None,
    sounds: Mapping[str, str] | None = None,
) -> bytes:
    """The fresh questions as HTML in UTF-8: the same for every pupil who is asked the same, so drawn once.

    Who will see each answer is put in for each person: what is kept holds the places of those lines only, as every
    second of its pieces. A few hundred are kept per process.
    """
    seen = tuple(sorted(wave.visibility.items()))
    key = (
        wave.instrument_hash,
        seen,
        tuple(item.id for item in items),
        tuple(seers.lines),
        bool(seers.also),
        words_closed,
        choosing,
        *wording_key(wave),
        tuple((sounds or {}).items()),
        wave.symbols,
    )
    if key not in _drawn:
        if len(_drawn) >= _KEPT:
            _drawn.clear()
        questions = questions_on_page(
            wave,
            items,
            Seers(
                {kind: _PLACE.format(kind) for kind in seers.lines},
                also=_PLACE.format("also") if seers.also else "",
            ),
            words_closed=words_closed,
            choosing=choosing,
            sounds=sounds,
        )
        html = render_to_string(
            "ask/child/_questions.html", {"questions": questions, "longest": LONGEST_TEXT}
        )
        _drawn[key] = tuple(piece.encode() for piece in _PLACES.split(html))
    lines = {kind.encode(): escape(line).encode() for kind, line in seers.lines.items()}
    lines[b"also"] = escape(seers.also).encode()
    return b"".join(lines[piece] if n % 2 else piece for n, piece in enumerate(_drawn[key]))


_KEPT = 300
_PLACE = "\ue000{}\ue001"  # characters for private use: no wording holds them
_PLACES = re.compile("\ue000(.*?)\ue001")
_drawn: dict[tuple[object, ...], tuple[bytes, ...]] = {}


def _rather_not(answer: int | str | tuple[int, ...] | None) -> bool:
    return answer == RATHER_NOT or (isinstance(answer, tuple) and RATHER_NOT in answer)


def _names(item: Item, choosing: Choosing, answer: int | str | tuple[int, ...] | None) -> Names | None:
    if item.kind not in BY_NAME:
        return None
    if item.kind == "friends":
        choosing = choosing.friends or Choosing()
    chosen = answer if isinstance(answer, tuple) else ()
    own, others = (
        tuple(Name(one.id, one.name, one.where, one.id in chosen) for one in people)
        for people in (choosing.own, choosing.others)
    )
    return Names(own, others, Name(NOBODY, str(NOBODY_YET), "", NOBODY in chosen), item.most, item.kind)


def _words(answer: int | str | tuple[int, ...] | None) -> str:
    return answer if isinstance(answer, str) else ""


def _tiles(
    item: Item, language: str, answer: int | str | tuple[int, ...] | None, heard: Mapping[str, str]
) -> tuple[Tile, ...]:
    scale = item.scale
    if scale is None:
        return ()
    faces: Sequence[int | None] = scale.faces or [None] * scale.size
    words = scale.words(language)
    return tuple(
        Tile(
            code,
            words[code - 1],
            faces[code - 1],
            answer == code,
            heard.get(of_answer(scale.name, code), ""),
        )
        for code in scale.codes
    )
