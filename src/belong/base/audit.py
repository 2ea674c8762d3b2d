"""Writing the audit trail."""

from typing import Any

from django.db import transaction
from django.db.models import Model

from belong.base.chain import START, link, wait_for_turn
from belong.base.clock import now
from belong.base.models import AuditEntry

WHY_LENGTH = AuditEntry._meta.get_field("why").max_length or 400
LOCK = 0x62656C6F  # the class of our PostgreSQL advisory locks; the object is the school
PLAIN = (str, int, type(None))


def audit(actor: Any, verb: str, row: Model | None = None, *, why: str = "", **facts: Any) -> AuditEntry:
    """Note that `actor` (a User, or None for the program itself) did `verb` ("notice.record_moment").

    Reads of sensitive things are noted the same way. `facts` hold ids, kinds and counts only (text, whole numbers,
    yes and no, None, and lists or dicts of them; else TypeError): an audit trail that repeats content is a second
    leak. People it is about are found in `row` and in the facts `pupil`, `person`, `pupils` and `people` (ids).

    Two SQL statements (three on PostgreSQL), whatever the length of the trail. Entries of one school wait for each
    other until the transaction ends, so an action audits last.
    """
    school_id = _school_of(row) or getattr(actor, "school_id", None)
    if school_id is None:
        raise ValueError("what the program itself did needs a row that belongs to a school")
    _check(facts)
    with transaction.atomic(savepoint=False):
        wait_for_turn(LOCK, school_id)
        # Outside a school scope too: a job or a command audits for the school of its row.
        trail = AuditEntry._base_manager.filter(school_id=school_id).order_by("-number")
        number, before = trail.values_list("number", "hash").first() or (0, START)
        entry = AuditEntry(
            school_id=school_id,
            number=number + 1,
            actor=actor,
            at=now(),
            verb=verb,
            row=f"{row._meta.label_lower}:{row.pk}" if row is not None else "",
            about=_about(row, facts),
            why=why.replace("\x00", "").strip()[:WHY_LENGTH],
            facts=facts,
        )
        entry.hash = link(before, entry)
        entry.save(force_insert=True)
    return entry


def _school_of(row: Model | None) -> int | None:
    if row is not None and row._meta.label == "people.School":
        return int(row.pk)
    return getattr(row, "school_id", None)


def _about(row: Model | None, facts: dict[str, Any]) -> str:
    """The people an entry concerns, as "|12|45|"."""
    ids: set[int] = set()
    if row is not None and row._meta.label == "people.Person":
        ids.add(row.pk)
    found = [getattr(row, "pupil_id", None), getattr(row, "person_id", None)]
    for name in ("pupil", "person", "pupils", "people"):
        fact = facts.get(name)
        found += fact if isinstance(fact, list | tuple) else [fact]
    ids.update(one for one in found if type(one) is int)
    return f"|{'|'.join(map(str, sorted(ids)))}|" if ids else ""


def _check(facts: Any) -> None:
    """Only what reads back from both databases exactly as it was written can be hashed."""
    if isinstance(facts, dict):
        if not all(isinstance(key, str) for key in facts):
            raise TypeError("the names of audit facts are text")
        for fact in facts.values():
            _check(fact)
    elif isinstance(facts, list | tuple):
        for fact in facts:
            _check(fact)
    elif not isinstance(facts, PLAIN):
        raise TypeError(f"audit facts hold ids, kinds and counts, not {type(facts).__name__}")
