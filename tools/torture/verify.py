"""The clients' book against the database: what was acknowledged is there once, whole and as it was sent."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_tasks_db.models import DBTaskResult

from belong.ask.models import PooledRow, PooledSheet, Receipt, SignedSheet, UnlinkedRow, UnlinkedSheet, Wave
from belong.ask.models.wave import CONFIDENTIAL, NAMED, POOLED, UNLINKED
from belong.ask.questionnaire import instrument_of
from belong.ask.scramble import scramble
from belong.base.chain import verify as verify_chain
from belong.base.clock import frozen
from belong.base.models import AuditEntry
from belong.notice.models import Moment
from belong.people.models import Person, RosterImport, School
from belong.see.actions import make
from belong.see.models import ReleaseRecord

Found = Iterator[tuple[str, str]]  # (kind of fault, where)


def jobs_left() -> dict[str, int]:
    """How many jobs wait or run, and how many failed."""
    states = Counter(DBTaskResult.objects.values_list("status", flat=True))
    return {
        "left": states["READY"] + states["RUNNING"],
        "failed": states["FAILED"],
        "done": states["SUCCESSFUL"],
    }


def verify(ledger: str) -> dict[str, Any]:
    """Every fault by kind, and how much was looked at."""
    book = json.loads(Path(ledger).read_text())
    with scopes_disabled():
        school = School.objects.get(slug="torture")
    with scope(school=school):
        faults = [
            *_sound(school),
            *_answers(book["answers"]),
            *_moments(book["moments"]),
            *_imports(book["imports"]),
            *_waves(book["waves"]),
        ]
        rows = {"receipts": Receipt.objects.count(), "moments": Moment.objects.count()}
        failed = list(DBTaskResult.objects.failed().values_list("traceback", flat=True)[:3])
    counts = Counter(kind for kind, _ in faults)
    return {
        "faults": dict(counts),
        "where": [f"{kind}: {where}" for kind, where in faults[:20]],
        "rows": rows,
        "jobs": jobs_left(),
        "failed": [text[-800:] for text in failed],
    }


def _sound(school: School) -> Found:
    """The file itself, and the chain of the trail."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pragma in ("integrity_check", "foreign_key_check"):
                cursor.execute(f"PRAGMA {pragma}")
                if (said := cursor.fetchall()) not in ([("ok",)], []):
                    yield "unsound", f"{pragma}: {said[:3]}"
    verdict = verify_chain(school)
    if verdict.problem:
        yield "unsound", f"trail: {verdict.problem}"


def _answers(entries: list[dict[str, Any]]) -> Found:
    by_wave: dict[int, list[dict[str, Any]]] = {}
    for entry in entries:
        by_wave.setdefault(entry["wave"], []).append(entry)
    for wave_id, told in by_wave.items():
        wave = Wave.objects.get(pk=wave_id)
        yield from _answers_of(wave, told)


def _answers_of(wave: Wave, told: list[dict[str, Any]]) -> Found:
    receipts = dict(Receipt.objects.filter(wave=wave).values_list("person_id", "submission_id"))
    signed: dict[int, list[SignedSheet]] = {}
    for sheet in SignedSheet.objects.filter(wave=wave):
        signed.setdefault(sheet.person_id, []).append(sheet)
    pooled: dict[bytes, list[dict[str, int]]] = {}
    for model in (PooledSheet, PooledRow):
        for key, answers in model.objects.filter(wave=wave).values_list("scramble", "answers"):
            pooled.setdefault(bytes(key), []).append(answers)
    loose = [
        answers
        for model in (UnlinkedSheet, UnlinkedRow)
        for answers in model.objects.filter(wave=wave).values_list("answers", flat=True)
    ]
    for entry in told:
        person = entry["person"]
        where = f"wave {wave.pk}, pupil {person}"
        sheets, rows = signed.get(person, []), pooled.get(scramble(wave.pool_key or b"", person), [])
        kept, here = bool(entry["kept"]), person in receipts
        if kept and not (here and sheets and rows):
            yield "lost", f"{where}: receipt {here}, {len(sheets)} signed, {len(rows)} pooled"
        elif not entry["sent"] and here:
            yield "invented", where
        elif len(sheets) != here or len(rows) != here:
            kind = "doubled" if max(len(sheets), len(rows)) > 1 else "half"
            yield kind, f"{where}: receipt {here}, {len(sheets)} signed, {len(rows)} pooled"
        elif here and not _as_sent(wave, entry, receipts[person], sheets[0], rows[0]):
            yield "changed", where
    if len(receipts) != len(loose) or len(pooled) != len(receipts):
        kind = "doubled" if len(loose) > len(receipts) else "lost"
        yield kind, f"wave {wave.pk}: {len(receipts)} receipts, {len(loose)} unlinked, {len(pooled)} pooled"
    if wave.rewritten and any(receipts.values()):
        yield "half", f"wave {wave.pk} is rewritten and still knows submissions"


def _as_sent(wave: Wave, entry: dict[str, Any], submission: Any, sheet: SignedSheet, pooled: Any) -> bool:
    """Whether what is kept is one of the sheets this pupil sent: the acknowledged one where one was."""
    candidates = [entry["kept"]] if entry["kept"] else list(entry["sent"])
    if submission is not None:
        candidates = [one for one in candidates if one == str(submission)]
    return any(_equal(wave, entry["sent"][one], sheet, pooled) for one in candidates)


def _equal(wave: Wave, sent: dict[str, str], sheet: SignedSheet, pooled: dict[str, int]) -> bool:
    kinds: dict[str, dict[str, Any]] = {kind: {} for kind in (NAMED, CONFIDENTIAL, POOLED, UNLINKED)}
    texts = {}
    for item in instrument_of(wave).items:
        given = sent.get(f"q-{item.id}")
        if given is None:
            continue
        if item.kind == "open":
            texts[item.id] = given
        else:
            kinds[wave.seen_as(item.id)][item.id] = int(given)
    return (
        pooled == kinds[POOLED]
        and sheet.answers == kinds[NAMED] | kinds[CONFIDENTIAL]
        and sheet.texts == texts
    )


def _moments(entries: list[dict[str, Any]]) -> Found:
    rows: dict[str, list[tuple[int, str, str]]] = {}
    for submission, *what in Moment.objects.values_list("submission", "pupil_id", "kind", "note"):
        rows.setdefault(str(submission), []).append((what[0], what[1], what[2]))
    for entry in entries:
        have = sorted(rows.pop(entry["submission"], []))
        want = sorted((pupil, entry["kind"], entry["note"]) for pupil in entry["pupils"])
        where = f"moment {entry['submission']}: {len(have)} of {len(want)} rows"
        if len(have) > len(want):
            yield "doubled", where
        elif have and have != want:
            yield "half", where
        elif not have and entry["kept"] and not entry["undone"]:
            yield "lost", where
        elif have and entry["undone"] == "sure":
            yield "lost", f"{where}, though it was taken back"
    if rows:
        yield "invented", f"{len(rows)} moments nobody sent"
    noted = AuditEntry.objects.filter(verb="notice.record_moment").count()
    undone = AuditEntry.objects.filter(verb="notice.undo_moment").count()
    here = Moment.objects.values("submission").distinct().count()
    if noted - undone != here:
        yield "doubled", f"{noted} lines of the trail for moments, {undone} for undoing, {here} moments"


def _imports(entries: list[dict[str, Any]]) -> Found:
    """A list is in as a whole or not at all; the last acknowledged first names of a batch are the ones that hold."""
    names = dict(Person.objects.filter(source_id__startswith="B").values_list("source_id", "given_name"))
    batches: dict[int, list[dict[str, Any]]] = {}
    for entry in entries:
        batches.setdefault(entry["batch"], []).append(entry)
    for batch, told in batches.items():
        have = {ref: name for ref, name in names.items() if ref.split("-")[0] == f"B{batch}"}
        possible: list[dict[str, str]] = [{}]
        for entry in told:
            if entry["kept"]:
                possible = [entry["list"]]
            elif entry["tried"]:
                possible.append(entry["list"])
        if have not in possible:
            kind = "lost" if not have else "half"
            yield kind, f"batch {batch}: {have} is none of {len(possible)} possible states"
    for row in RosterImport.objects.filter(state=RosterImport.APPLIED):
        history = row.rows.count()
        if (
            history
            != row.counts["added"] + row.counts["changed"] + row.counts["set_aside"] + row.counts["left"]
        ):
            yield "half", f"import {row.pk} has {history} lines of history for {row.counts}"
    applied = RosterImport.objects.filter(state=RosterImport.APPLIED).count()
    noted = AuditEntry.objects.filter(verb="people.import_roster").count()
    if applied != noted:
        yield "doubled", f"{applied} imports were applied, {noted} are in the trail"


def _waves(closed: list[int]) -> Found:
    """Jobs that were cut off were done after all: answers rewritten, and the release is the one a fresh run gives."""
    for wave in Wave.objects.filter(state=Wave.CLOSED).select_related("school"):
        if not wave.rewritten or PooledSheet.objects.filter(wave=wave).exists():
            yield "unfinished", f"wave {wave.pk} was closed and never rewritten"
        record = ReleaseRecord.objects.filter(wave=wave).first()
        if record is None or record.state == ReleaseRecord.BUILDING:
            yield "unfinished", f"wave {wave.pk} was closed and has no release"
        elif record.is_ready and wave.pk in closed[-3:]:
            # under the date of the first run, as a release says when it was built
            with frozen(timezone.make_aware(_midday(record.payload["built_on"]))):
                if _plain(make(wave).to_json()) != _plain(record.payload):
                    yield "changed", f"release of wave {wave.pk} differs from one built now"
    still_open = set(closed) & set(Wave.objects.filter(state=Wave.OPEN).values_list("pk", flat=True))
    for wave_id in still_open:
        yield "lost", f"the closing of wave {wave_id}"


def _midday(day: str) -> Any:
    from datetime import datetime, time

    return datetime.combine(date.fromisoformat(day[:10]), time(12))


def _plain(payload: Any) -> Any:
    found = json.loads(json.dumps(payload)) if not isinstance(payload, str) else json.loads(payload)
    return {key: value for key, value in found.items() if key not in ("built_on", "hash")}
