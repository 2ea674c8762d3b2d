"""From what a browser sent to answers that fit the questions; anything else is a kind sentence.

A form field is `q-<item id>`: a code, `-1` for "I'd rather not say", empty or absent for skipped; free text is
the text itself, with a tick in `no-<item id>` for "I'd rather not say". Adults by name are the same field once for each
adult's number, or once `0` for "Nobody yet", with the same tick.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext, gettext_noop

from belong.ask.models.wave import CONFIDENTIAL, NAMED, POOLED, UNLINKED, Wave
from belong.base.errors import Refused
from belong.measure.instrument import BY_NAME, Item

RATHER_NOT = -1
TAKEN_BACK = -2  # stands on a sheet where its writer took this one answer back; no form can send it
LONGEST_TEXT = 2_000
ANSWER = "q-"
NO = "no-"
NOBODY = 0
Answers = dict[str, int | str | tuple[int, ...]]

TWO_WAYS = gettext_noop("You ticked two things that don't go together. Keep the one you mean.")
TOO_MANY = {
    "adults": gettext_noop(
        "You chose {count} adults and {most} is the most: take {over} away. All are still ticked."
    ),
    "friends": gettext_noop(
        "You chose {count} people and {most} is the most: take {over} away. All are still ticked."
    ),
}
EDITED = gettext_noop(
    "These answers don't fit the questions on this page. Open the page again and have another go."
)


class Misfit(Refused):
    """Answers that can't be kept as they are; `item_id` says at which question, "" for the sheet as a whole."""

    def __init__(self, reason: str, item_id: str = "") -> None:
        super().__init__(gettext(reason))
        self.item_id = item_id


def from_form(items: Sequence[Item], form: QueryDict) -> Answers:
    """The answers in a posted form; raises Misfit for a form that was edited or a text that is too long."""
    known = {item.id for item in items}
    if any(_question(field) not in known for field in form if field.startswith((ANSWER, NO))):
        raise Misfit(EDITED)
    many = {ANSWER + item.id for item in items if item.kind in BY_NAME}
    if any(len(form.getlist(field)) > 1 for field in form if field not in many):
        raise Misfit(EDITED)
    answers: Answers = {}
    for item in items:
        given = form.get(ANSWER + item.id, "")
        if item.kind in BY_NAME:
            if (chosen := _adults(item, form)) is not None:
                answers[item.id] = chosen
        elif form.get(NO + item.id):
            answers[item.id] = RATHER_NOT
        elif item.kind == "open":
            answers[item.id] = given
        elif given:
            answers[item.id] = _code(given, item)
    return checked(items, answers)


def kept(items: Sequence[Item], form: QueryDict) -> Answers:
    """Whatever in a posted form can be shown again, however little of it fits; texts in full, whatever their length."""
    shown: Answers = {}
    for item in items:
        given = form.get(ANSWER + item.id, "")
        if item.kind in BY_NAME:
            shown[item.id] = _as_ticked(item, form)
        elif form.get(NO + item.id) or given == str(RATHER_NOT):
            shown[item.id] = RATHER_NOT
        elif item.kind == "open":
            shown[item.id] = given
        elif given.isascii() and given.isdigit() and len(given) <= 3:
            shown[item.id] = int(given)
    return shown


def _question(field: str) -> str:
    return field.removeprefix(ANSWER) if field.startswith(ANSWER) else field.removeprefix(NO)


def _code(given: str, item: Item) -> int:
    digits = given.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3):
        raise Misfit(EDITED, item.id)
    return int(given)


def _adults(item: Item, form: QueryDict) -> int | tuple[int, ...] | None:
    """The adults a form chose, nobody yet as `()`; two ticks that contradict each other are for the pupil to mend."""
    given = form.getlist(ANSWER + item.id)
    if any(not (one.isascii() and one.isdigit() and len(one) < 18) for one in given):
        raise Misfit(EDITED, item.id)
    chosen = tuple(dict.fromkeys(int(one) for one in given))
    if bool(form.get(NO + item.id)) + (NOBODY in chosen) + any(chosen) > 1:
        raise Misfit(TWO_WAYS, item.id)
    if form.get(NO + item.id):
        return RATHER_NOT
    return tuple(one for one in chosen if one != NOBODY) if chosen else None


def _as_ticked(item: Item, form: QueryDict) -> tuple[int, ...]:
    """Every tick at a question for adults, those that contradict each other too."""
    given = [
        one for one in form.getlist(ANSWER + item.id) if one.isascii() and one.isdigit() and len(one) < 18
    ]
    return (*(int(one) for one in given), *([RATHER_NOT] if form.get(NO + item.id) else []))


def checked(items: Sequence[Item], answers: Mapping[str, int | str | Sequence[int]]) -> Answers:
    """The same answers in the order of the questions, blank texts left out; raises Misfit where one does not fit."""
    if unknown := set(answers) - {item.id for item in items}:
        raise Misfit(EDITED, min(unknown))
    fitting: Answers = {}
    for item in items:
        if item.id not in answers:
            continue
        answer: int | str | Sequence[int] = answers[item.id]
        if isinstance(answer, str):
            answer = _text(answer, item)
        elif not isinstance(answer, int):
            answer = _few_enough(answer, item)
        elif answer != RATHER_NOT and not 1 <= answer <= item.categories:
            raise Misfit(EDITED, item.id)
        if answer != "":
            fitting[item.id] = answer
    return fitting


def _few_enough(adults: Sequence[int], item: Item) -> tuple[int, ...]:
    """Different adults, at most as many as the question takes; whether they are here is asked of the roster."""
    if item.kind not in BY_NAME:
        raise Misfit(EDITED, item.id)
    chosen = tuple(dict.fromkeys(adults))
    if len(chosen) > item.most:
        over = len(chosen) - item.most
        raise Misfit(
            gettext(TOO_MANY[item.kind]).format(count=len(chosen), most=item.most, over=over),
            item.id,
        )
    return chosen


def _text(text: str, item: Item) -> str:
    """Free text as it was meant: without controls that hide or turn what others read, within the limit."""
    if item.kind != "open":
        raise Misfit(EDITED, item.id)
    said = clean(text)
    if len(said) > LONGEST_TEXT:
        over = len(said) - LONGEST_TEXT
        raise Misfit(
            gettext(
                "That is a lot to tell us, thank you. It is %(n)s letters too long to keep: can you make it shorter?"
            )
            % {"n": over},
            item.id,
        )
    return said


def clean(text: str) -> str:
    """Text without controls that hide or turn what others read, and without white space around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (c for c in lines if c == "\n" or not (unicodedata.category(c) in _CONTROLS or c in _TURNING))
    return "".join(kept).strip()


# Characters that can't be seen, and those that turn the text around so that it reads as something else.
_CONTROLS = {"Cc", "Cs"}
_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Split:
    """One person's answers by who may see them."""

    signed: Answers
    texts: dict[str, str]
    adults: dict[str, list[int]]
    friends: dict[str, list[int]]
    pooled: Answers
    unlinked: Answers
    named: bool


def split(wave: Wave, answers: Answers) -> Split:
    """Sort answers by the kind of their question. Free text, adults and friends are kept apart from the codes."""
    by_kind: dict[str, Answers] = {NAMED: {}, CONFIDENTIAL: {}, POOLED: {}, UNLINKED: {}}
    for item_id, answer in answers.items():
        by_kind[wave.seen_as(item_id)][item_id] = answer
    signed = by_kind[NAMED] | by_kind[CONFIDENTIAL]
    return Split(
        signed={item_id: answer for item_id, answer in signed.items() if isinstance(answer, int)},
        texts={item_id: answer for item_id, answer in signed.items() if isinstance(answer, str)},
        adults=_people(by_kind[NAMED]),
        friends=_people(by_kind[CONFIDENTIAL]),
        pooled=by_kind[POOLED],
        unlinked=by_kind[UNLINKED],
        named=any(answer != RATHER_NOT for answer in by_kind[NAMED].values()),
    )


def _people(answers: Answers) -> dict[str, list[int]]:
    """Answers that name people. Adults are for the readers named, friends for those who read in confidence, always."""
    return {item_id: list(answer) for item_id, answer in answers.items() if isinstance(answer, tuple)}
