"""SQLite settings that hold per connection, not per file.

`secure_delete` overwrites what is deleted, so that withdrawn answers do not linger in free pages;
`synchronous=FULL` keeps an acknowledged answer through a power cut.
"""

from typing import Any

from django.db.backends.signals import connection_created
from django.dispatch import receiver

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
)


@receiver(connection_created)
def harden(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Set the pragmas on every new SQLite connection."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for pragma in PRAGMAS:
            cursor.execute(pragma)
