"""Checks on a finished release, made on what is written in it and not on how it was made.

``audit`` needs the release alone: whoever holds the file can run it. ``audit_against`` sets it beside the
answers it was made from, decoding its groups anew and assuming a reader who knows every exact number of
people. Both return findings; none means nothing was found. (The linear-programme audit of bounds over a whole
publication history is to stand beside these and return the same findings.)
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from belong.release.coding import band_floor, edge, is_band, percent
from belong.release.compute import of_these, values_of
from belong.release.decode import Key, Sets, made_of, sets_of, shown_in, sides_of
from belong.release.model import ALL, FLOOR, REST, Flags, Microdata
from belong.release.release import Release
from belong.release.rows import SHOWN, SYMBOLS, Cell
from belong.release.rowspace import small_sets, space
from belong.release.sweep import Sweep


@dataclass(frozen=True)
class Finding:
    """One breach: the ``rule`` it breaks, ``where``, and what is wrong, without any small number."""

    rule: str
    where: str
    text: str


def audit(release: Release) -> tuple[Finding, ...]:
    """Everything that can be checked on the release alone."""
    return (
        *_seal(release),
        *_hidden_rows(release),
        *_rounding(release),
        *_sides(release),
        *_numbers(release),
    )


def audit_against(release: Release, data: Microdata) -> tuple[Finding, ...]:
    """What a reader could take apart, given the answers that the release was made from."""
    data = data.canonical()
    sets = sets_of(release, data)
    held = of_these(data, release.measures)
    answered = values_of(data, held).answered
    findings: list[Finding] = []
    seen: set[tuple[bytes, frozenset[tuple[str, str]], int]] = set()
    looks: dict[tuple[frozenset[tuple[str, str]], int], Sweep] = {}
    for m, info in enumerate(held):
        shown = shown_in(release, info.key)
        again = _without_careless(release, sets, data, info.key)
        # Measures with the same respondents and the same pattern would only be checked twice.
        mark = (answered[m].tobytes(), frozenset(shown), len(again))
        if shown and mark not in seen:
            seen.add(mark)
            findings += _sets_hold(release, sets, shown, answered[m], info.key)
            published = np.array([*(sets[key] for key in sorted(shown)), *again])
            withheld = np.array([sets[key] for key in sorted(set(sets) - shown)]).reshape(-1, data.pupils)
            if mark[1:] not in looks:
                looks[mark[1:]] = Sweep.of(published, withheld, answered, release.threshold)
            if not looks[mark[1:]].clears(answered[m]):
                findings += _space_holds(published, withheld, answered[m], release.threshold, info.key)
    return tuple(findings)


def _seal(release: Release) -> Iterator[Finding]:
    if release.threshold < FLOOR:
        yield Finding("threshold", "", f"The threshold is below {FLOOR}.")
    if release.hash and release.hash != release.sealed().hash:
        yield Finding("frozen", "", "The release was altered after it was built.")
    if release.audience != "pupils" and any("*" in cell.cut for cell in release.cells):
        yield Finding("one attribute", "", "Answers of staff or families are cut by two attributes.")


_LABELS = {"cut", "group", "label", "measure", "symbol", "against", "from_wave", "caveats"}


def _hidden_rows(release: Release) -> Iterator[Finding]:
    """Over the JSON itself: a row that is not shown has names and a symbol, and nothing else."""
    plain = release.to_json()
    for table in ("cells", "gaps", "changes", "responses"):
        columns = plain[table]["columns"]
        for row in plain[table]["rows"]:
            yield from _hidden_row(table, dict(zip(columns, row, strict=True)))


def _hidden_row(table: str, row: dict[str, Any]) -> Iterator[Finding]:
    where = f"{table}: {row['cut']} {row['group']}"
    if row["symbol"] not in SYMBOLS:
        yield Finding("symbols", where, f"There is no symbol {row['symbol']!r}.")
    elif row["symbol"] not in SHOWN and any(row[c] not in (None, "") for c in row if c not in _LABELS):
        yield Finding("hidden", where, "A hidden row holds something.")


def _rounding(release: Release) -> Iterator[Finding]:
    for cell in release.cells:
        if cell.symbol in SHOWN and (problem := _too_exact(cell, release.threshold)):
            yield Finding("rounding", f"{cell.cut} {cell.group} {cell.measure}", problem)


def _too_exact(cell: Cell, threshold: int) -> str:
    if not is_band(cell.n_band, threshold):
        return "The number of people is not a band."
    figures = [cell.mean, cell.low, cell.high, cell.shrunk]
    if any(f is not None and (round(f, 1) != f or not 0 <= f <= 100) for f in figures):
        return "A mean has more than one decimal, or lies off the scale."
    least = _least_edge(cell.n_band)
    shares = [*(cell.distribution or ()), *([cell.favourable] if cell.favourable is not None else [])]
    if any(not isinstance(s, int) or not least <= s <= 100 - least for s in shares):
        return "A percentage is not whole, or more extreme than so small a group may show."
    if cell.distribution is not None and band_floor(cell.n_band) < 30:
        return "A full distribution of under 30 people."
    return ""


def _least_edge(n_band: str) -> int:
    last = n_band.replace(",", "").partition("–")[2]
    return edge(int(last)) if last else 1


def _sides(release: Release) -> Iterator[Finding]:
    """A gap or a change is shown only beside cells that are."""
    for gap in release.gaps:
        other = (ALL, ALL) if gap.against == REST else (gap.cut, gap.against)
        pair = release.cell(gap.measure, gap.cut, gap.group), release.cell(gap.measure, *other)
        if gap.symbol in SHOWN and any(cell.symbol not in SHOWN for cell in pair):
            yield Finding("gaps", f"{gap.cut} {gap.group}", "A gap is shown with a hidden side.")
    for change in release.changes:
        cell = release.cell(change.measure, change.cut, change.group)
        if change.symbol in SHOWN and cell.symbol not in SHOWN:
            yield Finding("changes", f"{change.cut} {change.group}", "A change is shown of a hidden group.")


def _numbers(release: Release) -> Iterator[Finding]:
    """No group's percentages, taken together, may fit a single number of people in its band."""
    groups: dict[tuple[str, str, str], list[Cell]] = {}
    for cell in release.cells:
        if cell.symbol in SHOWN and is_band(cell.n_band, release.threshold):
            groups.setdefault((cell.cut, cell.group, cell.n_band), []).append(cell)
    for (cut, group, n_band), cells in groups.items():
        items = [cell for cell in cells if cell.measure.startswith("item:")]
        shares = {s for cell in items for s in (cell.favourable, *(cell.distribution or ())) if s is not None}
        floor = band_floor(n_band)
        if floor >= 100:
            continue  # From a hundred people on, every whole percentage is some count.
        last = int(n_band.replace(",", "").partition("–")[2] or floor + 20)
        fit = [n for n in range(floor, last + 1) if shares <= _shares_of(n)]
        if len(fit) < min(2, last - floor + 1):
            yield Finding("numbers", f"{cut} {group}", "The percentages give the number of people away.")


@functools.cache
def _shares_of(people: int) -> frozenset[int]:
    """Every percentage that some count among so many people is published as."""
    return frozenset(percent(100 * count / people, people) for count in range(people + 1))


def _sets_hold(
    release: Release,
    sets: Sets,
    shown: set[tuple[str, str]],
    answered: Flags,
    measure: str,
) -> Iterator[Finding]:
    threshold = release.threshold
    for key in sorted(shown):
        if (sets[key] & answered).sum() < threshold:
            yield Finding("threshold", f"{measure} {key}", "A group under the threshold is shown.")
    for totals, parts in _lines(list(sets)):
        hidden = [int((sets[key] & answered).sum()) for key in parts if key not in shown]
        where = f"{measure} {parts[0][0]}"
        if not shown.issuperset(totals) or not sum(hidden):
            continue
        if sum(hidden) < threshold:
            yield Finding("subtraction", where, "Hidden parts of a total are too few.")
        elif len([n for n in hidden if n]) == 1 and len(hidden) < len(parts):
            yield Finding(
                "subtraction", f"{measure} {parts[0][0]}", "One hidden part of a total stands alone."
            )


def _space_holds(
    published: Flags, withheld: Flags, answered: Flags, threshold: int, measure: str
) -> Iterator[Finding]:
    if len(small_sets(space(published[:, answered]), withheld[:, answered], threshold)):
        yield Finding("row space", measure, "Published groups together give a group under the threshold.")


def _without_careless(release: Release, sets: Sets, data: Microdata, measure: str) -> list[Flags]:
    """The sets behind ``sincere_difference``."""
    if data.insincere is None:
        return []
    gaps = [gap for gap in release.gaps_of(measure) if gap.sincere_difference is not None]
    keys = {(g.cut, side) for g in gaps for side in (g.group, g.against) if side != REST}
    keys |= {(ALL, ALL) for gap in gaps if gap.against == REST}
    return [sets[key] & ~data.insincere for key in sorted(keys)]


def _lines(keys: Sequence[Key]) -> Iterator[tuple[list[Key], list[Key]]]:
    """Every total, of one group or several, and its parts, read off the keys of the groups."""
    for cut in dict.fromkeys(cut for cut, _ in keys if cut != ALL):
        cells = [key for key in keys if key[0] == cut]
        yield [(ALL, ALL)], cells
        for side in dict.fromkeys(side for key in cells if "*" in cut for side in sides_of(*key)):
            yield made_of(keys, *side), [key for key in cells if side in sides_of(*key)]
