"""Why somebody may or may not: the rule behind a verb, taken apart, with what each part said.

Parts are asked in the order in which the rule asks them, and no further: where the first of two conditions already
fails, the second has no answer.
"""

import inspect
from dataclasses import dataclass
from typing import Any

import rules

from belong.base.access import allowed, rule_of

ALL, ANY, NOT, ONE = "all", "any", "not", "one"
_JOINS = {"AND": ALL, "OR": ANY, "INVERT": NOT}


@dataclass(frozen=True)
class Part:
    """A condition: one by its `name`, or several joined. `holds` is None where it was not asked."""

    how: str
    holds: bool | None
    name: str = ""
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Reasons:
    """A verdict and the rule that gave it. `before` names what settled it before the rule was asked, or is ""."""

    allowed: bool
    verb: str
    rule: Part
    before: str = ""


def names_in(verb: str) -> set[str]:
    """The conditions a verb depends on, by name."""
    return _names(_taken_apart(rule_of(verb)))


def reasons(user: Any, verb: str, row: Any = None) -> Reasons:
    """The verdict of `allowed` with its rule. Raises KeyError for an unknown verb."""
    verdict = allowed(user, verb, row)
    rule, before = rule_of(verb), _before(user, row)
    return Reasons(verdict, verb, _taken_apart(rule) if before else _asked(rule, user, row), before)


def _before(user: Any, row: Any) -> str:
    if not getattr(user, "is_authenticated", False):
        return "nobody"
    if not user.is_active:
        return "switched_off"
    if row is not None and getattr(row, "school_id", user.school_id) != user.school_id:
        return "other_school"
    return ""


def _inner(rule: rules.predicates.Predicate) -> tuple[str, list[rules.predicates.Predicate]]:
    """How a rule is joined, and of what; it keeps that in the closure of its function."""
    how = _JOINS.get(getattr(rule.fn, "__name__", ""), ONE)
    held = inspect.getclosurevars(rule.fn).nonlocals if how != ONE else {}
    found = [
        held[name] for name in ("self", "other") if isinstance(held.get(name), rules.predicates.Predicate)
    ]
    return (how, found) if found else (ONE, [])


def _taken_apart(rule: rules.predicates.Predicate) -> Part:
    how, inner = _inner(rule)
    return Part(how, None, "" if inner else rule.name, _flat(how, [_taken_apart(one) for one in inner]))


def _asked(rule: rules.predicates.Predicate, user: Any, row: Any) -> Part:
    how, inner = _inner(rule)
    if how == ONE:
        return Part(ONE, bool(rule.test(user, row)), rule.name)
    if how == NOT:
        part = _asked(inner[0], user, row)
        return Part(NOT, not part.holds, parts=(part,))
    first = _asked(inner[0], user, row)
    if first.holds is (how == ANY):
        return Part(how, first.holds, parts=_flat(how, [first, _taken_apart(inner[1])]))
    second = _asked(inner[1], user, row)
    return Part(how, second.holds, parts=_flat(how, [first, second]))


def _flat(how: str, parts: list[Part]) -> tuple[Part, ...]:
    """ "a and (b and c)" is read as "a and b and c"."""
    return tuple(
        inner for part in parts for inner in (part.parts if part.how == how and how != NOT else (part,))
    )


def _names(part: Part) -> set[str]:
    return {part.name} - {""} | {name for inner in part.parts for name in _names(inner)}
