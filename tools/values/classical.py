"""Item statistics, alpha, one-factor omega and its fit; what is known of ordered answers."""

from collections.abc import Iterator

import numpy as np

from belong.measure import (
    alpha,
    alpha_if_dropped,
    average_correlation,
    guttman_lambda6,
    item_rest,
    one_factor,
    standard_error_of_measurement,
)
from belong.measure.factor import likelihood_fit, minres, omega_of
from belong.measure.ordinal import categorical_omega, gamma, one_ordinal_factor, ordinal_alpha, polychoric
from belong.measure.reliability import correlation_of
from tools.values.value import NAMES, Pisa, Value


def classical(p: Pisa) -> Iterator[Value]:
    """Counts, means, correlations, alpha, omega of one factor by maximum likelihood and by minres."""
    r, c = p.r, p.covariance
    correlation, spread = correlation_of(c)
    codes = p.complete.oriented().astype(float)
    counts = np.array([[r["item_freq_all"][name][str(code)] for code in (1, 2, 3, 4)] for name in NAMES])
    yield p.say("answers per category, everybody", "base", list(p.pairwise.frequencies().values()), counts, 0)
    yield p.say("item means", "psych", codes.mean(axis=0), p.by(r["item_mean"]), 1e-6)
    yield p.say("item standard deviations", "psych", spread, p.by(r["item_sd"]), 1e-6)
    yield p.say("mean of the sum", "base", codes.sum(axis=1).mean(), r["sumscore"]["mean"], 1e-6)
    yield p.say("standard deviation of the sum", "base", np.sqrt(c.sum()), r["sumscore"]["sd"], 1e-6)
    yield p.say("correlations of items", "base", correlation, r["pearson_cor"]["values"], 1e-6)
    yield p.say("mean correlation between items", "psych", average_correlation(c), r["avg_interitem_r"], 1e-6)
    yield p.say("alpha", "psych", alpha(c), r["alpha_raw"], 1e-6)
    yield p.say("alpha, standardised", "psych", alpha(correlation), r["alpha_std"], 1e-6)
    yield p.say("Guttman's λ6", "psych", guttman_lambda6(c), r["guttman_lambda6"], 1e-6)
    yield p.say("alpha if dropped", "psych", alpha_if_dropped(c), p.by(r["alpha_if_dropped"]), 1e-6)
    yield p.say("item–rest correlation", "psych", item_rest(c), p.by(r["item_rest_r"]), 1e-6)
    error = standard_error_of_measurement(float(np.sqrt(c.sum())), alpha(c))
    yield p.say("standard error of measurement of the sum", "base", error, r["sem_raw_alpha"], 1e-6)
    solution, known = one_factor(c), r["omega_total_1f_ML_cov"]
    yield p.say("omega, one factor, ML", "lavaan", solution.omega, known["omega"], 1e-6)
    yield p.say("loadings, ML", "lavaan", solution.loadings, known["loadings_unstd"], 1e-4)
    yield p.say(
        "loadings, ML, standardised", "lavaan", solution.loadings / spread, known["loadings_std"], 1e-4
    )
    yield p.say("residual variances, ML", "lavaan", solution.residuals, known["residual_var"], 1e-4)
    known = r["omega_total_1f_minres_cor"]
    yield p.say("omega, one factor, minres", "psych", omega_of(minres(correlation)), known["omega"], 1e-4)
    yield p.say("loadings, minres", "psych", minres(correlation), known["loadings"], 1e-4)
    found, fits = likelihood_fit(c, solution.loadings, solution.residuals, r["n_complete"]), r["cfa_ML_fit"]
    yield p.say("χ² of one factor, ML", "lavaan", found.chi2, fits["chisq"], 1e-3)
    ours = [found.cfi, found.tli, found.rmsea, found.srmr]
    theirs = [fits[name] for name in ("cfi", "tli", "rmsea", "srmr")]
    yield p.say("CFI, TLI, RMSEA, SRMR, ML", "lavaan", ours, theirs, 1e-5)


def ordinal(p: Pisa) -> Iterator[Value]:
    """Polychorics, thresholds, WLSMV, categorical omega, ordinal alpha."""
    r, found = p.r, polychoric(p.pairs)
    ours, thresholds = found.correlation, np.concatenate(found.thresholds)
    yield p.say("polychoric correlations", "lavaan", ours, r["polychoric_lavaan_twostep"]["values"], 1e-4)
    yield p.say("polychoric correlations", "psych", ours, r["polychoric_psych"]["values"], 1e-4)
    yield p.say("thresholds", "lavaan", thresholds, list(r["thresholds_lavaan"].values()), 1e-5)
    yield p.say("thresholds", "psych", thresholds, np.concatenate(r["thresholds_psych"]), 1e-5)
    factor, w = one_ordinal_factor(found, gamma(found, p.patterns)), r["wlsmv_1f"]
    fit, fits = factor.fit, r["wlsmv_1f"]["fit"]
    yield p.say("loadings, WLSMV", "lavaan", factor.loadings, p.by(w["loadings_std"]), 1e-3)
    yield p.say("their robust standard errors", "lavaan", factor.se, w["se"], 1e-4)
    yield p.say("variance the factor takes on average", "semTools", np.mean(factor.loadings**2),
                r["semTools_categorical"]["avevar"], 1e-4)  # fmt: skip
    yield p.say("χ², DWLS", "lavaan", fit.chi2.value, fits["chisq"], 1e-2)
    yield p.say("χ², scaled and shifted", "lavaan", fit.scaled.value, fits["chisq.scaled"], 1e-2)
    ours, names = [fit.cfi, fit.tli, fit.rmsea], ("cfi", "tli", "rmsea")
    yield p.say("CFI, TLI, RMSEA, DWLS", "lavaan", ours, [fits[name] for name in names], 1e-4)
    ours = [fit.cfi_scaled, fit.tli_scaled, fit.rmsea_scaled, fit.srmr]
    names = ("cfi.scaled", "tli.scaled", "rmsea.scaled", "srmr")
    yield p.say("CFI, TLI, RMSEA scaled, SRMR", "lavaan", ours, [fits[name] for name in names], 1e-4)
    omega = categorical_omega(found, factor.loadings)
    yield p.say("categorical omega (Green–Yang)", "semTools", omega,
                r["omega_categorical_GreenYang_compRelSEM"], 1e-4)  # fmt: skip
    yield p.say(
        "ordinal alpha", "semTools", ordinal_alpha(found), r["semTools_categorical"]["alpha.ord"], 1e-4
    )
    yield p.say("ordinal alpha", "psych", ordinal_alpha(found), r["alpha_ordinal"], 1e-4)
