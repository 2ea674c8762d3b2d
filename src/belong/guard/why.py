"""May this person do that, and why not? The rule and what each of its conditions said, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from belong.base.reasons import ALL, ANY, NOT, ONE, Part, reasons
from belong.content import read

HEADS = {ALL: "all of these", ANY: "one of these", NOT: "not this"}


@dataclass(frozen=True)
class Step:
    """One line of a rule: how deep it stands, what it says, and whether it holds (None: not asked)."""

    depth: int
    text: str
    holds: bool | None


@dataclass(frozen=True)
class Answer:
    """The verdict as a sentence, and the rule line by line."""

    allowed: bool
    verdict: str
    steps: tuple[Step, ...]


@cache
def _words() -> dict[str, dict[str, str]]:
    texts = read("texts/rules")
    verbs = {
        f"{room}.{_key(verb)}": said["en"]
        for room, found in texts["verbs"].items()
        for verb, said in found.items()
    }
    named = {
        part: {_key(name): said["en"] for name, said in texts[part].items()}
        for part in ("conditions", "before")
    }
    return {"verbs": verbs, **named}


def verb_in_words(verb: str) -> str:
    """ "notice.view_pupil" → "open a pupil’s page". Raises KeyError for a verb without words."""
    return _words()["verbs"][verb]


def condition_in_words(name: str) -> str:
    """ "leads_group" → "leads or assists this group today". Raises KeyError for one without words."""
    return _words()["conditions"][name]


def explained(user: Any, verb: str, row: Any = None) -> Answer:
    """Why `user` may or may not do `verb` (to `row`); call inside the school's scope."""
    found = reasons(user, verb, row)
    who = user.person.full_name if user.person else user.username
    verdict = f"{'Yes' if found.allowed else 'No'}: {who} may {'' if found.allowed else 'not '}{verb_in_words(verb)}."
    if found.before:
        about = who if found.before != "other_school" else "What is asked about"
        verdict += f" {about} {_words()['before'][found.before]}."
    return Answer(found.allowed, verdict, tuple(_steps(found.rule, 0)))


def _steps(part: Part, depth: int) -> Iterator[Step]:
    yield Step(depth, condition_in_words(part.name) if part.how == ONE else HEADS[part.how], part.holds)
    for inner in part.parts:
        yield from _steps(inner, depth + 1)


def _key(written: str) -> str:
    return written.replace("-", "_")
