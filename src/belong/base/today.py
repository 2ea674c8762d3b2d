"""The register of what is due today; rooms add to it, the Today page merges it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class TodayItem:
    """One thing to do today. `order` sorts kinds (low first); `due` sorts within a kind.

    The button `action_label` leads to `url`, or does the thing at once where `post_url` says where.
    """

    kind: str
    title: str
    url: str
    detail: str = ""
    due: date | None = None
    order: int = 50
    action_label: str = ""
    pupil_id: int | None = None
    post_url: str = ""


Provider = Callable[[Any], list[TodayItem]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a function from user to the items that are due for them today."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def items_for(user: Any) -> list[TodayItem]:
    """All items due for `user`, soonest and most pressing kind first."""
    items = [item for provider in _providers for item in provider(user)]
    return sorted(items, key=lambda item: (item.order, item.due or date.max, item.title))
