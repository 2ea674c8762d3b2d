"""How often the rule prompts when nothing has changed for anybody: reckoned by playing it through.

Children are drawn who feel the same on average all term and answer every week. A child's own level and the ups and
downs from week to week are normal; cut at fixed points they give faces. Three kinds are mixed in equal parts: steady
(ups and downs 0.5 of the spread between children), usual (0.9) and changeable (1.3). Two worlds give a range: in one
each week stands alone, in the other half of a week's mood stays for the next. A prompt counts as false when the
child's own average face is not low. After a prompt the child is left alone for four weeks, as the program does. The
draw is fixed, so that the page says the same number every time.
"""

from functools import lru_cache

import numpy as np

from belong.ask.usual.rule import LEAST, prompts

CHILDREN, WEEKS, QUIET = 3000, 26, 4
LEVEL, SPREAD = 0.9, 0.8
CUTS = (-1.6, -0.6, 0.4, 1.4)
SWINGS = (0.5, 0.9, 1.3)
NOT_LOW = 2.5
STICKY = 0.5


@lru_cache(maxsize=4)
def false_rate(stays: float) -> float:
    """False prompts for each child and weekly look, once a child has six answers; `stays` 0 to below 1."""
    rng = np.random.default_rng(20261122)
    level = rng.normal(LEVEL, SPREAD, (CHILDREN, 1))
    swing = np.resize(np.array(SWINGS), (CHILDREN, 1))
    mood = np.empty((CHILDREN, WEEKS))
    mood[:, 0] = rng.normal(size=CHILDREN)
    for week in range(1, WEEKS):
        mood[:, week] = stays * mood[:, week - 1] + np.sqrt(1 - stays**2) * rng.normal(size=CHILDREN)
    faces = 1 + np.digitize(level + swing * mood, CUTS)
    fine = faces.mean(axis=1) >= NOT_LOW
    found = sum(_prompted(row.tolist()) for row in faces[fine])
    return float(found / (CHILDREN * (WEEKS - LEAST + 1)))


def _prompted(faces: list[int]) -> int:
    """How many prompts a term of faces gives, four quiet weeks after each."""
    count, quiet_until = 0, 0
    for week in range(LEAST, len(faces) + 1):
        if week >= quiet_until and prompts(faces[:week]):
            count, quiet_until = count + 1, week + QUIET
    return count


def expected(pupils: int) -> tuple[int, int]:
    """False prompts a week among so many pupils who check in by name every week: from … to …, rounded up."""
    low, high = sorted((false_rate(0.0), false_rate(STICKY)))
    return int(np.ceil(low * pupils)), int(np.ceil(high * pupils))
