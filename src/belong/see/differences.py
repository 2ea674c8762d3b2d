"""Charts of differences: gaps between groups, and change since an earlier wave."""

from collections.abc import Sequence

from belong.release import Change, Gap
from belong.release.model import REST
from belong.see import findings
from belong.see.links import gap_url, why_url
from belong.see.queries import Reading, one_way, widest_first
from belong.see.untold import or_sentence
from belong.see.words import capital, gap_label, text
from belong.web.charts import Chart, Row, gaps

MOST_GAPS = 5
MOST_HIDDEN = 1
LONG = 24
HALF = 0.5


def gap_card(reading: Reading, measure: str) -> Chart:
    """The widest gaps of one measure, sure ones first; a group that is kept back stands at the end."""
    found = widest_first(one_way(reading.release, measure))
    shown = [gap for gap in found if gap.difference is not None][:MOST_GAPS]
    hidden = [gap for gap in found if gap.difference is None and gap.symbol != "z"][:MOST_HIDDEN]
    title = findings.gaps_title(reading.release, measure, found)
    return _gap_chart(reading, [*shown, *hidden], title, before=False)


def gap_list(reading: Reading, measure: str) -> Chart:
    """Every gap between groups of one attribute, on one measure."""
    found = widest_first(one_way(reading.release, measure))
    return _gap_chart(reading, found, findings.gaps_title(reading.release, measure, found))


def gaps_of_cut(reading: Reading, measure: str, cut: str) -> Chart:
    """The gaps of one cut, in the groups' usual order."""
    found = [gap for gap in reading.release.gaps_of(measure) if gap.cut == cut]
    return _gap_chart(reading, found, f"{reading.release.measure(measure).label}: how far groups stand apart")


def gap_over(reading: Reading, gap: Gap, measures: Sequence[str], title: str, what: str) -> Chart:
    """One pair of groups over several measures: the parts, or the questions of one part."""
    rows = []
    for key in measures:
        found = reading.release.gap(key, gap.cut, gap.group)
        rows.append(_gap_row(reading, found, label=reading.release.measure(key).label, before=False))
    chart = gaps(rows, title, what=what, decimals=_decimals(rows), key=_gap_key(reading, ""))
    return or_sentence(chart, rows)


def changes(reading: Reading, measures: Sequence[str], what: str) -> Chart | None:
    """How the same people moved since the earlier wave, on the same questions; None where nothing can be said."""
    found = [reading.release.change(measure) for measure in measures]
    rows = [_change_row(reading, change, reading.release.measure(change.measure).label) for change in found]
    title = capital(findings.moves(reading.release, measures, reading.since))
    return _change_chart(reading, rows, title, what)


def changes_by_group(reading: Reading, measure: str, cut: str) -> Chart | None:
    """How each group of a cut moved on one measure; None where nothing can be said of any."""
    found = reading.release.changes_of(measure, cut)
    rows = [_change_row(reading, change, change.label) for change in found]
    said = capital(findings.group_moves(reading.release, measure, cut, reading.since))
    return _change_chart(reading, rows, said, "Group")


def _gap_chart(reading: Reading, found: Sequence[Gap], title: str, *, before: bool = True) -> Chart:
    rows = [_gap_row(reading, gap, before=before) for gap in found]
    since = reading.since if any(row.was is not None for row in rows) else ""
    chart = gaps(
        rows,
        title,
        what="Groups",
        before=capital(since),
        decimals=_decimals(rows),
        key=_gap_key(reading, since),
    )
    return or_sentence(chart, rows)


def _gap_row(reading: Reading, gap: Gap, *, label: str = "", before: bool = True) -> Row:
    then = reading.gap_before(gap) if before else None
    return Row(
        label or _short_label(reading, gap),
        gap.difference,
        gap.low,
        gap.high,
        then.difference if then else None,
        gap.symbol,
        url=gap_url(reading, gap) if gap.difference is not None else "",
        why=why_url(reading, "gap", gap),
    )


def _short_label(reading: Reading, gap: Gap) -> str:
    """On a chart the second side is left unsaid where the key says it, or where there is no room."""
    full = gap_label(gap, reading.release)
    return gap.label if gap.against == REST or len(full) > LONG else full


def _gap_key(reading: Reading, since: str) -> str:
    said = [
        "Points of 100, with 95\u00a0% interval: the first group minus the other, or minus everyone else.",
        "Dashed: no difference we can tell.",
    ]
    said += [f"Hollow: {since}, same questions."] if since else []
    return " ".join([*said, text("method", "threshold-short", threshold=reading.release.threshold)])


def _change_row(reading: Reading, change: Change, label: str) -> Row:
    why = why_url(reading, "change", change)
    note = _basis(change)
    return Row(label, change.difference, change.low, change.high, symbol=change.symbol, note=note, why=why)


def _basis(change: Change) -> str:
    """ "3 of 4 questions" where not all are the same, "" where they are."""
    same, _, of = change.basis.partition(" of ")
    return f"{same} of {of} questions" if of and same != of else ""


def _change_chart(reading: Reading, rows: Sequence[Row], title: str, what: str) -> Chart | None:
    if all(row.value is None for row in rows):
        return None
    key = (
        f"Points of 100, now minus {reading.since}, for those who answered the same questions both times, with "
        "95\u00a0% interval. Dashed: no change we can tell."
    )
    return or_sentence(gaps(rows, title, what=what, decimals=_decimals(rows), key=key), rows)


def _decimals(rows: Sequence[Row]) -> int:
    """Whole points, unless rounding would put the end of a clear interval onto nought."""
    sure = [row for row in rows if row.symbol == "" and row.low is not None and row.high is not None]
    ends = [
        abs(end)
        for row in sure
        for end in (row.low or 0, row.high or 0)
        if (row.low or 0) * (row.high or 0) > 0
    ]
    return 1 if any(end < HALF for end in ends) else 0
