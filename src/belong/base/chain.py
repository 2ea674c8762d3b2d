"""Chains of entries, the audit trail first: each carries a SHA-256 over the hash before it and its own fields.

Whoever changes, removes or slips in an entry past the triggers breaks the chain at that place. Whoever rewrites every
later hash as well, or cuts off the end, is found out by a head that was written down elsewhere: `belong check` prints
it, and `belong check --noted` compares.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from belong.base.models import AuditEntry

START = "0" * 64
AT_LEAST = 12  # hexadecimal digits of a noted head; fewer would prove little


@dataclass(frozen=True)
class Head:
    """How far a trail had come: the number and hash of its last entry, written "1234-9f86d081884c…"."""

    number: int
    hash: str

    @classmethod
    def read(cls, text: str) -> "Head":
        """Read a noted head; a shortened hash will do. Raises ValueError with the mend."""
        number, _, digits = text.strip().lower().partition("-")
        digits = digits.replace(" ", "").rstrip("….")
        hexadecimal = set(digits) <= set("0123456789abcdef")
        if not number.isdecimal() or not hexadecimal or not AT_LEAST <= len(digits) <= 64:
            raise ValueError(f"{text!r} is not the head of a trail; it looks like 1234-9f86d081884c")
        return cls(int(number), digits)

    def __str__(self) -> str:
        return f"{self.number}-{self.hash}"


@dataclass(frozen=True)
class Verdict:
    """Whether a trail is whole: `problem` is "" or says which entry is the first that is not as it was written."""

    entries: int
    head: Head
    problem: str = ""
    broken_at: int | None = None

    @property
    def unbroken(self) -> bool:
        return not self.problem


def digest(before: str, fields: Mapping[str, Any]) -> str:
    """The hash of one entry's `fields` (text, numbers, lists, dictionaries, None) after the hash `before`."""
    written = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{before}\n{written}".encode("ascii")).hexdigest()


def moment(at: datetime) -> str:
    """A moment as it is hashed: the same from both databases."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def link(before: str, entry: AuditEntry) -> str:
    """The hash of `entry` after the hash `before`, in hexadecimal."""
    return digest(
        before,
        {
            "school": entry.school_id,
            "number": entry.number,
            "actor": entry.actor_id,
            "at": moment(entry.at),
            "verb": entry.verb,
            "row": entry.row,
            "about": entry.about,
            "why": entry.why,
            "facts": entry.facts,
        },
    )


def wait_for_turn(lock: int, school_id: int) -> None:
    """Until the transaction ends, nobody else adds to this chain.

    SQLite has one writer at a time by itself; on PostgreSQL `lock` is the class of an advisory lock, the school its
    object.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [lock, school_id])


def verify(school: Any, noted: Head | None = None) -> Verdict:
    """Walk a school's trail from its first entry; memory stays small however long it is.

    With `noted`, a head written down earlier, the trail must also have come through it.
    """
    trail = AuditEntry._base_manager.filter(school_id=school.pk).order_by("number")
    return walk(trail.iterator(chunk_size=2000), link, noted, lambda entry: entry.verb)


def walk(
    entries: Iterable[Any],
    link: Callable[[str, Any], str],
    noted: Head | None = None,
    kind: Callable[[Any], str] = str,
) -> Verdict:
    """Walk any chain: entries in order, with `number`, `at` and `hash`; `link` makes the hash an entry should have."""
    head = Head(0, START)
    for entry in entries:
        if problem := _problem(head, entry, link, kind):
            return Verdict(head.number, head, problem, entry.number)
        head = Head(entry.number, entry.hash)
        if noted and noted.number == entry.number and not entry.hash.startswith(noted.hash):
            problem = f"entry {entry.number} is not the one whose hash was noted; the trail was rewritten up to there"
            return Verdict(head.number, head, problem, entry.number)
    if noted and noted.number > head.number:
        problem = (
            f"the trail ends at entry {head.number}, but entry {noted.number} was noted; its end was cut off"
        )
        return Verdict(head.number, head, problem, head.number + 1)
    return Verdict(head.number, head)


def _problem(head: Head, entry: Any, link: Callable[[str, Any], str], kind: Callable[[Any], str]) -> str:
    if entry.number != head.number + 1:
        missing = head.number + 1
        return f"entry {missing} is missing; the next one is {entry.number}, of {entry.at:%d %B %Y %H:%M} UTC"
    if entry.hash != link(head.hash, entry):
        return (
            f"entry {entry.number} ({kind(entry)}, {entry.at:%d %B %Y %H:%M} UTC) is not as it was written, "
            "or the one before it was exchanged"
        )
    return ""
