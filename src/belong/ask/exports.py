"""What the ask room holds about one person, for subject access.

Pooled answers are listed while their wave's key lives: with it they can be found, after it nobody can. Unlinked
answers can never be found.
"""

from collections.abc import Iterable
from typing import Any

from belong.ask.models import PooledRow, PooledSheet, Receipt, SignedSheet, Wave
from belong.ask.scramble import scramble
from belong.base.registry import register_export
from belong.people.models import Person


def signed(person: Person) -> Iterable[dict[str, Any]]:
    """Named and confidential answers of a person."""
    for sheet in SignedSheet.objects.filter(person=person).select_related("wave"):
        yield {"wave": sheet.wave.title, "answers": sheet.answers, "texts": sheet.texts}


def receipts(person: Person) -> Iterable[dict[str, Any]]:
    """Which waves a person answered."""
    for receipt in Receipt.objects.filter(person=person).select_related("wave"):
        yield {"wave": receipt.wave.title}


def pooled(person: Person) -> Iterable[dict[str, Any]]:
    """Pooled answers of a person, where the wave's key still exists."""
    for wave in Wave.objects.filter(pool_key__isnull=False):
        mine = scramble(bytes(wave.pool_key or b""), person.pk)
        for table in (PooledSheet, PooledRow):
            for sheet in table.objects.filter(wave=wave, scramble=mine):
                yield {"wave": wave.title, "answers": sheet.answers}


def register_exports() -> None:
    """Hand the lists to `guard` through base."""
    register_export("ask.SignedSheet", signed)
    register_export("ask.Receipt", receipts)
    register_export("ask.PooledSheet", pooled)
