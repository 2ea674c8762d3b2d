"""Laws over random small schools: whatever the groups, sizes and skipped questions are."""

import itertools
from dataclasses import replace

import numpy as np
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from belong.release import (
    SHOWN,
    Attribute,
    Menu,
    Policy,
    Release,
    ReleaseRefused,
    audit,
    audit_against,
    build,
)
from belong.release.wave import work_out
from tests.release.schools import can_be_forced, published, school, smallest_recoverable

MERGES = ("never", "neighbours", "smallest")


@st.composite
def schools(draw, most=90):
    """A school with two attributes of up to three groups, or up to four of one group, unknown always beside
    them, and a menu with up to two two-way cuts.
    """
    people = draw(st.integers(10, most))
    dice = np.random.default_rng(draw(st.integers(0, 10**6)))
    names, levels = draw(st.sampled_from([("ab", 3), ("abc", 1), ("abcd", 1)]))
    evenness = draw(st.sampled_from([0.3, 1.0, 5.0]))
    groups = {}
    for name in names:
        values = np.array(["", "1", "2", "3"][: draw(st.integers(1, levels)) + 1])
        groups[name] = dice.choice(values, people, p=dice.dirichlet(np.full(len(values), evenness))).tolist()
    asked = [Attribute(name, merge=draw(st.sampled_from(MERGES))) for name in names]
    pairs = list(itertools.combinations(names, 2))
    two_way = draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True))
    data = school(
        groups, seed=draw(st.integers(0, 10**6)), items=2, skip=draw(st.sampled_from([0.0, 0.04, 0.5])),
        insincere=dice.random(people) < draw(st.sampled_from([0.0, 0.1, 0.3])),
    )  # fmt: skip
    return data, Menu.of(*asked, pairs=two_way), Policy(threshold=draw(st.sampled_from([5, 10])))


@st.composite
def schools_by_year(draw):
    """A school of four or five years by a fact that one in three has: years are joined in the pair, if at all."""
    people, years = draw(st.integers(80, 200)), draw(st.integers(4, 5))
    dice = np.random.default_rng(draw(st.integers(0, 10**6)))
    groups = {
        "year": dice.integers(0, years, people).astype(str).tolist(),
        "fact": dice.choice(["Y", "N"], people, p=[0.35, 0.65]).tolist(),
    }
    pair = draw(st.sampled_from([("year", "fact"), ("fact", "year")]))
    data = school(groups, seed=draw(st.integers(0, 10**6)), items=2, skip=draw(st.sampled_from([0.0, 0.04])))
    return data, Menu.of(Attribute("year", merge="neighbours"), "fact", pairs=[pair]), Policy()


def built(data, menu, policy):
    """The release; schools in which too few answered are passed over, any other refusal is a failure."""
    assume(max(int((codes > 0).sum()) for codes in data.items.values()) >= policy.threshold)
    try:
        return build(data, menu, policy)
    except ReleaseRefused as refusal:
        if "people answered" not in refusal.reason:
            raise
        return reject()


@settings(max_examples=80, deadline=None)
@given(schools())
def test_no_small_group_follows_from_what_is_shown(case):
    """Brute force over every union of people who cannot be told apart, for every measure by itself."""
    data, menu, policy = case
    release = built(data, menu, policy)
    for info in release.measures:
        shown, _, answered = published(release, data, info.key)
        if shown:
            assert not 0 < smallest_recoverable(shown, answered) < policy.threshold


@settings(max_examples=40, deadline=None)
@given(schools_by_year())
def test_no_small_group_follows_where_cells_are_of_several_groups(case):
    data, menu, policy = case
    release = built(data, menu, policy)
    margins = {cell.group for cell in release.cells if "*" not in cell.cut}
    cells = {cell.group for cell in release.cells if "*" in cell.cut}
    assume(any(not set(group.split("*")) <= margins for group in cells))
    assert audit(release) == audit_against(release, data) == ()
    for info in release.measures:
        shown, _, answered = published(release, data, info.key)
        assert not 0 < smallest_recoverable(shown, answered) < policy.threshold


@settings(max_examples=40, deadline=None)
@given(schools())
def test_no_small_group_follows_with_careless_answers_left_out(case):
    data, menu, policy = case
    release = built(data, menu, policy)
    for info in release.measures:
        gaps = [gap for gap in release.gaps_of(info.key) if gap.sincere_difference is not None]
        shown, _, answered = published(release, data, info.key)
        if gaps:
            again = {("without", *key): members & ~data.insincere for key, members in shown.items()}
            again = {key: m for key, m in again.items() if key[1] in {"all", *(gap.cut for gap in gaps)}}
            assume(can_be_forced(shown | again, answered))
            assert not 0 < smallest_recoverable(shown | again, answered) < policy.threshold


@settings(max_examples=40, deadline=None)
@given(schools(), st.integers(0, 10**6))
def test_order_of_rows_changes_nothing(case, seed):
    data, menu, policy = case
    release = built(data, menu, policy)
    mixed = data.take(np.random.default_rng(seed).permutation(data.pupils))
    assert built(mixed, menu, policy).hash == release.hash


@settings(max_examples=40, deadline=None)
@given(schools())
def test_what_is_read_back_is_the_same_and_passes_both_audits(case):
    data, menu, policy = case
    release = built(data, menu, policy)
    assert Release.from_json(release.to_json()) == release
    assert audit(release) == audit_against(release, data) == ()


@settings(max_examples=40, deadline=None)
@given(schools())
def test_every_group_of_the_menu_has_a_cell_for_every_measure(case):
    data, menu, policy = case
    release = built(data, menu, policy)
    groups = {(cell.cut, cell.group) for cell in release.cells}
    assert len(release.cells) == len(groups) * len(release.measures)
    for cell in release.cells:
        figures = (cell.mean, cell.low, cell.high)
        assert (None in figures) == (cell.symbol not in SHOWN)
        if cell.symbol in SHOWN:
            assert cell.low <= cell.mean <= cell.high


@settings(max_examples=40, deadline=None)
@given(schools(most=60))
def test_a_higher_threshold_never_shows_more_people_fewer(case):
    """Raising the threshold hides: nothing shown at ten rests on fewer than ten, whatever five would show."""
    data, menu, _ = case
    strict = built(data, menu, Policy(threshold=10))
    for info in strict.measures:
        shown, _, answered = published(strict, data, info.key)
        assert all((members & answered).sum() >= 10 for members in shown.values())


@settings(max_examples=40, deadline=None)
@given(schools(), st.integers(1, 5))
def test_answers_decide_no_pattern_but_where_they_hem_somebody_in(case, code):
    """What rules and row space hide depends on who answered, never on what was said; the audit of bounds hides more."""
    data, menu, policy = case
    assume(max(int((codes > 0).sum()) for codes in data.items.values()) >= policy.threshold)
    other = {item: np.where(codes > 0, code, 0).astype(np.int8) for item, codes in data.items.items()}
    try:
        one, two = work_out(data, menu, policy), work_out(replace(data, items=other), menu, policy)
    except ReleaseRefused:
        reject()
    assert (one.pattern.means == two.pattern.means).all()
    assert (one.pattern.details == two.pattern.details).all()
