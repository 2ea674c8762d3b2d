"""Charts of figures about noticing. Every figure in them is in a release; nothing is worked out here."""

from collections.abc import Sequence
from dataclasses import replace

from belong.release import Cell, Change, Gap, Release
from belong.release.model import ALL, REST
from belong.see.links import missing_url
from belong.see.noticing import words
from belong.see.noticing.mixes import SMALL_WORDS, classes_of
from belong.see.noticing.queries import Date, Mixes
from belong.see.noticing.tables import (
    EMPTY_WORDS,
    MOMENT_WORDS,
    STATE_WORDS,
    HalfTermTable,
)
from belong.see.untold import NOTHING, UNTOLD
from belong.web.charts import Bar, Chart, Row, bars, changes, dots, gaps

CLASSES = {
    "tutor": (STATE_WORDS, (4,), "Maintain"),
    "moments": (MOMENT_WORDS, (2, 3, 4), "Any"),
    "empty": (EMPTY_WORDS, (3,), "None or one"),
}
SHARES_KEY = "Per cent of pupils, with the 95\u00a0% interval chance alone would leave."


def over_time(read: Date, table: HalfTermTable) -> Chart:
    """How all pupils are spread over the classes of a table's first fact, date by date, newest first."""
    assert read.release is not None
    series = [(read.on, read.release), *read.earlier]
    found = [
        (words.short(day), release.cell(f"item:{table.bars}"))
        for day, release in series
        if _holds(release, table.bars)
    ]
    return _bars(table.bars, found, words.headline(read, table), "Date")


def by_group(read: Date, table: HalfTermTable, cut: str) -> Chart:
    """The same, group by group of one cut."""
    assert read.release is not None
    cells = [(cell.label, cell) for cell in read.release.cells_of(cut, f"item:{table.bars}")]
    return _bars(table.bars, cells, f"{read.label(table.bars)}, by group", "Group")


def shares(read: Date, facts: Sequence[str], title: str) -> Chart:
    """The share of all pupils for whom each fact holds, and what it was on the date before."""
    return _dots(
        read,
        [_row(read.cell(fact), read.label(fact), read.was(fact)) for fact in facts],
        title,
        "Pupils with",
    )


def share_by_group(read: Date, fact: str, cut: str) -> Chart:
    """One fact, group by group, with everybody as the line to read them by."""
    assert read.release is not None
    cells = read.release.cells_of(cut, f"item:{fact}")
    rows = [_row(cell, cell.label, read.was(fact, cut, cell.group), note=_people(cell)) for cell in cells]
    return _dots(read, rows, f"{read.label(fact)}, by group", "Group", read.cell(fact).mean)


def gaps_of(read: Date, fact: str, cut: str) -> Chart | None:
    """How far the groups of a cut stand apart; None where no gap can be shown."""
    assert read.release is not None
    found = [gap for gap in read.release.gaps_of(f"item:{fact}") if gap.cut == cut]
    rows = [_gap(read.release, gap) for gap in found]
    if all(row.value is None for row in rows):
        return None
    key = (
        "Pupils in a hundred, with 95\u00a0% interval: the first group minus the other, or minus everyone else. "
        "Dashed: no difference we can tell."
    )
    return gaps(rows, f"{read.label(fact)}: how far groups stand apart", what="Groups", key=key)


def changes_of(read: Date, fact: str, cut: str = ALL) -> Chart | None:
    """How the same pupils moved since the date before; None where nothing can be said."""
    assert read.release is not None
    return _changes(
        read, [(change.label, change) for change in read.release.changes_of(f"item:{fact}", cut)], fact
    )


def _changes(read: Date, found: Sequence[tuple[str, Change]], fact: str) -> Chart | None:
    rows = [
        Row(label, change.difference, change.low, change.high, symbol=change.symbol, why=missing_url())
        for label, change in found
    ]
    if all(row.value is None for row in rows):
        return None
    since = words.named(read.earlier[0][0]) if read.earlier else "the date before"
    key = (
        f"Pupils in a hundred, now minus {since}, of those who were here both times, with 95\u00a0% interval. "
        "Dashed: no change we can tell."
    )
    return changes(rows, f"{read.label(fact)}: change since {since}", what="Group", key=key)


def mix(found: Mixes, fact: str, title: str) -> Chart | None:
    """Pupils above adults over the same classes; None where neither can be shown."""
    grown = words.adults_said(found)
    sides = [("Pupils", found.pupils), (grown, found.adults)]
    kept = [(label, release) for label, release in sides if release is not None and _holds(release, fact)]
    if not kept:
        return None
    answers = _classes([release for _, release in kept], fact)
    rows = [_side(label, release, fact, answers) for label, release in sides]
    if all(row.shares is None for row in rows):
        return None
    key = "Per cent of those for whom it is recorded. Small groups stand together."
    return bars(rows, title, answers=answers, what="Who", key=key)


def _classes(releases: Sequence[Release], fact: str) -> list[str]:
    """Every class of either side in order, the small ones together at the end."""
    found = dict.fromkeys(word for release in releases for word in classes_of(release, fact))
    return [word for word in found if word != SMALL_WORDS] + [word for word in found if word == SMALL_WORDS]


def _side(label: str, release: Release | None, fact: str, answers: Sequence[str]) -> Bar:
    if release is None or not _holds(release, fact):
        return Bar(label, None, "c", why=missing_url())
    cell = release.cell(f"item:{fact}")
    own = classes_of(release, fact)
    spread = _spread(cell, len(own))
    if spread is None:
        return Bar(label, None, "c", why=missing_url())
    of = dict(zip(own, spread, strict=True))
    return Bar(label, tuple(of.get(word, 0.0) for word in answers), "")


def _spread(cell: Cell, classes: int) -> tuple[float, ...] | None:
    """The shares of each class; of two classes the share tells both, from ten people on."""
    if cell.distribution is not None:
        return tuple(float(share) for share in cell.distribution)
    if classes == len(("one", "other")) and cell.favourable is not None:
        return (100.0 - cell.favourable, float(cell.favourable))
    return None


def _holds(release: Release, fact: str) -> bool:
    return any(info.key == f"item:{fact}" for info in release.measures)


def _bars(fact: str, cells: Sequence[tuple[str, Cell]], title: str, what: str) -> Chart:
    answers, favourable, end = CLASSES[fact]
    rows = [_bar(label, cell) for label, cell in cells]
    key = f"Right of the line, and in the figure: {end}. In per cent of pupils."
    chart = bars(rows, title, answers=answers, favourable=favourable, what=what, end_label=end, key=key)
    return _or_untold(chart, [row.shares for row in rows])


def _bar(label: str, cell: Cell) -> Bar:
    """Under thirty people there is a share but no spread."""
    spread = tuple(float(share) for share in cell.distribution) if cell.distribution else None
    symbol = "c" if spread is None and cell.symbol in ("", "u") else cell.symbol
    return Bar(label, spread, symbol, end=words.limited(cell), why=missing_url())


def _dots(read: Date, rows: Sequence[Row], title: str, what: str, reference: float | None = None) -> Chart:
    before = words.named(read.earlier[0][0]) if any(row.was is not None for row in rows) else ""
    key = f"Filled: now. Hollow: {before}. {SHARES_KEY}" if before else SHARES_KEY
    chart = dots(
        rows,
        title,
        what=what,
        before=before,
        domain=(0, 100),
        unit="\u00a0%",
        key=key,
        reference=reference,
        reference_label="everyone" if reference is not None else "",
    )
    return _or_untold(chart, [row.value for row in rows])


def _row(cell: Cell, label: str, was: float | None, note: str = "") -> Row:
    limit = {"top": "this share or more", "bottom": "this share or less"}.get(cell.coded, "")
    said = ", ".join(one for one in (note, limit) if one)
    return Row(label, cell.mean, cell.low, cell.high, was, cell.symbol, said, why=missing_url())


def _people(cell: Cell) -> str:
    return f"{cell.n_band} pupils" if cell.n_band else ""


def _gap(release: Release, gap: Gap) -> Row:
    other = "" if gap.against == REST else release.cell(gap.measure, gap.cut, gap.against).label
    label = f"{gap.label} and {other[:1].lower()}{other[1:]}" if other else gap.label
    return Row(label, gap.difference, gap.low, gap.high, symbol=gap.symbol, why=missing_url())


def _or_untold(chart: Chart, values: Sequence[object]) -> Chart:
    if any(value is not None for value in values):
        return chart
    return replace(chart, svg=NOTHING, legend=(), key=UNTOLD)
