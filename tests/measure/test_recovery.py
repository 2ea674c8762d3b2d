"""Known truths come back from simulated answers, and order, names and weights change only what they should."""

import numpy as np
import pytest

from belong.measure import (
    Design,
    Responses,
    alpha,
    guttman_lambda6,
    mean,
    one_factor,
    pair_counts,
    pattern_counts,
)
from belong.measure.fairness import dif, invariance
from belong.measure.irt import fit
from belong.measure.ordinal import categorical_omega, gamma, one_ordinal_factor, polychoric
from belong.measure.raking import rake
from tests.measure.making import counted, from_factor, instrument, responses

CUTS = [-1.2, -0.2, 0.9]


def test_one_factor_omega_is_that_of_the_population():
    loadings, noise = np.array([0.9, 0.7, 0.8, 0.5, 1.1]), np.array([0.5, 0.8, 0.6, 0.9, 0.7])
    rng = np.random.default_rng(3)
    values = rng.standard_normal((60_000, 1)) * loadings + rng.standard_normal((60_000, 5)) * np.sqrt(noise)
    found = one_factor(np.cov(values, rowvar=False))
    true = loadings.sum() ** 2 / (loadings.sum() ** 2 + noise.sum())
    assert found.omega == pytest.approx(true, abs=0.003)
    assert found.loadings == pytest.approx(loadings, abs=0.02)
    assert alpha(np.cov(values, rowvar=False)) < found.omega  # loadings differ, so alpha is a lower bound
    assert guttman_lambda6(np.full((5, 5), 0.4) + 0.6 * np.eye(5)) == pytest.approx(8 / 11)


def test_partial_credit_finds_the_spread_of_the_latent_variable():
    rng = np.random.default_rng(4)
    steps = np.array(
        [[-1.0, 0.2, 1.1], [-0.5, 0.0, 0.6], [-1.4, -0.3, 0.9], [-0.8, 0.4, 1.5], [-1.1, 0.1, 0.7]]
    )
    theta = rng.normal(0, 1.5, 20_000)
    codes = np.empty((len(theta), len(steps)), dtype=np.int8)
    for j, own in enumerate(steps):
        lean = np.arange(4)[:, None] * theta - np.concatenate([[0], np.cumsum(own)])[:, None]
        chance = np.exp(lean) / np.exp(lean).sum(axis=0)
        codes[:, j] = (rng.random(len(theta)) > np.cumsum(chance, axis=0)).sum(axis=0).clip(max=3) + 1
    found = fit(counted(codes, 4)[1], "pcm")
    assert found.spread == pytest.approx(2.25, abs=0.12)
    assert [item.places for item in found.items] == [pytest.approx(own, abs=0.12) for own in steps]


def _two_groups(rng, people: int, shift: float, ahead: float = 0.3):
    """Answers of two groups, the second ahead on the factor; item 0 is ``shift`` harder for it."""
    loadings = np.full(6, 0.7)
    codes = np.empty((2 * people, 6), dtype=np.int8)
    for side, rows in enumerate((slice(0, people), slice(people, None))):
        theta = rng.standard_normal((people, 1)) + ahead * side
        values = theta * loadings + np.sqrt(1 - loadings**2) * rng.standard_normal((people, 6))
        values[:, 0] -= shift * side
        codes[rows] = np.searchsorted(CUTS, values) + 1
    return codes, np.repeat(["a", "b"], people)


def test_differential_functioning_raises_few_false_alarms_and_is_found_where_it_is():
    rng = np.random.default_rng(5)
    alarms, found = [], []
    for _ in range(16):
        codes, names = _two_groups(rng, 400, shift=0.0)
        alarms += [one.p < 0.05 for one in dif(counted(codes, 4, groups=names)[1], "a", "b")]
        codes, names = _two_groups(rng, 400, shift=0.6)
        found.append(dif(counted(codes, 4, groups=names)[1], "a", "b")[0])
    assert np.mean(alarms) < 0.12  # ninety-six tests at 5 %
    assert np.mean([one.p < 0.01 and one.shift < 0 for one in found]) > 0.9


def test_invariance_holds_where_it_should_and_breaks_where_it_should():
    rng = np.random.default_rng(6)
    for shift, lost in ((0.0, False), (1.2, True)):
        codes, names = _two_groups(rng, 4000, shift)
        codes[4000:, 1] = np.where(rng.random(4000) < 0.5 * lost, rng.integers(1, 5, 4000), codes[4000:, 1])
        pairs, patterns = counted(codes, 4, groups=names)
        last = invariance(pairs, patterns, ["a", "b"])[-1]
        assert (last.scaled.p < 0.001) == lost


def test_raking_brings_back_the_mean_that_uneven_answering_hid():
    rng = np.random.default_rng(7)
    sex, year = rng.choice(["F", "M"], 20_000), rng.choice(["7", "8", "9"], 20_000)
    score = 60 + 8 * (sex == "F") - 6 * (year == "9") + rng.normal(0, 15, 20_000)
    answered = rng.random(20_000) < np.where(sex == "F", 0.8, 0.4) * np.where(year == "9", 0.5, 1.0)
    roll = {
        "sex": {name: float((sex == name).sum()) for name in ("F", "M")},
        "year": {name: float((year == name).sum()) for name in ("7", "8", "9")},
    }
    raked = rake({"sex": sex[answered], "year": year[answered]}, roll)
    people = int(answered.sum())
    plain, mended = (mean(score[answered], Design(people, weights)) for weights in (None, raked.weights))
    assert abs(plain.value - score.mean()) > 1.5
    assert mended.low < score.mean() < mended.high
    assert mended.se > plain.se


def test_a_weight_of_two_is_two_people():
    rng = np.random.default_rng(8)
    codes = from_factor(rng, 400, np.full(5, 0.7), CUTS)
    twice = rng.random(400) < 0.5
    made, weights = responses(codes, 4), 1.0 + twice
    long = responses(np.concatenate([codes, codes[twice]]), 4)
    weighted, plain = pair_counts(made, "complete", weights=weights), pair_counts(long, "complete")
    assert weighted.covariance() == pytest.approx(plain.covariance())
    assert (polychoric(weighted).correlation == polychoric(plain).correlation).all()
    one, other = (fit(counts) for counts in (pattern_counts(made, weights=weights), pattern_counts(long)))
    assert one.log_likelihood == pytest.approx(other.log_likelihood, rel=1e-10)
    value = rng.normal(size=400)
    both = np.concatenate([value, value[twice]])
    assert mean(value, Design(400, weights)).value == pytest.approx(mean(both, Design(len(both))).value)


def test_order_and_names_of_people_groups_and_items_change_nothing_else():
    rng = np.random.default_rng(9)
    codes, names = _two_groups(rng, 600, shift=0.5)
    people, items = rng.permutation(1200), rng.permutation(6)
    new = {"a": "zebra", "b": "apple"}
    renamed = np.array([new[name] for name in names[people]])
    ids = [f"other {j}" for j in range(6)]
    turned = Responses(
        instrument(6, 4, names=[ids[j].replace(" ", "-") for j in items]).scored_items,
        codes[people][:, items],
    )
    plain, moved = counted(codes, 4, groups=names), None
    moved = pair_counts(turned, "complete", groups=renamed), pattern_counts(turned, groups=renamed)
    here, there = (polychoric(pairs) for pairs, _ in (plain, moved))
    assert there.correlation == pytest.approx(here.correlation[np.ix_(items, items)], abs=1e-9)
    loadings = [
        one_ordinal_factor(one, gamma(one, patterns))
        for one, patterns in ((here, plain[1]), (there, moved[1]))
    ]
    assert loadings[1].loadings == pytest.approx(loadings[0].loadings[items], abs=1e-7)
    assert loadings[1].fit.scaled.value == pytest.approx(loadings[0].fit.scaled.value, rel=1e-6)
    omegas = [
        categorical_omega(one, factor.loadings) for one, factor in zip((here, there), loadings, strict=True)
    ]
    assert omegas[1] == pytest.approx(omegas[0])
    slopes = [np.array([item.slope for item in fit(patterns).items]) for _, patterns in (plain, moved)]
    assert slopes[1] == pytest.approx(slopes[0][items], abs=1e-3)
    one, other = dif(plain[1], "a", "b"), dif(moved[1], "zebra", "apple")
    assert [found.total for found in other] == pytest.approx([one[j].total for j in items])
    assert [found.shift for found in other] == pytest.approx([one[j].shift for j in items])
