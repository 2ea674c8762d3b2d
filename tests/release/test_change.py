"""Change between two waves: the same people on the same questions, and nobody pointed at by who came or went."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from belong.release import SHOWN, Attribute, Menu, Policy, ReleaseRefused, build
from belong.release.decode import sets_of, shown_in
from belong.release.panel import match
from belong.release.wave import work_out
from tests.release.schools import blocks, fewest, naive_mean, points, school

ITEM = "item:q1"


def keys(*names: int) -> list[bytes]:
    return [name.to_bytes(4, "big") for name in names]


def two_waves(before, after, *, seed=3, **more):
    """A wave for each {person: group}; each moves a step or none, and keeps the key."""
    draw = np.random.default_rng(seed)
    everyone = sorted({*before, *after})
    first = {q: dict(zip(everyone, draw.integers(1, 6, len(everyone)), strict=True)) for q in ("q1", "q2")}
    then = {q: [first[q][person] for person in before] for q in first}
    now = {q: [int(np.clip(first[q][p] + draw.integers(-1, 3), 1, 5)) for p in after] for q in first}
    one = school({"sex": list(before.values())}, then, items=0, person_keys=keys(*before), **more)
    two = school({"sex": list(after.values())}, now, items=0, person_keys=keys(*after), wave="2", **more)
    return one, two


def people(*, F: int, M: int, skip: int = 0) -> dict[int, str]:  # noqa: N803 - names of the groups
    named = dict.fromkeys(range(F), "F") | {1000 + i: "M" for i in range(M)}
    return dict(list(named.items())[skip:])


def real_change(one, two, group=None):
    """The matched people's mean change, and who they are in the second wave."""
    rows = {key: place for place, key in enumerate(one.person_keys)}
    there = np.array([rows.get(key, -1) for key in two.person_keys])
    inside = (there >= 0) & ((two.attributes["sex"] == group) if group else True)
    moved = (two.items["q1"][inside].astype(float) - one.items["q1"][there[inside]]) * 25
    return float(moved.mean()), inside


def test_same_people_and_nobody_new():
    everyone = people(F=40, M=60)
    one, two = two_waves(everyone, everyone)
    release = build(two, Menu.of("sex"), previous=(build(one, Menu.of("sex")), one))
    for group in ("F", "M"):
        change = release.change(ITEM, "sex", group)
        assert change.difference == pytest.approx(real_change(one, two, group)[0], abs=0.05)
        assert change.matched_share == 100
        assert change.low < change.difference < change.high
        assert (change.from_wave, change.basis) == ("1", "1 of 1")


def test_one_leaver_between_waves():
    """Mean then − mean now on the others' change is one child's answer."""
    one, two = two_waves(people(F=40, M=60), people(F=40, M=60, skip=1))
    change, inside = real_change(one, two)
    left = np.array([key not in two.person_keys for key in one.person_keys])
    gone = naive_mean(one, "q1") * 100 - naive_mean(two, "q1") * 99 + change * 99
    assert inside.sum() == 99
    assert gone == pytest.approx(points(one, "q1", left))

    before = build(one, Menu.of("sex"))
    release = build(two, Menu.of("sex"), previous=(before, one))
    for panel, published in panels(one, two, before):
        assert_apart(panel, published, 10)
    told = release.change(ITEM)
    assert (told.n_band, told.matched_share) == ("80–89", 90), "ten of the girls were set aside"


def test_pupil_moved_between_groups():
    """Girls then and girls now differ by one who moved: set side by side they would give that one away."""
    before, after = people(F=40, M=60), people(F=40, M=60) | {1000: "F"}
    one, two = two_waves(before, after)
    change, inside = real_change(one, two, "F")
    moved = np.array([key == keys(1000)[0] for key in one.person_keys])
    girls = one.attributes["sex"] == "F"
    now = naive_mean(two, "q1", inside) * 41
    assert now - change * 41 - naive_mean(one, "q1", girls) * 40 == pytest.approx(points(one, "q1", moved))

    first = build(one, Menu.of("sex"))
    found = list(panels(one, two, first))
    assert found
    for panel, published in found:
        assert_apart(panel, published, 10)


def panels(one, two, before, policy=None):
    """For each measure and group with a shown change: the people it rests on, and the published sets, as rows
    over (answer now, answer then) of everyone.
    """
    policy = policy or Policy()
    now = work_out(two, Menu.of(Attribute("sex")), policy)
    found = match(now, before, one, policy)
    sets = sets_of(before, found.earlier)
    for m, info in enumerate(now.values.measures):
        if info.key not in found.basis:
            continue
        here = [row & now.values.answered[m] for row in now.layout.members[now.pattern.means[:, m]]]
        there = [sets[key] for key in sorted(shown_in(before, info.key))]
        for place in np.flatnonzero(found.shown):
            inside = now.layout.members[place] & ~np.isnan(found.moved[m])
            back = np.zeros(found.earlier.pupils, dtype=bool)
            back[found.then[inside]] = True
            yield (inside, back), (here, there)


def assert_apart(panel, published, threshold):
    for inside, sets in zip(panel, published, strict=True):
        assert inside.sum() >= threshold
        for other in sets:
            apart = int((inside ^ other).sum())
            assert apart == 0 or apart >= threshold


@st.composite
def pairs_of_waves(draw):
    dice = np.random.default_rng(draw(st.integers(0, 10**6)))
    many = draw(st.integers(20, 120))
    share = draw(st.sampled_from([0.0, 0.02, 0.1, 0.3]))
    group = dict(enumerate(dice.choice(["F", "M"], many, p=[0.4, 0.6]).tolist()))
    later = {p: ("F" if dice.random() < share / 4 else g) for p, g in group.items() if dice.random() >= share}
    later |= {many + i: dice.choice(["F", "M"]) for i in range(int(many * share * dice.random()))}
    return two_waves(group, later, seed=draw(st.integers(0, 10**6)))


@settings(max_examples=60, deadline=None)
@given(pairs_of_waves(), st.sampled_from([5, 10]))
def test_changes_and_both_waves_together_point_at_nobody(waves, threshold):
    """Brute force over what both waves and the changes say together, answers now and then as separate unknowns."""
    one, two = waves
    policy = Policy(threshold=threshold)
    assume(min(one.pupils, two.pupils) >= threshold)
    before = build(one, Menu.of("sex"), policy)
    build(two, Menu.of("sex"), policy, previous=(before, one))
    rows = []
    for (inside, back), (here, there) in panels(one, two, before, policy):
        rows = rows or [np.concatenate([now, np.zeros(one.pupils)]) for now in here]
        rows += (
            [np.concatenate([np.zeros(two.pupils), then]) for then in there] if len(rows) == len(here) else []
        )
        rows.append(np.concatenate([inside.astype(float), -back.astype(float)]))
        assert_apart((inside, back), (here, there), threshold)
    if rows:
        assert not 0 < fewest(np.array(rows)) < threshold


def test_a_small_group_has_no_change():
    one, two = two_waves(people(F=14, M=60), people(F=14, M=60, skip=2))
    release = build(two, Menu.of("sex"), previous=(build(one, Menu.of("sex")), one))
    assert release.cell(ITEM, "sex", "F").symbol in SHOWN
    assert release.change(ITEM, "sex", "F").symbol == "c"
    assert release.change(ITEM, "sex", "F").difference is None


def test_only_the_same_questions():
    everyone = people(F=40, M=60)
    one, two = two_waves(everyone, everyone)
    reworded = replace(two, hashes={"q1": "another wording"})
    release = build(reworded, Menu.of("sex"), previous=(build(one, Menu.of("sex")), one))
    assert release.change(ITEM).symbol == "x"
    assert release.change("item:q2").symbol in SHOWN
    assert release.change("score").symbol == "x", "half the questions are too few to compare scores"


def test_scores_on_most_of_the_same_questions():
    everyone = people(F=40, M=60)
    one, two = two_waves(everyone, everyone)
    draw = np.random.default_rng(8)
    more = {"q3": draw.integers(1, 6, 100).astype(np.int8)}
    one, two = (
        replace(
            wave, items={**wave.items, **more}, categories=dict.fromkeys(("q1", "q2", "q3"), 5),
            favourable=dict.fromkeys(("q1", "q2", "q3"), (4, 5)), parts={"p1": ["q1", "q2", "q3"]},
        )
        for wave in (one, two)
    )  # fmt: skip
    two = replace(two, hashes={"q3": "another wording"})
    release = build(two, Menu.of("sex"), previous=(build(one, Menu.of("sex")), one))
    assert release.change("score").basis == "2 of 3"
    assert release.change("item:q3").symbol == "x"


def test_an_earlier_release_may_hold_answers_kept_apart():
    """Questions answered under no key are in the release, but not among the answers that can be matched."""
    everyone = people(F=40, M=60)
    one, two = two_waves(everyone, everyone)
    apart = school({"sex": list(everyone.values())}, {"q9": [1, 2, 3, 4, 5] * 20}, items=0, parts={})
    before, more = build(one, Menu.of("sex")), build(apart, Menu.of("sex"))
    both = replace(
        before, measures=before.measures + more.measures, cells=before.cells + more.cells, hash=""
    ).sealed()  # fmt: skip
    release = build(two, Menu.of("sex"), previous=(both, one))
    assert release.changes == build(two, Menu.of("sex"), previous=(before, one)).changes != ()


@pytest.mark.parametrize("lost", ["now", "then", "answers"])
def test_without_keys_there_is_no_change(lost):
    everyone = people(F=40, M=60)
    one, two = two_waves(everyone, everyone)
    before = build(one, Menu.of("sex"))
    one = replace(one, person_keys=None) if lost == "then" else one
    two = replace(two, person_keys=None) if lost == "now" else two
    release = build(two, Menu.of("sex"), previous=(before, None if lost == "answers" else one))
    assert release.changes == ()
    assert release.change("score").symbol == "x"
    assert [note.about for note in release.notes if note.code == "not_matched"] == ["1"]


def test_groups_of_the_earlier_wave_must_still_be_known():
    everyone = people(F=40, M=60)
    one, two = two_waves(everyone, everyone)
    before = build(one, Menu.of("sex"))
    changed = replace(one, attributes={"sex": np.array(blocks(F=70, M=30))})
    release = build(two, Menu.of("sex"), previous=(before, changed))
    assert release.changes == ()
    assert "as they were" in next(n.text for n in release.notes if n.code == "not_matched")


def test_a_wave_is_not_compared_with_itself():
    everyone = people(F=40, M=60)
    one, two = two_waves(everyone, everyone)
    release = build(one, Menu.of("sex"))
    with pytest.raises(ReleaseRefused, match="with itself"):
        build(one, Menu.of("sex"), previous=(release, one))
    with pytest.raises(ReleaseRefused, match="two different waves"):
        build(two, Menu.of("sex"), previous=(release, replace(one, wave="0")))
