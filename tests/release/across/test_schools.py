"""No figure of a table across schools, and nothing that follows from it, is of few schools or few people."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from belong.release import SHOWN, Menu, ReleaseRefused, audit
from belong.release.across import Noise, across
from belong.release.across.few import on_few_schools
from tests.release.across.making import (
    alike,
    breaks_rule_six,
    ids_of,
    members,
    pooled,
    shown_rows,
    sums,
    tells_of_few_schools,
    trust,
)  # fmt: skip
from tests.release.schools import can_be_forced, fewest

NOISE = Noise(bytes(range(32)))


@st.composite
def trusts(draw):
    """Five to nine schools of uneven size; some attributes belong to people, others to schools or to most of one."""
    many, dice = draw(st.integers(5, 9)), np.random.default_rng(draw(st.integers(0, 10**6)))
    uneven = draw(st.sampled_from([1, 3]))
    groups: dict[str, dict[str, list[str]]] = {}
    wholly = {key: draw(st.sampled_from([0.0, 0.5, 0.9, 1.0])) for key in "ab"}
    kinds = {key: dice.integers(0, draw(st.integers(2, 3)), many) for key in "ab"}
    for n in range(many):
        people = int(dice.integers(6, 6 + 20 * uneven))
        groups[f"S{n}"] = {
            key: np.where(
                dice.random(people) < wholly[key], kinds[key][n], dice.integers(0, kinds[key].max() + 1, people)
            ).astype(str).tolist()
            for key in "ab"
        }  # fmt: skip
    pairs = draw(st.sampled_from([[], [("a", "b")]]))
    skip = draw(st.sampled_from([0.0, 0.1]))
    return trust(groups, seed=draw(st.integers(0, 999)), items=2, skip=skip), Menu.of("a", "b", pairs=pairs)


@given(trusts())
@settings(deadline=None, max_examples=25)
def test_nothing_about_few_schools_or_few_people_follows(made):
    schools, menu = made
    try:
        table = across(schools, menu)
    except ReleaseRefused as refusal:
        assume("schools" not in refusal.reason and "of one school" not in refusal.reason)
        raise
    school = pooled(schools, "its school")
    assert not audit(table.release)
    for item in ("q1", "q2"):
        answered = pooled(schools, item) > 0
        rows = shown_rows(table.release, schools, f"item:{item}")[:, answered]
        here = school[answered]
        assert not tells_of_few_schools(rows, here)
        for row in rows:
            assert row.sum() >= 10
            assert not breaks_rule_six(row, here)
        for cut in table.release.cuts[1:]:
            cells = table.release.cells_of(cut, f"item:{item}")
            told = [members(schools, cut, cell.group)[answered] for cell in cells if cell.symbol in SHOWN]
            left = ~np.any(told, axis=0) if told else np.zeros(0, dtype=bool)
            assert not left.any() or not breaks_rule_six(left, here), (
                "everyone without the shown groups of a cut"
            )
        if can_be_forced({(str(n), ""): row for n, row in enumerate(rows)}, np.ones(len(here), dtype=bool)):
            assert fewest(rows.astype(float)) >= 10


@given(st.integers(0, 10**6), st.integers(5, 10), st.integers(1, 7))
@settings(deadline=None, max_examples=150)
def test_the_search_for_schools_finds_what_brute_force_finds(seed, many, sets):
    """Over tables whose groups keep to whole schools more or less, so that there is and is not something to find."""
    dice = np.random.default_rng(seed)
    school = np.sort(dice.integers(0, many, 5 * many))
    whole = dice.random((sets, many))[:, school] < dice.uniform(0.3, 0.9)
    rows = np.where(dice.random(whole.shape) < dice.choice([0.0, 0.02, 0.3]), ~whole, whole)
    rows[0] = True
    found = on_few_schools(rows, school)
    assert (found is not None) == bool(tells_of_few_schools(rows, school))
    if found is not None:
        touched = np.abs(found) > 1e-7
        assert 1 <= len(np.unique(school[touched])) < 5
        assert np.linalg.matrix_rank(np.vstack([rows, found])) == np.linalg.matrix_rank(rows)


def by_region(schools=6, people=40, last="south"):
    """All schools in the north but the last."""
    return trust(
        {f"S{n}": {"region": [last if n == schools - 1 else "north"] * people} for n in range(schools)}
    )


@pytest.mark.parametrize("last", ["south", ""])
def test_trust_minus_other_schools(last):
    schools = by_region(last=last)
    codes, region = pooled(schools, "q1").astype(float), pooled(schools, "region")
    plain = {"all": ((codes - 1) * 25).mean(), "north": ((codes[region == "north"] - 1) * 25).mean()}
    left = (240 * plain["all"] - 200 * plain["north"]) / 40
    assert left == pytest.approx((schools["S5"].items["q1"].astype(float) - 1).mean() * 25), (
        "one school's own mean"
    )

    table = across(schools, Menu.of("region"))
    assert sums(table, "q1", "all", "all", 240) is not None
    assert sums(table, "q1", "region", "north", 200) is None


def test_two_groups_of_schools_that_differ_by_one_each():
    """Neither is small, and no table cuts by both; one taken from the other is one school minus another."""
    kinds = {f"S{n}": ("x" if n < 5 else "y", "p" if n in (0, 1, 2, 3, 5) else "q") for n in range(10)}
    schools = trust({name: {"a": [a] * 30, "b": [b] * 30} for name, (a, b) in kinds.items()})
    groups = [("all", "all"), ("a", "x"), ("a", "y"), ("b", "p"), ("b", "q")]
    plain = np.array([members(schools, *key) for key in groups])
    assert tells_of_few_schools(plain, pooled(schools, "its school"), 2) == ("S4", "S5")

    rows = shown_rows(across(schools, Menu.of("a", "b")).release, schools, "item:q1")
    assert len(rows) == 3, "one of the two cuts stays"
    assert not tells_of_few_schools(rows, pooled(schools, "its school"))


def test_a_second_table_with_one_school_fewer():
    schools = alike(7, 40, sex="FM")
    fewer = {name: schools[name] for name in list(schools)[:-1]}
    first, second = across(schools, Menu.of("sex")), across(fewer, Menu.of("sex"))
    left = (sums(first, "q1", "all", "all", 280) - sums(second, "q1", "all", "all", 240)) / 40
    assert left == pytest.approx((schools["S6"].items["q1"].astype(float) - 1).mean() * 25, abs=1), (
        "on its own each holds"
    )

    with pytest.raises(ReleaseRefused, match="side by side would tell what the others said"):
        across(fewer, Menu.of("sex"), history=[first])
    assert across(schools, Menu.of("sex"), history=[first]).hash == first.hash, (
        "the same table may be made again"
    )
    with pytest.raises(ReleaseRefused, match="unless both have the same noise"):
        across(schools, Menu.of(), history=[first])


def test_tables_with_noise_are_audited_together():
    """Cut by one fact now and by another later: each table is safe alone, and both together point at two schools."""
    kinds = {f"S{n}": ("x" if n < 5 else "y", "p" if n in (0, 1, 2, 3, 5) else "q") for n in range(10)}
    schools = trust({name: {"a": [a] * 30, "b": [b] * 30} for name, (a, b) in kinds.items()})
    ids, school = ids_of(schools), pooled(schools, "its school")
    first = across(schools, Menu.of("a"), noise=NOISE, ids=ids)
    alone = across(schools, Menu.of("b"), noise=NOISE, ids=ids)
    rows = [shown_rows(table.release, schools, "item:q1") for table in (first, alone)]
    assert tells_of_few_schools(np.concatenate(rows), school)

    second = across(schools, Menu.of("b"), noise=NOISE, ids=ids, history=[first])
    assert second.release.cell("item:q1", "b", "p").symbol == "c"
    rows[1] = shown_rows(second.release, schools, "item:q1")
    assert not tells_of_few_schools(np.concatenate(rows), school)
    with pytest.raises(ReleaseRefused, match="same noise"):
        across(schools, Menu.of("b"), noise=Noise(bytes(range(1, 33))), ids=ids, history=[first])
    without = alike(10, 30, b="pq")
    with pytest.raises(ReleaseRefused, match="earlier table is cut by a, which these answers do not have"):
        across(without, Menu.of("b"), noise=NOISE, ids=ids, history=[first])


@pytest.mark.parametrize(
    ("schools", "says"),
    [
        (alike(2, 100, sex="FM"), "at least 5 schools; there are 2"),
        (
            alike(5, 40, sex="FM") | {"S9": next(iter(alike(1, 400, seed=9, sex="FM").values()))},
            "of one school .S9.",
        ),
        (
            alike(5, 40, sex="FM") | {"S9": next(iter(alike(1, 40, year="78").values()))},
            "do not have the same groups",
        ),
        (alike(9, 1, sex="FM"), "Fewer than 10 people"),
    ],
)
def test_trusts_without_a_table(schools, says):
    with pytest.raises(ReleaseRefused, match=says):
        across(schools, Menu.of("sex"))


def test_the_school_is_never_a_cut():
    with pytest.raises(ReleaseRefused, match="never a cut"):
        across(alike(6, 40, sex="FM"), Menu.of("its school"))
    named = trust({f"S{n}": {"name": [f"S{n}"] * 40} for n in range(6)})
    table = across(named, Menu.of("name"))
    assert {cell.symbol for cell in table.release.cells_of("name", "score")} == {"c"}, (
        "under another name neither"
    )


def test_a_question_asked_in_few_schools_is_left_out():
    schools = alike(8, 40, sex="FM")
    for name in list(schools)[:5]:
        schools[name].items["q4"][:] = 0
    table = across(schools, Menu.of("sex"))
    assert "item:q4" not in [info.key for info in table.release.measures]
    assert [note.about for note in table.release.notes if note.code == "too_few_schools"] == ["item:q4"]


def test_a_group_that_is_mostly_of_one_school():
    groups = {f"S{n}": {"new": ["yes"] * (30 if n == 0 else 8) + ["no"] * 40} for n in range(6)}
    table = across(trust(groups), Menu.of("new"))
    assert table.release.cell("score", "new", "yes").symbol == "c", "thirty of seventy"
    assert table.release.cell("score", "new", "no").symbol == "c", "or they would follow"


def test_order_makes_no_difference_and_intervals_know_of_schools():
    schools = alike(6, 60, sex="FM")
    turned = {name: schools[name].take(np.arange(60)[::-1]) for name in reversed(list(schools))}
    menu = Menu.of("sex")
    assert across(schools, menu).hash == across(turned, menu).hash
    for n, data in enumerate(schools.values()):
        data.items["q1"][:] = np.clip(data.items["q1"] // 2 + n // 2, 1, 5)
    wide = across(schools, menu).release.cell("item:q1")
    codes = pooled(schools, "q1").astype(float)
    naive = 2 * 1.96 * codes.std(ddof=1) * 25 / np.sqrt(len(codes))
    assert wide.high - wide.low > 1.5 * naive, "pupils of one school are alike"


def test_how_few_did_not_answer_stays_open_over_all_schools_together():
    groups = {f"S{n}": {"sex": ["F", "M"] * 20} for n in range(6)}
    roll = {"all": {"all": 41}, "sex": {"F": 20, "M": 21}}
    table = across(trust(groups, roll=roll), Menu.of("sex"))
    assert {cell.n_band for cell in table.release.cells_of("all", "score")} == {"200 or more"}
    assert all(cell.n_band.endswith("or more") for cell in table.release.cells_of("sex", "score"))


def test_every_pair_of_published_groups_is_safe_for_a_school_that_takes_itself_away():
    """A head knows the school's own figures: what is left of any group is at least ten others in four schools."""
    schools = alike(6, 25, sex="FM", year="789")
    menu = Menu.of("sex", "year", pairs=[("sex", "year")])
    rows, school = shown_rows(across(schools, menu).release, schools, "score"), pooled(schools, "its school")
    for row, name in itertools.product(rows, np.unique(school)):
        rest = row & (school != name)
        if (row & (school == name)).sum() >= 10:
            assert rest.sum() >= 10
        assert len(np.unique(school[rest])) >= 4
