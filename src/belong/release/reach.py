"""The bounds audit of one wave: what published means and shares leave open about groups nobody published.

Raises nothing and shows nothing: it says which groups are to be hidden besides, for ``build`` to work the wave out
again without them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from belong.release.bounds import Published, Targets, too_narrow
from belong.release.coding import percent, step
from belong.release.model import Flags, Floats, Policy
from belong.release.protect import least_of_each
from belong.release.wave import Worked

ENOUGH = 40
"""So many narrow targets are looked for at a time: hiding a group opens up many at once."""


def hemmed_in(now: Worked, policy: Policy) -> Flags:
    """Groups (by place) to hide, so that no small group's figure is left with under half its range; all False when
    there is none.

    What everyone's figure alone says of everybody in the school is not counted: it says it of no group more than of
    another. Nor are shares of people about whom something rare is so (``facts``): that hardly anyone was overlooked
    bounds every group, and is what the figure is there to say.
    """
    victims = np.zeros(len(now.layout.groups), dtype=bool)
    for shown, points, slack in [] if now.data.facts else _questions(now):
        places = np.flatnonzero(shown)
        sets, hidden = now.layout.members[places], now.layout.members[~shown]
        known = Published(
            sets,
            points,
            slack,
            Targets.of(sets, hidden, ~np.isnan(points), policy.threshold),
            policy.threshold,
        )
        found = too_narrow(known, ENOUGH)
        ways = [places[list(narrow.by)].tolist() for narrow in found]
        victims[least_of_each(ways, now.layout, np.ones(now.data.pupils, dtype=bool))] = True
    return victims


def _questions(now: Worked) -> Iterator[tuple[Flags, Floats, Floats]]:
    """Measures that show the same groups, at once: the groups, everybody's points (nan for none), and how far each
    published sum may be from the true one; means first, then shares of favourable answers.
    """
    pattern = now.pattern.means
    for shown in np.unique(pattern.T, axis=0):
        if not shown.any():
            continue
        alike = np.flatnonzero((pattern == shown[:, None]).all(axis=0))
        members = now.layout.members[shown].astype(np.float64)
        means = now.values.points[alike]
        shares = 100 * now.values.favourable[alike]
        shares = shares[(~np.isnan(shares)).any(axis=1)]
        points = np.concatenate([means, shares])
        people = (~np.isnan(points)).astype(np.float64) @ members.T
        sums = np.nan_to_num(points) @ members.T
        rounded = np.full(people.shape, 0.05)
        rounded[len(means) :] = _off(sums[len(means) :], people[len(means) :])
        yield shown, points, rounded * people


def _off(sums: Floats, people: Floats) -> Floats:
    """How far a published percentage may be from the true one: half a step, or more where it is coded."""
    off = np.zeros(people.shape)
    for place in np.argwhere(people > 0):
        at = tuple(place)
        many, share = int(people[at]), sums[at] / people[at]
        off[at] = max(step(many) / 2, abs(percent(share, many) - share))
    return off
