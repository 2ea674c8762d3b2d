"""From a file to what an analysis needs: coded answers, groups, weights and clusters, each checked line by
line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Union

import numpy as np
from numpy.typing import NDArray

from belong.measure._node import nearest
from belong.measure.estimate import Design
from belong.measure.hiding import UNKNOWN
from belong.measure.instrument import GroupKey, Instrument, Item, Replicates, say
from belong.measure.mapping import BLANKS, Mapping, label_codes, match_columns, own_wording
from belong.measure.reading import InputError, Progress, Source, Table, clean, number_in, odd_weight
from belong.measure.responses import Floats, Responses

if TYPE_CHECKING:
    from belong.measure.streams.sheets import Sheets

Rows = Union[Table, "Sheets"]
"""Lines of a file in memory, or its distinct lines counted."""

Counted = Callable[[Source, Sequence[str], Sequence[str]], "Sheets"]

MOST_GROUPS = 40
_BARE = frozenset({"yes", "no", "y", "n", "true", "false"})


@dataclass(frozen=True)
class Grouping:
    """One cut of the people: ``values`` (people,) as text, "" where unknown, and what to call each value."""

    name: str
    column: str
    title: str
    values: NDArray[np.str_]
    labels: MappingOf[str, str]

    def label(self, value: str) -> str:
        """What to call a value; a bare yes, no or number says nothing without its column's title."""
        bare = value.casefold() in _BARE or number_in(value) is not None
        return self.labels.get(value) or (f"{self.title}: {value.lower()}" if bare else value)


@dataclass(frozen=True)
class Answers:
    """Everything taken from one file. ``keyed``: its columns bear the key's own names, so it is that
    study's file. ``persons`` (people,) tells people apart, "" where it is not known, to find them again in another
    file; it is never shown.
    """

    source: str
    responses: Responses
    design: Design
    groupings: tuple[Grouping, ...] = ()
    weight: str = ""
    cluster: str = ""
    wording: MappingOf[str, str] | None = None
    keyed: bool = False
    persons: NDArray[np.str_] | None = None

    def __len__(self) -> int:
        """How many people there are."""
        return self.responses.people()


def read_answers(
    source: Source,
    instrument: Instrument,
    mapping: Mapping | None = None,
    by: Sequence[str] = (),
    weight: str = "",
    cluster: str = "",
    progress: Progress | None = None,
    person: str = "",
    counted: Counted | None = None,
) -> Answers:
    """Read a file's answers with an instrument's key. Raises InputError naming column, line and mend.

    With ``counted`` (``streams.sheets.read_sheets``) equal lines are counted together and never held one by one.
    """
    mapping = mapping or Mapping()
    headings = match_columns(source, instrument, mapping)
    cuts = [_cut(source, instrument, mapping, name) for name in dict.fromkeys(by)]
    weight = source.require(weight, "--weight") if weight else ""
    cluster = source.require(cluster, "--cluster") if cluster else ""
    person = source.require(person, "--id") if person else ""
    known = mapping.replicates or instrument.replicates
    replicates = _replicate_columns(source, known, weight)
    wanted = [*headings.values(), *(key.column for key in cuts), *filter(None, (cluster, person))]
    numbers = [*filter(None, (weight,)), *replicates]
    table = counted(source, wanted, numbers) if counted else source.read([*wanted, *numbers], progress)
    columns = {
        id: item_codes(table, heading, instrument.item(id), mapping, instrument.missing)
        for id, heading in headings.items()
    }
    responses = Responses.from_columns(instrument, columns)
    counts, squares = (None, None) if isinstance(table, Table) else (table.counts, table.squares)
    responses = replace(responses, counts=counts)
    fay = known.fay if known and replicates else 0.0
    weights = _weights(table, weight) if weight else None
    if weights is not None and not weights.sum() > 0:
        raise InputError(
            f"{table.source}, column '{weight}': every weight is 0. Name another column with --weight."
        )
    design = Design(
        people=len(table),
        weights=weights,
        clusters=_clusters(table, cluster) if cluster else None,
        replicates=np.stack([_weights(table, name) for name in replicates], axis=1) if replicates else None,
        fay=fay,
        counts=counts,
        squares=squares,
    )
    return Answers(
        source=table.source,
        responses=responses,
        design=design,
        groupings=tuple(_grouping(table, key, responses) for key in cuts),
        weight=weight,
        cluster=cluster,
        wording=own_wording(headings, instrument),
        keyed=all(item.column == headings.get(item.id) for item in instrument.scored_items),
        persons=_persons(table, person) if person else None,
    )


def item_codes(
    table: Rows, column: str, item: Item, mapping: Mapping, missing: Sequence[int] = ()
) -> NDArray[np.int8]:
    """A column's words or numbers as raw codes 1…k, 0 for no answer. Each distinct cell is looked up once."""
    labels = label_codes(item)
    cells, places = table.distinct(column)
    codes = np.array([_code(cell, item, labels, mapping, missing) for cell in cells], dtype=np.int8)
    odd = np.flatnonzero(codes[places] < 0)
    if odd.size:
        row = int(odd[0])
        raise InputError(
            _bad_answer(table.place(column, row), cells[places[row]], item, missing, mapping.first)
        )
    return codes[places]


def _code(
    cell: str, item: Item, labels: MappingOf[str, int], mapping: Mapping, missing: Sequence[int]
) -> int:
    """The code of a cell, 0 for no answer, −1 if it means nothing here."""
    low = cell.casefold()
    if low in mapping.words:
        code = mapping.words[low]
        return code if code <= item.categories else -1
    if low in labels:
        return labels[low]
    if low in BLANKS or low in mapping.missing:
        return 0
    number = number_in(cell)
    if number is None or not number.is_integer():
        return -1
    if mapping.first <= number < mapping.first + item.categories:
        return int(number) + 1 - mapping.first
    return 0 if int(number) in missing else -1


def _bad_answer(place: str, cell: str, item: Item, missing: Sequence[int], first: int) -> str:
    words = item.scale.words() if item.scale else ()
    number = number_in(cell)
    if number is None:
        close = nearest(cell, words)
        return (
            f"{place}: '{cell[:60]}' is not one of the answers ({', '.join(words)}).{close} "
            "Give it a code in a mapping (--mapping FILE), under 'words' or 'missing'."
        )
    other = f" ({_ranges(missing)} mean no answer)" if missing else ""
    zero = (
        "If the file counts its answers from 0, write 'first: 0' in a mapping. "
        if number == 0 and first
        else ""
    )
    return (
        f"{place}: {cell} is out of range; answers are {first} to {first + item.categories - 1}{other}. {zero}"
        "Correct the cell, or list the code under 'missing' in a mapping (--mapping FILE)."
    )


def _ranges(codes: Sequence[int]) -> str:
    """5, 6, 7, 95, 96 as ``5–7, 95–96``."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in runs)


def _persons(table: Rows, column: str) -> NDArray[np.str_]:
    cells, places = table.distinct(column)
    return np.array(cells, dtype=np.str_)[places]


def _weights(table: Rows, column: str) -> Floats:
    """The weight of each row: of its person, or of all its people together."""
    if not isinstance(table, Table):
        return table.sums[column]
    for row, cell in enumerate(table.columns[column]):
        if why := odd_weight(cell):
            raise InputError(f"{table.place(column, row)}: {why}")
    return np.array([number_in(cell) for cell in table.columns[column]], dtype=np.float64)


def _clusters(table: Rows, column: str) -> NDArray[np.intp]:
    cells, places = table.distinct(column)
    blank = np.array([cell.casefold() in BLANKS for cell in cells])
    odd = np.flatnonzero(blank[places])
    if odd.size:
        mend = "Every line needs its class or school; fill it in or leave the line out."
        raise InputError(f"{table.place(column, int(odd[0]))}: the cluster is empty. {mend}")
    names, codes = np.unique(cells, return_inverse=True)
    if len(names) < 2:
        one = f"all lines are in one cluster ({names[0]})"
        raise InputError(f"{table.source}, column '{column}': {one}. Leave out --cluster.")
    return codes[places].astype(np.intp)


def _replicate_columns(source: Source, known: Replicates | None, weight: str) -> tuple[str, ...]:
    """The replicate-weight columns, if the key knows them, they are all there, and they belong to this
    weight.
    """
    if known is None or not weight or (known.weight and weight.casefold() != known.weight.casefold()):
        return ()
    found = [source.find(name) for name in known.columns]
    return tuple(name for name in found if name) if all(found) else ()


def _cut(source: Source, instrument: Instrument, mapping: Mapping, name: str) -> GroupKey:
    """The grouping behind a --by name: a friendly name of the mapping or the key, or a column of the file."""
    for groups in (mapping.groups, instrument.groups):
        if name in groups and (column := source.find(groups[name].column)):
            key = groups[name]
            return GroupKey(name, column, key.title, key.labels)
    column = source.find(name)
    if column is None:
        friendly = [known for groups in (mapping.groups, instrument.groups) for known in groups]
        close = nearest(name, friendly)
        if name in friendly:
            known = (mapping.groups.get(name) or instrument.groups[name]).column
            source.require(known, f"--by {name}")
        if close:
            raise InputError(f"{source.path.name}: there is no column or group '{name}' (--by).{close}")
        column = source.require(name, "--by")
    same = next((key for key in instrument.groups.values() if key.column == column), None)
    return GroupKey(name, column, same.title if same else {}, same.labels if same else {})


def _grouping(table: Rows, key: GroupKey, responses: Responses) -> Grouping:
    """A cut with its labels, or an InputError for a column that makes no groups."""
    cells, places = table.distinct(key.column)
    often = np.bincount(places, weights=responses.counts, minlength=len(cells))
    spelling: dict[str, str] = {}
    values = [UNKNOWN] * len(cells)
    # The commonest spelling stands for all; of two as common, the one that is not all capitals or none.
    for n in sorted(range(len(cells)), key=lambda n: (-often[n], cells[n] in _flat(cells[n]), cells[n])):
        number = number_in(cells[n])
        whole = number is not None and number.is_integer() and cells[n] not in key.labels
        value = str(int(number)) if whole and number is not None else cells[n]
        values[n] = UNKNOWN if value.casefold() in BLANKS else spelling.setdefault(value.casefold(), value)
    labels = {code: say(words) for code, words in key.labels.items()}
    title = say(key.title) or clean(key.name)
    grouping = Grouping(key.name, key.column, title, np.array(values, dtype=np.str_)[places], labels)
    _check_groups(table, grouping, responses)
    return grouping


def _flat(word: str) -> tuple[str, str]:
    return word.upper(), word.lower()


def _check_groups(table: Rows, grouping: Grouping, responses: Responses) -> None:
    """Refuse columns with no value, one value or far too many, and groups in which nobody answered
    anything.
    """
    values = grouping.values
    found = zip(*np.unique(values, return_index=True), strict=True)
    first = {str(value): int(row) for value, row in found if value != UNKNOWN}
    place, without = f"{table.source}, column '{grouping.column}'", f"leave out --by {grouping.name}."
    if not first:
        raise InputError(f"{place}: no line has a value, so there are no groups. Fill it in, or {without}")
    if len(first) > MOST_GROUPS:
        raise InputError(
            f"{place}: {len(first):,} different values are too many for groups (at most {MOST_GROUPS}). "
            "Choose a column with few categories; for classes or schools use --cluster."
        )
    if len(first) == 1:
        value, row = next(iter(first.items()))
        raise InputError(
            f"{place}, from line {table.line(grouping.column, row)}: everyone is in one group "
            f"({grouping.label(value)}); the others are empty. There is nothing to compare: {without}"
        )
    answered = np.asarray((responses.codes > 0).any(axis=1))
    for value, row in sorted(first.items(), key=lambda pair: pair[1]):
        inside = values == value
        if not (answered & inside).any():
            count = responses.people(inside)
            raise InputError(
                f"{place}, from line {table.line(grouping.column, row)}: the group '{grouping.label(value)}' is empty: "
                f"{count} line{'s' if count > 1 else ''}, no answers. Leave these lines out, or {without}"
            )
