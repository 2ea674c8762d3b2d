"""The widest gaps of a release over all its parts, and the groups that are kept back."""

from dataclasses import dataclass

from belong.release import Gap
from belong.see import findings
from belong.see.links import why_url
from belong.see.queries import Reading, clear_gaps, one_way, widest_first
from belong.see.words import gap_label, lower, text
from belong.web.charts import Chart, Row, gaps

SURE, UNSURE = 6, 3
HALF = 0.5


def widest_gaps(reading: Reading) -> Chart:
    """The gaps one can be sure of, widest first; where there are none, the widest of the unsure."""
    every = [gap for part in _measures(reading) for gap in one_way(reading.release, part)]
    sure = clear_gaps(every)[:SURE]
    shown = sure or [gap for gap in widest_first(every) if gap.difference is not None][:UNSURE]
    title = (
        findings.gap_sentence(sure[0], reading.release).rstrip(".") if sure else "No gap we can be sure of"
    )
    rows = [_row(reading, gap) for gap in shown]
    careful = any(row.was is not None for row in rows)
    ends = [end for row in rows for end in (row.low, row.high) if end is not None]
    return gaps(
        rows,
        title,
        what="Groups and part",
        before="without careless answers" if careful else "",
        decimals=1 if any(0 < abs(end) < HALF for end in ends) else 0,
        key=(
            "Points of 100, first group minus second, with 95\u00a0% interval. "
            + ("Hollow: without careless answers. " if careful else "")
            + text("method", "threshold-short", threshold=reading.release.threshold)
        ),
    )


@dataclass(frozen=True)
class Hidden:
    """Two groups of which no gap may be shown in any part, and where it is explained why."""

    label: str
    why: str


def hidden_groups(reading: Reading) -> tuple[Hidden, ...]:
    """Groups of which no gap may be shown in any part."""
    found: dict[str, list[Gap]] = {}
    for part in _measures(reading):
        for gap in one_way(reading.release, part):
            found.setdefault(gap_label(gap, reading.release), []).append(gap)
    hidden = {
        label: every[0] for label, every in found.items() if all(gap.difference is None for gap in every)
    }
    return tuple(Hidden(label, why_url(reading, "gap", gap)) for label, gap in hidden.items())


def _measures(reading: Reading) -> list[str]:
    """The parts; for a questionnaire without parts whatever it has."""
    measures = reading.release.measures
    return [info.key for info in measures if info.kind == "part"] or [info.key for info in measures]


def _row(reading: Reading, gap: Gap) -> Row:
    part = lower(reading.release.measure(gap.measure).label)
    label = f"{gap_label(gap, reading.release)}: {part}"
    return Row(label, gap.difference, gap.low, gap.high, gap.sincere_difference, symbol=gap.symbol)
