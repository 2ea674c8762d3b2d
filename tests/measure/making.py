"""Answers drawn from a model whose parameters are known, and their counts."""

from collections.abc import Sequence

import numpy as np

from belong.measure import PairCounts, PatternCounts, Responses, from_dict, pair_counts, pattern_counts


def from_factor(rng, people: int, loadings: np.ndarray, cuts: Sequence[float]) -> np.ndarray:
    """Answers 1…k of people with one normal factor behind them."""
    theta = rng.standard_normal((people, 1))
    noise = rng.standard_normal((people, len(loadings)))
    return (
        np.searchsorted(np.asarray(cuts), theta * loadings + np.sqrt(1 - loadings**2) * noise) + 1
    ).astype(np.int8)


def instrument(items: int, categories: int, *, names: Sequence[str] = ()):
    """A questionnaire of so many questions q0, q1 … (or ``names``), all with the same number of answers."""
    ids = list(names) or [f"q{j}" for j in range(items)]
    labels = [f"answer {c}" for c in range(1, categories + 1)]
    return from_dict(
        {
            "key": "made-up", "title": {"en": "Made up"}, "version": 1, "audience": ["pupils"], "ages": [8, 18],
            "licence": "CC0-1.0", "citation": "none", "status": {"en": "draft"},
            "parts": [{"id": "all", "title": {"en": "All"}, "about": {"en": "All"}}],
            "scales": {"s": {"labels": {"en": labels}, "favourable": [categories]}},
            "missing": [], "scoring": {"method": "pomp", "minimum_answered": 0.667},
            "items": [
                {
                    "id": id, "part": "all", "aspect": "connected", "kind": "scale", "scale": "s", "reverse": False,
                    "column": id, "visibility": "pooled", "ages": [8, 18], "text": {"en": id}, "why": {"en": "made up"},
                }
                for id in ids
            ],
        }
    )  # fmt: skip


def responses(codes: np.ndarray, categories: int) -> Responses:
    return Responses(instrument(codes.shape[1], categories).scored_items, codes)


def counted(
    codes: np.ndarray, categories: int, cases="complete", groups=None
) -> tuple[PairCounts, PatternCounts]:
    made = responses(codes, categories)
    return pair_counts(made, cases, groups=groups), pattern_counts(made, groups=groups)


def numbers(value, path=""):
    """Every figure of a report by where it stands."""
    if isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        return {
            key: number for name, part in parts for key, number in numbers(part, f"{path}/{name}").items()
        }
    return {path: float(value)} if isinstance(value, int | float) and not isinstance(value, bool) else {}
