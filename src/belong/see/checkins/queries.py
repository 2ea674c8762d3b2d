"""Pooled questions of check-ins over their rounds, from frozen releases and from nothing else."""

from dataclasses import dataclass
from datetime import date

from belong.ask.checkins.form import label, topic_of
from belong.ask.models import CheckIn
from belong.release import Release
from belong.see.links import missing_url
from belong.see.models import ReleaseRecord
from belong.see.queries import parsed_all
from belong.web.charts import Chart, Row, dots
from belong.web.templatetags.belong import day

SHOWN = 14
ITEM = "item:"


@dataclass(frozen=True)
class Round:
    """One round: its first day, and its release; None where it was refused or is still being built."""

    opened: date
    release: Release | None
    reason: str


def check_ins_with_figures() -> list[CheckIn]:
    """Check-ins of which a round has closed with something pooled in it, newest first."""
    held = ReleaseRecord.everything.filter(wave__check_in__isnull=False).values("wave__check_in")
    return list(CheckIn.objects.filter(pk__in=held).select_related("group"))


def rounds_of(check_in: CheckIn) -> list[Round]:
    """The newest rounds of a check-in, oldest first; two queries."""
    rows = ReleaseRecord.everything.filter(wave__check_in=check_in).select_related("wave").defer("payload")
    records = list(rows.order_by("-wave__opens_on")[:SHOWN])
    releases = parsed_all(records)
    return [Round(one.wave.opens_on, releases.get(one.pk), one.reason) for one in reversed(records)]


def charts_of(rounds: list[Round]) -> list[Chart]:
    """A chart for each pooled question: a dot with its interval for each round, or "kept back"."""
    measures: dict[str, None] = {}
    for one in rounds:
        for measure in one.release.measures if one.release else ():
            if measure.key.startswith(ITEM):
                measures.setdefault(measure.key)
    return [chart for key in measures if (chart := _chart(key, rounds)) is not None]


def _chart(key: str, rounds: list[Round]) -> Chart | None:
    cells = [(one.opened, one.release.cell(key)) for one in rounds if one.release]
    if not any(cell.mean is not None for _, cell in cells):
        return None
    name = label(topic_of(key.removeprefix(ITEM)))
    rows = [
        Row(
            day(opened),
            cell.mean,
            cell.low,
            cell.high,
            symbol=cell.symbol,
            note=cell.n_band,
            why=missing_url(),
        )
        for opened, cell in cells
    ]
    newest = next((cell.mean for _, cell in reversed(cells) if cell.mean is not None), 0.0)
    title = f"{name}: {newest:.0f} of 100 when it was last asked"
    return dots(rows, title, what="Round", now="This round")
