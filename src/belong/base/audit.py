"""Writing the audit trail."""

from typing import Any

from django.db.models import Model

from belong.base.clock import now
from belong.base.models import AuditEntry


def audit(actor: Any, verb: str, row: Model | None = None, *, why: str = "", **facts: Any) -> None:
    """Note that `actor` (a User, or None for the program itself) did `verb` ("notice.record_moment").

    `facts` hold ids, kinds and counts only: an audit trail that repeats content is a second leak.
    """
    school = getattr(row, "school_id", None) or (row.pk if row is not None and _is_school(row) else None)
    AuditEntry.objects.create(
        school_id=school or actor.school_id,
        actor=actor,
        at=now(),
        verb=verb,
        row=f"{row._meta.label_lower}:{row.pk}" if row is not None else "",
        why=why,
        facts=facts,
    )


def _is_school(row: Model) -> bool:
    return row._meta.label == "people.School"
