"""The bounds audit of one wave: what published means and shares leave open about groups nobody published.

Raises nothing and shows nothing: it says which groups are to be hidden besides, for ``build`` to work the wave out
again without them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from belong.release.bounds import Published, Targets, too_narrow
from belong.release.coding import percent, tenth, told, told_tenth
from belong.release.model import Flags, Floats, Policy
from belong.release.protect import least_of_each
from belong.release.wave import Worked
from belong.release.witness import Book

ENOUGH = 150
"""So many narrow targets are looked for at a time: hiding a group opens up many at once."""


def hemmed_in(now: Worked, policy: Policy, book: Book | None = None, most: int = ENOUGH) -> Flags:
    """Groups (by place) to hide, so that no small group's figure is left with under half its range; all False when
    there is none (see ``ways_in``).
    """
    victims = np.zeros(len(now.layout.groups), dtype=bool)
    everybody = np.ones(now.data.pupils, dtype=bool)
    victims[least_of_each(ways_in(now, policy, book, most), now.layout, everybody)] = True
    return victims


def ways_in(
    now: Worked, policy: Policy, book: Book | None = None, most: int = ENOUGH
) -> list[frozenset[int]]:
    """The ways in which a small group's figure is left with under half its range: of the groups (by place) of each, one
    at least is to be hidden. ``book`` makes a second look at the same wave a short one; ``most`` narrow targets are
    enough.

    What everyone's figure alone says of everybody in the school is not counted: it says it of no group more than of
    another.
    """
    ways: dict[frozenset[int], None] = {}
    for shown, names, points, told_sums in _questions(now):
        places = np.flatnonzero(shown)
        sets, hidden = now.layout.members[places], now.layout.members[~shown]
        known = Published(
            sets,
            points,
            told_sums,
            Targets.of(sets, hidden, ~np.isnan(points), policy.threshold),
            policy.threshold,
            names=names,
            rare=now.data.facts,
        )
        found = too_narrow(known, most, book)
        ways |= dict.fromkeys(frozenset(places[list(narrow.by)].tolist()) - {0} for narrow in found)
    return [way for way in ways if way]


def _questions(now: Worked) -> Iterator[tuple[Flags, list[str], Floats, Floats]]:
    """Measures that show the same groups, at once: the groups, names, everybody's points (nan for none), and what
    the published figures leave each sum; means first, then shares of favourable answers. Facts have
    shares alone.
    """
    pattern = now.pattern.means
    for shown in np.unique(pattern.T, axis=0):
        if not shown.any():
            continue
        alike = np.flatnonzero((pattern == shown[:, None]).all(axis=0))
        members = now.layout.members[shown].astype(np.float64)
        told_means = alike[:0] if now.data.facts else alike
        shares = 100 * now.values.favourable[alike]
        counted = (~np.isnan(shares)).any(axis=1)
        told_shares = alike[np.flatnonzero(counted)]
        names = [now.values.measures[m].key for m in told_means]
        names += [f"share of {now.values.measures[m].key}" for m in told_shares]
        if not names:
            continue
        points = np.concatenate([now.values.points[told_means], shares[counted]])
        places = np.flatnonzero(shown).tolist()
        spans = [[told_mean(now, place, m) for place in places] for m in told_means.tolist()]
        spans += [[told_share(now, place, m) for place in places] for m in told_shares.tolist()]
        yield shown, names, points, _sums(np.array(spans).transpose(2, 0, 1), points, members)


def told_mean(now: Worked, place: int, measure: int) -> tuple[float, float]:
    """What a published mean stands for."""
    return told_tenth(tenth(now.figures.mean(place, measure)))


def told_share(now: Worked, place: int, measure: int) -> tuple[float, float]:
    """What a published percentage of favourable answers stands for."""
    written = now.figures.looks(place, measure)
    return told(percent(float(now.figures.good[place, measure]), written), written)


def _sums(spans: Floats, points: Floats, members: Floats) -> Floats:
    """Spans of figures times people: of sums (2 × questions × sets). The true ones lie between them, whatever rounding
    of our own has done.
    """
    people = (~np.isnan(points)).astype(np.float64) @ members.T
    sums = np.nan_to_num(points) @ members.T
    return np.stack([np.minimum(spans[0] * people, sums), np.maximum(spans[1] * people, sums)])
