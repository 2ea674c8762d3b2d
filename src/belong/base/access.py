"""Who may do what: one map of verbs to predicates, filled by the rooms, asked here and nowhere else.

A room's `access.py` holds `PERMISSIONS = {"notice.record_moment": is_pastoral | teaches_pupil}` and hands it
to `register` when its app starts. Predicates are `rules.predicate` functions of (user, row).
"""

from collections.abc import Mapping
from typing import Any, TypeVar

import rules
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)

_PERMISSIONS = rules.RuleSet()


def register(permissions: Mapping[str, rules.predicates.Predicate]) -> None:
    """Add a room's verbs. A verb named twice is a mistake and raises KeyError."""
    for verb, predicate in permissions.items():
        _PERMISSIONS.add_rule(verb, predicate)


def verbs() -> dict[str, str]:
    """Every verb with the name of the rule that decides it."""
    return {verb: predicate.name for verb, predicate in sorted(_PERMISSIONS.items())}


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
    """The verdict with the rule that gave it, for the support page and for tests."""
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
    """Get one row and check it in one step; absent and forbidden raise the same Http404."""
    row = rows.filter(**lookup).first()
    if row is None or not allowed(user, verb, row):
        raise Http404
    return row
