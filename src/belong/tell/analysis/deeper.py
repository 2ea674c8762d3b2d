"""The sections for whoever checks the measurement: ordered answers, a model of them, questions between groups."""

from __future__ import annotations

from collections.abc import Mapping

from belong.measure.deeper import PLACES, DifResult, ModelResult, OrdinalResult
from belong.measure.results import Analysis
from belong.tell.analysis.blocks import Block, Bullets, Figure, Grid, Note, Para, Section
from belong.tell.analysis.plots import chart, dif_plots, model_plots
from belong.tell.analysis.words import decimal3, listed, thousands

MODELS = {
    "grm": "graded response model",
    "gpcm": "generalised partial credit model",
    "pcm": "partial credit model",
}
STEPS = {
    "configural": "same questions, nothing equal",
    "thresholds": "and equal thresholds",
    "loadings": "and equal loadings",
}


def ordinal(analysis: Analysis) -> Section | None:
    """One factor behind ordered answers, and whether it is one."""
    found, notes = analysis.deeper.ordinal, analysis.deeper.notes
    if found is None:
        return Section("ordinal", TITLE, (Note(" ".join(_named(analysis))),)) if notes else None
    names = _names(analysis)
    blocks: list[Block] = [
        Para(_dimensions(found), strong=True),
        _coefficients(found),
        _loadings(found, names),
    ]
    if found.heywood:
        who = listed(names[item] for item in found.heywood)
        blocks.append(Note(f"{who}: a loading of 1 or more, which cannot be. Do not believe this solution."))
    if not found.positive:
        blocks.append(
            Note(
                "The correlations contradict one another (not positive definite). Do not believe this solution."
            )
        )
    if analysis.deeper.notes:
        blocks.append(Note(" ".join(_named(analysis))))
    if found.unused:
        who = listed(names[item] for item in found.unused)
        blocks.append(
            Note(f"{who}: some answers were given by nobody; their neighbours were taken together.")
        )
    return Section("ordinal", TITLE, tuple(blocks))


ROUGH = 0.08
"""Browne & Cudeck (1993): RMSEA above this is more than a reasonable error of approximation."""

TITLE = "Answers taken as ordered, not as numbers"


def _dimensions(found: OrdinalResult) -> str:
    if found.factors > 1:
        return (
            f"Parallel analysis of the polychoric correlations finds {found.factors} dimensions. One score hides "
            "something; read the parts, and no reliability of one score as if it were all."
        )
    text = "Parallel analysis of the polychoric correlations finds one dimension: one score is a fair summary"
    if found.rmsea_scaled > ROUGH:
        return f"{text}, though some questions hang together more than one factor explains (RMSEA above {ROUGH:.2f})."
    return f"{text}."


def _coefficients(found: OrdinalResult) -> Grid:
    rows = (
        ("Categorical omega (Green & Yang): reliability of the sum score", decimal3(found.categorical_omega)),
        (
            "Ordinal alpha (of polychoric correlations; not of the score people see)",
            decimal3(found.ordinal_alpha),
        ),
        (
            f"Scaled and shifted χ² ({found.df} df) of one factor, WLSMV",
            f"{found.chi2_scaled:.1f}, p {_p(found.p)}",
        ),
        ("CFI, scaled", decimal3(found.cfi_scaled)),
        ("RMSEA, scaled", decimal3(found.rmsea_scaled)),
        ("SRMR of the polychoric correlations", decimal3(found.srmr)),
    )
    return Grid(f"One factor, {thousands(found.people)} complete cases", ("Figure", "Value"), rows)


def _loadings(found: OrdinalResult, names: Mapping[str, str]) -> Grid:
    rows = tuple(
        (names[item], decimal3(value), decimal3(error))
        for item, value, error in zip(found.items, found.loadings, found.errors, strict=True)
    )
    head = ("Question", "Standardised loading", "Standard error")
    return Grid("Loadings by weighted least squares on polychoric correlations", head, rows, folded=True)


def model(analysis: Analysis) -> Section | None:
    """The item response model that was asked for."""
    found = analysis.deeper.model
    if found is None:
        return None
    names = _names(analysis)
    many = max(len(item.places) for item in found.items)
    head = ("Question", "Slope", *(f"b{number}" for number in range(1, many + 1)))
    rows = tuple(
        (
            names[item.item],
            f"{item.slope:.2f}",
            *(f"{place:.2f}" for place in item.places),
            *("–" for _ in range(many - len(item.places))),
        )
        for item in found.items
    )
    blocks: list[Block] = [
        Para(_fitted(found), strong=not found.converged),
        *_doubts(found, names),
        *(Figure(chart(plot)) for plot in model_plots(analysis)),
        Grid("Slope of each question, and the places where one answer gives way to the next", head, rows),
        _information(found, names),
    ]
    return Section("model", f"A model of each answer: {MODELS[found.model]}", tuple(blocks))


def _doubts(found: ModelResult, names: Mapping[str, str]) -> list[Block]:
    """What must not be believed, question by question; that a fit did not settle is said above."""
    said = [f"{names[item]}: {why}." for item, why in found.doubts.items() if item]
    said += [f"{found.doubts[''].capitalize()}."] if "" in found.doubts and found.converged else []
    return [Note(" ".join(said))] if said else []


def _fitted(found: ModelResult) -> str:
    text = (
        f"Marginal maximum likelihood on {thousands(found.people)} people, 61 quadrature points: log-likelihood "
        f"{found.log_likelihood:.2f}, AIC {found.aic:.1f}, BIC {found.bic:.1f}"
    )
    if found.model == "pcm":
        text += f"; latent variance {found.spread:.2f}"
    text += (
        f". Reliability of places: {decimal3(found.marginal)} expected, {decimal3(found.empirical)} found."
    )
    return (
        text
        if found.converged
        else f"Not converged after {found.steps} steps: do not use these figures. {text}"
    )


def _information(found: ModelResult, names: Mapping[str, str]) -> Grid:
    rows = [(names[item.item], *(f"{value:.2f}" for value in item.information)) for item in found.items]
    total = [sum(values) for values in zip(*(item.information for item in found.items), strict=True)]
    rows.append(("All questions", *(f"{value:.2f}" for value in total)))
    error = [("–" if value <= 0 else f"{value**-0.5:.2f}") for value in total]
    rows.append(("Standard error of a place", *error))
    head = ("Information at", *(f"{place:+.0f}".replace("+0", "0").replace("-", "−") for place in PLACES))
    return Grid("What each question tells, along the latent scale", head, tuple(rows), folded=True)


def fairness(analysis: Analysis) -> Section | None:
    """Questions between groups, where it was asked for."""
    if not analysis.deeper.dif:
        return None
    blocks: list[Block] = []
    for pair, found in enumerate(analysis.deeper.dif):
        said, *tables = _compared(found, _names(analysis))
        blocks += [said, *(Figure(chart(plot)) for plot in dif_plots(analysis, pair)), *tables]
    return Section("fairness", "Does each question mean the same to everybody?", tuple(blocks))


def _compared(found: DifResult, names: Mapping[str, str]) -> list[Block]:
    large = [one for one in found.items if one.size != "negligible"]
    pair = f"{found.first} and {found.second}"
    if large:
        which = listed(f"{names[one.item]} ({one.size})" for one in large)
        text = f"{pair}: at the same score these work differently: {which}."
    else:
        text = f"{pair}: no question works differently at the same score by more than a negligible amount."
    rows = tuple(
        (
            names[one.item],
            f"{one.total:.1f}",
            _p(one.p),
            decimal3(one.delta_r2),
            f"{one.shift:+.2f}",
            one.size,
        )
        for one in found.items
    )
    head = ("Question", "χ² (2 df)", "p", "ΔR²", "Log odds", "Size")
    blocks: list[Block] = [
        Para(text, strong=bool(large)),
        Grid(
            f"Ordinal logistic regression, {pair}; log odds above 0: {found.second} answer higher", head, rows
        ),
    ]
    if found.steps:
        lines = tuple(
            (
                STEPS[step.name],
                f"{step.chi2_scaled:.1f} ({step.df})",
                decimal3(step.cfi_scaled),
                decimal3(step.rmsea_scaled),
                "–" if step.change is None else f"{step.change:+.3f}",
            )
            for step in found.steps
        )
        columns = ("Model", "Scaled χ² (df)", "CFI", "RMSEA", "Change of CFI")
        blocks.append(Grid(f"Invariance of one factor, {pair}", columns, lines, folded=True))
    elif found.note:
        blocks.append(Bullets((f"Invariance could not be tested: {found.note}",)))
    return blocks


def method_notes(analysis: Analysis) -> list[str]:
    """How these figures were worked out."""
    notes = []
    if analysis.deeper.ordinal:
        notes.append(
            "Polychoric correlations: two steps, thresholds from the margins (Olsson 1979). One factor by diagonally "
            "weighted least squares with the asymptotic covariance of Muthén (1984); χ² scaled and shifted "
            "(Asparouhov & Muthén 2010), as lavaan's WLSMV. Parallel analysis: 95th percentile of 200 draws "
            "(Horn 1965)."
        )
    if analysis.deeper.model:
        notes.append(
            "Item response model: EM (Bock & Aitkin 1981) on distinct answer patterns; latent variable standard normal "
            "(the partial credit model: slopes 1, its variance estimated). No person's place is shown."
        )
    if analysis.deeper.dif:
        notes.append(
            "Differential functioning: ordinal logistic regression on the sum score, group and their product, two "
            "degrees of freedom (Zumbo 1999); sizes by gain in Nagelkerke's R², .035 and .070 (Jodoin & Gierl 2001). "
            "Invariance: thresholds, then loadings (Wu & Estabrook 2016)."
        )
    return notes


def _named(analysis: Analysis) -> list[str]:
    """The notes, with each question left out by its name in place of its id."""
    names = _names(analysis)
    return [
        f"{names[note.split(' is left out')[0]]}{note[len(note.split(' is left out')[0]) :]}"
        if note.split(" is left out")[0] in analysis.deeper.left_out
        else note
        for note in analysis.deeper.notes
    ]


def _names(analysis: Analysis) -> dict[str, str]:
    return {item.id: item.name for item in analysis.items}


def _p(value: float) -> str:
    return "< .001" if value < 0.001 else decimal3(value)
