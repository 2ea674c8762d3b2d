"""Networks of nominations: R sna's values on a real class, laws, odd input."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from belong.measure.networks import mismatch, network

DATA = Path(__file__).parent.parent / "data" / "networks"


@pytest.mark.parametrize("wave", [1, 2])
def test_a_real_class_is_that_of_r(wave):
    with (DATA / f"knecht_wave{wave}.csv").open(encoding="utf-8") as stream:
        matrix = np.array([[int(cell) for cell in row] for row in csv.reader(stream)])
    theirs = json.loads((DATA / "reference_networks_knecht.json").read_text())[f"knecht_w{wave}"]
    found = network(list(range(len(matrix))), [tuple(tie) for tie in np.argwhere(matrix == 1)])
    assert found.ties == theirs["ties"]
    assert found.density == pytest.approx(theirs["density"], abs=1e-6)
    assert found.reciprocity == pytest.approx(theirs["reciprocity_edgewise"], abs=1e-6)
    assert found.transitivity == pytest.approx(theirs["transitivity_weak"], abs=1e-6)
    assert {"mutual": found.mutual, "asym": found.one_way, "null": found.none} == theirs["dyads"]
    assert found.named_by.tolist() == theirs["indegree"]
    assert (len(found.components), len(found.isolates)) == (theirs["components_weak"], theirs["isolates"])
    assert len(found.named_by_nobody) == theirs["zero_indegree"]
    assert found.named.max() == theirs["outdegree_max"]


people = st.integers(2, 9)
ties = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=40)


@given(people, ties)
def test_every_pair_is_one_of_three_kinds_and_names_do_not_matter(count, drawn):
    inside = [(a % count, b % count) for a, b in drawn]
    found = network(range(count), inside)
    assert found.mutual + found.one_way + found.none == count * (count - 1) // 2
    assert 2 * found.mutual + found.one_way == found.ties == found.named_by.sum() == found.named.sum()
    assert sum(len(part) for part in found.components) == count
    named = network([f"p{n}" for n in range(count)], [(f"p{a}", f"p{b}") for a, b in inside])
    assert named.transitivity == pytest.approx(found.transitivity, nan_ok=True)
    assert [len(part) for part in named.components] == [len(part) for part in found.components]


def test_naming_oneself_or_twice_counts_for_nothing():
    found = network("abc", [("a", "a"), ("a", "b"), ("a", "b")])
    assert (found.ties, found.isolates) == (1, ("c",))


def test_nobody_named_gives_no_share():
    found = network("ab", [])
    assert np.isnan(found.reciprocity)
    assert np.isnan(found.transitivity)
    assert found.isolates == ("a", "b")


def test_strangers_and_doubles_are_said():
    with pytest.raises(ValueError, match="z is named in a tie"):
        network("ab", [("a", "z")])
    with pytest.raises(ValueError, match="twice"):
        network("aa", [])


def test_two_sides_of_trust():
    found = mismatch(
        ["amy", "ben", "cal"], [("amy", "Mr X"), ("ben", "Ms Y")], [("amy", "Mr X"), ("amy", "Ms Y")]
    )
    assert found.both == (("amy", "Mr X"),)
    assert found.only_pupil == (("ben", "Ms Y"),)
    assert found.only_adult == (("amy", "Ms Y"),)
    assert found.without == ("cal",)
