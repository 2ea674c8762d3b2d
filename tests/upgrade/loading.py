"""Putting the rows of an earlier version into tables that stand where that version left them; run inside a machine."""

import base64
import json
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from belong.base.secrets import EncryptedTextField


def load(folder: Path) -> dict[str, int]:
    """Migrate to where the folder says, then insert its rows; how many a table got."""
    targets = [tuple(one) for one in json.loads((folder / "migrations.json").read_text())]
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    old = MigrationExecutor(connection).loader.project_state(targets).apps
    counts = {}
    with transaction.atomic():
        for file in sorted(folder.glob("*.*.json")):
            model = old.get_model(file.stem)
            counts[model._meta.db_table] = _insert(model, json.loads(file.read_text("utf-8")))
    _renumber(old)
    return counts


def _insert(model: Any, table: dict[str, Any]) -> int:
    fields = {field.column: field for field in model._meta.concrete_fields}
    chosen = [fields[column] for column in table["columns"]]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in chosen)
    places = ", ".join(["%s"] * len(chosen))
    rows = [[_value(field, value) for field, value in zip(chosen, row, strict=True)] for row in table["rows"]]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", rows)
    return len(rows)


def _value(field: models.Field, value: Any) -> Any:
    """What the database's own driver takes; a sealed text stays as it was sealed."""
    if value is None or isinstance(field, EncryptedTextField):
        return value
    if isinstance(field, models.BinaryField):
        value = base64.b64decode(value)
    elif not isinstance(field, models.JSONField):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def _renumber(old: Any) -> None:
    """Let the next row of each table get the next number."""
    for statement in connection.ops.sequence_reset_sql(no_style(), list(old.get_models())):
        with connection.cursor() as cursor:
            cursor.execute(statement)
