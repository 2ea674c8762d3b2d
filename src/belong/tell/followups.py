"""What became of the gaps that plans were made for, wave after wave; always between two frozen releases."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from belong.act.followups import Again
from belong.act.models import Plan
from belong.ask.models import Wave
from belong.base.access import allowed
from belong.release import Release, gap_then_and_now
from belong.see.caveats import ThenAndNow, then_and_now
from belong.see.queries import latest_releases, release_of
from belong.web.charts import Chart, Row, gaps

HALF = 0.5


@dataclass(frozen=True)
class Remeasured:
    """A plan's gap as one later wave found it."""

    wave: Wave
    said: ThenAndNow


def history(plan: Plan) -> list[Remeasured]:
    """Every later wave that asked about the plan's gap again, newest first."""
    return histories([plan])[plan.pk]


def histories(plans: Iterable[Plan]) -> dict[int, list[Remeasured]]:
    """`history` of many plans by plan id; one query for each audience and each first wave."""
    later: dict[str, list[tuple[Wave, Release]]] = {}
    first: dict[int, Release | None] = {}
    found: dict[int, list[Remeasured]] = {}
    for plan in plans:
        found[plan.pk] = []
        wave = plan.wave
        if wave is None or not plan.measure:
            continue
        if wave.pk not in first:
            first[wave.pk] = release_of(wave)
        if wave.audience not in later:
            later[wave.audience] = latest_releases(wave.audience)
        before = first[wave.pk]
        if before is not None:
            found[plan.pk] = _measured(plan, before, later[wave.audience])
    return found


def newest(measured: Iterable[Remeasured], waves: Collection[int]) -> Remeasured | None:
    """The newest of those whose wave is one of `waves`: a public page may not run ahead of a school's response."""
    return next((one for one in measured if one.wave.pk in waves), None)


def plan_again(user: Any, plan: Plan) -> Again | None:
    """What the act room shows on a plan's page, for whoever may see releases; None for a plan without a gap."""
    if plan.wave is None or not plan.measure or not allowed(user, "see.list_releases"):
        return None
    measured = history(plan)
    query = urlencode({"measure": plan.measure, "cut": plan.cut, "group": plan.group})
    context = {
        "gap_url": f"{reverse('see:gap', args=[plan.wave_id])}?{query}",
        "newest": measured[0] if measured else None,
        "chart": gap_chart(plan, measured) if measured else None,
    }
    return Again("tell/_again.html", context)


def gap_chart(plan: Plan, measured: list[Remeasured]) -> Chart:
    """The gap in the plan's wave and in every wave since, with the finding as its title."""
    said = measured[0].said
    rows = [_row(plan.wave.title if plan.wave else "", said.followup.before, "then")]
    rows += [
        _row(one.wave.title, one.said.followup.after, "now" if one is measured[0] else "")
        for one in reversed(measured)
    ]
    ends = [end for row in rows for end in (row.low, row.high) if end is not None]
    return gaps(
        rows,
        said.moved,
        what="Wave",
        decimals=1 if any(0 < abs(end) < HALF for end in ends) else 0,
        key=f"{plan.gap_at_start.get('label', '')}: points of 100, first group minus second, with 95\u00a0% interval.",
    )


def _measured(plan: Plan, before: Release, later: list[tuple[Wave, Release]]) -> list[Remeasured]:
    """Waves since the plan began that asked the same; those that asked something else only if there are no others."""
    label = f"{plan.gap_at_start.get('label', '')}, {plan.gap_at_start.get('measure_label', '').lower()}"
    every = [
        Remeasured(
            wave, then_and_now(gap_then_and_now(before, release, plan.measure, plan.cut, plan.group), label)
        )
        for wave, release in later
        if _is_later(plan, wave)
    ]
    same = [one for one in every if one.said.followup.symbol != "x"]
    return same or every[:1]


def _is_later(plan: Plan, wave: Wave) -> bool:
    start = plan.wave.closed_at if plan.wave else None
    return bool(start and wave.closed_at and wave.closed_at > start and wave.opens_on >= plan.starts_on)


def _row(label: str, gap: Any, note: str) -> Row:
    if gap is None:
        return Row(label, symbol="c", note=note)
    return Row(label, gap.difference, gap.low, gap.high, symbol=gap.symbol, note=note)
