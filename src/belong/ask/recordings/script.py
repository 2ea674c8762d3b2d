"""What there is to read aloud at a school: its questionnaires, in the languages that have words for them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from belong.ask.languages.taking import overlay_with
from belong.ask.languages.wording import in_use, looked_up_together
from belong.ask.models import Recording
from belong.ask.questionnaire import askable
from belong.ask.recordings.queries import recordings
from belong.ask.recordings.spoken import Spoken, to_read
from belong.measure.instrument import Instrument, load, say
from belong.measure.translating import translated
from belong.web.languages import ENGLISH, LANGUAGES, Language

AUDIENCES = ("pupils", "families", "staff")


@dataclass(frozen=True)
class Line:
    """One thing to read, and its recording; `is_stale`: read from other words than stand there now."""

    spoken: Spoken
    recording: Recording | None

    @property
    def is_stale(self) -> bool:
        return self.recording is not None and self.recording.words != self.spoken.words

    @property
    def is_heard(self) -> bool:
        return self.recording is not None and not self.is_stale


def questionnaires() -> list[Instrument]:
    """Every questionnaire with wording of its own, pupils' first."""
    found = {one.key: one for audience in AUDIENCES for one in askable(audience)}
    return list(found.values())


def script_of(key: str, language: str, school: Any) -> tuple[Spoken, ...]:
    """What is read aloud of one questionnaire in one language; () where either is not there."""
    own = None if language == ENGLISH else in_use(language, school)
    return _script(key, language, own.words) if own else _as_shipped(key, language)


@cache
def _as_shipped(key: str, language: str) -> tuple[Spoken, ...]:
    return _script(key, language, {})


def _script(key: str, language: str, own: Mapping[str, str]) -> tuple[Spoken, ...]:
    """The same with a school's own words, by place."""
    instrument = next((one for one in questionnaires() if one.key == key), None)
    worded = _worded(instrument, language, own) if instrument else None
    if worded is None:
        return ()
    said = {item.id for item in worded.items if language in item.text}
    return tuple(
        one for one in to_read(worded, language) if one.is_answer or one.key.removeprefix("item:") in said
    )


def _worded(instrument: Instrument, language: str, own: Mapping[str, str]) -> Instrument | None:
    """The questionnaire with a language's words as a wave would take them in today; None where there are none."""
    if language == ENGLISH:
        return instrument
    overlay = overlay_with(instrument, language, own)
    return translated(instrument, language, overlay) if overlay else None


def lines_of(key: str, language: str, school: Any) -> list[Line]:
    """The same with what was recorded of it."""
    kept = {one.spoken: one for one in recordings(key, language)}
    return _beside(script_of(key, language, school), kept)


def _beside(script: tuple[Spoken, ...], kept: Mapping[str, Recording]) -> list[Line]:
    return [Line(one, kept.get(one.key)) for one in script]


def how_much(school: Any) -> list[tuple[Instrument, list[tuple[Language, int, int]]]]:
    """Every questionnaire with the languages it has words in, and how many of how many things are recorded in each."""
    kept: dict[tuple[str, str], dict[str, Recording]] = defaultdict(dict)
    for one in Recording.objects.defer("sound"):
        kept[one.instrument_key, one.language][one.spoken] = one
    found = []
    with looked_up_together(school):
        for instrument in questionnaires():
            said = [
                (language, _beside(script, kept[instrument.key, language.code]))
                for language in LANGUAGES
                if (script := script_of(instrument.key, language.code, school))
            ]
            counted = [
                (language, sum(line.is_heard for line in lines), len(lines)) for language, lines in said
            ]
            found.append((instrument, counted))
    return found


def title_of(key: str) -> str:
    """The questionnaire's name."""
    return say(load(key).title)
