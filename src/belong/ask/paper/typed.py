"""From keys to answers: one digit for each question, R for "I'd rather not say", nothing for skipped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from belong.ask.adults import Adult, Choosing
from belong.ask.answers import RATHER_NOT, Answers, Misfit, checked
from belong.ask.digits import digits
from belong.measure.instrument import BY_NAME, Item, say

KEY = "k-"
RATHER = "r"


@dataclass(frozen=True)
class Line:
    """One question as it is typed: its answers by digit, what was typed so far, and what does not fit."""

    number: int
    item: Item
    text: str
    choices: tuple[tuple[int, str], ...]
    typed: str
    names: tuple[str, ...] = ()
    problem: str = ""

    @property
    def kind(self) -> str:
        return "names" if self.item.kind in BY_NAME else "words" if self.item.kind == "open" else "key"


def lines(
    items: Sequence[Item],
    language: str,
    form: Mapping[str, str],
    choosing: Choosing | None,
    problem: tuple[str, str] = ("", ""),
) -> list[Line]:
    """The questions in the order of the paper."""
    return [
        Line(
            number=number,
            item=item,
            text=say(item.text, language),
            choices=tuple(zip(item.scale.codes, item.scale.words(language), strict=True))
            if item.scale
            else (),
            typed=form.get(KEY + item.id, ""),
            names=tuple(sorted({one.name for one in _offered(item, choosing)})),
            problem=problem[1] if problem[0] == item.id else "",
        )
        for number, item in enumerate(items, 1)
    ]


def answers_typed(items: Sequence[Item], form: QueryDict, choosing: Choosing | None) -> Answers:
    """The answers of a typed sheet; raises Misfit at the first question that can't be kept as it was typed."""
    answers: Answers = {}
    for item in items:
        typed = form.get(KEY + item.id, "").strip()
        if not typed:
            continue
        if typed.casefold() == RATHER:
            answers[item.id] = RATHER_NOT
        elif item.kind == "open":
            answers[item.id] = typed
        elif item.kind in BY_NAME:
            answers[item.id] = _people(typed, item, _offered(item, choosing))
        else:
            answers[item.id] = _code(typed, item)
    return checked(items, answers)


def _code(typed: str, item: Item) -> int:
    number = digits(typed) if len(typed) == 1 else ""
    codes = list(item.scale.codes) if item.scale else [0]
    if not number or int(number) not in codes:
        raise Misfit(
            _("Type a digit from {first} to {last}, R, or nothing.").format(first=codes[0], last=codes[-1]),
            item.id,
        )
    return int(number)


def _offered(item: Item, choosing: Choosing | None) -> tuple[Adult, ...]:
    if choosing is None or item.kind not in BY_NAME:
        return ()
    chosen = choosing.friends if item.kind == "friends" else choosing
    return (*chosen.own, *chosen.others) if chosen else ()


def _people(typed: str, item: Item, offered: Iterable[Adult]) -> tuple[int, ...]:
    """Names one a line or with commas between; "0" is nobody yet. A part of a name will do while it fits one person."""
    names = [name.strip() for line in typed.splitlines() for name in line.split(",") if name.strip()]
    if names == ["0"]:
        return ()
    return tuple(dict.fromkeys(_one(name, item, list(offered)) for name in names))


def _one(name: str, item: Item, offered: list[Adult]) -> int:
    wanted = name.casefold()
    same = [one for one in offered if one.name.casefold() == wanted]
    found = same or [one for one in offered if wanted in one.name.casefold()]
    if len(found) == 1:
        return found[0].id
    if found:
        some = ", ".join(one.name for one in found[:4])
        raise Misfit(
            _("“{name}” fits more than one: {some}. Write more of it.").format(name=name, some=some), item.id
        )
    raise Misfit(_("Nobody of that name can be chosen: “{name}”.").format(name=name), item.id)
