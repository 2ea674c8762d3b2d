"""Item response models, and what follows from them."""

from collections.abc import Iterator

import numpy as np

from belong.measure.irt import (
    Fitted,
    eap,
    empirical_reliability,
    fit,
    marginal_reliability,
    test_information,
    wle,
)
from tools.values.value import NAMES, Pisa, Value


def models(p: Pisa) -> Iterator[Value]:
    """GRM, GPCM and PCM."""
    for model in ("grm", "gpcm", "pcm"):
        fitted, r, name = fit(p.patterns, model), p.r[f"{model}_mirt"], model.upper()
        yield p.say(f"{name} log-likelihood", "mirt", fitted.log_likelihood, r["logLik"], 0.05)
        if "AIC" in r:
            yield p.say(f"{name} AIC, BIC", "mirt", [fitted.aic, fitted.bic], [r["AIC"], r["BIC"]], 0.1)
        theirs = [r["pars"][item]["a"] for item in NAMES]
        yield p.say(f"{name} slopes", "mirt", [item.slope for item in fitted.items], theirs, 0.02)
        places = [[r["pars"][item][f"b{n}"] for n in (1, 2, 3)] for item in NAMES]
        yield p.say(f"{name} places", "mirt", [item.places for item in fitted.items], places, 0.05)
        if model == "grm":
            yield from _graded(p, fitted)
        if model == "pcm":
            yield from _partial_credit(p, fitted)


def _graded(p: Pisa, fitted: Fitted) -> Iterator[Value]:
    r, other = p.r["grm_mirt"], p.r["grm_ltm"]["coef"]
    steps = [[r["slope_intercept"][item][f"d{n}"] for n in (1, 2, 3)] for item in NAMES]
    yield p.say("GRM intercepts", "mirt", [item.intercepts for item in fitted.items], steps, 0.05)
    slopes = [other[item]["Dscrmn"] for item in NAMES]
    yield p.say("GRM slopes", "ltm", [item.slope for item in fitted.items], slopes, 0.02)
    places = [[other[item][f"Extrmt{n}"] for n in (1, 2, 3)] for item in NAMES]
    yield p.say("GRM places", "ltm", [item.places for item in fitted.items], places, 0.05)
    rows = np.array([row["resp"] for row in r["eap_first10"]], dtype=np.int8)
    found = eap(fitted, rows)
    yield p.say("GRM EAP places", "mirt", found.theta, [row["theta"] for row in r["eap_first10"]], 1e-2)
    yield p.say("their standard errors", "mirt", found.se, [row["se"] for row in r["eap_first10"]], 1e-2)
    reliability = empirical_reliability(eap(fitted, p.patterns.patterns), p.patterns.counts[0])
    yield p.say("GRM empirical reliability", "mirt", reliability, r["empirical_rxx"], 1e-3)
    yield p.say("GRM marginal reliability", "mirt", marginal_reliability(fitted), r["marginal_rxx"], 1e-3)
    at = np.array([float(place) for place in r["test_info"]])
    yield p.say(
        "GRM test information", "mirt", test_information(fitted, at), list(r["test_info"].values()), 1e-2
    )


def _partial_credit(p: Pisa, fitted: Fitted) -> Iterator[Value]:
    yield p.say("PCM latent variance", "mirt", fitted.spread, p.r["pcm_mirt"]["latent_var"], 0.02)
    places = wle(fitted, p.complete.oriented()).theta
    yield p.say("PCM weighted likelihood places", "mirt", places[:10], p.r["pcm_wle_first10"], 1e-2)
    official, known = p.numbers("BELONG")[p.responses.complete()], p.r["official_index"]
    there = ~np.isnan(official)
    sums = p.complete.oriented().sum(axis=1)
    yield p.say("sum and official index, correlation", "base", np.corrcoef(sums[there], official[there])[0, 1],
                known["cor_sumscore_with_official_BELONG"], 1e-5)  # fmt: skip
    yield p.say("PCM places and official index, correlation", "mirt",
                np.corrcoef(places[there], official[there])[0, 1],
                known["cor_own_PCM_WLE_with_official"], 1e-4)  # fmt: skip
