"""What a researcher asks for beyond the score: ordered answers taken as such, a model of them, fairness of questions.

Everything here rests on the complete cases of the scored questions, unweighted, and is worked out from 100 people on:
below that the figures say more about chance than about the questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import numpy as np

from belong.measure.answers import Grouping
from belong.measure.counts import PairCounts, PatternCounts, pair_counts, pattern_counts
from belong.measure.factor import dimensions
from belong.measure.fairness import dif, invariance
from belong.measure.hiding import UNKNOWN
from belong.measure.irt import (
    Model,
    eap,
    empirical_reliability,
    fit,
    information,
    marginal_reliability,
)
from belong.measure.ordinal import (
    NotMeasurable,
    categorical_omega,
    gamma,
    one_ordinal_factor,
    ordinal_alpha,
    polychoric,
)
from belong.measure.responses import Responses

FROM = 100
"""Fewer complete cases than this carry none of it; for differential functioning, fewer in either group."""

T = TypeVar("T")

PLACES = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)


@dataclass(frozen=True)
class OrdinalResult:
    """One factor behind ordered answers. Per item, in order: ``loadings`` and their ``errors``.

    ``factors``: how many dimensions parallel analysis finds in the polychoric correlations. ``heywood``: items whose
    loading is 1 or more. ``unused``: items with answers inside their range that nobody gave.
    """

    people: int
    items: tuple[str, ...]
    loadings: tuple[float, ...]
    errors: tuple[float, ...]
    categorical_omega: float
    ordinal_alpha: float
    chi2_scaled: float
    df: int
    p: float
    cfi_scaled: float
    rmsea_scaled: float
    srmr: float
    factors: int
    heywood: tuple[str, ...]
    unused: tuple[str, ...]


@dataclass(frozen=True)
class ModelItem:
    """One item of a model: slope, places on the latent scale, information at ``PLACES``."""

    item: str
    slope: float
    places: tuple[float, ...]
    information: tuple[float, ...]


@dataclass(frozen=True)
class ModelResult:
    """A fitted item response model. ``empirical`` and ``marginal`` are reliabilities of its places."""

    model: Model
    people: int
    items: tuple[ModelItem, ...]
    spread: float
    log_likelihood: float
    aic: float
    bic: float
    steps: int
    converged: bool
    empirical: float
    marginal: float


@dataclass(frozen=True)
class DifItem:
    """One question between two groups; see ``belong.measure.fairness.Dif``."""

    item: str
    total: float
    p: float
    delta_r2: float
    shift: float
    size: str


@dataclass(frozen=True)
class InvarianceStep:
    """One model of the invariance sequence; see ``belong.measure.fairness.Step``."""

    name: str
    chi2_scaled: float
    df: int
    cfi_scaled: float
    rmsea_scaled: float
    change: float | None


@dataclass(frozen=True)
class DifResult:
    """Two groups of a cut. ``steps`` is empty, and ``note`` says why, where invariance cannot be tested."""

    cut: str
    first: str
    second: str
    items: tuple[DifItem, ...]
    steps: tuple[InvarianceStep, ...]
    note: str = ""


@dataclass(frozen=True)
class Deeper:
    """What was asked for; ``notes`` say in words what could not be worked out and why."""

    ordinal: OrdinalResult | None = None
    model: ModelResult | None = None
    dif: tuple[DifResult, ...] = ()
    notes: tuple[str, ...] = ()


def look_deeper(responses: Responses, model: Model | None = None, by: Grouping | None = None) -> Deeper:
    """Ordinal results always; a model and differential functioning where asked for."""
    rows = responses.complete()
    people = int(rows.sum())
    if people < FROM or len(responses.items) < 3:
        text = "Ordered answers are looked at as such from three questions and a hundred complete cases on."
        return Deeper(notes=(text,))
    whole = responses.where(rows)
    pairs, patterns = pair_counts(whole, "complete"), pattern_counts(whole)
    notes: list[str] = []
    ordinal = _tried(notes, partial(ordinal_result, pairs, patterns))
    fitted = _tried(notes, partial(model_result, patterns, model)) if model else None
    compared: list[DifResult] = []
    if by is not None:
        inside = replace(by, values=by.values[rows])
        for first, second in _two_groups(inside, notes):
            found = _tried(notes, partial(dif_result, whole, inside, first, second))
            compared += [found] if found else []
    return Deeper(ordinal, fitted, tuple(compared), tuple(notes))


def _tried(notes: list[str], work: Callable[[], T]) -> T | None:
    try:
        return work()
    except NotMeasurable as reason:
        notes.append(str(reason))
        return None


def ordinal_result(pairs: PairCounts, patterns: PatternCounts) -> OrdinalResult:
    """One ordinal factor of complete cases; NotMeasurable where the answers do not carry one."""
    found = polychoric(pairs)
    factor = one_ordinal_factor(found, gamma(found, patterns))
    return OrdinalResult(
        people=int(factor.people),
        items=found.items,
        loadings=tuple(map(float, factor.loadings)),
        errors=tuple(map(float, factor.se)),
        categorical_omega=categorical_omega(found, factor.loadings),
        ordinal_alpha=ordinal_alpha(found),
        chi2_scaled=factor.fit.scaled.value,
        df=factor.fit.scaled.df,
        p=factor.fit.scaled.p,
        cfi_scaled=factor.fit.cfi_scaled,
        rmsea_scaled=factor.fit.rmsea_scaled,
        srmr=factor.fit.srmr,
        factors=dimensions(found.correlation, factor.people).factors,
        heywood=factor.heywood,
        unused=tuple(found.unused),
    )


def model_result(patterns: PatternCounts, model: Model) -> ModelResult:
    """A fitted model and how sure its places are."""
    fitted = fit(patterns, model)
    at = np.array(PLACES)
    return ModelResult(
        model=model,
        people=int(fitted.people),
        items=tuple(
            ModelItem(
                item.item,
                item.slope,
                tuple(map(float, item.places)),
                tuple(map(float, information(model, item, at))),
            )
            for item in fitted.items
        ),
        spread=fitted.spread,
        log_likelihood=fitted.log_likelihood,
        aic=fitted.aic,
        bic=fitted.bic,
        steps=fitted.steps,
        converged=fitted.converged,
        empirical=empirical_reliability(eap(fitted, patterns.patterns), patterns.counts.sum(axis=0)),
        marginal=marginal_reliability(fitted),
    )


def dif_result(responses: Responses, by: Grouping, first: str, second: str) -> DifResult:
    """Differential functioning of each question between two groups of complete cases, and the invariance sequence."""
    rows = np.isin(by.values, [first, second])
    some, values = responses.where(rows), by.values[rows]
    patterns = pattern_counts(some, groups=values)
    items = tuple(
        DifItem(one.item, one.total, one.p, one.delta_r2, one.shift, one.size)
        for one in dif(patterns, first, second)
    )
    note = ""
    steps: tuple[InvarianceStep, ...] = ()
    try:
        steps = tuple(
            InvarianceStep(s.name, s.scaled.value, s.scaled.df, s.cfi_scaled, s.rmsea_scaled, s.change)
            for s in invariance(pair_counts(some, "complete", groups=values), patterns, [first, second])
        )
    except NotMeasurable as reason:
        note = str(reason)
    return DifResult(by.name, by.label(first), by.label(second), items, steps, note)


def _two_groups(by: Grouping, notes: list[str]) -> Sequence[tuple[str, str]]:
    """The largest group against each other one that is large enough."""
    names, counts = np.unique(by.values, return_counts=True)
    enough = sorted(
        (
            (int(count), str(name))
            for name, count in zip(names, counts, strict=True)
            if name != UNKNOWN and count >= FROM
        ),
        reverse=True,
    )
    if len(enough) < 2:
        notes.append(
            f"{by.title}: fewer than two groups have {FROM} complete cases, so no question can be compared."
        )
        return []
    small = [
        by.label(str(name))
        for name, count in zip(names, counts, strict=True)
        if name != UNKNOWN and count < FROM
    ]
    if small:
        notes.append(f"{by.title}: {', '.join(small)} not compared, with fewer than {FROM} complete cases.")
    return [(enough[0][1], other) for _, other in enough[1:]]
