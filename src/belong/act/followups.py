"""Where a plan's page gets what came of its gap: a source that a room above registers, because releases and what may
be said of two of them side by side are not this room's business.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from belong.act.models import Plan


@dataclass(frozen=True)
class Again:
    """What came of a plan's gap, ready to be shown: a template and what it needs (as `again`)."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Source = Callable[[Any, Plan], Again | None]
_sources: list[Source] = []


def register_followup(source: Source) -> Source:
    """Say what came of a plan: (user, plan) → what its page shows, or None where there is nothing to say."""
    if source not in _sources:
        _sources.append(source)
    return source


def followup_of(user: Any, plan: Plan) -> Again | None:
    """What came of the plan's gap, as far as this user may see it."""
    found = (source(user, plan) for source in _sources)
    return next((again for again in found if again), None)
