"""Charts of levels: parts, groups, answers, response rates. Every figure in them is in the release."""

from collections.abc import Iterable, Sequence

from belong.measure import Item
from belong.release import Cell, Gap, Response
from belong.release.model import ALL
from belong.see import findings
from belong.see.links import part_url, why_url
from belong.see.queries import Reading
from belong.see.untold import or_sentence
from belong.see.words import PEOPLE, capital
from belong.web.charts import Bar, Chart, Row, bars, dots, rates

ALWAYS_TOLD = (ALL, "year", "post")
"""Response rates of these cuts are on the first page; of others only the groups that are missing."""


def parts_now(reading: Reading) -> Chart:
    """The parts with their intervals, and where they stood in the earlier wave."""
    release = reading.release
    rows = [
        level(
            release.cell(info.key),
            label=info.label,
            was=reading.was(info.key),
            url=part_url(reading, info.key),
            why=why_url(reading, "score", release.cell(info.key)),
        )
        for info in release.measures
        if info.kind == "part"
    ]
    return _dots(reading, rows, findings.parts_title(release, reading.since), "Part")


def both_sides(reading: Reading, gap: Gap, other: Cell | None) -> Chart | None:
    """The two groups of a gap beside everyone; None where the second is everyone else."""
    if other is None:
        return None
    release = reading.release
    cells = [release.cell(gap.measure, gap.cut, gap.group), other, release.cell(gap.measure)]
    rows = [
        level(
            cell,
            label=label,
            note=people_in(reading, cell),
            was=reading.was(gap.measure, cell.cut, cell.group),
            why=why_url(reading, "score", cell),
        )
        for cell, label in zip(cells, (cells[0].label, other.label, "Everyone"), strict=True)
    ]
    return _dots(reading, rows, f"{release.measure(gap.measure).label}: the groups by themselves", "Group")


def groups_now(reading: Reading, measure: str, cut: str) -> Chart:
    """The groups of a cut on one measure, with everyone as the line to read them by."""
    release = reading.release
    rows = [
        level(
            cell,
            note=people_in(reading, cell),
            was=reading.was(measure, cut, cell.group),
            why=why_url(reading, "score", cell),
        )
        for cell in release.cells_of(cut, measure)
    ]
    title = findings.gaps_title(release, measure, [gap for gap in release.gaps_of(measure) if gap.cut == cut])
    return _dots(reading, rows, title, "Group", release.cell(measure).mean)


def response_rates(reading: Reading, *, every: bool = False) -> Chart:
    """Who answered: everyone, year groups and the groups that are missing most; or `every` group."""
    missing = findings.who_is_missing(reading.release)
    told = [row for row in reading.release.responses if every or row.cut in ALWAYS_TOLD or row in missing]
    key = "Shares are limited at both ends where the exact one would show how many did not answer."
    rows = [_response(reading, row) for row in told]
    chart = rates(
        rows,
        findings.response_title(reading.release),
        what="Group",
        share_label="Answered",
        key=key if any(row.coded for row in told) else "",
    )
    return or_sentence(chart, rows)


def answers(reading: Reading, keys: Iterable[str]) -> list[Chart]:
    """How answers spread, one chart for each set of answer words; a turned question has its words turned, too."""
    sets: dict[tuple[str, ...], list[tuple[Item, Cell]]] = {}
    for key in keys:
        item = reading.instrument.item(key.removeprefix("item:"))
        if item.scale is not None:
            words = item.scale.words()
            sets.setdefault(words[::-1] if item.reverse else words, []).append(
                (item, reading.release.cell(key))
            )
    return [_bars(reading, words, found) for words, found in sets.items()]


def share_at_best(cell: Cell) -> str:
    """The favourable share as it may be said: "62 %", "95 % or more", ""."""
    if cell.favourable is None:
        return ""
    return f"{cell.favourable} %{ {'top': ' or more', 'bottom': ' or less'}.get(cell.coded, '') }"


def people_in(reading: Reading, cell: Cell) -> str:
    """ "40–49 pupils", "" for a hidden cell."""
    return f"{cell.n_band} {PEOPLE[reading.release.audience]}" if cell.n_band else ""


def level(
    cell: Cell, *, label: str = "", note: str = "", was: float | None = None, url: str = "", why: str = ""
) -> Row:
    """A cell as the row of a chart."""
    return Row(label or cell.label, cell.mean, cell.low, cell.high, was, cell.symbol, note, url=url, why=why)


def _dots(
    reading: Reading, rows: Sequence[Row], title: str, what: str, reference: float | None = None
) -> Chart:
    since = reading.since if any(row.was is not None for row in rows) else ""
    filled = "Points of 100. Filled: now, with 95\u00a0% interval."
    chart = dots(
        rows,
        title,
        what=what,
        before=capital(since),
        reference=reference,
        reference_label="everyone" if reference is not None else "",
        key=f"{filled} Hollow: {since}, same questions." if since else filled,
    )
    return or_sentence(chart, rows)


def _response(reading: Reading, row: Response) -> Row:
    note = {"top": "this many or more", "bottom": "this many or fewer"}.get(row.coded, "")
    label = "Everyone asked" if row.cut == ALL else row.label
    value = float(row.rate) if row.rate is not None else None
    why = why_url(reading, "response", row)
    return Row(label, value, symbol=row.symbol, note=note, strong=row.cut == ALL, why=why)


def _bars(reading: Reading, words: tuple[str, ...], found: Sequence[tuple[Item, Cell]]) -> Chart:
    scale = found[0][0].scale
    favourable = scale.favourable if scale else ()
    best = [words[code - 1].lower() for code in favourable]
    rows = [_bar(reading, item, cell) for item, cell in found]
    chart = bars(
        rows,
        findings.answers_title(reading.release, [cell for _, cell in found], " or ".join(best)),
        answers=words,
        favourable=favourable,
        what="Question",
        end_label=capital(" or ".join(best)),
    )
    return or_sentence(chart, rows)


def _bar(reading: Reading, item: Item, cell: Cell) -> Bar:
    """Under 30 people there is a share at best but no spread: how answers spread is kept back."""
    shares = tuple(float(share) for share in cell.distribution) if cell.distribution else None
    symbol = "c" if shares is None and cell.symbol in ("", "u") else cell.symbol
    kind = "spread" if cell.symbol in ("", "u") else "score"
    return Bar(item.name(), shares, symbol, end=share_at_best(cell), why=why_url(reading, kind, cell))
