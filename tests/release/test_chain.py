"""Waves in a row: what one change carries out of its wave, the next must not carry on."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from belong.release import SHOWN, Menu, build
from belong.release.carried import ways_of
from tests.release.schools import points, school

MENU = Menu.of("sex")


def wave(number, people, seed):
    """A wave in which these persons answer one question, all of them."""
    dice = np.random.default_rng(seed)
    answers = {person: int(dice.integers(1, 6)) for person in range(400)}
    return school(
        {"sex": ["F" if person % 2 else "M" for person in people]},
        {"q1": [answers[person] for person in people]},
        items=1, wave=str(number), person_keys=[b"%d" % person for person in people],
    )  # fmt: skip


def told_of_everyone(data):
    """The sum of everybody's answers, as a table without protection gives it."""
    return points(data, "q1", np.ones(data.pupils, dtype=bool))


def test_two_changes_give_away_one_child_between_them():
    """A hundred, then twenty more for one wave, then neither those nor child 0. The hundred are all of wave one, the
    other 99 all of wave three: both sums of wave two follow from the changes, and child 0 is what lies between.
    """
    people = [list(range(100)), list(range(120)), list(range(1, 100))]
    waves = [wave(number, who, seed=number) for number, who in enumerate(people, start=1)]
    naive = [told_of_everyone(data) for data in waves]
    second = waves[1]
    in_hundred, in_rest = np.arange(120) < 100, (np.arange(120) < 100) & (np.arange(120) > 0)
    up = points(second, "q1", in_hundred) - naive[0]
    down = naive[2] - points(second, "q1", in_rest)
    assert (naive[0] + up) - (naive[2] - down) == points(second, "q1", np.arange(120) == 0)

    releases = [build(waves[0], MENU)]
    for before, now in itertools.pairwise(waves):
        releases.append(build(now, MENU, previous=(releases[-1], before)))
    rows = [
        [c for c in release.changes if c.cut == "all" and c.measure == "score"] for release in releases[1:]
    ]
    assert all(rows)
    for (change,) in rows:
        if change.symbol in SHOWN:
            assert change.matched_share < 95, "some are set aside, so that it is nobody's sum"


def rank(rows):
    return int(np.linalg.matrix_rank(np.array(rows, dtype=float))) if len(rows) else 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_changes_that_pass_add_no_sum_to_either_wave(seed):
    """By rank alone: with all changes beside both waves, what rests on one wave only is what it had before."""
    dice = np.random.default_rng(seed)
    people = int(dice.integers(15, 40))
    groups = [np.ones(people, dtype=bool), *(dice.random((3, people)) < 0.5)]
    here, there = dice.random((2, people)) < dice.choice([0.7, 1.0], (2, 1))
    now = np.array([group & here for group in groups])
    then = np.array([group & there for group in groups])
    panel = np.array([group & here & there for group in groups[: dice.integers(1, 5)]])
    if dice.random() < 0.3:
        panel[0, np.flatnonzero(panel[0])[:3]] = False
    while ways := ways_of(now, then, panel, panel, 4):
        panel = np.delete(panel, ways[0][-1], axis=0)
    nothing = np.zeros((len(groups), people))
    both = np.block([[now, nothing], [nothing, then], [panel.astype(int), -panel.astype(int)]])
    only_now = rank(both) - rank(both[:, people:])
    only_then = rank(both) - rank(both[:, :people])
    assert (only_now, only_then) == (rank(now), rank(then))


def test_two_groups_with_the_same_people_missing_carry_their_difference():
    """The same twelve boys of year A joined, twelve others left, and with them one girl of the year. Each panel is far
    enough from every published set, but what year A and the boys differ by is known now, so the girl follows.
    """
    person = np.arange(100)
    everyone, year, boys = person >= 0, person < 60, person % 2 == 0
    joined = boys & (person < 24)
    left = (boys & (person >= 24) & (person < 48)) | (person == 49)
    now, then = (np.array([everyone, year, boys]) & ~gone for gone in (left, joined))
    panel = now & then
    for sets in (now, then):
        apart = (panel[:, None] ^ sets[None]).sum(axis=2)
        assert ((apart == 0) | (apart >= 10)).all()
    girl = (then[1] ^ panel[1]).astype(int) - (then[2] ^ panel[2])
    assert (np.flatnonzero(girl) == [49]).all()
    assert any(2 in way for way in ways_of(now, then, panel, panel, 10))
    assert not ways_of(now, then, panel[:1], panel[:1], 10)
