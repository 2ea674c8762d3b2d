"""Ask less: a new wave waits until those asked before have had their answer."""

from typing import Any

from belong.ask.models import Wave
from belong.ask.queries import waves
from belong.ask.queries.waves import overlap
from belong.tell.models import Response


def last_asked(wave: Wave) -> Wave | None:
    """The closed wave before this one that asked some of the same people."""
    closed = waves().filter(audience=wave.audience, state=Wave.CLOSED).exclude(pk=wave.pk)
    return next((other for other in closed.order_by("-closed_at", "-pk") if overlap(wave, other)), None)


def refuse_unanswered(sender: Any, wave: Wave, **kwargs: Any) -> str | None:
    """Why a wave may not open yet: the last one for the same people has no published response."""
    last = last_asked(wave)
    if last is None or Response.objects.filter(wave=last, published_at__isnull=False).exists():
        return None
    return f"“{last.title}” has no published response yet. Publish what you heard and did first."
