"""The cells of a release: means with intervals, drawn-together means, percentages, by group and measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from belong.measure import distribution, shrink
from belong.release.coding import Band, band, edge, percent, tenth
from belong.release.compute import Values
from belong.release.cuts import Group, Layout
from belong.release.model import ALL, Flags, Floats, Ints, MeasureInfo, Microdata, Policy
from belong.release.rows import Cell
from belong.release.soften import Softened

REACH = 1.96
"""Standard errors to either side of a mean in a 95 % interval."""


@dataclass(frozen=True, eq=False)
class Pattern:
    """What may be shown: ``means`` and ``details`` (full distribution, own spread), groups × measures."""

    means: Flags
    details: Flags


@dataclass(frozen=True, eq=False)
class Figures:
    """Exact figures by group and measure (groups × measures), before anything is rounded. Never published."""

    layout: Layout
    measures: tuple[MeasureInfo, ...]
    pattern: Pattern
    counts: Ints
    sums: Floats
    errors: Floats
    spreads: Floats
    good: Floats
    bands: dict[tuple[int, int], Band]

    def mean(self, group: int, measure: int) -> float:
        return float(self.sums[group, measure] / self.counts[group, measure])

    def band(self, group: int, measure: int) -> Band:
        return self.bands[group, measure]

    def detailed(self, group: int, measure: int, policy: Policy) -> bool:
        """Whether the full distribution and the group's own spread may be used. Not where its band begins
        lower: their being there would say that there are more.
        """
        return (
            bool(self.pattern.details[group, measure]) and self.bands[group, measure].floor >= policy.detail
        )

    def looks(self, group: int, measure: int) -> int:
        """The number of people that the steps and limits of percentages may give away."""
        found = self.bands[group, measure]
        return found.floor if found.open else int(self.counts[group, measure])

    def people(self, group: int, measure: int, policy: Policy) -> int:
        """The number of people an interval may be made from: the band's lowest in small groups, and where
        the exact number beside the class list would say how few did not answer.
        """
        exact, found = int(self.counts[group, measure]), self.bands[group, measure]
        return found.floor if exact < policy.detail or found.open else exact


def figures(data: Microdata, layout: Layout, values: Values, pattern: Pattern, policy: Policy) -> Figures:
    """Counts, sums and standard errors of everything shown."""
    answered = values.answered
    members = layout.members.astype(np.float64)
    points = np.nan_to_num(values.points)
    counts = (members @ answered.T.astype(np.float64)).astype(np.int64)
    sums, squares = members @ points.T, members @ (points**2).T
    good = members @ np.nan_to_num(values.favourable).T
    rated = members @ (~np.isnan(values.favourable)).T.astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        good = np.where(rated > 0, 100 * good / rated, np.nan)
    spreads = school_spread(values, policy)
    bands = {
        (int(g), int(m)): band(int(counts[g, m]), policy.threshold, roll_of(data, layout.groups[g]))
        for g, m in np.argwhere(pattern.means)
    }
    errors = np.full(counts.shape, np.nan)
    made = Figures(layout, values.measures, pattern, counts, sums, errors, spreads, good, bands)
    for g, m in bands:
        n = int(counts[g, m])
        own = (squares[g, m] - sums[g, m] ** 2 / n) / (n - 1) if made.detailed(g, m, policy) else 0.0
        errors[g, m] = np.sqrt(own / n) if own > 0 else spreads[m] / np.sqrt(made.people(g, m, policy))
    return made


def school_spread(values: Values, policy: Policy) -> Floats:
    """The SD of each measure over everyone, or the policy's where too few answered to give one away."""
    enough = values.answered.sum(axis=1) >= policy.detail
    return np.array(
        [
            np.nanstd(row, ddof=1) if many else policy.spread[info.kind]
            for row, many, info in zip(values.points, enough, values.measures, strict=True)
        ]
    )


def roll_of(data: Microdata, group: Group) -> int | None:
    """People on roll in a group of one attribute, or in the whole school; None where it is not known."""
    if group.cut == ALL:
        return whole_roll(data)
    roll = data.roll.get(group.cut)
    if group.parents or roll is None or any(part not in roll for part in group.parts):
        return None
    return sum(roll[part] for part in group.parts)


def whole_roll(data: Microdata) -> int | None:
    """Everyone on roll: said outright, or the most that any attribute's groups add up to."""
    told = data.roll.get(ALL, {}).get(ALL)
    sums = [sum(groups.values()) for key, groups in data.roll.items() if key != ALL]
    return told if told is not None else max(sums, default=None)


def cells(made: Figures, softened: Softened, policy: Policy) -> list[Cell]:
    """Every cell of the menu, in menu order; hidden ones hold nothing but their symbol."""
    drawn = _draw_together(made)
    rows = []
    for g, group in enumerate(made.layout.groups):
        for m, info in enumerate(made.measures):
            if made.pattern.means[g, m]:
                rows.append(_shown(made, softened, policy, g, m, drawn.get((g, m))))
            else:
                symbol = "c" if made.counts[0, m] else "x"
                rows.append(Cell(group.cut, group.key, group.label, info.key, symbol))
    return rows


def _shown(made: Figures, softened: Softened, policy: Policy, g: int, m: int, drawn: float | None) -> Cell:
    group, info = made.layout.groups[g], made.measures[m]
    mean, reach = made.mean(g, m), REACH * float(made.errors[g, m])
    people = made.looks(g, m)
    good = float(made.good[g, m])
    return Cell(
        group.cut, group.key, group.label, info.key, "u" if reach > policy.wide else "",
        mean=tenth(mean), low=tenth(max(0.0, mean - reach)), high=tenth(min(100.0, mean + reach)),
        shrunk=None if drawn is None else tenth(drawn),
        favourable=None if np.isnan(good) else percent(good, people),
        distribution=_distribution(made, softened, policy, g, m),
        n_band=made.band(g, m).label,
        coded=_coded(softened, g, info, good, people),
    )  # fmt: skip


def _distribution(
    made: Figures, softened: Softened, policy: Policy, g: int, m: int
) -> tuple[int, ...] | None:
    info = made.measures[m]
    if info.kind != "item" or not made.detailed(g, m, policy):
        return None
    item = info.key.removeprefix("item:")
    codes = softened.data.items[item][made.layout.members[g]]
    shares = 100 * distribution(codes, softened.data.categories[item]) / made.counts[g, m]
    return tuple(percent(float(share), made.looks(g, m)) for share in shares)


def _coded(softened: Softened, g: int, info: MeasureInfo, good: float, people: int) -> str:
    """Whether the figures are the most or least such a group may show."""
    if info.kind == "item":
        return softened.coded.get((g, info.key.removeprefix("item:")), "")
    return "top" if good > 100 - edge(people) else "bottom" if good < edge(people) else ""


def _draw_together(made: Figures) -> dict[tuple[int, int], float]:
    """Empirical-Bayes means within each cut, from the shown groups and their published uncertainty only.

    With hidden groups in it the common mean would tell about them; so would exact numbers of people.
    """
    found: dict[tuple[int, int], float] = {}
    for cut in made.layout.cuts:
        places = made.layout.of(cut)
        for m in range(len(made.measures)):
            shown = [g for g in places if made.pattern.means[g, m]]
            if cut == ALL or len(shown) < 2:
                continue
            means = np.array([made.mean(g, m) for g in shown])
            fit = shrink(means, made.errors[shown, m])
            found |= {(g, m): float(e) for g, e in zip(shown, fit.estimates, strict=True)}
    return found
