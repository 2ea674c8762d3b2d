"""Dates and method in words for people who read one report a term."""

from datetime import date, datetime

from django.utils import timezone

from belong.ask.models import Wave
from belong.release import Release
from belong.see.queries import Reading
from belong.see.words import text
from belong.web.charts.words import number

METHOD = ("score", "interval", "gap", "change")
PROTECTION = ("no-rank", "not-a-child")
CAVEATS = ("many-gaps", "no-cause")
HALF = 50
YOUNG = {"N1", "N2", "R", "1", "2"}


def date_in_words(day: date | datetime | None) -> str:
    """13 March 2026, where the school is; "" for None."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    return f"{day.day} {day:%B %Y}"


def cautions(reading: Reading) -> tuple[str, ...]:
    """What to keep in mind about who answered this wave: few, families, very young children."""
    rate, years = reading.release.response().rate, set(reading.wave.years)
    bite = {
        "non-response": rate is not None and rate < HALF,
        "families": reading.wave.audience == Wave.FAMILIES,
        "young-children": reading.wave.is_for_pupils and bool(years) and years <= YOUNG,
    }
    return tuple(text("caveats", key) for key, bites in bite.items() if bites)


def method_lines(release: Release) -> tuple[str, ...]:
    """How the figures were made, what protects people, and what the figures can't do."""
    return (
        *(text("method", key) for key in METHOD),
        text("method", "threshold", threshold=release.threshold),
        *_reliability(release),
        *(text("caveats", key) for key in CAVEATS),
        *(text("method", key) for key in PROTECTION),
    )


def _reliability(release: Release) -> list[str]:
    found = next((row for row in release.reliability if row.measure == "score"), None)
    if found is None or found.alpha is None:
        return []
    said = f"How well the questions hang together: Cronbach’s alpha {number(found.alpha, 2)}"
    if found.alpha_low is not None and found.alpha_high is not None:
        said += f" (95\u00a0% interval {number(found.alpha_low, 2)} to {number(found.alpha_high, 2)})"
    if found.omega is not None:
        said += f", one-factor omega {number(found.omega, 2)}"
    return [f"{said}."]
