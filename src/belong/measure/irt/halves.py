"""The likelihood of many answer patterns at once, at a cost that hardly grows with them.

A pattern is its first half and its second half, and given the place on the latent scale the two are independent. So
the likelihoods of the (few) distinct halves are worked out once, and each pattern is one short product of two of them;
the expected answers come back as two products with a sparse table of halves. Nothing of the size patterns × quadrature
points is ever held.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from belong.measure.responses import Codes, Floats

_CHUNK = 8_192


@dataclass(frozen=True)
class Halves:
    """Distinct patterns as pairs of distinct halves.

    ``sides``: for each half its item columns and its distinct part-patterns; ``rows`` (patterns,) sorted, ``columns``
    (patterns,) which halves make each pattern; ``counts`` (patterns,) how many people gave it.
    """

    items: tuple[tuple[int, ...], tuple[int, ...]]
    sides: tuple[Codes, Codes]
    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    counts: Floats

    @property
    def people(self) -> float:
        return float(self.counts.sum())


def halve(patterns: Codes, counts: Floats) -> Halves:
    """Split each pattern (codes 1…k, 0 = no answer) into its first and second half."""
    size = patterns.shape[1]
    middle = (size + 1) // 2
    items = (tuple(range(middle)), tuple(range(middle, size)))
    first, row = np.unique(patterns[:, :middle], axis=0, return_inverse=True)
    second, column = np.unique(patterns[:, middle:], axis=0, return_inverse=True)
    order = np.lexsort((column.ravel(), row.ravel()))
    rows, columns = row.ravel()[order].astype(np.int32), column.ravel()[order].astype(np.int32)
    return Halves(items, (first, second), rows, columns, counts[order].astype(float))


@dataclass(frozen=True)
class Expected:
    """What one look at the data says: the log-likelihood; people expected to give each answer at each point, per item
    (k, points); people expected at each point (points,).
    """

    log_likelihood: float
    answers: list[Floats]
    people: Floats


def expected(halves: Halves, logs: Sequence[Floats], weights: Floats) -> Expected:
    """Expected answers under log probabilities ``logs[item]`` (k, points) and ``weights`` (points,) that sum to 1."""
    left, right = (
        _likelihood(codes, [logs[i] for i in items])
        for codes, items in zip(halves.sides, halves.items, strict=True)
    )
    left = left * weights
    chance = np.maximum(_matched(left, right, halves.rows, halves.columns), 1e-300)
    total = float(halves.counts @ np.log(chance))
    shape = (len(left), len(right))
    ends = np.searchsorted(halves.rows, np.arange(shape[0] + 1)).astype(np.int32)
    table = sparse.csr_array((halves.counts / chance, halves.columns, ends), shape=shape)
    with ThreadPoolExecutor(2) as pool:
        across, down = pool.map(lambda work: work(), (lambda: table @ right, lambda: table.T.tocsr() @ left))
    answers: list[Floats] = []
    for codes, items, seen in zip(halves.sides, halves.items, (left * across, right * down), strict=True):
        for place, item in enumerate(items):
            answers.append(
                np.stack([seen[codes[:, place] == c + 1].sum(axis=0) for c in range(len(logs[item]))])
            )
    return Expected(total, answers, (left * across).sum(axis=0))


def _likelihood(codes: Codes, logs: Sequence[Floats]) -> Floats:
    """Likelihood of each part-pattern at each point: (part-patterns, points)."""
    total = np.zeros((len(codes), logs[0].shape[1])) if logs else np.ones((len(codes), 1))
    for place, log in enumerate(logs):
        total += np.concatenate([np.zeros((1, log.shape[1])), log])[codes[:, place]]
    return np.exp(total)


def _matched(left: Floats, right: Floats, rows: NDArray[np.int32], columns: NDArray[np.int32]) -> Floats:
    """The product of the two halves of each pattern, summed over points: (patterns,)."""
    out = np.empty(len(rows))

    def work(begin: int) -> None:
        part = slice(begin, begin + _CHUNK)
        np.einsum("pq,pq->p", left[rows[part]], right[columns[part]], out=out[part])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(0, len(rows), _CHUNK)))
    return out
