"""`belong analyse`."""

from typing import Any


def add(subparsers: Any) -> None:
    """Add the command."""
