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
    Fitted,
    Model,
    eap,
    empirical_reliability,
    fit,
    information,
    marginal_reliability,
)
from belong.measure.oddities import concerns
from belong.measure.ordinal import (
    NotMeasurable,
    categorical_omega,
    gamma,
    one_ordinal_factor,
    ordinal_alpha,
    polychoric,
)
from belong.measure.responses import Floats, Responses

FROM = 100
"""Fewer complete cases than this carry none of it; for differential functioning, fewer in either group."""

T = TypeVar("T")

PLACES = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)


@dataclass(frozen=True)
class OrdinalResult:
    """One factor behind ordered answers. Per item, in order: ``loadings`` and their ``errors``.

    ``factors``: how many dimensions parallel analysis finds in the polychoric correlations. ``heywood``: items whose
    loading is 1 or more; then there is no ``categorical_omega``. ``unused``: items with answers inside their range that
    nobody gave. ``positive``: whether the correlations are positive definite, as those of real people's answers are.
    """

    people: int
    items: tuple[str, ...]
    loadings: tuple[float, ...]
    errors: tuple[float, ...]
    categorical_omega: float | None
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
    positive: bool


@dataclass(frozen=True)
class ModelItem:
    """One item of a model: slope, places on the latent scale, information at ``PLACES``."""

    item: str
    slope: float
    places: tuple[float, ...]
    information: tuple[float, ...]


@dataclass(frozen=True)
class ModelResult:
    """A fitted item response model. ``empirical`` and ``marginal`` are reliabilities of its places; ``fitted`` what its
    plots are drawn from; ``doubts`` which items (or "", the whole) must not be believed, and why.
    """

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
    doubts: dict[str, str]
    fitted: Fitted


@dataclass(frozen=True)
class DifItem:
    """One question between two groups; see ``belong.measure.fairness.Dif``. ``curve``: (score, first, second)."""

    item: str
    total: float
    p: float
    delta_r2: float
    shift: float
    size: str
    curve: tuple[tuple[float, float, float], ...]


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
    """What was asked for; ``notes`` say in words what could not be worked out and why; ``left_out`` the questions that
    carry none of it.
    """

    ordinal: OrdinalResult | None = None
    model: ModelResult | None = None
    dif: tuple[DifResult, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def look_deeper(responses: Responses, model: Model | None = None, by: Grouping | None = None) -> Deeper:
    """Ordinal results always; a model and differential functioning where asked for.

    Questions nobody answered, or everybody alike, are left out and named. Where fewer than ``FROM`` people answered
    every question (forms that ask some people other questions), only the model can be fitted: it takes each answer
    there is.
    """
    notes: list[str] = []
    odd = [
        one for one in concerns(pair_counts(responses, "pairwise")) if one.kind in ("unanswered", "constant")
    ]
    left_out = tuple(item for one in odd for item in one.items)
    notes += [f"{one.items[0]} is left out: {one.text}." for one in odd]
    some = responses.select([item for item in responses.items if item.id not in left_out])
    rows = some.complete()
    people = some.people(rows)
    fitted: ModelResult | None = None
    if people >= FROM and len(some.items) >= 3:
        whole = some.where(rows)
        pairs, patterns = pair_counts(whole, "complete"), pattern_counts(whole)
        ordinal = _tried(notes, partial(ordinal_result, pairs, patterns))
        fitted = _tried(notes, partial(model_result, patterns, model)) if model else None
        compared: list[DifResult] = []
        if by is not None:
            inside = replace(by, values=by.values[rows])
            for first, second in _two_groups(inside, whole.counts, notes):
                found = _tried(notes, partial(dif_result, whole, inside, first, second))
                compared += [found] if found else []
        return Deeper(ordinal, fitted, tuple(compared), tuple(notes), left_out)
    notes.append(
        "Ordered answers are looked at as such, and questions between groups, from three questions and a hundred "
        "complete cases on."
    )
    if model and len(some.items) >= 3 and some.people(np.asarray((some.codes > 0).any(axis=1))) >= FROM:
        fitted = _tried(notes, partial(model_result, pattern_counts(some), model))
        notes.append(
            f"The model takes every answer there is, as only {people} people answered every question."
        )
    return Deeper(None, fitted, (), tuple(notes), left_out)


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
        categorical_omega=None if factor.heywood else categorical_omega(found, factor.loadings),
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
        positive=found.positive,
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
        doubts=fitted.doubts,
        fitted=fitted,
    )


def dif_result(responses: Responses, by: Grouping, first: str, second: str) -> DifResult:
    """Differential functioning of each question between two groups of complete cases, and the invariance sequence."""
    rows = np.isin(by.values, [first, second])
    some, values = responses.where(rows), by.values[rows]
    patterns = pattern_counts(some, groups=values)
    items = tuple(
        DifItem(one.item, one.total, one.p, one.delta_r2, one.shift, one.size, one.curve)
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


def _two_groups(by: Grouping, people: Floats | None, notes: list[str]) -> Sequence[tuple[str, str]]:
    """The largest group against each other one that is large enough; ``people``: how many each value stands for."""
    names, place = np.unique(by.values, return_inverse=True)
    counts = np.bincount(place, weights=people, minlength=len(names))
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
