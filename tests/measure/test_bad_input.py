"""Answers that cannot carry a figure: each function says so by name or flags its result. Never a quiet nan."""

import dataclasses
import re
import warnings

import numpy as np
import pytest

from belong.measure import (
    Design,
    NotMeasurable,
    PairCounts,
    Responses,
    alpha,
    alpha_if_dropped,
    alpha_interval,
    concerns,
    design_effect,
    difference,
    empirical_bayes,
    feldt_interval,
    item_rest,
    kish,
    load,
    mean,
    nested,
    one_factor,
    one_way,
    pair_counts,
    pattern_counts,
    reliable_change,
    score,
    shrink,
)
from belong.measure.factor import dimensions, likelihood_fit, minres
from belong.measure.fairness import dif, invariance
from belong.measure.irt import eap, empirical_reliability, fit, link, simulate, wle
from belong.measure.networks import network
from belong.measure.ordinal import categorical_omega, gamma, one_ordinal_factor, ordinal_alpha, polychoric
from belong.measure.panel import NoPanel, panel_change
from belong.measure.raking import CannotRake, rake
from tests.measure.making import from_factor, instrument, responses

GOOD = from_factor(np.random.default_rng(3), 300, np.full(5, 0.7), [-1, -0.3, 0.4, 1.2])
HALVES = np.where(np.arange(300) < 150, "a", "b")


def _with(item: int, values: np.ndarray | int) -> np.ndarray:
    codes = GOOD.copy()
    codes[:, item] = values
    return codes


BAD = {
    "constant": _with(1, 3),
    "one category": np.full((300, 5), 2, np.int8),
    "few": GOOD[:4],
    "nobody": GOOD[:0],
    "against": _with(0, 6 - GOOD[:, 0]),
    "cancelling": np.stack([GOOD[:, 0], 6 - GOOD[:, 0], GOOD[:, 1], 6 - GOOD[:, 1]], axis=1).astype(np.int8),
    "repeated": _with(1, GOOD[:, 0]),
    "all missing": np.zeros((300, 5), np.int8),
    "item missing": _with(2, 0),
    "one item": GOOD[:, :1],
}


def _covariance(codes: np.ndarray) -> np.ndarray:
    return pair_counts(responses(codes, 5), "complete").covariance()


def _wlsmv(codes: np.ndarray) -> object:
    made = responses(codes, 5)
    found = polychoric(pair_counts(made, "complete"))
    factor = one_ordinal_factor(found, gamma(found, pattern_counts(made)))
    return categorical_omega(found, factor.loadings), ordinal_alpha(found)


def _invariance(codes: np.ndarray) -> object:
    made, names = responses(codes, 5), HALVES[: len(codes)]
    pairs, patterns = pair_counts(made, "complete", groups=names), pattern_counts(made, groups=names)
    return invariance(pairs, patterns, ["a", "b"])


def _correlation(codes: np.ndarray) -> np.ndarray:
    covariance = _covariance(codes)
    spread = np.sqrt(np.diag(covariance))
    with np.errstate(invalid="ignore", divide="ignore"):
        return covariance / np.outer(spread, spread)


FUNCTIONS = {
    "alpha": lambda codes: alpha(_covariance(codes)),
    "alpha if dropped": lambda codes: alpha_if_dropped(_covariance(codes)),
    "interval": lambda codes: alpha_interval(codes[(codes > 0).all(axis=1)].astype(float)),
    "one factor": lambda codes: one_factor(_covariance(codes)),
    "minres": lambda codes: minres(_correlation(codes)),
    "dimensions": lambda codes: dimensions(_correlation(codes), len(codes)),
    "ordinal": _wlsmv,
    "model": lambda codes: fit(pattern_counts(responses(codes, 5)), "grm", most=60),
    "dif": lambda codes: dif(pattern_counts(responses(codes, 5), groups=HALVES[: len(codes)]), "a", "b"),
    "invariance": _invariance,
}

SAME, FOLLOW, TOO_FEW = "same answer", "follow", "Fewer than two people answered every item"
SAID = {
    "constant": {
        "one factor": SAME, "minres": "a gap at item 2", "dimensions": "a gap at item 2", "ordinal": SAME,
        "model": "q1 has fewer than two answers", "dif": SAME, "invariance": SAME,
    },
    "one category": {
        "alpha": "same sum", "alpha if dropped": "same sum", "interval": "same sum", "one factor": SAME,
        "minres": "a gap", "dimensions": "a gap", "ordinal": SAME, "model": "fewer than two answers", "dif": SAME,
        "invariance": SAME,
    },
    "few": {
        "one factor": FOLLOW, "minres": "Heywood", "dimensions": "more people than items", "ordinal": FOLLOW,
        "model": "more people than items", "dif": "Nobody in the group b", "invariance": "q0",
    },
    "nobody": {
        "alpha": TOO_FEW, "alpha if dropped": TOO_FEW, "interval": "two people and two items", "one factor": TOO_FEW,
        "minres": TOO_FEW, "dimensions": TOO_FEW, "ordinal": "Nobody answered q0", "model": "fewer than two answers",
        "dif": "Nobody in the group a", "invariance": "Nobody in the group a",
    },
    "against": {},
    "cancelling": {
        "alpha": "same sum", "interval": "same sum", "one factor": FOLLOW, "ordinal": FOLLOW,
        "dif": "same for everybody", "invariance": FOLLOW,
    },
    "repeated": {"one factor": FOLLOW, "ordinal": FOLLOW, "invariance": FOLLOW},
    "item missing": {
        "alpha": TOO_FEW, "alpha if dropped": TOO_FEW, "interval": "two people and two items", "one factor": TOO_FEW,
        "minres": TOO_FEW, "dimensions": TOO_FEW, "ordinal": "Nobody answered q0",
        "model": "q2 has fewer than two answers", "dif": "Nobody in the group a", "invariance": "Nobody answered q0",
    },
    "one item": dict.fromkeys(FUNCTIONS, "at least|there are 300 and 1"),
}  # fmt: skip
SAID["all missing"] = SAID["item missing"] | {"model": "q0 has fewer than two answers"}


@pytest.mark.parametrize("kind", BAD)
def test_what_answers_cannot_carry_is_said_and_the_rest_is_a_number(kind):
    for name, work in FUNCTIONS.items():
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            if name in SAID[kind]:
                with pytest.raises(NotMeasurable, match=SAID[kind][name]):
                    work(BAD[kind])
            else:
                _no_quiet_nan(work(BAD[kind]), f"{kind}, {name}")


def _no_quiet_nan(value: object, place: str) -> None:
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            _no_quiet_nan(getattr(value, field.name), f"{place}.{field.name}")
    elif isinstance(value, list | tuple):
        for one in value:
            _no_quiet_nan(one, place)
    elif isinstance(value, float | np.ndarray) and np.asarray(value).dtype.kind == "f":
        assert np.isfinite(value).all(), place


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("constant", ("constant", ("q1",), "everybody gave the same answer (3)")),
        ("few", ("few", (), "4 people answered 5 questions")),
        ("against", ("against", ("q0",), "it runs against the others")),
        ("repeated", ("repeated", ("q0", "q1"), "follow from those to the other")),
        ("item missing", ("unanswered", ("q2",), "nobody answered it")),
    ],
)
def test_oddities_are_named_before_any_figure_is_believed(kind, found):
    one = next(
        one for one in concerns(pair_counts(responses(BAD[kind], 5), "pairwise")) if one.kind == found[0]
    )
    assert one.items == found[1]
    assert found[2] in one.text
    assert concerns(pair_counts(responses(GOOD, 5), "pairwise")) == ()


def test_only_the_question_that_does_not_vary_has_no_correlation_with_the_rest():
    assert np.isnan(item_rest(_covariance(BAD["constant"]))).tolist() == [False, True, False, False, False]


def test_models_that_ran_away_say_which_question_and_are_no_ground_to_build_on():
    flat = np.stack([*GOOD.T[:4], np.random.default_rng(1).permutation(GOOD[:, 4])], axis=1)
    for codes, item, words in (
        (BAD["repeated"], "q0", "has no end"),
        (BAD["against"], "q0", "runs against the others"),
        (BAD["cancelling"], "q0", "next to nought|has no end"),
    ):
        fitted = fit(pattern_counts(responses(codes, 5)), most=150)
        assert re.search(words, fitted.doubts[item])
        with pytest.raises(NotMeasurable, match=item):
            simulate(fitted, people=50)
        with pytest.raises(NotMeasurable, match="can't be linked through"):
            link(fitted, fitted)
    good = fit(pattern_counts(responses(GOOD, 5)))
    assert good.doubts == {}
    assert "did not settle" in fit(pattern_counts(responses(GOOD, 5)), most=2).doubts[""]
    assert fit(pattern_counts(responses(flat, 5)), "pcm").doubts == {}
    with pytest.raises(NotMeasurable, match="5 columns"):
        eap(good, GOOD[:, :4])
    with pytest.raises(NotMeasurable, match="nothing else"):
        wle(good, GOOD - 2)
    with pytest.raises(NotMeasurable, match="at least two people"):
        empirical_reliability(eap(good, np.zeros((3, 5), np.int8)), np.ones(3))
    endless = wle(
        fit(pattern_counts(responses(np.repeat(GOOD[:, :1], 3, axis=1), 5)), most=40), GOOD[:40, :3]
    )
    assert np.isinf(endless.theta[~np.isfinite(endless.theta)]).all()


def test_a_heywood_case_is_flagged_or_refused():
    impossible = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])
    assert one_factor(impossible).heywood
    with pytest.raises(NotMeasurable, match="item 1 is 1 or more"):
        minres(impossible)
    three = one_factor(np.full((3, 3), 0.5) + np.eye(3) / 2)
    assert likelihood_fit(np.full((3, 3), 0.5) + np.eye(3) / 2, three.loadings, three.residuals, 50).df == 0


def test_correlations_and_patterns_of_other_people_do_not_go_together():
    made = responses(_with(0, np.where(np.arange(300) < 40, 0, GOOD[:, 0])), 5)
    with pytest.raises(NotMeasurable, match="count both from the same complete cases"):
        gamma(polychoric(pair_counts(made, "pairwise")), pattern_counts(made))


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (np.where(np.arange(300) == 7, -1.0, 1.0), "row 7 is below nought"),
        (np.where(np.arange(300) == 7, np.nan, 1.0), "row 7 is not a number"),
        (np.zeros(300), "Every weight is nought"),
        (np.ones(299), "300 people need 300 weights"),
    ],
)
def test_weights_that_are_none_are_refused_everywhere(weights, words):
    made = responses(GOOD, 5)
    for work in (
        lambda: pair_counts(made, "complete", weights=weights),
        lambda: pattern_counts(made, weights=weights),
        lambda: Design(300, weights),
        lambda: alpha_interval(GOOD.astype(float), weights),
    ):
        with pytest.raises(NotMeasurable, match=words):
            work()


def test_a_weight_of_nought_counts_for_nothing_and_small_weights_are_no_people():
    made = responses(GOOD, 5)
    some = pair_counts(made, "complete", weights=(np.arange(300) < 200).astype(float))
    assert int(some.people[0]) == 200
    assert some.covariance() == pytest.approx(_covariance(GOOD[:200]))
    with pytest.raises(NotMeasurable, match="answered every item"):
        pair_counts(made, "complete", weights=np.full(300, 1e-3)).covariance()
    with pytest.raises(NotMeasurable, match="no weight to speak of"):
        kish(np.zeros(0))


@pytest.mark.parametrize("code", [257, -1, 7, 2.5, np.nan])
def test_unknown_codes_are_named_with_their_row_and_never_wrapped(code):
    key = load("pisa-belong")
    columns = {item.id: np.array([1, 2, 3]) for item in key.items}
    wrong = columns | {"liked": np.array([1, 2, code])}
    if code == 7:  # the key says that it means no answer
        assert Responses.from_columns(key, wrong).codes[2, 4] == 0
        return
    with pytest.raises(ValueError, match="liked, row 2"):
        Responses.from_columns(key, wrong)
    with pytest.raises(ValueError, match=r"no closed item 'likd'\. Did you mean 'liked'"):
        Responses.from_columns(key, columns | {"likd": np.array([1, 2, 3])})


def test_groups_and_parts_that_are_not_there_are_named():
    made = responses(GOOD, 5)
    for counts in (pair_counts(made, "complete"), pattern_counts(made)):
        with pytest.raises(NotMeasurable, match="Nobody in the group z"):
            counts.of("z")
    with pytest.raises(KeyError, match="no part 'adults'"):
        score(made, instrument(5, 5), "adults")


def test_estimates_that_rest_on_nothing_say_so():
    nobody, alone = mean(np.full(3, np.nan), Design(3)), mean(np.array([5.0, np.nan]), Design(2))
    assert "nobody answered" in nobody.doubt
    assert "one person or one cluster" in alone.doubt
    assert "nobody" in difference(np.ones(2), Design(2), np.array([True, True]), np.zeros(2, bool)).doubt
    assert mean(np.array([1.0, 2.0]), Design(2)).doubt == ""
    for wrong in ({"fay": 1.0}, {"clusters": np.array([-1, 0])}, {"replicates": np.ones((3, 2))}):
        with pytest.raises(NotMeasurable):
            Design(2, **wrong)


def test_levels_without_spread_or_people_are_flat_or_refused():
    flat = nested(np.full(6, 50.0), np.arange(6) % 2)
    found = one_way(flat)
    assert found.icc == 0
    assert empirical_bayes(flat, found).tolist() == [50, 50]
    with pytest.raises(NotMeasurable, match="no clusters"):
        design_effect(np.zeros(0), 0.1)
    for means, errors in ((np.zeros(0), np.zeros(0)), (np.array([1.0, np.nan]), np.ones(2))):
        with pytest.raises(NotMeasurable, match="Every group needs a mean"):
            shrink(means, errors)
    for sd, reliability in ((-1, 0.8), (10, 1.2), (10, np.nan)):
        with pytest.raises(NotMeasurable):
            reliable_change(sd, reliability)
    for value, people, items in ((1.2, 30, 5), (0.8, 1, 5), (0.8, 30, 1)):
        with pytest.raises(NotMeasurable):
            feldt_interval(value, people, items)


def test_panels_rosters_and_networks_of_nobody_are_said():
    x, side = np.array([1.0, 2, 3, 4, 5, 6]), np.array([1, 1, 1, 0, 0, 0], dtype=bool)
    still = panel_change(x, x, side)
    assert (still.differences.value, still.differences.se, still.differences.p) == (0, 0, 1)
    with pytest.raises(NoPanel, match="one entry for each person"):
        panel_change(x, x[:5], side)
    with pytest.raises(NoPanel, match="On each side everybody started at the same score"):
        panel_change(np.where(side, 3.0, 5.0), x, side)
    with pytest.raises(CannotRake, match="sex is on the roll"):
        rake({"year": ["8", "9"]}, {"sex": {"F": 1, "M": 1}})
    with pytest.raises(CannotRake, match="year is given for 1 people, sex for 2"):
        rake({"sex": ["F", "M"], "year": ["8"]}, {"sex": {"F": 1, "M": 1}, "year": {"8": 2}})
    assert network([], []).ties == 0


def test_counts_of_pairs_nobody_answered_both_are_named():
    apart = GOOD.copy()
    apart[:150, 0] = apart[150:, 1] = 0
    made: PairCounts = pair_counts(responses(apart, 5), "pairwise")
    with pytest.raises(NotMeasurable, match="both q0 and q1"):
        made.covariance()
    with pytest.raises(NotMeasurable, match="both q0 and q1"):
        polychoric(made)
