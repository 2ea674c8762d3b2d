"""After a wave has closed: nothing may say in which order, or with which receipt, an answer came.

Pooled and unlinked answers are copied into new rows in random order within one transaction (one moment, one xmin),
the originals are deleted, submission ids go from receipts and signed sheets. Then the space of the deleted rows is
given back: `secure_delete` has overwritten it on SQLite, VACUUM drops the free pages and the write-ahead log.
"""

import secrets
import time
from datetime import date
from typing import TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from belong.ask.models import (
    PlaceReceipt,
    PlaceSheet,
    PooledRow,
    PooledSheet,
    Receipt,
    SignedSheet,
    UnlinkedRow,
    UnlinkedSheet,
    Wave,
)
from belong.base.clock import today
from belong.guard.rights.holds import held_waves

KEYS_LIVE_MONTHS = 13
PATIENCE = 30  # seconds to wait for others who are at the tables
NEWEST = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
# Whoever reads here since before that moment, or writes since before it in any database of the server: VACUUM FULL
# takes a snapshot of its own, and a snapshot goes back to the oldest transaction that writes anywhere.
OLDER = """
    SELECT pg_snapshot_xmin(pg_current_snapshot()) < %s::xid8 OR EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND age(backend_xmin) > age(%s::xid8::xid)
    )
"""
T = TypeVar("T")


@transaction.atomic
def rewrite(wave: Wave) -> None:
    """Move a closed wave's answers into their final rows. Doing it twice changes nothing."""
    if not wave.is_closed:
        raise ValueError("only a closed wave is rewritten")
    base = {"school_id": wave.school_id, "wave": wave}
    pooled = PooledSheet.objects.filter(wave=wave)
    rows = [
        PooledRow(**base, scramble=bytes(sheet.scramble), answers=sheet.answers, how=sheet.how)
        for sheet in pooled
    ]
    PooledRow.objects.bulk_create(_shuffled(rows), batch_size=500)
    pooled.delete()
    unlinked = UnlinkedSheet.objects.filter(wave=wave)
    blank = [UnlinkedRow(**base, attributes=sheet.attributes, answers=sheet.answers) for sheet in unlinked]
    UnlinkedRow.objects.bulk_create(_shuffled(blank), batch_size=500)
    unlinked.delete()
    Receipt.objects.filter(wave=wave).update(submission_id=None)
    SignedSheet.objects.filter(wave=wave).update(submission_id=None)
    Wave.askings.filter(pk=wave.pk).update(rewritten=True)


def _shuffled(rows: list[T]) -> list[T]:
    secrets.SystemRandom().shuffle(rows)
    return rows


def sweep() -> bool:
    """Give back the space of deleted answers; False inside a transaction, where no database can."""
    if connection.in_atomic_block:
        return False
    if connection.vendor == "sqlite":
        _run("VACUUM")
        _empty_the_log()
    elif connection.vendor == "postgresql":
        _wait_for_readers()
        for model in (PooledSheet, UnlinkedSheet, Receipt, SignedSheet, PlaceSheet, PlaceReceipt):
            _vacuum(connection.ops.quote_name(model._meta.db_table))
    return True


def _empty_the_log() -> None:
    """Write what SQLite's log holds into the file and cut the log to nothing; whoever still reads is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:
            raise OperationalError("somebody read for so long that the log could not be emptied")


def _wait_for_readers() -> None:
    """PostgreSQL keeps a deleted row for as long as a transaction lasts that began before it went: a backup, say."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        (newest,) = cursor.fetchone()
        patience = time.monotonic() + PATIENCE
        while True:
            cursor.execute(OLDER, [newest, newest])
            if not cursor.fetchone()[0]:
                return
            if time.monotonic() > patience:
                raise OperationalError("somebody read for so long that deleted rows could not be dropped")
            time.sleep(0.2)


def _vacuum(table: str) -> None:
    """Rewrite the table without what is dead in it."""
    _run(f"SET lock_timeout = '{PATIENCE}s'")
    try:
        _run(f"VACUUM (FULL) {table}")
    finally:
        _run("RESET lock_timeout")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def expiring() -> QuerySet[Wave]:
    """Waves closed 13 months ago or more that still have their key."""
    return Wave.askings.filter(closed_at__date__lte=_months_before(today()), pool_key__isnull=False)


def expire_keys() -> int:
    """Delete the keys of those waves, but held ones: from then on nobody can match their answers."""
    return int(expiring().exclude(pk__in=held_waves()).update(pool_key=None))


def _months_before(day: date, months: int = KEYS_LIVE_MONTHS) -> date:
    """The same day so many months earlier; the 28th where the month is too short."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, min(day.day, 28))
