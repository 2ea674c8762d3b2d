"""What a backup says about itself, and the error all of its parts raise."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import IO, Any, NamedTuple

# The last entry of every school's audit trail; understood by both databases.
TRAILS = """
    SELECT s.slug, e.number, e.hash FROM people_school s JOIN base_auditentry e ON e.school_id = s.id
    WHERE e.number = (SELECT max(number) FROM base_auditentry WHERE school_id = s.id)
"""

# Waves whose answers are not yet in random order: open ones, and closed ones whose job has not run. Understood by both.
OPEN_WAVES = "SELECT count(*) FROM ask_wave WHERE state = 'open' OR (state = 'closed' AND NOT rewritten)"


class BackupError(Exception):
    """A backup or restore that could not be done; the text says why and what to do."""


class Copy(NamedTuple):
    """A copy of the database as a stream, with what was in it at that moment."""

    stream: IO[bytes]
    counts: dict[str, int]
    trails: dict[str, str]
    open_waves: int


@dataclass(frozen=True)
class Contents:
    """The manifest: which database, when, by which version; rows per table; heads of trails; text keys; open waves.

    Two backups taken while a wave is open could be compared to say who answered in between, so they live for a week.
    """

    kind: str
    made_at: datetime
    version: str
    counts: dict[str, int]
    trails: dict[str, str] = field(default_factory=dict)
    text_keys: list[str] = field(default_factory=list)
    open_waves: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"made_at": self.made_at.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Contents":
        """Raises BackupError for a manifest of a later version."""
        try:
            return cls(**data | {"made_at": datetime.fromisoformat(data["made_at"])})
        except (KeyError, TypeError, ValueError):
            raise BackupError(
                "this backup was made by a later version of belong; restore it with that one"
            ) from None

    def compare(self, counts: dict[str, int]) -> None:
        """Raise BackupError, naming the first table that does not hold as many rows as it did."""
        for table in sorted(self.counts.keys() | counts.keys()):
            had, has = self.counts.get(table), counts.get(table)
            if had != has:
                raise BackupError(f"table {table} should hold {had} rows and holds {has}")
