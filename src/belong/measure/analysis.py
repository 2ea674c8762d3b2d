"""One file of answers and one instrument in, every number of the report out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from belong.measure.answers import Answers
from belong.measure.change import reliable_change
from belong.measure.comparing import compare
from belong.measure.counts import PairCounts, pair_counts
from belong.measure.cuts import Measured, Setting, cut_results
from belong.measure.deeper import look_deeper
from belong.measure.estimate import Estimate, mean
from belong.measure.hiding import DISTRIBUTION_FROM, THRESHOLD, band, coded_percent
from belong.measure.insincere import can_tell, insincere
from belong.measure.instrument import Instrument, Item, say
from belong.measure.irt import Model
from belong.measure.multilevel import design_effect, mean_reliability, nested, one_way
from belong.measure.oddities import concerns
from belong.measure.reading import InputError
from belong.measure.refusing import NotMeasurable
from belong.measure.reliability import OneFactor, alpha_if_dropped, alpha_interval, item_rest, one_factor
from belong.measure.responses import Floats, Responses
from belong.measure.results import Analysis, Clustering, Consistency, ItemResult, MeasureResult
from belong.measure.scores import distribution, favourable, favourable_share, score

__all__ = ["Analysis", "analyse"]


def analyse(
    answers: Answers,
    instrument: Instrument,
    step: Callable[[str], None] | None = None,
    *,
    model: Model | None = None,
    dif: str = "",
    later: Answers | None = None,
) -> Analysis:
    """Score, reliability, items, clusters, groups and gaps of one file; ordered answers taken as such.

    ``model`` fits an item response model, ``dif`` names the grouping whose groups the questions are compared
    between, ``later`` holds the same people's answers of a later time. ``step`` is told what is being worked on.
    Raises InputError if fewer than ten people have a score.
    """
    say_step = step or (lambda text: None)
    responses, design = answers.responses, answers.design
    measures = _measured(responses, instrument)
    scored = design.many(~np.isnan(measures[0].values))
    if scored < THRESHOLD:
        raise InputError(
            f"{answers.source}: only {scored} people answered enough questions for a score (two thirds of "
            f"{len(instrument.scored_items)}). Nothing is reported on fewer than {THRESHOLD} people."
        )
    say_step("Reliability")
    results = tuple(_measure_result(answers, instrument, measured) for measured in measures)
    say_step("Questions")
    items = _items(answers, instrument)
    say_step("Classes and schools" if answers.cluster else "People")
    clustering = _clustering(answers, measures[0].values)
    flagged = insincere(responses)
    say_step("Groups")
    setting = Setting(design, flagged, clustering.icc if clustering else 0.0)
    cuts = cut_results(answers.groupings, measures, setting)
    say_step("A model of the answers" if model else "Ordered answers")
    chosen = next((grouping for grouping in answers.groupings if dif and grouping.name == dif), None)
    deeper = look_deeper(_scored(responses), model, chosen)
    left_out = design.many(flagged & ~np.isnan(measures[0].values))
    told = can_tell(responses)
    return Analysis(
        source=answers.source,
        instrument=instrument.key,
        title=say(instrument.title),
        audience=instrument.audience[0],
        version=instrument.version,
        hash=instrument.hash,
        citation=instrument.citation,
        licence=instrument.licence,
        attribution=say(instrument.attribution) if answers.keyed else "",
        rows=len(answers),
        complete=responses.people(_scored(responses).complete()),
        weight=answers.weight,
        weight_effect=design.kish() if design.weights is not None else None,
        cluster=answers.cluster,
        errors=design.method,
        replicates=0 if design.replicates is None else design.replicates.shape[1],
        fay=design.fay,
        measures=results,
        items=items,
        clustering=clustering,
        concerns=_concerns(answers, instrument),
        cuts=cuts,
        insincere=("none" if left_out == 0 else band(left_out)) if told else "",
        sincere_mean=mean(measures[0].values, design, ~flagged).value if left_out >= THRESHOLD else None,
        deeper=deeper,
        compared=compare(answers, later, instrument) if later is not None else None,
    )


def _concerns(answers: Answers, instrument: Instrument) -> tuple[str, ...]:
    """What is odd about the questions, in words, from thirty people on: under that it would be about them."""
    responses = _scored(answers.responses)
    if responses.people(np.asarray((responses.codes > 0).any(axis=1))) < DISTRIBUTION_FROM:
        return ()
    names = {item.id: (answers.wording or {}).get(item.id) or item.name() for item in responses.items}
    found: dict[tuple[str, tuple[str, ...]], str] = {}
    for cases in ("complete", "pairwise"):
        for one in concerns(pair_counts(responses, cases)):
            if cases == "complete" and one.kind not in ("against", "repeated"):
                continue
            which = " and ".join(names[item] for item in one.items)
            found.setdefault(
                (one.kind, one.items), f"{which}: {one.text}." if which else f"{one.text.capitalize()}."
            )
    return tuple(found.values())


def _scored(responses: Responses) -> Responses:
    return responses.select([item for item in responses.items if item.scored])


def _measured(responses: Responses, instrument: Instrument) -> list[Measured]:
    """The whole score and, if there is more than one part, each part that has questions in the file."""
    parts: list[str | None] = [None]
    if len(instrument.parts) > 1:
        parts += [part.id for part in instrument.parts if _present(responses, instrument.items_of(part.id))]
    return [
        Measured(
            key="score" if part is None else f"part:{part}",
            values=score(responses, instrument, part),
            favourable=_favourable(responses, instrument, part),
        )
        for part in parts
    ]


def _present(responses: Responses, items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.id in responses.ids]


def _wanted(instrument: Instrument, part: str | None) -> tuple[Item, ...]:
    return instrument.scored_items if part is None else instrument.items_of(part)


def _favourable(responses: Responses, instrument: Instrument, part: str | None) -> Floats | None:
    """Each person's share of favourable answers, where every scale says which answers those are."""
    wanted = _wanted(instrument, part)
    items = _present(responses, wanted)
    if not all(item.scale and item.scale.favourable for item in items):
        return None
    return favourable_share(responses.select(items), instrument.needed(len(wanted)))


def _measure_result(answers: Answers, instrument: Instrument, measured: Measured) -> MeasureResult:
    part = None if measured.key == "score" else measured.key.removeprefix("part:")
    wanted = _wanted(instrument, part)
    responses = answers.responses.select(_present(answers.responses, wanted))
    known = ~np.isnan(measured.values)
    people = answers.design.many(known)
    sd = answers.design.spread(measured.values) if people >= DISTRIBUTION_FROM else None
    found = _consistency(answers, responses)
    change = None
    if sd is not None and found and np.isfinite(found[0].alpha.value):
        change = reliable_change(sd, found[0].alpha.value)
    return MeasureResult(
        key=measured.key,
        title=say(instrument.title) if part is None else say(instrument.part(part).title),
        items=len(responses.items),
        needed=instrument.needed(len(wanted)),
        people=people,
        unscored=len(answers) - people,
        mean=mean(measured.values, answers.design),
        sd=sd,
        favourable=None if measured.favourable is None else mean(measured.favourable, answers.design),
        consistency=found,
        reliable_change=change,
    )


def _consistency(answers: Answers, responses: Responses) -> tuple[Consistency, ...]:
    """Alpha and omega of complete cases: unweighted, and weighted if there are weights. None under thirty
    people, nor where everybody has the same sum.
    """
    rows = responses.complete()
    people = responses.people(rows)
    if people < DISTRIBUTION_FROM or len(responses.items) < 2:
        return ()
    complete = responses.where(rows)
    values = complete.oriented().astype(np.float64)
    design = answers.design
    clusters = None if design.clusters is None else design.clusters[rows].astype(np.float64)
    out = []
    for weights in [None] if design.weights is None else [None, design.weights[rows]]:
        try:
            squares = None if weights is None or design.squares is None else design.squares[rows]
            alpha = alpha_interval(values, weights, clusters, counts=complete.counts, squares=squares)
        except NotMeasurable:
            continue
        factor = _factor(pair_counts(complete, "complete", weights=weights))
        out.append(
            Consistency(
                weighted=weights is not None,
                people=people,
                items=len(responses.items),
                alpha=alpha,
                omega=factor.omega if factor else None,
                heywood=bool(factor and factor.heywood),
            )
        )
    return tuple(out)


def _factor(counts: PairCounts) -> OneFactor | None:
    """One factor, or None where it is not identified; ``concerns`` say why."""
    try:
        return one_factor(counts.covariance())
    except NotMeasurable:
        return None


def _items(answers: Answers, instrument: Instrument) -> tuple[ItemResult, ...]:
    """Each scored question; its item statistics are those within the whole score."""
    responses = _scored(answers.responses)
    complete = responses.where(responses.complete())
    enough = complete.people() >= DISTRIBUTION_FROM and len(responses.items) > 1
    counts = pair_counts(complete, "complete") if enough else None
    covariance = counts.covariance() if counts else None
    rest = item_rest(covariance) if covariance is not None else None
    dropped = _without_each(covariance) if covariance is not None else None
    factor = _factor(counts) if counts else None
    oriented = complete.oriented().astype(np.float64)
    out = []
    for j, item in enumerate(responses.items):
        result = _item(answers, item, responses.oriented()[:, j])
        if covariance is not None and rest is not None and dropped is not None:
            statistics = {
                "mean": float(np.average(oriented[:, j], weights=complete.counts)),
                "sd": float(np.sqrt(covariance[j, j])),
                "item_rest": _finite(rest[j]),
                "alpha_if_dropped": _finite(dropped[j]),
                "loading": _standard_loading(factor, j),
            }
            result = ItemResult(**{**result.__dict__, **statistics})
        out.append(result)
    return tuple(out)


def _without_each(covariance: Floats) -> Floats:
    """Alpha without each question; nan for all where some others have the same sum for everybody."""
    try:
        return alpha_if_dropped(covariance)
    except NotMeasurable:
        return np.full(len(covariance), np.nan)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _standard_loading(factor: OneFactor | None, j: int) -> float | None:
    if factor is None:
        return None
    return float(factor.loadings[j] / np.sqrt(factor.loadings[j] ** 2 + factor.residuals[j]))


def _item(answers: Answers, item: Item, codes: np.ndarray[tuple[int, ...], np.dtype[np.int8]]) -> ItemResult:
    words = item.scale.words() if item.scale else ()
    answered = answers.design.many(codes > 0)
    shown = answered >= DISTRIBUTION_FROM
    counts = distribution(codes, item.categories, answers.design.counts)
    weighted = distribution(codes, item.categories, answers.design.weight)
    good: Estimate | None = None
    if item.scale and item.scale.favourable and answered >= THRESHOLD:
        good = mean(favourable(codes, item) * 100, answers.design)
    return ItemResult(
        id=item.id,
        name=(answers.wording or {}).get(item.id) or item.name(),
        column=item.column,
        part=item.part or "",
        reverse=item.reverse,
        answers=tuple(reversed(words)) if item.reverse else tuple(words),
        favourable_codes=item.scale.favourable if item.scale else (),
        answered=answered,
        missing=len(answers) - answered,
        counts=tuple(int(count) for count in counts) if shown else None,
        percent=_percents(weighted, answered) if shown else None,
        favourable=good,
        mean=None,
        sd=None,
        item_rest=None,
        alpha_if_dropped=None,
        loading=None,
    )


def _percents(counts: Floats, people: int) -> tuple[int, ...]:
    """Whole percentages, extremes coded: 0 stays hidden behind "1", 100 behind "99"."""
    total = counts.sum()
    return tuple(coded_percent(float(count / total * 100), people) for count in counts)


def _clustering(answers: Answers, values: Floats) -> Clustering | None:
    if answers.design.clusters is None:
        return None
    data = nested(values, answers.design.clusters, answers.design.counts)
    fit = one_way(data)
    if fit is None:
        return None
    typical = int(np.median(data.sizes))
    return Clustering(
        column=answers.cluster,
        clusters=fit.groups,
        icc=fit.icc,
        between_sd=float(np.sqrt(fit.between)),
        residual_sd=float(np.sqrt(fit.residual)),
        effect=design_effect(data.sizes, fit.icc),
        typical=typical,
        mean_reliability=float(mean_reliability(float(typical), fit)),
    )
