"""Real PISA answers against R: alpha, omega, items, weights, replicate weights, schools."""

import numpy as np
import pytest

from belong.measure import (
    Design,
    alpha,
    alpha_if_dropped,
    alpha_interval,
    design_effect,
    difference,
    distribution,
    empirical_bayes,
    favourable,
    feldt_interval,
    item_rest,
    mean,
    mean_reliability,
    nested,
    one_factor,
    one_way,
    pair_counts,
    reliable_change,
    score,
    standard_error_of_measurement,
)  # fmt: skip
from tests.measure.conftest import NAMES


@pytest.fixture(scope="module")
def covariance(pisa):
    return pair_counts(pisa.responses, "complete").covariance()


def test_item_counts(pisa, reference):
    frequencies = pair_counts(pisa.responses, "pairwise").frequencies()
    codes = pisa.responses.oriented()
    for j, (item, name) in enumerate(zip(pisa.key.items, NAMES, strict=True)):
        expected = list(reference["item_freq_all"][name].values())
        assert frequencies[item.id].tolist() == expected
        assert distribution(codes[:, j], 4).tolist() == expected


def test_alpha_and_item_statistics(pisa, reference, covariance):
    assert int(pisa.responses.complete().sum()) == reference["n_complete"] == 3682
    assert alpha(covariance) == pytest.approx(reference["alpha_raw"], abs=1e-6)
    assert alpha_if_dropped(covariance) == pytest.approx(
        [reference["alpha_if_dropped"][n] for n in NAMES], abs=1e-6
    )
    assert item_rest(covariance) == pytest.approx([reference["item_rest_r"][n] for n in NAMES], abs=1e-6)
    assert np.sqrt(np.diag(covariance)) == pytest.approx([reference["item_sd"][n] for n in NAMES], abs=1e-6)


def test_weighted_alpha(pisa):
    weighted = pair_counts(pisa.responses, "complete", weights=pisa.weights).covariance()
    assert alpha(weighted) == pytest.approx(0.7537, abs=5e-5)


def test_one_factor_omega(reference, covariance):
    expected = reference["omega_total_1f_ML_cov"]
    found = one_factor(covariance)
    assert found.omega == pytest.approx(expected["omega"], abs=1e-6)
    n = reference["n_complete"]
    # lavaan works with divisor n, covariances here have n − 1.
    assert found.loadings * np.sqrt((n - 1) / n) == pytest.approx(expected["loadings_unstd"], abs=1e-5)
    assert found.residuals * (n - 1) / n == pytest.approx(expected["residual_var"], abs=1e-5)
    assert not found.heywood


def test_alpha_interval_is_that_of_a_jackknife(pisa):
    """The linearised standard error equals leaving out one school at a time, near enough."""
    rows = pisa.responses.complete()
    values, schools = pisa.responses.oriented()[rows].astype(float), pisa.schools[rows]
    found = alpha_interval(values, clusters=schools.astype(float))
    names = np.unique(schools)
    left_out = np.array([alpha(np.cov(values[schools != name], rowvar=False)) for name in names])
    j = len(names)
    jackknife = np.sqrt((j - 1) / j * ((left_out - left_out.mean()) ** 2).sum())
    assert found.value == pytest.approx(0.762239, abs=1e-6)
    assert found.se == pytest.approx(jackknife, rel=0.03)
    assert found.low < found.value < found.high < 1


def test_feldt_interval_holds_the_estimate(reference):
    found = feldt_interval(reference["alpha_raw"], 3682, 6)
    assert found.low == pytest.approx(0.7501, abs=2e-4)
    assert found.high == pytest.approx(0.7739, abs=2e-4)


def test_schools(pisa, reference):
    expected = reference["icc_BELONG"]
    data = nested(pisa.numbers("BELONG"), pisa.schools)
    fit = one_way(data)
    assert fit.icc == pytest.approx(expected["icc"], abs=1e-6)
    assert fit.between == pytest.approx(expected["var_school"], abs=1e-6)
    assert fit.residual == pytest.approx(expected["var_resid"], abs=1e-6)
    assert fit.mean == pytest.approx(expected["intercept"], abs=1e-6)
    assert float(mean_reliability(30.0, fit)) == pytest.approx(0.54, abs=0.005)
    assert design_effect(data.sizes, fit.icc) == pytest.approx(1.96, abs=0.01)


def test_school_means_drawn_together(pisa, reference):
    numbers = np.array([int(row["SCHOOLID"]) for row in pisa.rows])
    data = nested(pisa.numbers("BELONG"), numbers)
    fit = one_way(data)
    drawn = empirical_bayes(data, fit) - fit.mean
    assert drawn[:5] == pytest.approx(list(reference["icc_BELONG"]["blup_first5"].values()), abs=1e-6)


def test_own_score_is_as_alike_within_schools_as_the_official_one(pisa):
    fit = one_way(nested(score(pisa.responses, pisa.key), pisa.schools))
    assert fit.icc == pytest.approx(0.036, abs=5e-4)


def test_replicate_weights(pisa, reference):
    survey, design = reference["survey"], pisa.replicated()
    belong = pisa.numbers("BELONG")
    found = mean(belong, design)
    assert found.people == survey["n"]
    assert found.value == pytest.approx(survey["mean_BELONG"], abs=1e-6)
    assert found.se == pytest.approx(survey["se_brr_fay_mse_TRUE"], abs=1e-6)
    sex = pisa.texts("ST03Q01")
    girls = mean(belong, design, sex == "1")
    assert girls.value == pytest.approx(survey["by_sex_1female_2male"][0]["mean"], abs=1e-6)
    gap = difference(belong, design, sex == "1", sex == "2")
    assert gap.value == pytest.approx(survey["sex_difference_female_minus_male"]["est"], abs=1e-6)
    assert gap.se == pytest.approx(survey["sex_difference_female_minus_male"]["se"], abs=1e-4)


def test_share_that_agrees_to_belonging(pisa, reference):
    item = pisa.key.item("belong")
    place = pisa.responses.ids.index("belong")
    share = favourable(pisa.responses.oriented()[:, place], item) * 100
    found = mean(share, pisa.replicated())
    assert found.value == pytest.approx(reference["survey"]["pct_agree_belong_item3"]["est"], abs=1e-6)
    assert found.se == pytest.approx(reference["survey"]["pct_agree_belong_item3"]["se"], abs=1e-3)


def test_people_alone_give_the_textbook_standard_error(pisa):
    values = pisa.numbers("BELONG")
    found = mean(values, Design(len(values)))
    known = values[~np.isnan(values)]
    assert found.value == pytest.approx(known.mean())
    assert found.se == pytest.approx(known.std(ddof=1) / np.sqrt(len(known)))
    assert found.effect == pytest.approx(1.0)


def test_one_persons_change_is_mostly_noise(reference):
    sd = reference["sumscore"]["sd"]
    assert standard_error_of_measurement(sd, reference["alpha_raw"]) == pytest.approx(
        reference["sem_raw_alpha"], abs=1e-5
    )
    assert reliable_change(sd, reference["alpha_raw"]) == pytest.approx(3.2, abs=0.05)
