"""What rooms hand down to `guard` so that it covers tables of rooms it may not import."""

from collections.abc import Callable, Iterable
from typing import Any

Export = Callable[[Any], Iterable[dict[str, Any]]]
_exports: dict[str, Export] = {}


def register_export(model_label: str, rows_about: Export) -> None:
    """Say how to list what a table holds about one person, as plain dictionaries."""
    _exports[model_label] = rows_about


def exports() -> dict[str, Export]:
    """Every registered table with its export."""
    return dict(_exports)
