"""A gap then and now: difference in differences on the same people, with the caveats that bite."""

from dataclasses import replace

import numpy as np
import pytest

from belong.release import Attribute, Menu, Release, build, gap_then_and_now
from tests.release.schools import naive_mean, school
from tests.release.test_change import keys

ITEM = "item:q1"
MENU = Menu.of(Attribute("fsm", reference="no"))


def waves(*, lift=1, few=120, many=180, away=(), joined=0, seed=4):
    """Free-meal children start a step lower; between the waves they gain ``lift`` steps and others none."""
    draw = np.random.default_rng(seed)
    people = few + many
    fsm = np.array(["yes"] * few + ["no"] * many)
    then = np.clip(draw.integers(2, 6, (people, 4)) - (fsm == "yes")[:, None], 1, 5)
    now = np.clip(then + lift * (fsm == "yes")[:, None] + draw.integers(-1, 2, (people, 4)), 1, 5)
    stay = np.array([i for i in range(people) if i not in away])
    new = draw.integers(1, 6, (joined, 4))
    who = np.concatenate([stay, people + np.arange(joined)])
    one = school(
        {"fsm": fsm.tolist()}, {f"q{i + 1}": then[:, i] for i in range(4)}, person_keys=keys(*range(people))
    )
    two = school(
        {"fsm": [*fsm[stay].tolist(), *["yes"] * joined]},
        {f"q{i + 1}": [*now[stay, i], *new[:, i]] for i in range(4)},
        person_keys=keys(*who.tolist()), wave="2",
    )  # fmt: skip
    return one, two


def watched(one, two, *gaps):
    before = build(one, MENU)
    return before, build(two, MENU, previous=(before, one), watched=gaps or [(ITEM, "fsm", "yes")])


def truth(one, two):
    """Change of the free-meal children minus that of the others, on everyone."""
    rows = one.attributes["fsm"] == "yes"
    moved = (two.items["q1"].astype(float) - one.items["q1"]) * 25
    return float(moved[rows].mean() - moved[~rows].mean())


def test_a_gap_that_narrowed():
    one, two = waves(lift=1)
    before, after = watched(one, two)
    found = gap_then_and_now(before, after, ITEM, "fsm", "yes")
    assert found == after.followup(ITEM, "fsm", "yes")
    assert (found.basis, found.symbol, found.against) == ("matched", "", "no")
    assert found.difference == pytest.approx(truth(one, two), abs=0.05)
    assert 0 < found.low < found.difference < found.high
    assert found.before.difference == before.gap(ITEM, "fsm", "yes").difference < 0
    assert found.after.difference == after.gap(ITEM, "fsm", "yes").difference
    assert found.caveats == ("chosen_because_low",)
    assert (found.joined, found.left) == ("nobody", "nobody")


def test_a_gap_that_did_not():
    before, after = watched(*waves(lift=0))
    found = gap_then_and_now(before, after, ITEM, "fsm", "yes")
    assert found.low <= 0 <= found.high
    assert "may_be_chance" in found.caveats


def test_regression_to_the_mean_is_said():
    """A small group picked for a gap of chance: most of its way back is what would have come anyway."""
    draw = np.random.default_rng(11)
    groups = [g for g in "abcdefgh" for _ in range(40)]
    then, now = draw.integers(1, 6, (320, 4)), draw.integers(1, 6, (320, 4))
    menu = Menu.of("class")
    asked = ("q1", "q2", "q3", "q4")
    one, two = (
        school(
            {"class": groups},
            dict(zip(asked, codes.T, strict=True)),
            person_keys=keys(*range(320)),
            wave=wave,
        )
        for wave, codes in (("1", then), ("2", now))
    )
    before = build(one, menu)
    lowest = min(before.gaps_of(ITEM), key=lambda gap: gap.difference)
    after = build(two, menu, previous=(before, one), watched=[(ITEM, "class", lowest.group)])
    found = after.followup(ITEM, "class", lowest.group)
    cell = before.cell(ITEM, "class", lowest.group)
    assert found.expected == pytest.approx(cell.shrunk - cell.mean, abs=0.05)
    assert found.expected > 0.5 * -lowest.difference > 0
    assert {"chosen_because_low", "may_close_by_itself"} <= set(found.caveats)


def test_from_two_releases_alone():
    """Without having been watched: the published changes of both groups, so the same people still."""
    one, two = waves(lift=1)
    before = build(one, MENU)
    after = build(two, MENU, previous=(before, one))
    found = gap_then_and_now(before, Release.from_json(after.to_json()), ITEM, "fsm", "yes")
    assert found.basis == "matched"
    assert found.difference == pytest.approx(truth(one, two), abs=0.11)


def test_unmatched_waves_give_two_separate_gaps():
    one, two = waves(lift=1)
    before, after = watched(one, replace(two, person_keys=None))
    found = gap_then_and_now(before, after, ITEM, "fsm", "yes")
    assert found.basis == "two waves"
    assert "separate_groups" in found.caveats
    gaps = before.gap(ITEM, "fsm", "yes"), after.gap(ITEM, "fsm", "yes")
    assert found.difference == pytest.approx(gaps[1].difference - gaps[0].difference, abs=0.05)
    reach = np.hypot(*((gap.high - gap.low) / 2 for gap in gaps))
    assert (found.high - found.low) / 2 == pytest.approx(reach, abs=0.06)


def test_who_joined_and_left():
    _, after = watched(*waves(lift=1, away=set(range(30)), joined=15))
    found = after.followup(ITEM, "fsm", "yes")
    assert (found.joined, found.left) == ("10–24 %", "25–49 %")
    assert {"people_joined", "people_left"} <= set(found.caveats)


def test_a_few_who_joined_or_left_are_not_counted():
    _, after = watched(*waves(lift=1, away=set(range(4)), joined=2))
    found = after.followup(ITEM, "fsm", "yes")
    assert (found.joined, found.left) == ("", "")


def test_reworded_question():
    one, two = waves(lift=1)
    before, after = watched(one, replace(two, hashes={"q1": "another"}))
    found = gap_then_and_now(before, after, ITEM, "fsm", "yes")
    assert (found.symbol, found.difference) == ("x", None)
    assert "questions_changed" in found.caveats


def test_other_pupils_than_then():
    """Year 9 now was year 8 then: the same people moved, but the earlier gap was that of others."""
    one, two = waves(lift=0)
    menu = Menu.of("year")
    years = np.array(["8"] * 150 + ["9"] * 150)
    one = replace(one, attributes={"year": years})
    two = replace(two, attributes={"year": np.where(years == "8", "9", "10")})
    before = build(one, menu)
    after = build(two, menu, previous=(before, one), watched=[("score", "year", "9")])
    assert "different_people" in after.followup("score", "year", "9").caveats


def test_what_is_hidden_stays_hidden():
    one, two = waves(lift=1, few=12, many=288)
    hidden = replace(
        two, items={**two.items, "q1": np.where(np.arange(300) < 5, 0, two.items["q1"]).astype(np.int8)}
    )
    _, after = watched(one, hidden)
    found = after.followup(ITEM, "fsm", "yes")
    assert after.cell(ITEM, "fsm", "yes").symbol == "c"
    assert (found.symbol, found.difference, found.low, found.joined, found.left) == ("c", None, None, "", "")
    assert naive_mean(hidden, "q1") > 0


def test_unknown_names_answer_with_a_symbol():
    before, after = watched(*waves())
    found = gap_then_and_now(before, after, "part:none", "fsm", "maybe")
    assert (found.symbol, found.difference) == ("x", None)
