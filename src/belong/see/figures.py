"""Charts of a release. Every figure in them is in the release; the titles come from `findings`."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from belong.measure import Item
from belong.release import Cell, Change, Gap, Response
from belong.release.model import ALL
from belong.see import findings
from belong.see.queries import Reading, one_way, widest_first
from belong.see.words import PEOPLE, capital, cut_slug, gap_label, lower, text
from belong.web.charts import Bar, Chart, Row, bars, dots, gaps, rates

MOST_GAPS = 6
MOST_HIDDEN = 1
HALF = 0.5


def parts_now(reading: Reading) -> Chart:
    """The parts with their intervals, and where they stood in the earlier wave."""
    release = reading.release
    rows = [
        _row(
            release.cell(info.key),
            label=info.label,
            was=reading.was(info.key),
            url=part_url(reading, info.key),
        )
        for info in release.measures
        if info.kind == "part"
    ]
    has_before = any(row.was is not None for row in rows)
    return dots(
        rows,
        findings.parts_title(release, reading.since),
        now="Now",
        before=capital(reading.since) if has_before else "",
        key=_parts_key(reading.since if has_before else ""),
    )


def gap_card(reading: Reading, measure: str) -> Chart:
    """The widest gaps of one measure, sure ones first; a group too few to tell stands at the end."""
    found = widest_first(one_way(reading.release, measure))
    shown = [gap for gap in found if gap.difference is not None][:MOST_GAPS]
    hidden = [gap for gap in found if gap.difference is None][:MOST_HIDDEN]
    return _gap_chart(reading, [*shown, *hidden], findings.gaps_title(reading.release, measure, found))


def gap_list(reading: Reading, measure: str, *, cut: str = "", before: bool = True) -> Chart:
    """Every gap of a measure, or those of one cut."""
    found = [gap for gap in reading.release.gaps_of(measure) if not cut or gap.cut == cut]
    title = findings.gaps_title(reading.release, measure, found)
    return _gap_chart(reading, widest_first(found) if not cut else found, title, before=before)


def gap_over(reading: Reading, gap: Gap, measures: Sequence[str], title: str, what: str) -> Chart:
    """One pair of groups over several measures: the parts, or the questions of one part."""
    rows = []
    for key in measures:
        found = reading.release.gap(key, gap.cut, gap.group)
        label = reading.release.measure(key).label
        rows.append(_gap_row(reading, found, label=label))
    return gaps(rows, title, what=what, decimals=_decimals(rows), key=_gap_key(reading, ""))


def both_sides(reading: Reading, gap: Gap, other: Cell | None) -> Chart | None:
    """The two groups of a gap beside everyone; None where the second is everyone else."""
    if other is None:
        return None
    release = reading.release
    cells = [release.cell(gap.measure, gap.cut, gap.group), other, release.cell(gap.measure)]
    labels = [cells[0].label, other.label, "Everyone"]
    rows = [
        _row(
            cell,
            label=label,
            note=people_in(reading, cell),
            was=reading.was(gap.measure, cell.cut, cell.group),
        )
        for cell, label in zip(cells, labels, strict=True)
    ]
    has_before = any(row.was is not None for row in rows)
    title = f"{release.measure(gap.measure).label}: the groups by themselves"
    return dots(rows, title, what="Group", before=capital(reading.since) if has_before else "")


def groups_now(reading: Reading, measure: str, cut: str) -> Chart:
    """The groups of a cut on one measure, with everyone as the line to read them by."""
    release = reading.release
    everyone = release.cell(measure)
    cells = release.cells_of(cut, measure)
    rows = [
        _row(cell, note=people_in(reading, cell), was=reading.was(measure, cut, cell.group)) for cell in cells
    ]
    has_before = any(row.was is not None for row in rows)
    found = [gap for gap in release.gaps_of(measure) if gap.cut == cut]
    return dots(
        rows,
        findings.gaps_title(release, measure, found),
        what="Group",
        before=capital(reading.since) if has_before else "",
        reference=everyone.mean,
        reference_label="everyone" if everyone.mean is not None else "",
    )


def changes(
    reading: Reading, measures: Sequence[str], what: str, cut: str = ALL, group: str = ALL
) -> Chart | None:
    """How the same people moved since the earlier wave, on the same questions; None with nothing to compare."""
    found = [reading.release.change(measure, cut, group) for measure in measures]
    if all(change.symbol == "x" for change in found):
        return None
    rows = [_change_row(reading, change) for change in found]
    title = capital(findings.moves(reading.release, measures, reading.since, cut, group))
    return _change_chart(reading, rows, title, what)


def changes_by_group(reading: Reading, measure: str, cut: str) -> Chart | None:
    """How each group of a cut moved on one measure."""
    found = reading.release.changes_of(measure, cut)
    if all(change.symbol == "x" for change in found):
        return None
    rows = [_change_row(reading, change, label=change.label) for change in found]
    name = lower(reading.release.measure(measure).label)
    return _change_chart(reading, rows, f"Change since {reading.since}: {name}", "Group")


def response_rates(reading: Reading, *, every: bool = False) -> Chart:
    """Who answered: everyone, year groups and the groups that are missing most; or `every` group."""
    missing = findings.who_is_missing(reading.release)
    told = [
        row
        for row in reading.release.responses
        if every or row.cut in (ALL, "year", "post") or row in missing
    ]
    rows = [_response_row(row) for row in told]
    key = "Shares are limited at both ends where the exact one would show how many did not answer."
    coded = any(row.coded for row in told)
    return rates(
        rows,
        findings.response_title(reading.release),
        what="Group",
        share_label="Answered",
        key=key if coded else "",
    )


def answers(reading: Reading, keys: Iterable[str]) -> list[Chart]:
    """How answers spread, one chart for each set of answer words; a turned question has its words turned, too."""
    sets: dict[tuple[str, ...], list[tuple[Item, Bar]]] = {}
    for key in keys:
        item = reading.instrument.item(key.removeprefix("item:"))
        if item.scale is None:
            continue
        words = item.scale.words()
        cell = reading.release.cell(key)
        shares = tuple(float(share) for share in cell.distribution) if cell.distribution else None
        symbol = cell.symbol if shares or cell.symbol not in ("", "u") else "c"
        bar = Bar(item.name(), shares, symbol, end=share_at_best(cell))
        sets.setdefault(words[::-1] if item.reverse else words, []).append((item, bar))
    return [_bars(reading, words, found) for words, found in sets.items()]


def share_at_best(cell: Cell) -> str:
    """The favourable share as it may be said: "62 %", "95 % or more", ""."""
    if cell.favourable is None:
        return ""
    more = {"top": " or more", "bottom": " or less"}.get(cell.coded, "")
    return f"{cell.favourable} %{more}"


def people_in(reading: Reading, cell: Cell) -> str:
    """ "40–49 pupils", "" for a hidden cell."""
    return f"{cell.n_band} {PEOPLE[reading.release.audience]}" if cell.n_band else ""


def part_url(reading: Reading, measure: str) -> str:
    return reverse("see:part", args=[reading.wave.pk, measure.removeprefix("part:")])


def cut_url(reading: Reading, cut: str, measure: str = "score") -> str:
    where = reverse("see:groups", args=[reading.wave.pk, cut_slug(cut)])
    return f"{where}?{urlencode({'measure': measure})}" if measure != "score" else where


def gap_url(reading: Reading, gap: Gap) -> str:
    query = urlencode({"measure": gap.measure, "cut": gap.cut, "group": gap.group})
    return f"{reverse('see:gap', args=[reading.wave.pk])}?{query}"


def plan_url(reading: Reading, gap: Gap) -> str:
    query = {"wave": reading.wave.pk, "measure": gap.measure, "cut": gap.cut, "group": gap.group}
    return f"{reverse('act:new-plan')}?{urlencode(query)}"


def _bars(reading: Reading, words: tuple[str, ...], found: list[tuple[Item, Bar]]) -> Chart:
    scale = found[0][0].scale
    favourable = scale.favourable if scale else ()
    shown = [bar for _, bar in found if bar.shares]
    title = "How answers were spread" if shown else "Too few to tell how answers were spread"
    if shown and favourable:
        best = max(shown, key=lambda bar: sum(bar.shares[min(favourable) - 1 :]) if bar.shares else 0)
        title = (
            f"“{best.label}” has most “{lower(words[min(favourable) - 1])}” and better"
            if len(shown) > 1
            else best.label
        )
    end = (
        " or ".join([words[min(favourable) - 1].lower(), *(w.lower() for w in words[min(favourable) :])])
        if favourable
        else ""
    )
    return bars(
        [bar for _, bar in found],
        title,
        answers=words,
        favourable=favourable,
        what="Question",
        end_label=capital(end),
    )


def _row(cell: Cell, *, label: str = "", note: str = "", was: float | None = None, url: str = "") -> Row:
    return Row(label or cell.label, cell.mean, cell.low, cell.high, was, cell.symbol, note, url=url)


def _gap_row(reading: Reading, gap: Gap, *, label: str = "", before: bool = True) -> Row:
    then = reading.gap_before(gap) if before else None
    return Row(
        label or gap_label(gap, reading.release),
        gap.difference,
        gap.low,
        gap.high,
        then.difference if then else None,
        gap.symbol,
        url=gap_url(reading, gap) if gap.difference is not None else "",
    )


def _gap_chart(reading: Reading, found: Sequence[Gap], title: str, *, before: bool = False) -> Chart:
    rows = [_gap_row(reading, gap, before=before) for gap in found]
    since = capital(reading.since) if before and any(row.was is not None for row in rows) else ""
    return gaps(
        rows, title, what="Groups", before=since, decimals=_decimals(rows), key=_gap_key(reading, since)
    )


def _gap_key(reading: Reading, since: str) -> str:
    said = (
        "Points of 100, first group minus second, with 95\u00a0% interval. Dashed: no difference we can tell."
    )
    few = text("method", "threshold-short", threshold=reading.release.threshold)
    return " ".join([said, *([f"Hollow: {since}."] if since else []), few])


def _change_row(reading: Reading, change: Change, *, label: str = "") -> Row:
    label = label or reading.release.measure(change.measure).label
    return Row(label, change.difference, change.low, change.high, symbol=change.symbol, note=_basis(change))


def _basis(change: Change) -> str:
    """ "3 of 4 questions" where not all are the same, "" where they are."""
    same, _, of = change.basis.partition(" of ")
    return f"{same} of {of} questions" if of and same != of else ""


def _change_chart(reading: Reading, rows: Sequence[Row], title: str, what: str) -> Chart:
    key = (
        f"Points of 100, now minus {reading.since}, for those who answered the same questions both times, with "
        "95\u00a0% interval. Dashed: no change we can tell."
    )
    return gaps(rows, title, what=what, decimals=_decimals(rows), key=key)


def _response_row(row: Response) -> Row:
    note = {"top": "this many or more", "bottom": "this many or fewer"}.get(row.coded, "")
    label = "Everyone asked" if row.cut == ALL else row.label
    value = float(row.rate) if row.rate is not None else None
    return Row(label, value, symbol=row.symbol, note=note, strong=row.cut == ALL)


def _parts_key(since: str) -> str:
    return (
        f"Filled: now, with 95\u00a0% interval. Hollow: {since}, same questions."
        if since
        else ("Points of 100, with 95\u00a0% interval.")
    )


def _decimals(rows: Sequence[Row]) -> int:
    """Whole points, unless rounding would put the end of a clear interval onto nought."""
    ends = [
        end for row in rows if row.low is not None and row.high is not None for end in (row.low, row.high)
    ]
    return 1 if any(0 < abs(end) < HALF for end in ends) else 0
