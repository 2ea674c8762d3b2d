"""Polychoric correlations, one ordinal factor and categorical omega: R's values, known parameters, odd answers."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from belong.measure import PairCounts, PatternCounts, pair_counts, pattern_counts
from belong.measure.factor import dimensions, likelihood_fit, minres, omega_of
from belong.measure.ordinal import (
    NotMeasurable,
    categorical_omega,
    gamma,
    one_ordinal_factor,
    ordinal_alpha,
    polychoric,
)
from belong.measure.ordinal.normal import cumulative
from belong.measure.reliability import one_factor
from tests.measure.conftest import NAMES
from tests.measure.making import counted, from_factor


@pytest.fixture(scope="module")
def counts(pisa):
    return pair_counts(pisa.responses, "complete")


@pytest.fixture(scope="module")
def found(counts):
    return polychoric(counts)


@pytest.fixture(scope="module")
def factor(pisa, found):
    return one_ordinal_factor(found, gamma(found, pattern_counts(pisa.responses)))


def test_polychorics_and_thresholds_are_those_of_r(found, reference):
    assert found.correlation == pytest.approx(
        np.array(reference["polychoric_lavaan_twostep"]["values"]), abs=1e-6
    )
    assert found.correlation == pytest.approx(np.array(reference["polychoric_psych"]["values"]), abs=1e-4)
    expected = reference["thresholds_lavaan"]
    for name, own in zip(NAMES, found.thresholds, strict=True):
        assert own == pytest.approx([expected[f"{name}|t{place}"] for place in (1, 2, 3)], abs=1e-6)
    assert found.positive
    assert found.unused == {}


def test_loadings_errors_and_fit_are_those_of_wlsmv(factor, reference):
    expected = reference["wlsmv_1f"]
    assert factor.loadings == pytest.approx(list(expected["loadings_std"].values()), abs=2e-6)
    assert factor.se == pytest.approx(expected["se"], abs=2e-6)
    fit, theirs = factor.fit, expected["fit"]
    assert (fit.chi2.df, fit.scaled.df) == (theirs["df"], theirs["df.scaled"])
    assert fit.chi2.value == pytest.approx(theirs["chisq"], abs=1e-3)
    assert fit.scaled.value == pytest.approx(theirs["chisq.scaled"], abs=1e-3)
    for own, name in [
        (fit.cfi, "cfi"), (fit.cfi_scaled, "cfi.scaled"), (fit.tli, "tli"), (fit.tli_scaled, "tli.scaled"),
        (fit.rmsea, "rmsea"), (fit.rmsea_scaled, "rmsea.scaled"), (fit.srmr, "srmr"),
    ]:  # fmt: skip
        assert own == pytest.approx(theirs[name], abs=2e-6), name
    assert factor.heywood == ()


def test_categorical_omega_and_ordinal_alpha_are_those_of_r(found, factor, reference):
    assert categorical_omega(found, factor.loadings) == pytest.approx(
        reference["omega_categorical_GreenYang_compRelSEM"], abs=1e-6
    )
    assert ordinal_alpha(found) == pytest.approx(reference["semTools_categorical"]["alpha.ord"], abs=1e-6)


def test_continuous_one_factor_fit_and_minres_are_those_of_r(counts, reference):
    covariance = counts.covariance()
    solution = one_factor(covariance)
    fit, theirs = (
        likelihood_fit(covariance, solution.loadings, solution.residuals, 3682),
        reference["cfa_ML_fit"],
    )
    assert fit.chi2 == pytest.approx(theirs["chisq"], abs=1e-4)
    assert (fit.cfi, fit.tli, fit.rmsea, fit.srmr) == pytest.approx(
        (theirs["cfi"], theirs["tli"], theirs["rmsea"], theirs["srmr"]), abs=2e-6
    )
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(spread, spread)
    expected = reference["omega_total_1f_minres_cor"]
    assert minres(correlation) == pytest.approx(expected["loadings"], abs=1e-5)
    assert omega_of(minres(correlation)) == pytest.approx(expected["omega"], abs=1e-5)


def test_one_dimension_is_told_from_two():
    rng = np.random.default_rng(4)
    one = np.corrcoef(from_factor(rng, 3000, np.full(8, 0.6), [-1.0, 0.0, 1.0]).T)
    assert dimensions(one, 3000).is_one
    two = np.concatenate([from_factor(rng, 3000, np.full(4, 0.7), [0.0]) for _ in range(2)], axis=1)
    assert dimensions(np.corrcoef(two.T), 3000).factors == 2


@given(
    st.tuples(st.floats(-4, 4), st.floats(-4, 4), st.floats(-0.99, 0.99)),
)
@settings(max_examples=150, deadline=None)
def test_the_bivariate_normal_is_scipys(point):
    h, k, rho = point
    ours = float(cumulative(np.array(h), np.array(k), np.array(rho)))
    theirs = multivariate_normal([0, 0], [[1, rho], [rho, 1]]).cdf([h, k])
    assert ours == pytest.approx(theirs, abs=1e-6)


def test_known_loadings_come_back():
    rng = np.random.default_rng(11)
    truth = np.linspace(0.4, 0.85, 7)
    codes = from_factor(rng, 40_000, truth, [-1.5, -0.5, 0.4, 1.3])
    pairs, patterns = counted(codes, 5)
    found = polychoric(pairs)
    fit = one_ordinal_factor(found, gamma(found, patterns))
    assert np.abs(fit.loadings - truth).max() < 4.5 * fit.se.max()
    assert fit.fit.scaled.p > 0.001
    total = codes.sum(axis=1).astype(float)
    halves = from_factor(np.random.default_rng(12), 40_000, truth, [-1.5, -0.5, 0.4, 1.3]).sum(axis=1)
    # A second, independent set of the same people's answers would correlate with the first by the reliability.
    assert 0.7 < categorical_omega(found, fit.loadings) < 0.9
    assert total.var() == pytest.approx(halves.var(), rel=0.05)


def test_categorical_omega_is_the_correlation_of_parallel_forms():
    rng = np.random.default_rng(5)
    people, truth, cuts = 60_000, np.array([0.5, 0.6, 0.7, 0.8]), np.array([-1.0, 0.3])
    theta = rng.standard_normal((people, 1))
    forms = [
        np.searchsorted(cuts, theta * truth + np.sqrt(1 - truth**2) * rng.standard_normal((people, 4))) + 1
        for _ in range(2)
    ]
    pairs, _ = counted(forms[0].astype(np.int8), 3)
    found = polychoric(pairs)
    between = np.corrcoef(forms[0].sum(axis=1), forms[1].sum(axis=1))[0, 1]
    assert categorical_omega(found, truth) == pytest.approx(between, abs=0.012)


def test_the_covariance_of_correlations_is_that_of_repeated_samples():
    rng = np.random.default_rng(8)
    truth = np.array([0.5, 0.7, 0.8])
    drawn, promised = [], []
    for _ in range(250):
        pairs, patterns = counted(from_factor(rng, 800, truth, [-0.8, 0.5]), 3)
        found = polychoric(pairs)
        drawn.append(found.between)
        promised.append(np.sqrt(np.diag(gamma(found, patterns)) / 800))
    assert np.std(drawn, axis=0) == pytest.approx(np.mean(promised, axis=0), rel=0.12)


def test_order_of_items_changes_nothing_but_the_order():
    codes = from_factor(np.random.default_rng(3), 1500, np.array([0.5, 0.6, 0.7, 0.8]), [-1.0, 0.0, 1.0])
    turned = codes[:, [2, 0, 3, 1]]
    first, second = (polychoric(counted(some, 4)[0]) for some in (codes, turned))
    assert second.correlation == pytest.approx(
        first.correlation[np.ix_([2, 0, 3, 1], [2, 0, 3, 1])], abs=1e-9
    )


def test_reversed_codes_turn_the_sign():
    codes = from_factor(np.random.default_rng(3), 1500, np.array([0.5, 0.6, 0.7]), [-1.0, 0.0, 1.0])
    turned = codes.copy()
    turned[:, 0] = 5 - turned[:, 0]
    first, second = (polychoric(counted(some, 4)[0]) for some in (codes, turned))
    assert second.correlation[0, 1] == pytest.approx(-first.correlation[0, 1], abs=1e-9)
    assert second.thresholds[0] == pytest.approx(-first.thresholds[0][::-1], abs=1e-9)


def test_a_category_nobody_chose_is_named_and_changes_nothing():
    codes = from_factor(np.random.default_rng(9), 2000, np.array([0.5, 0.6, 0.7, 0.8]), [-0.5, 0.5])
    spread = np.where(codes == 3, 5, codes).astype(np.int8)
    found, plain = polychoric(counted(spread, 5)[0]), polychoric(counted(codes, 3)[0])
    assert found.correlation == pytest.approx(plain.correlation, abs=1e-12)
    assert found.unused == {f"q{j}": (3, 4) for j in range(4)}


def _one_pair(table) -> PairCounts:
    table = np.asarray(table, dtype=float)
    k, m = table.shape
    whole = np.zeros((k + m, k + m))
    whole[:k, k:], whole[k:, :k] = table, table.T
    whole[:k, :k], whole[k:, k:] = np.diag(table.sum(axis=1)), np.diag(table.sum(axis=0))
    return PairCounts(("a", "b"), (k, m), ("all",), "complete", whole[None], np.array([int(table.sum())]))


def test_two_by_two_with_an_empty_cell_stays_inside():
    value = polychoric(_one_pair([[10, 0], [5, 20]])).correlation[0, 1]
    assert 0.7 < value < 0.99


def test_a_perfect_table_is_named_as_one_at_the_edge():
    found = polychoric(_one_pair([[10, 0, 0], [0, 12, 0], [0, 0, 9]]))
    assert found.at_the_edge == (("a", "b"),)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([[10, 5], [0, 0]], "Everybody who answered a gave the same answer"),
        ([[0, 0], [0, 0]], "Nobody answered a"),
    ],
)
def test_what_cannot_be_measured_is_said(table, words):
    with pytest.raises(NotMeasurable, match=words):
        polychoric(_one_pair(table))


def test_two_items_carry_no_factor():
    found = polychoric(_one_pair([[10, 5], [5, 20]]))
    with pytest.raises(NotMeasurable, match="at least three items"):
        one_ordinal_factor(found, np.eye(1))


def test_a_heywood_case_is_named_and_has_no_omega(found):
    impossible = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])
    three = dataclasses.replace(
        found,
        items=found.items[:3],
        correlation=impossible,
        thresholds=found.thresholds[:3],
        used=found.used[:3],
        pairs=found.pairs[:3],
        people=found.people[:3],
    )
    fit = one_ordinal_factor(three, np.eye(3))
    assert fit.loadings[0] == pytest.approx(np.sqrt(0.8 * 0.8 / 0.5), abs=1e-6)
    assert fit.heywood == (found.items[0],)
    with pytest.raises(NotMeasurable, match="a loading of 1 or more"):
        categorical_omega(three, fit.loadings)


def test_pairwise_counts_rest_on_those_who_answered_both():
    rng = np.random.default_rng(2)
    codes = from_factor(rng, 5000, np.array([0.6, 0.6, 0.7]), [-0.7, 0.7])
    holes = np.where(rng.random(codes.shape) < 0.15, 0, codes).astype(np.int8)
    full, partly = polychoric(counted(codes, 3)[0]), polychoric(counted(holes, 3, "pairwise")[0])
    assert partly.people.max() < 4000
    assert partly.correlation == pytest.approx(full.correlation, abs=0.05)


def test_patterns_with_gaps_are_left_out_of_the_covariance(pisa, found):
    patterns = pattern_counts(pisa.responses)
    complete = (patterns.patterns > 0).all(axis=1)
    only = PatternCounts(
        patterns.items,
        patterns.categories,
        patterns.groups,
        patterns.patterns[complete],
        patterns.counts[:, complete],
    )
    assert gamma(found, patterns) == pytest.approx(gamma(found, only))


def test_weighted_correlations_are_those_of_people_counted_again_and_no_fit_is_shown(pisa):
    """A weight of two is two people like this one, for the estimate; for its error it is not, and that is refused."""
    some = pisa.responses.where(np.arange(0, len(pisa.responses), 3))
    twice = np.random.default_rng(2).integers(1, 4, len(some))
    weighted = pair_counts(some, "complete", weights=twice.astype(float))
    again = pair_counts(some.where(np.repeat(np.arange(len(some)), twice)), "complete")
    found = polychoric(weighted)
    assert found.correlation == pytest.approx(polychoric(again).correlation, abs=1e-9)
    assert 0.5 < categorical_omega(found, minres(found.correlation)) < 1
    with pytest.raises(NotMeasurable, match="unweighted counts"):
        gamma(found, pattern_counts(some, weights=twice.astype(float)))
