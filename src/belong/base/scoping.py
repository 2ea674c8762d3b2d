"""The manager of every row that belongs to a school."""

from typing import Any

from django.db import models
from django_scopes import ScopedManager


def scoped(queryset: type[models.QuerySet] = models.QuerySet) -> Any:
    """A manager with the methods of `queryset` that sees one school's rows; outside `scope(school=…)` it raises.

    Typed as Any because it is one of two classes, depending on whether a scope is open.
    """
    return ScopedManager(models.Manager.from_queryset(queryset), school="school")
