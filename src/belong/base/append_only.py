"""The audit trail can only grow: triggers in both databases refuse to change or delete an entry.

Two things need a way round, and both say so in code: throwing away a demo school, and `belong manage flush`, which
empties the whole database. They run inside `trail_opened()`, which puts a row into `base_trail_permit` for the length
of one transaction; nobody else ever sees that row. There is no way to change an entry at all.

On SQLite a migration that remakes the table drops its triggers: run `grow_only` again after it. `belong check` looks
whether the triggers are there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

# ruff: noqa: S608  (the SQL below is put together from our own constants)

SAYS = "the audit trail can only grow"
TABLE, PERMIT = "base_auditentry", "base_trail_permit"
TRIGGERS = {"sqlite": 2, "postgresql": 2}

SQLITE = (
    f"CREATE TABLE IF NOT EXISTS {PERMIT} (given integer NOT NULL)",
    f"DROP TRIGGER IF EXISTS {TABLE}_no_change",
    f"DROP TRIGGER IF EXISTS {TABLE}_no_delete",
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} "
    f"WHEN NOT EXISTS (SELECT 1 FROM {PERMIT}) BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
)
POSTGRESQL = (
    f"CREATE TABLE IF NOT EXISTS {PERMIT} (given integer NOT NULL)",
    f"""
    CREATE OR REPLACE FUNCTION {TABLE}_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'UPDATE' AND EXISTS (SELECT 1 FROM {PERMIT}) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}",
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_grows()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_grows()",
)
UNDO = {
    "sqlite": (f"DROP TRIGGER {TABLE}_no_change", f"DROP TRIGGER {TABLE}_no_delete", f"DROP TABLE {PERMIT}"),
    "postgresql": (f"DROP FUNCTION {TABLE}_grows() CASCADE", f"DROP TABLE {PERMIT}"),
}


def grow_only(apps: Any, schema_editor: Any) -> None:
    """Make the triggers, or make them anew; for `RunPython` in a migration."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def undo(apps: Any, schema_editor: Any) -> None:
    """Drop the triggers: the migration backwards."""
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def is_guarded() -> bool:
    """Whether the triggers are there, and enabled."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
            )
        else:
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal "
                "AND tgenabled IN ('O', 'A')",
                [TABLE],
            )
        return bool(cursor.fetchone()[0] == TRIGGERS[connection.vendor])


@contextmanager
def trail_opened() -> Iterator[None]:
    """Let entries be deleted in this one transaction, with the school they belong to; never changed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {PERMIT} (given) VALUES (1)")
        yield
        cursor.execute(f"DELETE FROM {PERMIT}")
