"""Nobody is hemmed in: how far apart a small group's figures may lie, by programmes that know nothing of the engine."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linprog

from belong.release import SHOWN, Attribute, Menu, Policy, ReleaseRefused, build
from belong.release.bounds import Published, Targets, too_narrow
from belong.release.coding import band_floor, percent
from belong.release.cuts import Line
from belong.release.region import Region
from belong.release.rowspace import small_sets as small_sets_of
from belong.release.rowspace import space
from belong.release.subsets import few_that_add_up
from belong.release.suppress import least_loss, line_holds
from belong.release.sweep import Sweep
from belong.release.witness import Book
from tests.release.schools import blocks, points, published, school
from tests.release.test_laws import built, schools


def room(sets, sums, slack, target):
    """Lowest and highest sum that the answers (0 to 100) of the ``target`` people may have, given published sums."""
    table = np.array(sets, dtype=float)
    ends = []
    for sign in (1, -1):
        found = linprog(
            sign * target.astype(float), A_ub=np.vstack([table, -table]),
            b_ub=np.concatenate([sums + slack, slack - sums]), bounds=(0, 100),
        )  # fmt: skip
        ends.append(sign * found.fun)
    return ends


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_region_asked_again_and_again(seed):
    """Every answer is what a programme from the beginning says, whatever was asked before; rows that bind are tight."""
    draw = np.random.default_rng(seed)
    rows = sparse.csr_array((draw.random((6, 12)) < 0.4).astype(float))
    tops = 100.0 * draw.integers(1, 4, 12)
    sums = rows @ (tops * draw.random(12))
    region = Region(rows, sums - 2, sums + 3, tops)
    for _ in range(8):
        weights = draw.normal(size=12)
        found = region.least(weights)
        again = linprog(
            weights, A_ub=sparse.vstack([rows, -rows]), b_ub=np.append(sums + 3, 2 - sums),
            bounds=np.column_stack([np.zeros(12), tops]),
        )  # fmt: skip
        assert weights @ found == pytest.approx(again.fun)
        tight = np.isclose(rows @ found, sums - 2) | np.isclose(rows @ found, sums + 3)
        assert not (region.binding() & ~tight).any()
    assert Region(rows, sums + 4, sums + 3, tops).least(weights) is None


def test_what_could_not_be_worked_out_is_not_released(monkeypatch):
    """Were the solver to fail, no release is better than one that nobody looked through."""
    draw = np.random.default_rng(3)
    groups = {key: draw.choice(list(values), 80).tolist() for key, values in (("year", "789"), ("sex", "FM"))}
    data = school(groups, {"q1": draw.choice([4, 5, 5, 5, 3], 80).tolist()}, items=1)
    menu = Menu.of("year", "sex", pairs=[("sex", "year")])
    assert build(data, menu).cells
    monkeypatch.setattr(Region, "least", lambda *_: None)
    with pytest.raises(ReleaseRefused, match="could not be worked out"):
        build(data, menu)


def small_sets(shown, hidden, threshold):
    """Hidden sets, and what two shown sets share or do not share, under the threshold."""
    pairs = itertools.permutations(shown, 2)
    cut = [part for a, b in pairs for part in (a & b, a & ~b)]
    found = {part.tobytes(): part for part in [*hidden, *cut] if 0 < part.sum() < threshold}
    return list(found.values())


def hemmed_in(release, data, measure):
    """Small groups whose figure is told to within half its range, other than by everyone's figure alone: by means, or
    by shares of favourable answers.
    """
    shown, hidden, answered = published(release, data, measure)
    sets = [members[answered] for members in shown.values()]
    sizes = np.array([people.sum() for people in sets])
    cells = [release.cell(measure, *key) for key in shown]
    spans = [np.array([(cell.mean - 0.051, cell.mean + 0.051) for cell in cells])]
    if all(cell.favourable is not None for cell in cells):
        spans.append(np.array([share_span(cell) for cell in cells]))
    found = []
    for target in small_sets(sets, [members[answered] for members in hidden.values()], release.threshold):
        for span in spans:
            middle, slack = sizes * span.mean(axis=1), sizes * np.ptp(span, axis=1) / 2
            low, high = room(sets, middle, slack, target)
            alone = room([np.ones(len(target))], middle[:1], slack[:1], target)
            if high - low < 50 * target.sum() - 1 and alone[1] - alone[0] >= 50 * target.sum():
                found.append((int(target.sum()), low, high))
    return found


def share_span(cell):
    """The shares that are written as this percentage, by trying shares in small steps."""
    people = band_floor(cell.n_band)
    fit = [share for share in np.arange(0, 100.01, 0.1) if percent(share, people) == cell.favourable]
    return min(fit) - 0.1, max(fit) + 0.1


def test_a_hidden_part_of_a_group_that_is_nearly_all_the_same():
    """The table names ten of whom four are hidden; nine in ten said Always, so all four nearly did."""
    answers = [5] * 11 + [4] + np.random.default_rng(1).integers(1, 6, 60).tolist()
    data = school({"sen": blocks(E=5, K=7, N=60)}, {"q1": answers}, items=1)
    small = data.attributes["sen"] == "E"
    sizes = np.array([72, 60])
    sets = [np.ones(72, dtype=bool), data.attributes["sen"] == "N"]
    sums = np.array([points(data, "q1", people) for people in sets])
    low, high = room(sets, sums, 0.05 * sizes, small)
    assert high - low < 0.5 * 500

    release = build(data, Menu.of("sen"))
    assert not hemmed_in(release, data, "item:q1")
    assert release.cell("item:q1", "sen", "N").symbol not in SHOWN


def test_a_group_that_another_attribute_cuts_most_out_of():
    """Eleven joined this year, nine of them boys: what is told of the eleven is told of the nine."""
    groups = {"joined": blocks(Y=11, N=89), "sex": blocks(M=9, F=2) + blocks(M=40, F=49)}
    data = school(groups, items=2)
    nine = (data.attributes["joined"] == "Y") & (data.attributes["sex"] == "M")
    sets = [data.attributes["joined"] == "Y", data.attributes["sex"] == "M"]
    sums = np.array([points(data, "q1", people) for people in sets])
    low, high = room(sets, sums, np.array([0.5, 2.5]), nine)
    assert high - low < 0.5 * 900

    release = build(data, Menu.of("joined", "sex"))
    assert not hemmed_in(release, data, "item:q1")


@settings(max_examples=25, deadline=None)
@given(schools(most=70))
def test_no_small_group_is_told_to_within_half_its_range(case):
    data, menu, policy = case
    release = built(data, menu, policy)
    for info in release.measures:
        if any(cell.symbol in SHOWN for cell in release.cells_of("all", info.key)):
            assert not hemmed_in(release, data, info.key)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_witnesses_clear_nothing_that_the_programme_would_find(seed):
    """Over random sets, published as they are: the same targets are too narrow as by one programme each."""
    dice = np.random.default_rng(seed)
    people = int(dice.integers(25, 60))
    sets = np.array(
        [np.ones(people, dtype=bool), *(dice.random((5, people)) < dice.uniform(0.2, 0.8, (5, 1)))]
    )
    sets = sets[sets.sum(axis=1) >= 10]
    figures = np.where(dice.random((3, people)) < 0.1, np.nan, dice.integers(0, 5, (3, people)) * 25.0)
    answered = ~np.isnan(figures)
    slack = 0.05 * answered.astype(float) @ sets.T
    sums = np.nan_to_num(figures) @ sets.T
    told = np.stack([sums - slack, sums + slack])
    targets = Targets.of(sets, np.zeros((0, people), dtype=bool), answered, 10)
    narrow = {(n.target, n.question) for n in too_narrow(Published(sets, figures, told, targets, 10))}
    for question, (row, who) in enumerate(zip(figures, answered, strict=True)):
        sums = np.nan_to_num(row) @ sets.T
        for place, target in enumerate(targets.members):
            many = int((target & who).sum())
            if 0 < many < 10:
                low, high = room(sets[:, who], sums, slack[question], target[who])
                share = (high - low) / (100 * many)
                assert share < 0.51 if (place, question) in narrow else share > 0.49


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["", "hidden", "left over", "pair"]))
def test_a_look_at_all_questions_clears_none_that_the_search_would_not(seed, planted):
    """Forty random sets, one of which may give five people away: what the search finds is not cleared."""
    dice = np.random.default_rng(seed)
    people = 300
    sets = np.concatenate([np.ones((1, people)), dice.random((40, people)) < 0.5]).astype(bool)
    five = np.zeros((1, people), dtype=bool)
    five[0, dice.choice(people, 5, replace=False)] = True
    if planted == "hidden":
        half = dice.random(people) < 0.5
        sets = np.concatenate([sets, [half & ~five[0], ~half & ~five[0]]])
    elif planted == "left over":
        sets = np.concatenate([sets, [sets[3] & ~five[0]]])
        five = five & sets[3]
    elif planted == "pair":
        half = dice.random(people) < 0.5
        one, two = np.flatnonzero(half)[0], np.flatnonzero(~half)[0]
        swapped = half.copy()
        swapped[[one, two]] = False, True
        sets = np.concatenate([sets, [half, swapped]])
        five[:] = False
    answered = np.ones((6, people), dtype=bool)
    for question in answered[1:]:
        question[dice.choice(people, 8, replace=False)] = False
    sweep = Sweep.of(sets, five, answered, 10)
    for question in answered:
        found = small_sets_of(space(sets[:, question]), five[:, question], 10, deep=True)
        assert not (sweep.clears(question) and len(found))
    if not planted:
        assert all(sweep.clears(question) for question in answered)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 4))
def test_few_numbers_that_add_up_are_found(seed, many):
    """A planted combination is found unless a smaller one is there; nothing is found that does not add up."""
    dice = np.random.default_rng(seed)
    along = dice.normal(size=(2, 30))
    places, signs = dice.choice(30, many, replace=False), dice.choice((-1, 1), many)
    along[:, places[-1]] = -signs[-1] * (along[:, places[:-1]] * signs[:-1]).sum(axis=1)
    found, turned = few_that_add_up(along, np.ones(30, dtype=np.int64), 10, 4, 1e-9)
    assert sorted(places.tolist()) in [sorted(row) for row in found.tolist()]
    assert np.abs((along[:, found] * turned).sum(axis=2)).max() < 1e-8


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=12, max_size=12))
def test_the_least_is_hidden_that_holds(people):
    """A table of three by four: every total holds, and no single group more could be shown."""
    counts = np.array([sum(people), *(sum(people[r * 4 : r * 4 + 4]) for r in range(3)), *people])[:, None]
    lines = [Line((1 + r,), tuple(range(4 + r * 4, 8 + r * 4))) for r in range(3)]
    lines.append(Line((0,), tuple(range(4, 16))))
    shown = (counts >= 10).all(axis=1)
    if not shown[:4].all():
        return
    kept = least_loss(lines, counts, shown, 10)
    assert all(line_holds(line, counts, kept, 10) for line in lines)
    assert not (kept & ~shown).any()
    for place in np.flatnonzero(shown & ~kept):
        more = kept.copy()
        more[place] = True
        assert not all(line_holds(line, counts, more, 10) for line in lines)


def test_merging_keeps_more_than_hiding():
    """Ten years of eleven pupils, eight of them girls: one year tells of its eight girls, two together do not."""
    years = [str(1 + i // 11) for i in range(110)]
    data = school({"year": years, "sex": ["F" if i % 11 < 8 else "M" for i in range(110)]}, items=2)
    for merge, both in (("never", False), ("neighbours", True)):
        release = build(data, Menu.of(Attribute("year", merge=merge), "sex"))
        cuts = {cell.cut for cell in release.cells if cell.measure == "score" and cell.symbol in SHOWN}
        assert (cuts == {"all", "year", "sex"}) == both
        assert not hemmed_in(release, data, "score")


def test_what_is_told_counts_and_not_what_is_true():
    """Of 60 with pupil premium 9 answered well, told as 16 and not 15: with 16 of all 79, under half is left for the
    nine whom a year cuts out of the others.
    """
    premium, well = blocks(N=60, Y=19), [1] * 9 + [0] * 51 + [1] * 4 + [0] * 15
    answers = [4 if good else 2 for good in well]
    year = ["1"] * 30 + ["2"] * 30 + ["1"] * 10 + ["2"] * 9
    data = school({"premium": premium, "year": year}, {"q1": answers}, items=1)
    release = build(data, Menu.of("premium", "year", pairs=[("year", "premium")]))
    assert not hemmed_in(release, data, "item:q1")


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_a_book_of_witnesses_changes_nothing(seed):
    """A wave looked at again with other sets published: the same targets are too narrow as without the book."""
    dice = np.random.default_rng(seed)
    people = 40
    sets = np.array([np.ones(people, dtype=bool), *(dice.random((7, people)) < 0.5)])
    sets = sets[sets.sum(axis=1) >= 10]
    figures = dice.integers(0, 5, (2, people)) * 25.0
    book = Book()
    for kept in (sets, sets[:-2], np.delete(sets, 1, axis=0), sets):
        sums, slack = figures @ kept.T, 0.05 * kept.sum(axis=1)
        targets = Targets.of(kept, np.zeros((0, people), dtype=bool), np.ones((2, people), dtype=bool), 10)
        known = Published(kept, figures, np.stack([sums - slack, sums + slack]), targets, 10)
        alone, carried = too_narrow(known), too_narrow(known, book=book)
        assert {(n.target, n.question) for n in alone} == {(n.target, n.question) for n in carried}


def test_a_fact_that_is_surely_so_for_somebody_in_a_small_group():
    """All twenty who joined this year were overlooked: surely most of the nine boys among them. Where it is so
    for every other pupil, the same figure is no news of the nine.
    """
    groups = {"joined": blocks(Y=20, N=80), "sex": blocks(M=9, F=11) + blocks(M=40, F=40)}
    for heard, shown in (([2] * 20 + [1] * 80, False), ([1, 2] * 50, True)):
        data = replace(
            school(groups, {"q1": heard}, items=1), categories={"q1": 2}, favourable={"q1": (2,)}, facts=True
        )
        release = build(data, Menu.of("joined", "sex"))
        sides = [release.cell("item:q1", "joined", "Y"), release.cell("item:q1", "sex", "M")]
        assert all(side.symbol in SHOWN for side in sides) == shown


def test_the_threshold_is_met_before_any_bound_is_looked_at():
    data = school({"sex": blocks(F=27, M=3)})
    with pytest.raises(ReleaseRefused, match="threshold"):
        Policy(threshold=3)
    assert build(data, Menu.of("sex")).cell("score", "sex", "M").symbol == "c"
