"""Which groups of one cut to hide beside those that must be, so that least is lost: a mixed integer programme.

For every shown total the hidden parts together are nobody or at least the threshold; none is alone; and beside each
hidden part under the threshold there are at least as many hidden people as it has itself. All parts of a total may
be hidden. What is lost is people, and the threshold once more for every group: rather one large group than two of
middling size, rather small groups than large.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse

from belong.release.cuts import Line
from belong.release.model import Flags, Floats, Ints

COMPANY = 1.0
"""People hidden beside a small hidden part, for each of its own."""

Numbers = Ints | Floats

_GAP = 0.005
_NODES = 2000


def crowds(part: Numbers, whole: Numbers, threshold: int) -> Flags:
    """Where a small part is most of the whole that it stands in, so that what the whole says is said of the part."""
    return np.asarray((part > 0) & (part < threshold) & (whole - part < COMPANY * part))


def line_holds(line: Line, counts: Ints, shown: Flags, threshold: int) -> bool:
    """Whether a shown total keeps its hidden parts safe, in every question. ``counts`` groups × measures."""
    hidden = [part for part in line.parts if not shown[part]]
    if not hidden:
        return True
    people = counts[hidden]
    together = people.sum(axis=0)
    if ((together > 0) & (together < threshold)).any():
        return False
    if not any(shown[part] for part in line.parts):
        return True
    alone = ((people > 0).sum(axis=0) == 1).any()
    return not (alone or crowds(people, together, threshold).any())


@dataclass(frozen=True, eq=False)
class Part:
    """One group that may be hidden: its place, fewest and most respondents of any question."""

    place: int
    fewest: int
    most: int


def least_loss(lines: Sequence[Line], counts: Ints, shown: Flags, threshold: int) -> Flags:
    """``shown`` with more groups hidden, so that every line whose total is shown holds; all parts of ``lines`` if no
    better way is found.
    """
    lines = [line for line in lines if shown[list(line.totals)].all()]
    places = sorted({part for line in lines for part in line.parts if counts[part].any()})
    parts = {place: Part(place, int(counts[place].min()), int(counts[place].max())) for place in places}
    found = Programme(lines, parts, shown, threshold).solve(
        [part.most + threshold for part in parts.values()]
    )
    again = shown.copy()
    again[[place for place, hide in zip(places, found, strict=True) if hide]] = False
    if not all(line_holds(line, counts, again, threshold) for line in lines):
        again[places] = False
    return again


class Programme:
    """Variables: hide part p (0 or 1); people hidden in line l; all of line l hidden (0 or 1)."""

    def __init__(self, lines: Sequence[Line], parts: dict[int, Part], shown: Flags, threshold: int) -> None:
        self.lines, self.parts, self.shown, self.threshold = lines, list(parts.values()), shown, threshold
        self.at = {place: column for column, place in enumerate(parts)}
        self.width = len(parts) + 2 * len(lines)
        self.cells: list[tuple[int, int, float]] = []
        self.floors: list[float] = []

    def one_of(self, places: Iterable[int]) -> None:
        """At least one of these is hidden."""
        self._at_least([(self.at[place], 1.0) for place in places], 1.0)

    def with_it(self, place: int, others: Iterable[int]) -> None:
        """A part is hidden where one of these others is."""
        for other in others:
            if place in self.at and other in self.at:
                self._at_least([(self.at[place], 1.0), (self.at[other], -1.0)], 0.0)

    def solve(self, loss: Sequence[float]) -> Flags:
        """Which parts are hidden, in their order, so that their ``loss`` is least; all if no way is found."""
        for number, line in enumerate(self.lines):
            self._line(number, [part for part in self.parts if part.place in line.parts])
        many = len(self.parts)
        lowest, highest = np.zeros(self.width), np.ones(self.width)
        lowest[:many] = [not self.shown[part.place] for part in self.parts]
        highest[many : many + len(self.lines)] = np.inf
        kinds = np.ones(self.width, dtype=np.int64)
        kinds[many : many + len(self.lines)] = 0
        found = optimize.milp(
            self._loss(loss), integrality=kinds, bounds=optimize.Bounds(lowest, highest),
            constraints=self._constraints(), options={"mip_rel_gap": _GAP, "node_limit": _NODES},
        )  # fmt: skip
        if found.x is None:
            return np.ones(many, dtype=bool)
        return np.asarray(found.x[:many] > 0.5)

    def _loss(self, loss: Sequence[float]) -> Floats:
        # Equally good answers are told apart by their place, or the solver's whim would decide.
        wide = np.zeros(self.width)
        wide[: len(loss)] = np.array(loss) - 1e-4 * np.arange(len(loss))
        return wide

    def _line(self, number: int, parts: Sequence[Part]) -> None:
        """hidden = Σ people of hidden parts, and for each part: hidden − own ≥ what it needs, or all are hidden."""
        people, everything = len(self.parts) + number, len(self.parts) + len(self.lines) + number
        row = [(people, -1.0), *((self.at[part.place], float(part.fewest)) for part in parts)]
        self._at_least(row, 0.0)
        for part in parts:
            own = self.at[part.place]
            self._at_least([(own, 1.0), (everything, -1.0)], 0.0)
            needs = max(1.0, self.threshold - part.fewest)
            if part.fewest < self.threshold:
                needs = max(needs, COMPANY * min(part.most, self.threshold))
            self._at_least([(people, 1.0), (own, -(part.fewest + needs)), (everything, needs)], 0.0)

    def _at_least(self, row: Sequence[tuple[int, float]], floor: float) -> None:
        self.cells += [(len(self.floors), column, weight) for column, weight in row]
        self.floors.append(floor)

    def _constraints(self) -> optimize.LinearConstraint:
        rows, columns, weights = zip(*self.cells, strict=True) if self.cells else ((), (), ())
        table = sparse.csr_array((weights, (rows, columns)), shape=(len(self.floors), self.width))
        return optimize.LinearConstraint(table, np.array(self.floors), np.inf)
