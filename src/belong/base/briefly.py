"""What thirty children ask for at once is read once: an answer kept in this process for a few seconds.

Only for what stands on a page that stays open for minutes anyway (who reads, what the wave asks): whoever opened it
five seconds earlier has the same in front of them. Never for whether something may be done, and never for what one
person said: what is written is checked against the database when it is written.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings

T = TypeVar("T")
MOST = 500
_kept: dict[tuple[Any, ...], tuple[float, Any]] = {}


def briefly(read: Callable[..., T]) -> Callable[..., T]:
    """Keep what `read` returns for `settings.BRIEFLY` seconds by its (hashable) arguments; 0 keeps nothing.

    What it returns is shared between requests, so nobody may change it.
    """

    @wraps(read)
    def inner(*asked: Any) -> T:
        if not settings.BRIEFLY:
            return read(*asked)
        key, now = (read.__module__, read.__qualname__, *asked), time.monotonic()
        found = _kept.get(key)
        if found is None or now - found[0] > settings.BRIEFLY:
            if len(_kept) >= MOST:
                _kept.clear()
            found = _kept[key] = (now, read(*asked))
        return found[1]

    return inner
