"""A filter that knows "everybody": a list for a whole school need not send its ids along with each query."""

from typing import Any

from django.db.models import Q


def among(path: str, rows: Any) -> Q:
    """Rows whose `path` is one of `rows` (ids, rows or a query for ids); no filter at all where `rows` is None.

    None is for callers that look ids up in the answer afterwards: the answer then holds more than they ask about.
    """
    return Q() if rows is None else Q((f"{path}__in", rows))
