"""Tables that can only grow: triggers in both databases refuse to change or delete a row.

The audit trail is one (`TRAIL`); the record of concerns is made of two more. A table may name the columns that never
change; others (an encrypted text, which moves when its key is renewed) then may.

Two things need a way round, and both say so in code: throwing away a demo school, and `belong manage flush`, which
empties the whole database. They run inside `trail_opened()`, which puts a row into `base_trail_permit` for the length
of one transaction; nobody else ever sees that row. There is no way to change a fixed column at all.

On SQLite a migration that remakes a table drops its triggers: apply them again after it. `belong check` looks whether
the triggers are there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

# ruff: noqa: S608  (the SQL below is put together from our own constants)

PERMIT = "base_trail_permit"
TRIGGERS = {"sqlite": 2, "postgresql": 2}


@dataclass(frozen=True)
class GrowOnly:
    """A table that refuses changes and deletions; `fixed` are the columns that never change (none named: all)."""

    table: str
    says: str
    fixed: tuple[str, ...] = ()

    @property
    def _update(self) -> str:
        return f"UPDATE OF {', '.join(self.fixed)}" if self.fixed else "UPDATE"

    @property
    def sqlite(self) -> tuple[str, ...]:
        """The statements that make the triggers, or make them anew."""
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.says}'); END"
        return (
            f"CREATE TABLE IF NOT EXISTS {PERMIT} (given integer NOT NULL)",
            f"DROP TRIGGER IF EXISTS {self.table}_no_change",
            f"DROP TRIGGER IF EXISTS {self.table}_no_delete",
            f"CREATE TRIGGER {self.table}_no_change BEFORE {self._update} ON {self.table} {refuse}",
            f"CREATE TRIGGER {self.table}_no_delete BEFORE DELETE ON {self.table} "
            f"WHEN NOT EXISTS (SELECT 1 FROM {PERMIT}) {refuse}",
        )

    @property
    def postgresql(self) -> tuple[str, ...]:
        """The same for PostgreSQL, which can also empty a table in one go."""
        return (
            f"CREATE TABLE IF NOT EXISTS {PERMIT} (given integer NOT NULL)",
            f"""
            CREATE OR REPLACE FUNCTION {self.table}_grows() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP <> 'UPDATE' AND EXISTS (SELECT 1 FROM {PERMIT}) THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION '{self.says}' USING ERRCODE = 'restrict_violation';
            END $$
            """,
            f"DROP TRIGGER IF EXISTS {self.table}_no_change ON {self.table}",
            f"DROP TRIGGER IF EXISTS {self.table}_no_truncate ON {self.table}",
            f"CREATE TRIGGER {self.table}_no_change BEFORE {self._update} OR DELETE ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.table}_grows()",
            f"CREATE TRIGGER {self.table}_no_truncate BEFORE TRUNCATE ON {self.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self.table}_grows()",
        )

    def apply(self, execute: Callable[[str], Any], vendor: str) -> None:
        """Make the triggers, or make them anew."""
        for statement in self.sqlite if vendor == "sqlite" else self.postgresql:
            execute(statement)

    def drop(self, execute: Callable[[str], Any], vendor: str) -> None:
        """Drop the triggers; the permit table stays for the other tables."""
        if vendor == "sqlite":
            execute(f"DROP TRIGGER {self.table}_no_change")
            execute(f"DROP TRIGGER {self.table}_no_delete")
        else:
            execute(f"DROP FUNCTION {self.table}_grows() CASCADE")

    def is_guarded(self) -> bool:
        """Whether the triggers are there, and enabled."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(
                    "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                    [self.table],
                )
            else:
                cursor.execute(
                    "SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal "
                    "AND tgenabled IN ('O', 'A')",
                    [self.table],
                )
            return bool(cursor.fetchone()[0] == TRIGGERS[connection.vendor])


TRAIL = GrowOnly("base_auditentry", "the audit trail can only grow")


def grow_only(apps: Any, schema_editor: Any) -> None:
    """Guard the audit trail; for `RunPython` in a migration."""
    TRAIL.apply(schema_editor.execute, schema_editor.connection.vendor)


def undo(apps: Any, schema_editor: Any) -> None:
    """The migration backwards."""
    TRAIL.drop(schema_editor.execute, schema_editor.connection.vendor)
    schema_editor.execute(f"DROP TABLE {PERMIT}")


def is_guarded() -> bool:
    """Whether the audit trail's triggers are there, and enabled."""
    return TRAIL.is_guarded()


@contextmanager
def trail_opened() -> Iterator[None]:
    """Let rows of these tables be deleted in this one transaction, with the school they belong to; never changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {PERMIT} (given) VALUES (1)")
        yield
        cursor.execute(f"DELETE FROM {PERMIT}")
