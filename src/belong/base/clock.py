"""The clock everything reads, so that tests and the demo school can stand at another moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """The current moment, timezone-aware."""
    return _frozen.get() or timezone.now()


def today() -> date:
    """The current date where the school is."""
    return timezone.localtime(now()).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Let `now()` answer `moment` (timezone-aware) inside the block."""
    if timezone.is_naive(moment):
        raise ValueError("frozen() needs a timezone-aware moment")
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
