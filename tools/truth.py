"""Our value, R's value and the difference, statistic by statistic: `./run truth` writes them into docs/measurement.md.

The values of R stand beside the data in tests/data; nothing in the table is typed by hand.
"""

import csv
import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from belong.measure import (
    Design,
    Responses,
    alpha,
    alpha_if_dropped,
    difference,
    empirical_bayes,
    item_rest,
    load,
    mean,
    nested,
    one_factor,
    one_way,
    pair_counts,
    pattern_counts,
)
from belong.measure.factor import likelihood_fit, minres, omega_of
from belong.measure.fairness import dif, invariance
from belong.measure.irt import eap, empirical_reliability, fit, marginal_reliability, test_information, wle
from belong.measure.networks import network
from belong.measure.ordinal import categorical_omega, gamma, one_ordinal_factor, ordinal_alpha, polychoric

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
PAGE = ROOT / "docs" / "measurement.md"
BEGIN, END = "<!-- values -->", "<!-- end of values -->"
NAMES = ("outsider_r", "friends", "belong", "awkward_r", "liked", "lonely_r")
PISA, KNECHT = "PISA 2003, Netherlands", "A class of 26 (Knecht 2008)"


@dataclass(frozen=True)
class Value:
    """One statistic: ours and R's (arrays are compared at their largest difference), and how far apart they may be."""

    data: str
    name: str
    package: str
    ours: float | np.ndarray
    theirs: float | np.ndarray
    within: float

    @property
    def apart(self) -> float:
        return float(np.abs(np.asarray(self.ours, float) - np.asarray(self.theirs, float)).max())

    @property
    def is_true(self) -> bool:
        return self.apart <= self.within

    def line(self) -> str:
        ours, theirs = np.atleast_1d(self.ours).astype(float), np.atleast_1d(self.theirs).astype(float)
        many = f" (largest of {ours.size})" if ours.size > 1 else ""
        worst = int(np.abs(ours - theirs).argmax())
        shown = f"{ours.flat[worst]:.6f} | {theirs.flat[worst]:.6f} | {self.apart:.1e} | {self.within:.0e}"
        return f"| {self.data} | {self.name}{many} | {self.package} | {shown} |"


class Pisa:
    """The file, its reference values, and the counts that everything follows from."""

    def __init__(self) -> None:
        with gzip.open(DATA / "pisa" / "pisa2003_nld.csv.gz", "rt", encoding="utf-8") as stream:
            self.rows = list(csv.DictReader(stream))
        self.r = json.loads((DATA / "pisa" / "reference_pisa2003_nld_belong.json").read_text())
        self.key = load("pisa-belong")
        columns = {item.id: [int(row[item.column] or 0) for row in self.rows] for item in self.key.items}
        self.responses = Responses.from_columns(self.key, columns)
        self.complete = self.responses.where(self.responses.complete())
        self.pairs, self.patterns = pair_counts(self.complete, "complete"), pattern_counts(self.complete)
        self.covariance = self.pairs.covariance()

    def numbers(self, name: str) -> np.ndarray:
        return np.array([float(row[name] or "nan") for row in self.rows])

    def by(self, part: dict[str, float]) -> np.ndarray:
        return np.array([part[name] for name in NAMES])


def classical(p: Pisa) -> Iterator[Value]:
    """Alpha, item statistics, one-factor omega and its fit."""
    r, c = p.r, p.covariance
    spread = np.sqrt(np.diag(c))
    correlation = c / np.outer(spread, spread)
    yield Value(PISA, "alpha", "psych", alpha(c), r["alpha_raw"], 1e-6)
    yield Value(PISA, "alpha, standardised", "psych", alpha(correlation), r["alpha_std"], 1e-6)
    yield Value(PISA, "alpha if dropped", "psych", alpha_if_dropped(c), p.by(r["alpha_if_dropped"]), 1e-6)
    yield Value(PISA, "item–rest correlation", "psych", item_rest(c), p.by(r["item_rest_r"]), 1e-6)
    solution = one_factor(c)
    assert solution is not None
    yield Value(
        PISA, "omega, one factor, ML", "lavaan", solution.omega, r["omega_total_1f_ML_cov"]["omega"], 1e-6
    )
    theirs = r["omega_total_1f_minres_cor"]
    yield Value(
        PISA, "omega, one factor, minres", "psych", omega_of(minres(correlation)), theirs["omega"], 1e-4
    )
    yield Value(PISA, "loadings, minres", "psych", minres(correlation), np.array(theirs["loadings"]), 1e-4)
    found, fits = likelihood_fit(c, solution.loadings, solution.residuals, r["n_complete"]), r["cfa_ML_fit"]
    yield Value(PISA, "χ² of one factor, ML", "lavaan", found.chi2, fits["chisq"], 1e-3)
    ours = np.array([found.cfi, found.tli, found.rmsea, found.srmr])
    yield Value(
        PISA,
        "CFI, TLI, RMSEA, SRMR, ML",
        "lavaan",
        ours,
        np.array([fits[k] for k in ("cfi", "tli", "rmsea", "srmr")]),
        1e-5,
    )


def ordinal(p: Pisa) -> Iterator[Value]:
    """Polychorics, WLSMV, categorical omega."""
    r, found = p.r, polychoric(p.pairs)
    expected = np.array(r["polychoric_lavaan_twostep"]["values"])
    yield Value(PISA, "polychoric correlations", "lavaan", found.correlation, expected, 1e-4)
    yield Value(
        PISA,
        "polychoric correlations",
        "psych",
        found.correlation,
        np.array(r["polychoric_psych"]["values"]),
        1e-4,
    )
    theirs = np.array(list(r["thresholds_lavaan"].values()))
    yield Value(PISA, "thresholds", "lavaan", np.concatenate(found.thresholds), theirs, 1e-5)
    factor, w = one_ordinal_factor(found, gamma(found, p.patterns)), r["wlsmv_1f"]
    yield Value(PISA, "loadings, WLSMV", "lavaan", factor.loadings, p.by(w["loadings_std"]), 1e-3)
    yield Value(PISA, "their robust standard errors", "lavaan", factor.se, np.array(w["se"]), 1e-4)
    yield Value(PISA, "χ², DWLS", "lavaan", factor.fit.chi2.value, w["fit"]["chisq"], 1e-2)
    yield Value(
        PISA, "χ², scaled and shifted", "lavaan", factor.fit.scaled.value, w["fit"]["chisq.scaled"], 1e-2
    )
    fit_ = factor.fit
    ours = np.array([fit_.cfi_scaled, fit_.tli_scaled, fit_.rmsea_scaled, fit_.srmr])
    names = ("cfi.scaled", "tli.scaled", "rmsea.scaled", "srmr")
    yield Value(
        PISA, "CFI, TLI, RMSEA scaled, SRMR", "lavaan", ours, np.array([w["fit"][k] for k in names]), 1e-4
    )
    omega = categorical_omega(found, factor.loadings)
    yield Value(
        PISA,
        "categorical omega (Green–Yang)",
        "semTools",
        omega,
        r["omega_categorical_GreenYang_compRelSEM"],
        1e-4,
    )
    yield Value(
        PISA, "ordinal alpha", "semTools", ordinal_alpha(found), r["semTools_categorical"]["alpha.ord"], 1e-4
    )


def models(p: Pisa) -> Iterator[Value]:
    """GRM, GPCM, PCM and what follows from them."""
    for model, key, a, b in (
        ("grm", "grm_mirt", 0.02, 0.05),
        ("gpcm", "gpcm_mirt", 0.02, 0.05),
        ("pcm", "pcm_mirt", 0.02, 0.05),
    ):
        fitted, r = fit(p.patterns, model), p.r[key]
        name = model.upper()
        yield Value(PISA, f"{name} log-likelihood", "mirt", fitted.log_likelihood, r["logLik"], 0.05)
        theirs = np.array([r["pars"][item]["a"] for item in NAMES])
        yield Value(
            PISA, f"{name} slopes", "mirt", np.array([item.slope for item in fitted.items]), theirs, a
        )
        places = np.array([[r["pars"][item][f"b{n}"] for n in (1, 2, 3)] for item in NAMES])
        yield Value(
            PISA, f"{name} places", "mirt", np.array([item.places for item in fitted.items]), places, b
        )
        if model == "pcm":
            yield Value(PISA, "PCM latent variance", "mirt", fitted.spread, r["latent_var"], 0.02)
            first = p.complete.oriented()[:10]
            yield Value(
                PISA,
                "PCM weighted likelihood places",
                "mirt",
                wle(fitted, first).theta,
                np.array(p.r["pcm_wle_first10"]),
                1e-2,
            )
        if model == "grm":
            rows = np.array([row["resp"] for row in r["eap_first10"]], dtype=np.int8)
            found = eap(fitted, rows)
            yield Value(
                PISA,
                "GRM EAP places",
                "mirt",
                found.theta,
                np.array([x["theta"] for x in r["eap_first10"]]),
                1e-2,
            )
            yield Value(
                PISA,
                "their standard errors",
                "mirt",
                found.se,
                np.array([x["se"] for x in r["eap_first10"]]),
                1e-2,
            )
            everybody = eap(fitted, p.patterns.patterns)
            reliability = empirical_reliability(everybody, p.patterns.counts[0])
            yield Value(PISA, "GRM empirical reliability", "mirt", reliability, r["empirical_rxx"], 1e-3)
            yield Value(
                PISA,
                "GRM marginal reliability",
                "mirt",
                marginal_reliability(fitted),
                r["marginal_rxx"],
                1e-3,
            )
            at = np.array([float(place) for place in r["test_info"]])
            known = np.array(list(r["test_info"].values()))
            yield Value(PISA, "GRM test information", "mirt", test_information(fitted, at), known, 1e-2)


def groups(p: Pisa) -> Iterator[Value]:
    """Schools, replicate weights, differential functioning, invariance."""
    r = p.r
    schools = np.array([int(row["SCHOOLID"]) for row in p.rows])
    data = nested(p.numbers("BELONG"), schools)
    found, icc = one_way(data), r["icc_BELONG"]
    assert found is not None
    yield Value(PISA, "ICC of the official index", "lme4", found.icc, icc["icc"], 1e-5)
    drawn = (empirical_bayes(data, found) - found.mean)[:5]
    yield Value(
        PISA, "empirical-Bayes school means", "lme4", drawn, np.array(list(icc["blup_first5"].values())), 1e-5
    )
    runs = np.stack([p.numbers(f"W_FSTR{i}") for i in range(1, 81)], axis=1)
    codes = np.unique(schools, return_inverse=True)[1].astype(np.intp)
    design = Design(len(p.rows), p.numbers("W_FSTUWT"), codes, runs, 0.5)
    whole, s = mean(p.numbers("BELONG"), design), r["survey"]
    yield Value(PISA, "mean of the official index, weighted", "survey", whole.value, s["mean_BELONG"], 1e-6)
    yield Value(PISA, "its BRR–Fay standard error", "survey", whole.se, s["se_brr_fay_mse_TRUE"], 1e-6)
    sex = np.array([row["ST03Q01"] for row in p.rows])
    gap = difference(p.numbers("BELONG"), design, sex == "1", sex == "2")
    yield Value(
        PISA, "girls minus boys", "survey", gap.value, s["sex_difference_female_minus_male"]["est"], 1e-5
    )
    rows = p.responses.complete() & np.isin(sex, ["1", "2"])
    some, values = p.responses.where(rows), sex[rows]
    patterns = pattern_counts(some, groups=values)
    theirs = r["dif_sex_ordinal_logistic_total_score"]
    ones = dif(patterns, "1", "2")
    yield Value(
        PISA,
        "DIF by sex, χ² (2 df)",
        "MASS",
        np.array([one.total for one in ones]),
        np.array([theirs[n]["LR_total"] for n in NAMES]),
        5e-3,
    )
    yield Value(
        PISA,
        "DIF by sex, ΔR²",
        "MASS",
        np.array([one.delta_r2 for one in ones]),
        np.array([theirs[n]["dR2_nagelkerke"] for n in NAMES]),
        1e-5,
    )
    steps = invariance(pair_counts(some, "complete", groups=values), patterns, ["1", "2"])
    for step, name in zip(steps, ("configural", "thresholds", "thr_load"), strict=True):
        known = r["invariance_sex_WLSMV"][name]
        yield Value(
            PISA,
            f"invariance by sex, {step.name}: scaled χ²",
            "semTools",
            step.scaled.value,
            known["chisq.scaled"],
            5e-2,
        )
        yield Value(
            PISA,
            f"invariance by sex, {step.name}: CFI",
            "semTools",
            step.cfi_scaled,
            known["cfi.scaled"],
            1e-4,
        )


def networks() -> Iterator[Value]:
    """Two waves of friendship in a class."""
    known = json.loads((DATA / "networks" / "reference_networks_knecht.json").read_text())
    for wave in (1, 2):
        with (DATA / "networks" / f"knecht_wave{wave}.csv").open(encoding="utf-8") as stream:
            matrix = np.array([[int(cell) for cell in row] for row in csv.reader(stream)])
        found, r = network(range(len(matrix)), map(tuple, np.argwhere(matrix == 1))), known[f"knecht_w{wave}"]
        yield Value(KNECHT, f"wave {wave}: density", "sna", found.density, r["density"], 1e-6)
        yield Value(
            KNECHT, f"wave {wave}: reciprocity", "sna", found.reciprocity, r["reciprocity_edgewise"], 1e-6
        )
        yield Value(
            KNECHT, f"wave {wave}: transitivity", "sna", found.transitivity, r["transitivity_weak"], 1e-6
        )
        yield Value(KNECHT, f"wave {wave}: in-degrees", "sna", found.named_by, np.array(r["indegree"]), 0)


def values() -> list[Value]:
    """Every statistic, in the order of the table."""
    p = Pisa()
    return [*classical(p), *ordinal(p), *models(p), *groups(p), *networks()]


def table(found: list[Value]) -> str:
    head = "| data | statistic | R package | ours | R | difference | may differ by |\n|---|---|---|---:|---:|---:|---:|"
    return "\n".join([head, *(value.line() for value in found)])


def main() -> int:
    """Write the table; 1 where a value is further from R's than it may be."""
    found = values()
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{table(found)}\n{END}{after}", encoding="utf-8")
    wrong = [value for value in found if not value.is_true]
    for value in wrong:
        print(f"too far: {value.line()}", file=sys.stderr)
    print(f"truth: {len(found)} statistics, {len(wrong)} too far from R; written to {PAGE.relative_to(ROOT)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
