"""Answers that were probably not meant: used to show every gap with and without them, never against a
child.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from belong.measure.instrument import Item
from belong.measure.responses import Responses

FEWEST = 4
"""Fewer answers than this in one line say nothing."""


def insincere(responses: Responses) -> NDArray[np.bool_]:
    """True for people with a straight line that contradicts itself, or who said they did not answer
    honestly.
    """
    return straight_lines(responses) | said_dishonest(responses)


def straight_lines(responses: Responses) -> NDArray[np.bool_]:
    """The same raw answer to every scored item with the same answer words, reversed items among them (Meade
    & Craig 2012).

    Agreeing to "I feel I belong" and to "I feel left out" alike is a contradiction; a line of the middle
    answer is not, nor is a line on a scale that has no reversed item. Psychological Methods 17(3), 437–455.
    """
    flagged = np.zeros(len(responses), dtype=bool)
    for chosen in _same_words(responses):
        size = chosen[0].categories
        turned = np.array([item.reverse for item in chosen], dtype=bool)
        if len(chosen) < FEWEST or turned.all() or not turned.any():
            continue
        codes = responses.select(chosen).codes
        answered = codes > 0
        highest = codes.max(axis=1)
        lowest = np.where(answered, codes, size + 1).min(axis=1)
        both = answered[:, turned].any(axis=1) & answered[:, ~turned].any(axis=1)
        middle = highest * 2 == size + 1
        flagged |= (highest == lowest) & both & ~middle & (answered.sum(axis=1) >= FEWEST)
    return flagged


def said_dishonest(responses: Responses) -> NDArray[np.bool_]:
    """An honesty question answered with a code that its scale does not list as favourable."""
    flagged = np.zeros(len(responses), dtype=bool)
    for j, item in enumerate(responses.items):
        if item.kind == "honesty" and item.scale and item.scale.favourable:
            column = responses.codes[:, j]
            flagged |= (column > 0) & ~np.isin(column, item.scale.favourable)
    return flagged


def can_tell(responses: Responses) -> bool:
    """Whether these questions could show an insincere answer at all."""
    if any(item.kind == "honesty" for item in responses.items):
        return True
    turned = ([item.reverse for item in chosen] for chosen in _same_words(responses))
    return any(len(each) >= FEWEST and any(each) and not all(each) for each in turned)


def _same_words(responses: Responses) -> list[list[Item]]:
    """The scored items that share answer words: a straight line is one among these."""
    groups: dict[tuple[str, ...], list[Item]] = {}
    for item in responses.items:
        if item.scored and item.scale:
            groups.setdefault(item.scale.words(), []).append(item)
    return list(groups.values())
