"""The sections a researcher looks for: reliability, method notes with their sources, limits."""

from __future__ import annotations

from belong.measure.definitions import definitions
from belong.measure.results import Analysis
from belong.tell.analysis.blocks import Block, Bullets, Grid, Note, Para, Section
from belong.tell.analysis.comparing import METHOD as COMPARED
from belong.tell.analysis.deeper import method_notes
from belong.tell.analysis.sections import item_table, reliability_table
from belong.tell.analysis.words import trust


def reliability(analysis: Analysis) -> Section:
    """How well the questions hang together, named in full."""
    coefficients = reliability_table(analysis)
    if coefficients is None:
        text = (
            "Fewer than thirty people answered every question, or all have the same score, so no reliability is worked "
            "out."
        )
        return Section(
            "reliability",
            "How well the questions hang together",
            tuple(Note(line) for line in (text, " ".join(analysis.concerns)) if line),
        )
    score = analysis.measure()
    blocks: list[Block] = []
    if score.consistency:
        blocks.append(Para(trust(score.consistency[0].alpha.value), strong=True))
    blocks.append(coefficients)
    if score.reliable_change is not None:
        blocks.append(
            Para(
                f"One person's score must move by {score.reliable_change:.0f} points before it is more "
                f"than noise (spread between people: standard deviation {score.sd:.1f}). So no single "
                "person's score or change is shown or should be acted on."
            )
        )
    if analysis.concerns:
        blocks.append(Note(" ".join(analysis.concerns)))
    table = item_table(analysis)
    if table is not None:
        blocks.append(table)
    return Section("reliability", "How well the questions hang together", tuple(blocks))


def method(analysis: Analysis) -> Section:
    """How every figure was worked out."""
    notes = [
        "Score: percent of the maximum possible, 0–100, mean of the questions answered, given at least "
        f"{analysis.measure().needed} of {analysis.measure().items} answers; questions turned where the "
        "key says so (Cohen, Cohen, Aiken & West 1999).",
        _errors(analysis),
        "Design effect: variance of the estimate over that of a simple random sample of as many people "
        "(Kish 1965)."
        + (
            f" Unequal weights alone: {analysis.weight_effect:.2f} (Kish)."
            if analysis.weight_effect is not None
            else ""
        )
        + (
            f" Clustering alone, 1 + (m − 1)·icc: {analysis.clustering.effect:.2f}."
            if analysis.clustering
            else ""
        ),
        "Alpha: raw, from the covariances of the codes (Cronbach 1951), with a distribution-free interval on "
        "log(1 − alpha) that holds for few answer categories (Maydeu-Olivares, Coffman & Hartmann 2007)"
        + (", robust to clusters." if analysis.cluster else "."),
        "Omega: one factor by maximum likelihood on the raw covariance matrix, (Σλ)² / ((Σλ)² + Σθ) "
        "(McDonald 1999). It is not categorical omega, which is a different and usually higher number.",
    ]
    notes += method_notes(analysis)
    if analysis.compared:
        notes.append(COMPARED)
    if analysis.clustering:
        notes.append(
            "Intraclass correlation: one-way random effects by restricted maximum likelihood, "
            "unweighted; reliability of a mean of n people n·icc / (1 + (n − 1)·icc) (Raudenbush & Bryk "
            "2002)."
        )
    if analysis.cuts:
        notes += [
            "Groups: each against everyone else whose group is known, or the first of two against the "
            "second; the interval allows for people of both groups in the same cluster. “No difference "
            "we can tell” means the interval takes in nought and lies within five points; wider ones are "
            "“too uncertain to tell”.",
            "Drawn together: empirical-Bayes estimates, normal–normal, variance between groups by "
            "restricted maximum likelihood (Morris 1983).",
            "Protection: groups under ten people are hidden, and more where subtraction within or across "
            "the groupings would give a small set away; people in bands, whole percentages with coded "
            "extremes, no spread of a group under thirty (its interval rests on everyone's spread). "
            "Figures of the whole file are exact.",
        ]
    if analysis.insincere:
        notes.append(
            "Not meant: one and the same answer to at least four questions with turned ones among them, "
            "the middle answer excepted, or an honesty question answered no (Meade & Craig 2012)."
        )
    return Section("method", "How this was worked out", (Bullets(tuple(notes)), limits()))


def figures(analysis: Analysis) -> Section:
    """What every figure is, whom it rests on, and what a missing answer does: the same words as in the other files."""
    rows = tuple((one.what, one.source, one.people, one.missing) for one in definitions(analysis).values())
    head = ("Figure", "Formula and source", "Rests on", "Missing answers")
    grid = Grid("What each figure is", head, rows, folded=True, texts=4)
    return Section("figures", "What each figure is", (grid,))


def _errors(analysis: Analysis) -> str:
    if analysis.errors == "replicates":
        return (
            f"Means and differences are weighted with {analysis.weight}; standard errors from "
            f"{analysis.replicates} replicate weights (balanced repeated replication, Fay's factor "
            f"{analysis.fay:g}), deviations about the full-sample estimate (OECD 2009, PISA Data Analysis "
            "Manual)."
        )
    weight = f"weighted with {analysis.weight}" if analysis.weight else "unweighted"
    if analysis.errors == "clusters":
        return (
            f"Means and differences are {weight}; standard errors from totals by {analysis.cluster} (Taylor "
            "linearisation, t with clusters − 1 degrees of freedom)."
        )
    return f"Means and differences are {weight}; standard errors take people as unrelated."


def limits() -> Note:
    """What no figure here can do."""
    return Note(
        "A difference does not say why it is there. A group that was picked because it scored low tends "
        "to score higher next time by itself. People who did not answer may differ from those who did."
    )
