"""How much one person's score must move before it is more than noise."""

from __future__ import annotations

import math

from scipy import special

from belong.measure.refusing import NotMeasurable


def standard_error_of_measurement(sd: float, reliability: float) -> float:
    """SEM = sd · √(1 − reliability), in the units of ``sd``. NotMeasurable for an sd below 0 or a reliability
    above 1.
    """
    if not (math.isfinite(sd) and sd >= 0 and math.isfinite(reliability) and reliability <= 1):
        raise NotMeasurable(
            f"A spread from 0 and a reliability of 1 at most are needed, not {sd} and {reliability}."
        )
    return sd * math.sqrt(max(0.0, 1 - reliability))


def reliable_change(sd: float, reliability: float, level: float = 0.95) -> float:
    """The smallest change of one person that noise alone would exceed in only 1 − ``level`` of cases.

    z·√2·SEM; Jacobson & Truax (1991), J. Consulting and Clinical Psychology 59(1), 12–19. On six PISA items
    it is 3.2 points of the 6–24 sum: most single changes are noise, which is why no list of changed
    children is made.
    """
    return (
        float(special.ndtri(0.5 + level / 2)) * math.sqrt(2) * standard_error_of_measurement(sd, reliability)
    )


def is_reliable(change: float, sd: float, reliability: float, level: float = 0.95) -> bool:
    """Whether a change is larger than measurement noise."""
    return abs(change) >= reliable_change(sd, reliability, level)
