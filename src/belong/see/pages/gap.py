"""One gap: both groups, every question, with and without careless answers, what was tried, what might help."""

from typing import Any

from django.http import Http404

from belong.act.practices import practices_for
from belong.act.queries import plans_for_gap
from belong.base.access import allowed
from belong.people.models import User
from belong.release import Gap
from belong.release.model import REST
from belong.see import differences, figures, findings, links
from belong.see.caveats import ThenAndNow
from belong.see.pages.frame import actions, frame, items_of, known, measures
from belong.see.pages.overview import tried
from belong.see.queries import Reading
from belong.see.words import capital, gap_label, group_in_words, lower, other_label, text

SUGGESTED = 3
CAUTIONS = ("many-gaps", "overlap", "no-cause")


def gap(reading: Reading, user: User, measure: str, cut: str, group: str) -> dict[str, Any]:
    """The page of a gap; 404 if the release holds none such."""
    release = reading.release
    info = known(reading, measure)
    found = release.gap(measure, cut, group)
    if found.symbol == "x":
        raise Http404
    label = gap_label(found, release)
    other = None if found.against == REST else release.cell(measure, cut, found.against)
    return {
        **frame(reading, "gap"),
        **actions(reading, user, measure, found),
        **_charts(reading, found, items_of(reading, info.part) if info.kind == "part" else [], label),
        "measure": info,
        "gap": found,
        "why_url": links.why_url(reading, "gap", found),
        "label": label,
        "sentence": findings.gap_sentence(found, release),
        "group_words": capital(group_in_words(found.cut, found.label, release.audience)),
        "other_words": lower(other_label(found, release)),
        "before": reading.gap_before(found),
        "sides": figures.both_sides(reading, found, other),
        "practices": practices_for(part=info.part, audience=release.audience)[:SUGGESTED],
        "carry": links.gap_query(reading, found),
        "plans": _plans(user, reading, found),
        "tried": [entry for entry in tried(reading) if _is_about(entry[1], found)],
        "gap_words": text("method", "gap"),
        "careless_words": text("caveats", "insincere"),
        "cautions": [text("caveats", key) for key in CAUTIONS],
    }


def _charts(reading: Reading, found: Gap, items: list[str], label: str) -> dict[str, Any]:
    parts = [info.key for info in measures(reading, "part")]
    words = lower(label)
    over = differences.gap_over
    return {
        "items": over(reading, found, items, f"Question by question: {words}", "Question") if items else None,
        "parts": over(reading, found, parts, f"Part by part: {words}", "Part") if parts else None,
    }


def _plans(user: User, reading: Reading, gap: Gap) -> list[Any]:
    if not allowed(user, "act.view_practices"):
        return []
    return list(plans_for_gap(reading.wave, gap.measure, gap.cut, gap.group))


def _is_about(entry: ThenAndNow, gap: Gap) -> bool:
    found = entry.followup
    return (found.measure, found.cut, found.group) == (gap.measure, gap.cut, gap.group)
