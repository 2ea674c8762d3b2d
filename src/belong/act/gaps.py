"""Where a plan gets the gap it is made for: a source that the `see` room registers, so that the figures copied into
a plan are the released ones and never those of an address somebody typed."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class ReleasedGap:
    """A gap as it was released. Points of 100 with a 95 % interval; None where it is kept back."""

    wave_id: int
    wave_title: str
    measure: str
    measure_label: str
    part: str
    cut: str
    group: str
    label: str
    difference: float | None
    low: float | None
    high: float | None

    def facts(self) -> dict[str, Any]:
        """Plain data for the plan's own copy."""
        return asdict(self)


Source = Callable[[Any, int, str, str, str], ReleasedGap | None]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Say how to find a released gap: (user, wave id, measure, cut, group) → the gap, or None."""
    if source not in _sources:
        _sources.append(source)


def released_gap(user: Any, wave_id: int, measure: str, cut: str, group: str) -> ReleasedGap | None:
    """The gap as released, if the user may see that release and it holds such a gap."""
    found = (source(user, wave_id, measure, cut, group) for source in _sources)
    return next((gap for gap in found if gap), None)
