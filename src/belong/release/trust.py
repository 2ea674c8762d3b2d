"""How far the whole wave's scores hold together: alpha with its interval, and one-factor omega."""

from __future__ import annotations

import numpy as np

from belong.measure import NotMeasurable, alpha_interval, one_factor
from belong.release.coding import band
from belong.release.compute import items_of
from belong.release.model import MeasureInfo, Microdata, Policy
from belong.release.rows import Reliability


def reliabilities(data: Microdata, measures: tuple[MeasureInfo, ...], policy: Policy) -> list[Reliability]:
    """For the score and each part, on complete answers of the whole school; nothing under 30 of them."""
    return [
        _reliability(data, info, items, policy)
        for info in measures
        if info.kind in ("score", "part") and len(items := items_of(data, measures, info.key)) > 1
    ]


def _reliability(data: Microdata, info: MeasureInfo, items: list[str], policy: Policy) -> Reliability:
    codes = np.stack([data.items[item] for item in items], axis=1).astype(np.float64)
    complete = codes[(codes > 0).all(axis=1)]
    if len(complete) < policy.detail:
        return Reliability(info.key, None, None, None, None, "")
    people = band(len(complete), policy.threshold).label
    try:
        alpha = alpha_interval(complete)
    except NotMeasurable:  # everybody has the same sum
        return Reliability(info.key, None, None, None, None, people)
    value, low, high = (_hundredth(figure) for figure in (alpha.value, alpha.low, alpha.high))
    return Reliability(info.key, value, low, high, _omega(complete), people)


def _omega(complete: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float | None:
    try:
        return _hundredth(one_factor(np.cov(complete, rowvar=False)).omega)
    except NotMeasurable:
        return None


def _hundredth(value: float) -> float | None:
    return round(float(value), 2) if np.isfinite(value) else None
