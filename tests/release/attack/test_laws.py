"""Laws over random small schools: with a class list the command finds what brute force finds, and tells no lies."""

import itertools
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize

from tests.release.attack.files import by_way, class_list, groups_of, naive, tried
from tests.release.schools import fewest, points, school

LISTED = 25
"""Findings of a kind that a report lists; of more it says how many."""

LEAST = 6


@st.composite
def schools(draw):
    """Two or three attributes, unevenly divided, some of the people without an answer."""
    people = draw(st.integers(20, 60))
    dice = np.random.default_rng(draw(st.integers(0, 10**6)))
    names = draw(st.sampled_from(["ab", "abc"]))
    evenness = draw(st.sampled_from([0.5, 2.0]))
    groups = {
        name: dice.choice(["1", "2", "3"][: draw(st.integers(2, 3))], people).tolist()
        if draw(st.booleans())
        else dice.choice(["1", "2"], people, p=dice.dirichlet([evenness] * 2)).tolist()
        for name in names
    }
    pairs = [("a", "b")] if draw(st.booleans()) else []
    return (
        school(groups, seed=draw(st.integers(0, 10**6)), items=1, skip=draw(st.sampled_from([0.0, 0.2]))),
        names,
        pairs,
    )


def report_on(data, cuts, pairs):
    with tempfile.TemporaryDirectory() as folder:
        table = naive(Path(folder) / "naive.csv", data, cuts, pairs, least=LEAST)
        roll = class_list(Path(folder) / "roll.csv", data)
        return tried(table, plain=True, roll=roll, threshold=LEAST)


def told_and_hidden(data, cuts, pairs):
    """Sets of people who answered, one row each: those the table shows, and those it leaves out."""
    answered = data.items["q1"] > 0
    sets = np.array([members[answered] for members in groups_of(data, cuts, pairs).values()], dtype=float)
    shown = sets.sum(axis=1) >= LEAST
    return sets[shown], sets[~shown]


def candidates(told, hidden):
    """Hidden sets, and differences and intersections of any two told ones, of one to five people; each once."""
    found = list(hidden)
    for one, other in itertools.permutations(told, 2):
        found += [one * other, one * (1 - other)]
    return (
        np.unique([v for v in found if 0 < v.sum() < LEAST], axis=0)
        if found
        else np.zeros((0, told.shape[1]))
    )


@settings(max_examples=60, deadline=None)
@given(schools())
def test_what_can_be_had_exactly_is_what_brute_force_finds(case):
    data, cuts, pairs = case
    told, hidden = told_and_hidden(data, cuts, pairs)
    assume(len(told) and len(np.unique(told.T, axis=0)) <= 10)
    exact = by_way(report_on(data, cuts, pairs), "exact")
    smallest = fewest(told)
    assert bool(exact) == (0 < smallest < LEAST)
    if exact:
        assert min(int(one.people.split()[0]) for one in exact) == smallest
    named = [
        v for v in candidates(told, hidden) if np.abs(told.T @ np.linalg.lstsq(told.T, v)[0] - v).max() < 1e-8
    ]
    others = sum(one.about.startswith("some people of") for one in exact)
    assert len(named) <= len(exact) <= len(named) + others


@settings(max_examples=40, deadline=None)
@given(schools())
def test_what_is_narrowed_is_what_programmes_one_by_one_find(case):
    data, cuts, pairs = case
    told, hidden = told_and_hidden(data, cuts, pairs)
    assume(len(told))
    codes = data.items["q1"][data.items["q1"] > 0].astype(float)
    sums = np.array([round(float(((codes - 1) * 25 @ row) / row.sum()), 1) for row in told]) * told.sum(
        axis=1
    )
    reach = 0.05 * told.sum(axis=1)
    limits = {
        "A_ub": np.concatenate([told, -told]),
        "b_ub": np.concatenate([sums + reach, reach - sums]) + 1e-6,
    }
    narrow = []
    for wanted in candidates(told, hidden):
        ends = [optimize.linprog(sign * wanted, bounds=(0, 100), **limits) for sign in (1, -1)]
        if all(end.success for end in ends) and -ends[1].fun - ends[0].fun < 50 * wanted.sum() - 1e-3:
            narrow.append(wanted)
    assume(len(narrow) <= LISTED)
    learned = report_on(data, cuts, pairs).learned
    found = [
        one
        for one in learned
        if one.way in ("exact", "interval") and not one.about.startswith("some people of")
    ]
    exact = sum(one.high - one.low >= 50 for one in found if one.low is not None)
    assert len(found) - exact == len(narrow)


@settings(max_examples=40, deadline=None)
@given(schools())
def test_everything_it_says_of_hidden_groups_is_true(case):
    data, cuts, pairs = case
    answered = data.items["q1"] > 0
    groups = groups_of(data, cuts, pairs)
    for one in report_on(data, cuts, pairs).learned:
        for (cut, group), members in groups.items():
            if one.about == f"{group} ({cut.replace('*', ' by ')})" and one.low is not None:
                few = members & answered
                if not few.any():
                    assert one.people.endswith("if anybody")
                    continue
                assert one.low - 1e-3 <= points(data, "q1", few) / few.sum() <= one.high + 1e-3
