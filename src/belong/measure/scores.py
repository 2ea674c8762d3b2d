"""Scores people can read: percent of maximum possible (0–100) and the share of favourable answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from belong.measure.instrument import Instrument, Item
from belong.measure.responses import Codes, Floats, Responses


def item_percent(codes: Codes, categories: int | Sequence[int]) -> Floats:
    """Oriented codes 1…k as percent of the maximum possible: 1 → 0, k → 100; 0 (no answer) → nan.

    POMP, Cohen, Cohen, Aiken & West (1999), Multivariate Behavioral Research 34(3), 315–346.
    """
    top = np.asarray(categories, dtype=np.float64) - 1
    return np.where(codes > 0, (codes.astype(np.float64) - 1) / top * 100, np.nan)


def pomp(responses: Responses, needed: int) -> Floats:
    """Each person's mean item percent over the items answered, or nan with fewer than ``needed`` answers.

    Shape (people,), 0–100, high = belongs.
    """
    codes = responses.oriented()
    answered = codes > 0
    total = np.where(answered, item_percent(codes, responses.categories), 0.0).sum(axis=1)
    count = answered.sum(axis=1)
    enough = count >= max(1, needed)
    return np.where(enough, total / np.maximum(count, 1), np.nan)


def score(responses: Responses, instrument: Instrument, part: str | None = None) -> Floats:
    """The score of the whole instrument, or of one part, by the instrument's own two-thirds (or other) rule.

    How many answers are needed follows from the instrument's items, not from the columns a file happens to
    have. Raises KeyError for a part the instrument does not have.
    """
    wanted: Sequence[Item] = instrument.scored_items
    if part is not None:
        wanted = instrument.items_of(instrument.part(part).id)
    present = [item for item in wanted if item.id in responses.ids]
    return pomp(responses.select(present), instrument.needed(len(wanted)))


def favourable(codes: Codes, item: Item) -> Floats:
    """1 where an item's oriented code is favourable, 0 where not, nan where unanswered. Shape (people,)."""
    good = item.scale.favourable if item.scale else ()
    return np.where(codes > 0, np.isin(codes, good).astype(np.float64), np.nan)


def favourable_share(responses: Responses, needed: int) -> Floats:
    """Each person's share (0–100) of answered items answered favourably, nan below ``needed`` answers."""
    codes = responses.oriented()
    each = [favourable(codes[:, j], item) for j, item in enumerate(responses.items)]
    table = np.stack(each, axis=1) if each else np.full((len(responses), 0), np.nan)
    count = (~np.isnan(table)).sum(axis=1)
    total = np.nansum(table, axis=1)
    return np.where(count >= max(1, needed), 100 * total / np.maximum(count, 1), np.nan)


def distribution(codes: Codes, categories: int, weights: Floats | None = None) -> NDArray[np.float64]:
    """(Weighted) number of people per code 1…k of one item; unanswered left out."""
    return np.bincount(codes, weights=weights, minlength=categories + 1)[1:].astype(np.float64)
