"""Ordinal logistic regression (proportional odds) on counts: small, because answers come in few combinations.

McCullagh (1980), J. Royal Statistical Society B 42, 109–142: P(answer above c) = logistic(α_c + xβ).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from belong.measure.refusing import NotMeasurable
from belong.measure.responses import Floats

_ENDLESS = 25.0
"""A slope this steep per standard deviation has no end: the answers are separated."""


@dataclass(frozen=True)
class OddsFit:
    """Slopes (columns,), cutting points (k − 1,), log-likelihood, and that of the model without columns."""

    slopes: Floats
    cuts: Floats
    log_likelihood: float
    null: float
    people: float

    def chances(self, columns: Floats) -> Floats:
        """Probability of each answer, lowest first, at given columns (rows, p): (rows, k)."""
        above = special.expit(self.cuts[None, :] + (columns @ self.slopes)[:, None])
        edge = np.ones((len(columns), 1))
        return np.asarray(np.concatenate([edge, above], axis=1) - np.concatenate([above, 0 * edge], axis=1))

    @property
    def nagelkerke(self) -> float:
        """Nagelkerke (1991)'s R², Biometrika 78, 691–692."""
        reached = 1 - np.exp(2 * (self.null - self.log_likelihood) / self.people)
        most = 1 - np.exp(2 * self.null / self.people)
        return float(reached / most)


def proportional_odds(answers: np.ndarray, columns: Floats, counts: Floats) -> OddsFit:
    """Fit by Newton's method with step halving. ``answers`` (rows,) 0 … k − 1, each in use; ``columns`` (rows, p).

    Raises NotMeasurable where the answers can be told apart perfectly or the columns say the same thing twice.
    """
    size = int(answers.max()) + 1
    shares = np.bincount(answers, weights=counts, minlength=size) / counts.sum()
    null = float((counts.sum() * shares * np.log(shares)).sum())
    centre = counts @ columns / counts.sum() if columns.shape[1] else np.zeros(0)
    spread = np.sqrt(counts @ (columns - centre) ** 2 / counts.sum()) if columns.shape[1] else np.zeros(0)
    if (spread <= 0).any():
        raise NotMeasurable("A column is the same for everybody, so its effect can't be told.")
    x = (columns - centre) / spread
    vector = np.concatenate([special.logit(1 - np.cumsum(shares)[:-1]), np.zeros(x.shape[1])])
    value, gradient, inner = _at(vector, answers, x, counts, size)
    for _ in range(200):
        move = np.linalg.lstsq(inner, gradient, rcond=1e-13)[0]
        for _ in range(40):
            ahead = _at(vector + move, answers, x, counts, size)
            if ahead[0] >= value - 1e-12 * abs(value):
                break
            move = move / 2
        vector, gained = vector + move, ahead[0] - value
        value, gradient, inner = ahead
        if abs(gained) < 1e-10 * (1 + abs(value)) and np.abs(move).max() < 1e-7:
            break
    if value > -1e-6 * counts.sum() or np.abs(vector[size - 1 :]).max(initial=0) > _ENDLESS:
        raise NotMeasurable("The answers can be told apart perfectly here, so no odds can be estimated.")
    slopes = vector[size - 1 :] / spread if len(spread) else vector[size - 1 :]
    return OddsFit(slopes, vector[: size - 1] - float(slopes @ centre), value, null, float(counts.sum()))


def _at(
    vector: Floats, answers: np.ndarray, x: Floats, counts: Floats, size: int
) -> tuple[float, Floats, Floats]:
    """Log-likelihood, gradient and Fisher information."""
    cuts = vector[: size - 1]
    if (np.diff(cuts) >= 0).any():
        return -np.inf, vector, np.eye(len(vector))
    lean = x @ vector[size - 1 :]
    above = special.expit(cuts[None, :] + lean[:, None])
    above = np.concatenate([np.ones((len(x), 1)), above, np.zeros((len(x), 1))], axis=1)
    chance = np.maximum(above[:, :-1] - above[:, 1:], 1e-300)
    height = above * (1 - above)
    moved = np.zeros((len(x), size, len(vector)))
    for cut in range(size - 1):
        moved[:, cut + 1, cut] += height[:, cut + 1]
        moved[:, cut, cut] -= height[:, cut + 1]
    moved[:, :, size - 1 :] = (height[:, :-1] - height[:, 1:])[:, :, None] * x[:, None, :]
    mine = np.arange(len(x))
    own = moved[mine, answers] / chance[mine, answers][:, None]
    value = float(counts @ np.log(chance[mine, answers]))
    people = counts[:, None]
    inner = np.einsum("rkp,rkq->pq", moved * (people / chance)[:, :, None], moved)
    return value, counts @ own, inner
