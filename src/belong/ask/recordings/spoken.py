"""What can be read out: every question of a questionnaire and every answer of its scales, each by a name of its own."""

from dataclasses import dataclass

from belong.measure.instrument import Instrument, say


def of_item(item_id: str) -> str:
    """The name of a question: `item:picture-safe`."""
    return f"item:{item_id}"


def of_answer(scale: str, code: int) -> str:
    """The name of an answer: `answer:faces3:2`."""
    return f"answer:{scale}:{code}"


@dataclass(frozen=True)
class Spoken:
    """One thing to read out, and its words in one language."""

    key: str
    words: str
    is_answer: bool


def to_read(instrument: Instrument, language: str) -> list[Spoken]:
    """The answers once each, scale by scale, then the questions in order; in the words of that language."""
    scales = {item.scale.name: item.scale for item in instrument.items if item.scale is not None}
    answers = [
        Spoken(of_answer(name, code), scale.words(language)[code - 1], True)
        for name, scale in scales.items()
        for code in scale.codes
    ]
    return answers + [Spoken(of_item(one.id), say(one.text, language), False) for one in instrument.items]
