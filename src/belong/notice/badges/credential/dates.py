"""Moments as credentials write them: ISO 8601 with a time zone, and nothing looser."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

SKEW = timedelta(minutes=5)  # between the clock of whoever issued and that of whoever looks
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def read_moment(text: Any) -> datetime | None:
    """The moment, or None for anything else; a moment without a time zone is none."""
    if not isinstance(text, str) or not MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def write_moment(moment: datetime) -> str:
    """As a credential has it, to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
