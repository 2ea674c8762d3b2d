"""Who may do what: one map of verbs to predicates, filled by the rooms, asked here and nowhere else.

A room's `access.py` holds `PERMISSIONS = {"notice.record_moment": is_pastoral | teaches_pupil}` and hands it
to `register` when its app starts. Predicates are `rules.predicate` functions of (user, row).
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, TypeVar, cast

import rules
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)

LARGEST = 2**63 - 1  # of a row number, on either database
_PERMISSIONS = rules.RuleSet()


def register(permissions: Mapping[str, rules.predicates.Predicate]) -> None:
    """Add a room's verbs. A verb named twice is a mistake and raises KeyError."""
    for verb, predicate in permissions.items():
        _PERMISSIONS.add_rule(verb, predicate)


def verbs() -> dict[str, str]:
    """Every verb with the name of the rule that decides it."""
    return {verb: predicate.name for verb, predicate in sorted(_PERMISSIONS.items())}


def rule_of(verb: str) -> rules.predicates.Predicate:
    """The rule that decides a verb. An unknown verb raises KeyError."""
    if verb not in _PERMISSIONS:
        raise KeyError(f"no rule is registered for {verb!r}")
    return _PERMISSIONS[verb]


def allowed(user: Any, verb: str, row: Any = None) -> bool:
    """Whether `user` may do `verb` (to `row`, where the verb needs one). An unknown verb raises KeyError."""
    if verb not in _PERMISSIONS:
        raise KeyError(f"no rule is registered for {verb!r}")
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    if row is not None and getattr(row, "school_id", user.school_id) != user.school_id:
        return False
    return bool(_PERMISSIONS.test_rule(verb, user, row))


def why(user: Any, verb: str, row: Any = None) -> str:
    """The verdict with the rule that gave it, in one line; `belong.base.reasons` takes the rule apart."""
    verdict = "yes" if allowed(user, verb, row) else "no"
    return f"{verdict}: {verb} needs {_PERMISSIONS[verb].name}"


def require(user: Any, verb: str, row: Any = None) -> None:
    """Raise unless allowed: Http404 where there is a row (a stranger learns nothing), else PermissionDenied."""
    if allowed(user, verb, row):
        return
    if row is not None:
        raise Http404
    raise PermissionDenied(verb)


def fetch(user: Any, verb: str, rows: QuerySet[M], **lookup: Any) -> M:
    """Get one row and check it in one step; absent and forbidden raise the same Http404.

    For an absent row the rule is asked all the same, of a row that stands for it: else the time that the rule's own
    queries take would tell a stranger that there is something to be refused (`./run bench stranger`).
    """
    if any(type(one) is int and one > LARGEST for one in lookup.values()):
        raise Http404  # no database has such a number, and one of them would raise
    row = rows.filter(**lookup).first()
    if row is None:
        with suppress(ObjectDoesNotExist, AttributeError, TypeError, ValueError):
            allowed(user, verb, _standing_for(rows.model, user))
        raise Http404
    if not allowed(user, verb, row):
        raise Http404
    return row


def _standing_for(model: type[Model], user: Any, depth: int = 1) -> Model:
    """A row that is in no table: number 0 of the user's school, with what it leads to standing for something too.

    A model says in `STANDS_AS` what its likeliest rows are like, so that a rule looks as far as it would for one.
    """
    row = model(**getattr(model, "STANDS_AS", {}))
    row.pk = 0
    if hasattr(row, "school_id"):
        row.school_id = user.school_id
    for field in model._meta.concrete_fields if depth else ():
        if field.is_relation and field.name != "school" and getattr(row, field.attname) is None:
            setattr(row, field.name, _standing_for(cast(type[Model], field.related_model), user, depth - 1))
    return row
