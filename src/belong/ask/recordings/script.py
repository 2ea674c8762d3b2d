"""What there is to read aloud at a school: its questionnaires, in the languages that have words for them."""

from dataclasses import dataclass
from typing import Any

from belong.ask.languages.taking import overlay_now
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


def words_in(instrument: Instrument, language: str, school: Any) -> Instrument | None:
    """The questionnaire with a language's words as a wave would take them in today; None where there are none."""
    if language == ENGLISH:
        return instrument
    found = overlay_now(instrument, language, school)
    return translated(instrument, language, found[0]) if found else None


def script_of(key: str, language: str, school: Any) -> list[Spoken]:
    """What is read aloud of one questionnaire in one language; [] where either is not there."""
    instrument = next((one for one in questionnaires() if one.key == key), None)
    worded = words_in(instrument, language, school) if instrument else None
    if worded is None:
        return []
    said = {item.id for item in worded.items if language in item.text}
    return [
        one for one in to_read(worded, language) if one.is_answer or one.key.removeprefix("item:") in said
    ]


def lines_of(key: str, language: str, school: Any) -> list[Line]:
    """The same with what was recorded of it."""
    kept = {one.spoken: one for one in recordings(key, language)}
    return [Line(one, kept.get(one.key)) for one in script_of(key, language, school)]


def languages_of(instrument: Instrument, school: Any) -> list[tuple[Language, int, int]]:
    """Every language the questionnaire has words in, with how many of how many things are recorded."""
    found = []
    for language in LANGUAGES:
        lines = lines_of(instrument.key, language.code, school)
        if lines:
            found.append((language, sum(line.is_heard for line in lines), len(lines)))
    return found


def title_of(key: str) -> str:
    """The questionnaire's name."""
    return say(load(key).title)
