"""The questions a check-in can ask, in three wordings, and the questionnaire of one round made from them."""

from collections.abc import Sequence

from belong.ask.models import CheckIn
from belong.ask.models.wave import CONFIDENTIAL, NAMED, POOLED
from belong.ask.questionnaire import CHECK_IN
from belong.measure.instrument import Instrument, Item, from_dict, load, say

MOOD, LINE = "mood", "line"
MOST_TOPICS, MOST_NAMED = 4, 2
FACES = 5
"""Every answer is told as one of five faces; the youngest have three of them."""


def topic_of(item_id: str) -> str:
    """What a question is about, whatever its wording: `mood-4` and `mood-12` are both `mood`."""
    return item_id.rsplit("-", 1)[0]


def topics() -> dict[str, str]:
    """Topic → its question in the wording of the oldest, in the order of the file; without the line."""
    found: dict[str, str] = {}
    for item in load(CHECK_IN).items:
        if topic_of(item.id) != LINE:
            found[topic_of(item.id)] = say(item.text, "en")
    return found


def label(topic: str) -> str:
    """A topic in a word or two."""
    return next((say(i.label, "en") for i in load(CHECK_IN).items if topic_of(i.id) == topic), topic)


def questionnaire(check_in: CheckIn) -> Instrument:
    """The chosen questions in the chosen order, the line last; every wording of each."""
    data = load(CHECK_IN).to_dict()
    wanted = [*check_in.topics, *([LINE] if check_in.with_line else [])]
    data["items"] = [item for topic in wanted for item in data["items"] if topic_of(item["id"]) == topic]
    return from_dict(data)


def visibility(check_in: CheckIn, items: Sequence[Item]) -> dict[str, str]:
    """Who sees which answer: the named questions by name, the line in confidence, the rest pooled."""
    return {item.id: _kind(check_in, topic_of(item.id)) for item in items}


def _kind(check_in: CheckIn, topic: str) -> str:
    if topic == LINE:
        return CONFIDENTIAL
    return NAMED if topic in check_in.named else POOLED


def questions_asked(check_in: CheckIn) -> int:
    """How many questions a pupil meets in one round."""
    return len(check_in.topics) + bool(check_in.with_line)


def face_of(item: Item, code: int) -> int:
    """The face (1 sad … 5 happy) of an answer."""
    if item.scale is None or not item.scale.faces:
        return code
    return item.scale.faces[code - 1]
