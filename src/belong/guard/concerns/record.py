"""Writing the record of concerns, one entry after another, and proving that it is as it was written."""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection, transaction

from belong.base.chain import START, Head, Verdict, digest, moment, wait_for_turn, walk
from belong.base.clock import now
from belong.base.secrets import Unreadable
from belong.guard.models import GUARDS, Concern, ConcernEntry
from belong.people.models import School

LOCK = 0x62656C70
"""The class of the advisory locks of these chains; the object is the school."""
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SALT = "salt"
Words = dict[str, Any]


def new_reference() -> str:
    """A number to quote, such as "K7M-4QDX"; drawn at random, so that none tells how many there are."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(7))
    return f"{drawn[:3]}-{drawn[3:]}"


def add(
    concern: Concern,
    kind: str,
    *,
    actor: Any = None,
    outcome: str = "",
    urgent: bool = False,
    about: int | None = None,
    step: int | None = None,
    words: Mapping[str, Any] | None = None,
    **facts: Any,
) -> ConcernEntry:
    """Add an entry. `words` (text, reasons, anything said) is encrypted and sealed; `facts` hold ids and kinds only."""
    sealed = {**words, SALT: secrets.token_hex(16)} if words is not None else None
    with transaction.atomic(savepoint=False):
        wait_for_turn(LOCK, concern.school_id)
        chain = ConcernEntry._base_manager.filter(school_id=concern.school_id).order_by("-number")
        number, before = chain.values_list("number", "hash").first() or (0, START)
        entry = ConcernEntry(
            school_id=concern.school_id,
            concern=concern,
            number=number + 1,
            at=now(),
            actor=actor,
            kind=kind,
            outcome=outcome,
            urgent=urgent,
            about=about,
            step=step,
            facts=facts,
            words=sealed,
            seal=seal(sealed) if sealed is not None else "",
        )
        entry.hash = link(before, entry)
        entry.save(force_insert=True)
    return entry


def seal(words: Words) -> str:
    """What is hashed of words: it proves them, and without their salt nobody can guess them from it."""
    written = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def link(before: str, entry: ConcernEntry) -> str:
    """The hash of an entry; of the first one of a concern it covers what the concern itself holds, too."""
    fields: dict[str, Any] = {
        "school": entry.school_id,
        "concern": entry.concern_id,
        "number": entry.number,
        "at": moment(entry.at),
        "actor": entry.actor_id,
        "kind": entry.kind,
        "outcome": entry.outcome,
        "urgent": entry.urgent,
        "about": entry.about,
        "step": entry.step,
        "facts": entry.facts,
        "seal": entry.seal,
    }
    if entry.kind == ConcernEntry.RAISED:
        fields["raised"] = _fixed(entry.concern)
    return digest(before, fields)


def _fixed(concern: Concern) -> dict[str, Any]:
    return {
        "reference": concern.reference,
        "person": concern.person_id,
        "kind": concern.kind,
        "at": moment(concern.raised_at),
        "by": concern.raised_by_id,
        "source": concern.source,
        "submission": concern.submission.hex if concern.submission else None,
    }


def verify(school: School, noted: Head | None = None) -> Verdict:
    """Walk a school's record from its first entry: hashes, seals of the words, and no words gone without a reason."""
    rows = ConcernEntry._base_manager.filter(school_id=school.pk).select_related("concern").order_by("number")
    verdict = walk(rows.defer("words").iterator(chunk_size=1000), link, noted, lambda entry: entry.kind)
    if verdict.problem:
        return verdict
    if problem := next(_broken_seals(school), ""):
        return Verdict(verdict.entries, verdict.head, problem)
    loose = (
        Concern._base_manager.filter(school_id=school.pk).exclude(entries__kind=ConcernEntry.RAISED).count()
    )
    problem = f"{loose} concerns have no first entry" if loose else ""
    return Verdict(verdict.entries, verdict.head, problem)


def _broken_seals(school: School) -> Iterator[str]:
    sealed = ConcernEntry._base_manager.filter(school_id=school.pk).exclude(seal="").order_by("number")
    erased = set(
        ConcernEntry._base_manager.filter(school_id=school.pk, kind=ConcernEntry.ERASED).values_list(
            "concern_id", flat=True
        )
    )
    for pk, number, concern_id, kept in sealed.values_list("pk", "number", "concern_id", "seal"):
        try:
            words = ConcernEntry._base_manager.values_list("words", flat=True).get(pk=pk)
        except Unreadable:
            yield f"the words of entry {number} cannot be opened"
            continue
        if words is None and concern_id not in erased:
            yield f"the words of entry {number} are gone, and nothing says who deleted them"
        elif words is not None and seal(words) != kept:
            yield f"the words of entry {number} are not those that were written"


def guard_tables(**kwargs: Any) -> None:
    """Make the triggers wherever they are missing; after every migration, because one may have dropped them."""
    tables = set(connection.introspection.table_names())
    for guarded in GUARDS:
        if guarded.table in tables and not guarded.is_guarded():
            with connection.cursor() as cursor:
                guarded.apply(cursor.execute, connection.vendor)


def are_guarded() -> bool:
    """Whether both tables can only grow."""
    return all(guarded.is_guarded() for guarded in GUARDS)
