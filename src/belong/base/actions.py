"""What every action shares: one transaction, all or nothing."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run a write in one transaction, so that a refusal or an error leaves nothing half-applied."""
    return transaction.atomic(function)
