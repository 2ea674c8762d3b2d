"""The figures of cells with noise: every one of them made from perturbed counts of answers.

For each group and question the people who gave one answer are a cell with a key of its own, and so are all who
answered. Shares and the mean follow from the perturbed counts of the answers, so that they fit each other; a score
or part is the mean of its questions' means. Counts of single answers are not published: added up in twenty questions
that the same people answered they would give the number of people twenty times over, each time with other noise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from belong.measure import item_percent
from belong.release.across.keys import Noise, cell_keys
from belong.release.across.perturbation import Keys
from belong.release.across.rows import Count
from belong.release.cells import REACH
from belong.release.coding import band, edge, percent, tenth
from belong.release.compute import has_favourable, items_of
from belong.release.model import Floats, MeasureInfo, Policy
from belong.release.rows import Cell
from belong.release.wave import Worked

Spread = Callable[[int, int], float]
"""By how much sampling errors grow as pupils of one school are alike: (group, measure) → factor."""


@dataclass(frozen=True)
class _Question:
    """A question in one group, in points of 100: its perturbed mean, spread, shares of each answer, and the standard
    error that noise adds to the mean. ``good`` the share of favourable answers.
    """

    mean: float
    spread: float
    shares: Floats
    good: float
    error: float


def noisy(
    now: Worked, policy: Policy, noise: Noise, records: Keys, wider: Spread
) -> tuple[list[Cell], list[Count]]:
    """Every cell of the menu, and the perturbed number of people of each that is shown."""
    maker = _Maker(now, policy, noise, records, wider)
    cells: list[Cell] = []
    counts: list[Count] = []
    for g, group in enumerate(now.layout.groups):
        for m, info in enumerate(now.figures.measures):
            if now.pattern.means[g, m]:
                cell, count = maker.shown(g, m)
                cells.append(cell)
                counts += [count] if count else []
            else:
                symbol = "c" if now.figures.counts[0, m] else "x"
                cells.append(Cell(group.cut, group.key, group.label, info.key, symbol))
    return cells, counts


class _Maker:
    """What is worked out once for many cells."""

    def __init__(self, now: Worked, policy: Policy, noise: Noise, records: Keys, wider: Spread) -> None:
        self.now, self.policy, self.noise, self.records, self.wider = now, policy, noise, records, wider
        self.known: dict[tuple[int, str], _Question | None] = {}

    def shown(self, g: int, m: int) -> tuple[Cell, Count | None]:
        """Kept back where noise took all answers to a question away: so few are left that it would be all there is."""
        group, info, people = self.now.layout.groups[g], self.now.figures.measures[m], self._people(g, m)
        found = [self._question(g, item) for item in self._items(info)]
        made = [one for one in found if one is not None]
        if len(made) < len(found):
            return Cell(group.cut, group.key, group.label, info.key, "c"), None
        # Noise in two questions may be alike, so at worst the errors add up: never more than this.
        mean = float(np.mean([one.mean for one in made]))
        error = float(np.mean([one.error for one in made]))
        goods = [one.good for one in made if not np.isnan(one.good)]
        good = float(np.mean(goods)) if goods else None
        reach = REACH * float(np.hypot(self._sampling(g, m, made), error))
        told = max(people, self.policy.threshold)
        detailed = info.kind == "item" and self._detailed(g, m, people)
        cell = Cell(
            group.cut, group.key, group.label, info.key, "u" if reach > self.policy.wide else "",
            mean=tenth(mean), low=tenth(max(0.0, mean - reach)), high=tenth(min(100.0, mean + reach)),
            favourable=None if good is None else percent(good, told),
            distribution=tuple(percent(float(one), told) for one in made[0].shares) if detailed else None,
            n_band=band(told, self.policy.threshold).label,
            coded="" if good is None else "top" if good > 100 - edge(told) else "bottom" if good < edge(told) else "",
        )  # fmt: skip
        return cell, Count(group.cut, group.key, info.key, people, tenth(error))

    def _items(self, info: MeasureInfo) -> list[str]:
        return items_of(self.now.softened.data, self.now.figures.measures, info.key)

    def _people(self, g: int, m: int) -> int:
        who = self.now.layout.members[g] & self.now.values.answered[m]
        return int(self._perturbed(who[None])[0])

    def _perturbed(self, cells: np.ndarray) -> np.ndarray:
        true = cells.sum(axis=1)
        return np.asarray(true + self.noise.table.changes(true, cell_keys(cells, self.records)))

    def _detailed(self, g: int, m: int, people: int) -> bool:
        return bool(self.now.pattern.details[g, m]) and people >= self.policy.detail

    def _sampling(self, g: int, m: int, made: list[_Question]) -> float:
        """The standard error that the mean would have without noise."""
        people = max(self._people(g, m), self.policy.threshold)
        spread = float(self.now.figures.spreads[m])
        if len(made) == 1 and self._detailed(g, m, people):
            spread = made[0].spread
        return self.wider(g, m) * spread / float(np.sqrt(people))

    def _question(self, g: int, item: str) -> _Question | None:
        if (g, item) not in self.known:
            self.known[g, item] = self._made(g, item)
        return self.known[g, item]

    def _made(self, g: int, item: str) -> _Question | None:
        data, members = self.now.softened.data, self.now.layout.members[g]
        codes = np.arange(1, data.categories[item] + 1, dtype=np.int8)
        left = self._perturbed(members & (data.items[item] == codes[:, None])).astype(np.float64)
        points, total = item_percent(codes, data.categories[item]), float(left.sum())
        if not total:
            return None
        mean = float(left @ points / total)
        squares = (points - mean) ** 2
        good = np.nan
        if has_favourable(data, item):
            good = 100 * float(left[np.isin(codes, list(data.favourable[item]))].sum()) / total
        spread = float(np.sqrt(left @ squares / max(total - 1, 1.0)))
        error = float(np.sqrt(self.noise.table.variance * squares.sum()) / total)
        return _Question(mean, spread, 100 * left / total, good, error)
