"""Is a child noticed more than was usual for this child? A counting rule, on numbers alone.

Days with an observation come one by one and, while nothing changes, at a steady rate: as a Poisson process. Given how
many fell in both stretches together, each falls into the last fortnight with the share of days that the fortnight has,
so the count there is binomial. A rule of this kind needs nothing but the child's own past (the "C-test" of Przyborowski
and Wilenski, 1940). docs/notice/moments.md gives how often it prompts when nothing has changed.
"""

from dataclasses import dataclass
from math import comb

RULE = "1"
"""Changes with every change of the rule, so that it has to be signed off anew."""
FORTNIGHT = 14
WEEKS_BEFORE = 26
LEAST_OBSERVATIONS = 6
LEAST_ADULTS = 2
LEAST_RECENT = 3
LEAST_DAYS_BEFORE = 20
CHANCE = 0.002


@dataclass(frozen=True)
class Counts:
    """One child's days with an observation, in the fortnight and before: a day counts once, however many saw it.

    `adults` is how many noted those of the fortnight. `days_recent` and `days_before` are the days on which anybody
    noted anything about anybody: holidays count for nothing.
    """

    recent: int
    adults: int
    before: int
    days_recent: int
    days_before: int


def chance(counts: Counts) -> float:
    """How likely at least `recent` of all the observation days fall in the fortnight when nothing has changed."""
    total, days = counts.recent + counts.before, counts.days_recent + counts.days_before
    if days == 0 or counts.days_recent == 0:
        return 1.0
    share = counts.days_recent / days
    return float(
        sum(comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(counts.recent, total + 1))
    )


def prompts(counts: Counts) -> bool:
    """Whether to ask somebody to look: enough observations, by several adults, and far more than the child's usual."""
    return (
        counts.recent + counts.before >= LEAST_OBSERVATIONS
        and counts.recent >= LEAST_RECENT
        and counts.adults >= LEAST_ADULTS
        and counts.days_before >= LEAST_DAYS_BEFORE
        and chance(counts) <= CHANCE
    )
