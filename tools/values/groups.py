"""Schools, replicate weights, differential functioning, invariance; networks."""

import csv
import json
from collections.abc import Iterator

import numpy as np

from belong.measure import (
    Design,
    difference,
    empirical_bayes,
    favourable,
    mean,
    nested,
    one_way,
    pair_counts,
    pattern_counts,
)
from belong.measure.fairness import dif, invariance
from belong.measure.networks import network
from tools.values.value import DATA, KNECHT, NAMES, Pisa, Value


def schools(p: Pisa) -> Iterator[Value]:
    """How alike pupils of one school are, and the schools' means drawn together."""
    codes, r = np.array([int(row["SCHOOLID"]) for row in p.rows]), p.r["icc_BELONG"]
    data = nested(p.numbers("BELONG"), codes)
    found = one_way(data)
    assert found is not None
    yield p.say("ICC of the official index", "lme4", found.icc, r["icc"], 1e-5)
    yield p.say("variance between schools, within", "lme4", [found.between, found.residual],
                [r["var_school"], r["var_resid"]], 1e-5)  # fmt: skip
    yield p.say("mean over schools", "lme4", found.mean, r["intercept"], 1e-5)
    drawn = (empirical_bayes(data, found) - found.mean)[:5]
    yield p.say("empirical-Bayes school means", "lme4", drawn, list(r["blup_first5"].values()), 1e-5)
    other = one_way(nested(p.numbers("STUREL"), codes))
    assert other is not None
    yield p.say("ICC of relations with teachers", "lme4", other.icc, p.r["icc_STUREL"], 1e-5)


def survey(p: Pisa) -> Iterator[Value]:
    """Weighted means with replicate weights.

    R's survey took deviations about the mean of the replicates for all but one of its errors, hence those tolerances.
    """
    runs = np.stack([p.numbers(f"W_FSTR{i}") for i in range(1, 81)], axis=1)
    codes = np.unique([row["SCHOOLID"] for row in p.rows], return_inverse=True)[1].astype(np.intp)
    design, s = Design(len(p.rows), p.numbers("W_FSTUWT"), codes, runs, 0.5), p.r["survey"]
    index, sex = p.numbers("BELONG"), np.array([row["ST03Q01"] for row in p.rows])
    whole, plain = mean(index, design), mean(index, Design(len(p.rows)))
    yield p.say("mean of the official index, weighted", "survey", whole.value, s["mean_BELONG"], 1e-6)
    yield p.say("its BRR–Fay standard error", "survey", whole.se, s["se_brr_fay_mse_TRUE"], 1e-6)
    yield p.say("mean of the official index, unweighted", "survey", plain.value, s["unweighted_mean"], 1e-6)
    by_sex = [mean(index, design, sex == str(one["sex"])) for one in s["by_sex_1female_2male"]]
    known = s["by_sex_1female_2male"]
    yield p.say(
        "girls' and boys' means",
        "survey",
        [one.value for one in by_sex],
        [one["mean"] for one in known],
        1e-6,
    )
    yield p.say(
        "their standard errors", "survey", [one.se for one in by_sex], [one["se"] for one in known], 1e-3
    )
    gap, known = difference(index, design, sex == "1", sex == "2"), s["sex_difference_female_minus_male"]
    yield p.say("girls minus boys", "survey", gap.value, known["est"], 1e-5)
    yield p.say("its standard error", "survey", gap.se, known["se"], 1e-3)
    item, place = p.key.item("belong"), p.responses.ids.index("belong")
    share = mean(favourable(p.responses.oriented()[:, place], item) * 100, design)
    yield p.say("% who feel they belong", "survey", share.value, s["pct_agree_belong_item3"]["est"], 1e-5)
    yield p.say("its standard error", "survey", share.se, s["pct_agree_belong_item3"]["se"], 1e-2)
    other = mean(p.numbers("STUREL"), design)
    yield p.say("relations with teachers, weighted", "survey", other.value, s["mean_STUREL"]["est"], 1e-6)
    yield p.say("its standard error", "survey", other.se, s["mean_STUREL"]["se"], 1e-3)


def fairness(p: Pisa) -> Iterator[Value]:
    """Questions and the whole factor between girls and boys."""
    sex = np.array([row["ST03Q01"] for row in p.rows])
    rows = p.responses.complete() & np.isin(sex, ["1", "2"])
    some, values = p.responses.where(rows), sex[rows]
    patterns, r = pattern_counts(some, groups=values), p.r["dif_sex_ordinal_logistic_total_score"]
    found = dif(patterns, "1", "2")

    def theirs(name: str) -> list[float]:
        return [r[item][name] for item in NAMES]

    yield p.say("DIF by sex, χ² (2 df)", "MASS", [one.total for one in found], theirs("LR_total"), 5e-3)
    yield p.say("DIF by sex, χ² (1 df)", "MASS", [one.uniform for one in found], theirs("LR_uniform"), 5e-3)
    yield p.say("DIF by sex, p", "MASS", [one.p for one in found], theirs("p_total"), 1e-3)
    yield p.say("DIF by sex, ΔR²", "MASS", [one.delta_r2 for one in found], theirs("dR2_nagelkerke"), 1e-5)
    shifts = [abs(one.shift) for one in found]
    yield p.say("DIF by sex, log odds", "MASS", shifts, np.abs(theirs("beta_group")), 1e-3)
    steps = invariance(pair_counts(some, "complete", groups=values), patterns, ["1", "2"])
    for step, name in zip(steps, ("configural", "thresholds", "thr_load"), strict=True):
        known, says = p.r["invariance_sex_WLSMV"][name], f"invariance by sex, {step.name}"
        yield p.say(f"{says}: scaled χ²", "semTools", step.scaled.value, known["chisq.scaled"], 5e-2)
        yield p.say(f"{says}: df", "semTools", step.scaled.df, known["df.scaled"], 0)
        ours, names = [step.cfi_scaled, step.rmsea_scaled, step.srmr], ("cfi.scaled", "rmsea.scaled", "srmr")
        yield p.say(f"{says}: CFI, RMSEA, SRMR", "semTools", ours, [known[one] for one in names], 1e-4)


def networks() -> Iterator[Value]:
    """Two waves of friendship in a class."""
    known = json.loads((DATA / "networks" / "reference_networks_knecht.json").read_text())
    for wave in (1, 2):
        with (DATA / "networks" / f"knecht_wave{wave}.csv").open(encoding="utf-8") as stream:
            matrix = np.array([[int(cell) for cell in row] for row in csv.reader(stream)])
        found, r = network(range(len(matrix)), map(tuple, np.argwhere(matrix == 1))), known[f"knecht_w{wave}"]
        for name, ours, theirs in (
            ("ties", found.ties, r["ties"]),
            ("density", found.density, r["density"]),
            ("reciprocity", found.reciprocity, r["reciprocity_edgewise"]),
            ("transitivity", found.transitivity, r["transitivity_weak"]),
            ("mutual, one-way and no ties", [found.mutual, found.one_way, found.none], list(r["dyads"].values())),
            ("components", len(found.components), r["components_weak"]),
            ("isolates", len(found.isolates), r["isolates"]),
            ("named by nobody", len(found.named_by_nobody), r["zero_indegree"]),
            ("in-degrees", found.named_by, r["indegree"]),
            ("largest in- and out-degree", [found.named_by.max(), found.named.max()],
             [r["indegree_max"], r["outdegree_max"]]),
        ):  # fmt: skip
            exact = not isinstance(theirs, float)
            ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
            yield Value(KNECHT, f"wave {wave}: {name}", "sna", ours, theirs, 0 if exact else 1e-6)
