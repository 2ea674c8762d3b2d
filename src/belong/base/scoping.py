"""The manager of every row that belongs to a school.

Outside `scope(school=…)` it hands out a queryset that is closed: every public method of Django's QuerySet raises
ScopeError, those that Django adds later too. (django-scopes itself lists what raises, and leaves out `exists`,
`exclude`, `in_bulk`, `contains`, `defer` and others, which would have read every school's rows.) Rows may be created,
because they name their school themselves, and an empty queryset may be had.
"""

from functools import cache
from typing import Any

from django.db import models
from django_scopes import ScopedManager, get_scope
from django_scopes.manager import DisabledQuerySet

CREATES = frozenset({"create", "acreate", "bulk_create", "abulk_create"})
HARMLESS = frozenset({"none", "using", "as_manager", "resolve_expression"})
_KEPT = 200
"""For how many schools a process keeps the beginning of a table's querysets; never a row."""
PYTHONS_OWN = ("__iter__", "__aiter__", "__len__", "__bool__", "__getitem__", "__and__", "__or__", "__xor__")


def scoped(queryset: type[models.QuerySet] = models.QuerySet, **only: Any) -> Any:
    """A manager with the methods of `queryset` that sees one school's rows; outside `scope(school=…)` it raises.

    With `only` it sees those of them that a filter by it leaves. Typed as Any because it is one of two
    classes, depending on whether a scope is open.
    """
    inner: Any = type(ScopedManager(models.Manager.from_queryset(queryset), school="school"))
    kept: dict[tuple[Any, ...], Any] = {}

    class SchoolManager(inner):
        def get_queryset(self) -> Any:
            key = self._of_one_school()
            if key is None:
                return self._rows()
            begun = kept.get(key)
            if begun is None:
                if len(kept) >= _KEPT:
                    kept.clear()
                begun = kept[key] = self._rows()
            return begun._chain()

        def _of_one_school(self) -> tuple[Any, ...] | None:
            """What tells querysets of one school apart; None where the scope is anything but one school.

            To put the school's condition together anew took a tenth of the time of every page.
            """
            seen = get_scope()
            school = seen.get("school")
            plain = seen.get("_enabled") is True and len(seen) == 2 and not hasattr(self, "_override_scope")
            if not plain or self._hints or not isinstance(school, models.Model) or school.pk is None:
                return None
            return self.model, self._db, type(school), school.pk

        def _rows(self) -> Any:
            rows = super().get_queryset()
            if not isinstance(rows, DisabledQuerySet):
                return rows.filter(**only) if only else rows
            return _closed(queryset)(self.model, using=self._db, missing_scopes=rows.missing_scopes)

    return SchoolManager()


@cache
def _closed(queryset: type[models.QuerySet]) -> type[DisabledQuerySet]:
    """A queryset of which every public method raises, but those that only create or give nothing."""
    public = {
        name for name in dir(queryset) if not name.startswith("_") and callable(getattr(queryset, name))
    }
    shut = (public - CREATES - HARMLESS) | set(PYTHONS_OWN) | {"_fetch_all", "_filter_or_exclude"}
    error = DisabledQuerySet.error
    return type(f"Closed{queryset.__name__}", (DisabledQuerySet,), dict.fromkeys(sorted(shut), error))
