"""Schools that tables are not made for: handled, or refused with a reason that a head can act on."""

import numpy as np
import pytest

from belong.release import SHOWN, Attribute, Menu, Policy, ReleaseRefused, build
from belong.release.decode import shown_in
from tests.release.schools import blocks, can_be_forced, published, school, smallest_recoverable

SCORE = "score"


def holds(release, data, threshold=10):
    """Nothing under the threshold can be had, by brute force that shares no code with the engine."""
    for info in release.measures:
        shown, _, answered = published(release, data, info.key)
        assert shown, "everyone together at least"
        assert all((members & answered).sum() >= threshold for members in shown.values())
        if can_be_forced(shown, answered):
            few = smallest_recoverable(shown, answered)
            assert few == 0 or few >= threshold
    return release


def groups(release, cut):
    return {group for of, group in shown_in(release, SCORE) if of == cut}


def test_an_attribute_inside_another():
    """All with free meals now had them ever; four had them only before."""
    data = school({"ever": blocks(yes=34, no=60), "now": blocks(yes=30, no=64)})
    release = holds(build(data, Menu.of("ever", "now")), data)
    assert not groups(release, "ever") or not groups(release, "now"), "both would give the four away"
    assert groups(release, "ever") or groups(release, "now"), "one of the two may stand"


def test_the_same_attribute_under_two_names():
    data = school({"class": blocks(a=30, b=30, c=8), "tutor": blocks(x=30, y=30, z=8)})
    release = holds(build(data, Menu.of("class", "tutor")), data)
    both = groups(release, "class") | groups(release, "tutor")
    assert len(both & {"a", "x"}) + len(both & {"b", "y"}) > 0, "some of it may stand"
    assert not (both & {"a", "x"} and both & {"b", "y"}), "both beside everyone would leave the eight"


def test_attributes_that_overlap_in_a_few():
    data = school({"sen": blocks(yes=40, no=60), "club": ["no"] * 36 + ["yes"] * 34 + ["no"] * 30})
    release = holds(build(data, Menu.of("sen", "club", pairs=[("sen", "club")])), data)
    assert groups(release, "sen") == groups(release, "club") == {"yes", "no"}, (
        "thirty and more in every overlap but one"
    )
    assert not any("*" in cut for cut, _ in shown_in(release, SCORE)), "four are in both"


def test_groups_of_one():
    """Everybody alone in a group: nothing but the whole, and no group is named for having one."""
    data = school({"house": [str(i) for i in range(40)]})
    release = holds(build(data, Menu.of("house")), data)
    assert shown_in(release, SCORE) == {("all", "all")}
    merged = build(data, Menu.of(Attribute("house", merge="smallest")))
    assert {key for _, key in shown_in(merged, SCORE)} <= {"all", "smaller"}
    assert {cell.group for cell in merged.cells} == {"all", "smaller"}


def test_one_pupil_beside_large_groups():
    data = school({"house": blocks(a=40, b=40, c=1)})
    release = holds(build(data, Menu.of("house")), data)
    assert release.cell(SCORE, "house", "c").symbol == "c"
    assert len(groups(release, "house")) < 2, "the one would follow from the whole and the two"


@pytest.mark.parametrize("merge", ["never", "neighbours", "smallest"])
def test_everyone_in_one_group(merge):
    data = school({"house": ["a"] * 40})
    release = holds(build(data, Menu.of(Attribute("house", merge=merge))), data)
    assert release.cell(SCORE, "house", "a").mean == release.cell(SCORE).mean
    assert [gap for gap in release.gaps if gap.symbol in SHOWN] == [], "there is nobody to compare with"


@pytest.mark.parametrize("code", [1, 5])
def test_all_answers_at_one_end(code):
    """All said always, or all never: no figure says that everybody did."""
    people = 40
    data = school({"sex": ["F", "M"] * 20}, {f"q{i}": [code] * people for i in range(1, 5)}, items=0)
    release = holds(build(data, Menu.of("sex")), data)
    end = 100 if code == 5 else 0
    for cell in release.cells:
        if cell.symbol in SHOWN:
            assert cell.mean != end
            assert 0 < cell.favourable < 100
            assert set(cell.distribution or ()).isdisjoint({100})


def test_an_attribute_missing_for_most():
    """Recorded for 14 of 60: the rest are a group like any other, and so are too few of them."""
    data = school({"eal": blocks(yes=14, _=46), "sex": blocks(F=57, _=3)})
    release = holds(build(data, Menu.of("eal", "sex")), data)
    assert release.cell(SCORE, "sex", "unknown").symbol == "c"
    assert release.cell(SCORE, "sex", "F").symbol == "c", "beside everyone it would give the three away"
    assert groups(release, "eal") <= {"yes", "unknown"}


def test_an_attribute_nobody_has():
    data = school({"eal": [""] * 40, "sex": ["F", "M"] * 20})
    release = holds(build(data, Menu.of("eal", "sex")), data)
    assert release.cell(SCORE, "eal", "unknown").mean == release.cell(SCORE).mean


def test_a_question_hardly_anybody_answered():
    data = school({"sex": ["F", "M"] * 30}, {"q4": [5] * 3 + [0] * 57}, items=3)
    release = build(data, Menu.of("sex"))
    assert not any(cell.symbol in SHOWN for cell in release.cells if cell.measure == "item:q4")
    assert release.cell("item:q1").symbol in SHOWN


REFUSED = {
    "threshold under the floor": (lambda data: build(data, Menu.of("sex"), Policy(threshold=4)), "below 5"),
    "fewer than the threshold": (
        lambda data: build(data.take(np.arange(9)), Menu.of("sex")), "Fewer than 10 people answered",
    ),
    "nobody answered": (lambda data: build(data.take(np.arange(0)), Menu.of("sex")), "answered"),
    "an attribute that is not there": (lambda data: build(data, Menu.of("house")), "asks for house"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case):
    make, reason = REFUSED[case]
    with pytest.raises(ReleaseRefused) as refused:
        make(school({"sex": ["F", "M"] * 20}))
    assert reason in refused.value.reason


def test_the_floor_itself_is_kept():
    """At the lowest threshold there is, five, a group of five may stand and one of four may not."""
    data = school({"house": blocks(a=30, b=5, c=9)})
    holds(build(data, Menu.of("house"), Policy(threshold=5)), data, 5)
