"""The attack cases of the privacy rules: the command succeeds against a naive table and fails against the release."""

from dataclasses import replace

import numpy as np
import pytest

from belong.release import Menu, Policy, ReleaseRefused, build
from belong.release.compute import measures_of, values_of
from belong.see.table import as_csv
from tests.release.attack.files import (
    by_way,
    class_list,
    class_list_of_two,
    exported,
    groups_of,
    naive,
    naive_rows,
    tried,
    write,
)
from tests.release.schools import blocks, points, school
from tests.release.test_change import people, two_waves


def nothing_learned(tmp_path, data, menu, **more):
    """The release of the same answers, tried from the file alone and with a class list."""
    file = exported(tmp_path / "release.json", build(data, menu, **more))
    roll = class_list(tmp_path / "roll.csv", data)
    for report in (tried(file), tried(file, roll=roll)):
        assert report.learned == (), report.text()


# Cases that a file alone shows: the groups, the cuts of the table, the pairs, the hidden group and who is in it.
FROM_FILES = {
    "complement by subtraction": ({"sex": blocks(F=27, M=3)}, ["sex"], [], {"sex": "M"}),
    "filter chain": (
        {"year": blocks(**{"7": 40, "8": 24}), "sex": ["F", "M"] * 20 + ["F"] * 20 + ["M"] * 4},
        ["year", "sex"], [("year", "sex")], {"year": "8", "sex": "M"},
    ),
    "trust minus other schools": (
        {"school": blocks(a=60, b=55, c=48, d=40, e=31, f=7)}, ["school"], [], {"school": "f"},
    ),
    "people not recorded": ({"sex": blocks(F=40, M=35, _=4)}, ["sex"], [], {"sex": ""}),
}  # fmt: skip


@pytest.mark.parametrize("case", FROM_FILES)
def test_totals_and_parts(case, tmp_path):
    groups, cuts, pairs, few = FROM_FILES[case]
    data = school(groups)
    members = np.all([data.attributes[cut] == value for cut, value in few.items()], axis=0)
    found = by_way(tried(naive(tmp_path / "naive.csv", data, cuts, pairs), plain=True), "subtraction")
    truth = points(data, "q1", members) / members.sum()
    assert any(
        one.people.startswith(f"{members.sum()} ") and one.low - 0.1 <= truth <= one.high + 0.1
        for one in found
        if one.low is not None
    )
    nothing_learned(tmp_path, data, Menu.of(*cuts, pairs=pairs))


def test_zero_cells(tmp_path):
    """Two groups are left out, and of one of them nobody answered: the other is all that is left."""
    data = school({"eth": blocks(A=40, B=9)}, roll={"eth": {"A": 44, "B": 10, "C": 3}})
    empty = {"cut": "eth", "group": "C", "measure": "item:q1", "n": "", "mean": ""}
    table = write(tmp_path / "naive.csv", [*naive_rows(data, ["eth"]), empty])
    roll = class_list(tmp_path / "roll.csv", data)
    truth = points(data, "q1", data.attributes["eth"] == "B") / 9
    together = by_way(tried(table, plain=True), "subtraction")
    assert [(one.about, one.people) for one in together] == [("B (eth) and C (eth) together", "9 people")]
    exactly = by_way(tried(table, plain=True, roll=roll), "exact")
    for one in (*together, *exactly):
        assert one.low - 0.1 <= truth <= one.high + 0.1
    assert [(one.about, one.people) for one in exactly] == [("B (eth)", "9 people")]
    nothing_learned(tmp_path, data, Menu.of("eth"))


OVERLAPPING = {
    "free meals now, inside free meals ever": (
        {"ever": blocks(yes=34, no=40), "now": blocks(yes=30, no=44)},
        4,
    ),
    "a club that is a class minus one": ({"class": blocks(a=30, b=30), "club": blocks(yes=29, no=31)}, 1),
}


@pytest.mark.parametrize("case", OVERLAPPING)
def test_overlapping_groups_for_somebody_with_a_class_list(case, tmp_path):
    groups, many = OVERLAPPING[case]
    data = school(groups)
    first, second = groups
    few = (data.attributes[first] == groups[first][0]) & (data.attributes[second] == "no")
    table = naive(tmp_path / "naive.csv", data, [first, second])
    roll = class_list(tmp_path / "roll.csv", data)
    assert tried(table, plain=True).learned == (), "nobody without a class list can tell"
    found = by_way(tried(table, plain=True, roll=roll), "exact")
    truth = points(data, "q1", few) / few.sum()
    assert any(one.people.split()[0] == str(many) and one.low <= truth <= one.high for one in found)
    nothing_learned(tmp_path, data, Menu.of(first, second))


def test_mean_and_spread(tmp_path):
    data = school(
        {"sen": blocks(K=12, N=60)}, {"q1": [1, 5] * 6 + np.random.default_rng(2).integers(1, 6, 60).tolist()}
    )
    rows = naive_rows(data, ["sen"])
    for row, members in zip(rows, groups_of(data, ["sen"]).values(), strict=True):
        row["sd"] = round(float(((data.items["q1"][members] - 1) * 25.0).std(ddof=1)), 1)
    (found,) = by_way(tried(write(tmp_path / "naive.csv", rows), plain=True), "spread")
    assert "6 said 0, 6 said 100" in found.how
    nothing_learned(tmp_path, data, Menu.of("sen"))


def test_number_of_people_from_percentages(tmp_path):
    draw = np.random.default_rng(5)
    items = [f"q{i}" for i in range(1, 9)]
    data = school({"sen": blocks(K=12, N=60)}, {q: draw.integers(1, 6, 72).tolist() for q in items})
    rows = naive_rows(data, ["sen"], items=items)
    groups = groups_of(data, ["sen"])
    for row in rows:
        good = data.items[row["measure"].removeprefix("item:")][groups[row["cut"], row["group"]]] >= 4
        row |= {"n": "10-19" if row["n"] == 12 else row["n"], "favourable": f"{100 * good.mean():.1f}"}
    (found,) = by_way(tried(write(tmp_path / "naive.csv", rows), plain=True), "numbers")
    assert found.people == "exactly 12 people"
    nothing_learned(tmp_path, data, Menu.of("sen"))


def wave_rows(data, cuts, wave, earlier=None):
    """A naive table of one wave, with the change of those in both where there was an earlier one."""
    rows = [row | {"wave": wave} for row in naive_rows(data, cuts, decimals=4)]
    if earlier is None:
        return rows
    then = {key: place for place, key in enumerate(earlier.person_keys)}
    was = np.array([then.get(key, -1) for key in data.person_keys])
    for row, members in zip(rows, groups_of(data, cuts).values(), strict=True):
        both = members & (was >= 0)
        moved = (data.items["q1"][both].astype(float) - earlier.items["q1"][was[both]]) * 25
        row |= {"change": f"{moved.mean():.4f}", "matched": int(both.sum()), "since": "1"}
    return rows


TWO_WAVES = {
    "one leaver": (people(F=40, M=60), people(F=40, M=60, skip=1)),
    "one joiner": (people(F=40, M=60, skip=1), people(F=40, M=60)),
    "joiners and leavers": (people(F=40, M=60, skip=2), people(F=42, M=60, skip=2) | {2000: "M"}),
    "one who moved": (people(F=40, M=60), people(F=40, M=60) | {1000: "F"}),
}


@pytest.mark.parametrize("case", TWO_WAVES)
def test_people_who_joined_left_or_moved(case, tmp_path):
    one, two = two_waves(*TWO_WAVES[case])
    table = write(tmp_path / "naive.csv", wave_rows(one, ["sex"], "1") + wave_rows(two, ["sex"], "2", one))
    roll = class_list_of_two(tmp_path / "roll.csv", one, two)
    if case in ("one leaver", "one joiner"):
        found = by_way(tried(table, plain=True), "change")
        here, there = (one, two) if case == "one leaver" else (two, one)
        gone = np.array([key not in there.person_keys for key in here.person_keys])
        truth = points(here, "q1", gone)
        assert any(
            learned.people == "1 person" and learned.low - 1 <= truth <= learned.high + 1 for learned in found
        )
    assert by_way(tried(table, plain=True, roll=roll), "exact")

    before = build(one, Menu.of("sex"))
    after = build(two, Menu.of("sex"), previous=(before, one))
    files = [exported(tmp_path / f"{r.wave}.json", r) for r in (before, after)]
    assert any(change.difference is not None for change in after.changes)
    for report in (tried(*files), tried(*files, roll=roll)):
        assert report.learned == (), report.text()


def test_late_answers(tmp_path):
    data = school({"sex": blocks(F=30, M=30)})
    late = school({"sex": [*blocks(F=30, M=30), "F"]}, {q: [*v.tolist(), 1] for q, v in data.items.items()})
    rows = [[row | {"wave": "1"} for row in naive_rows(wave, ["sex"])] for wave in (data, late)]
    files = [
        write(tmp_path / f"{name}.csv", some) for name, some in zip(("first", "later"), rows, strict=True)
    ]
    found = by_way(tried(*files, plain=True), "late")
    assert {one.people for one in found} == {"1 person"}
    assert all(one.low <= 0.0 <= one.high for one in found)

    release = exported(tmp_path / "release.json", build(data, Menu.of("sex")))
    again = exported(tmp_path / "again.json", build(data, Menu.of("sex")))
    assert tried(release, again).learned == ()
    with pytest.raises(ReleaseRefused, match="already has a release"):
        build(late, Menu.of("sex"), history=[build(data, Menu.of("sex"))])
    second = exported(tmp_path / "second.json", build(late, Menu.of("sex")))
    assert by_way(tried(release, second), "twice"), "had it been built a second time"


def test_two_roles_together(tmp_path):
    """The head's table has everyone, the tutor's the girls: each may be seen, both together may not."""
    data = school({"sex": blocks(F=54, M=6)})
    everyone, girls, boys = (row | {"wave": "1"} for row in naive_rows(data, ["sex"]))
    head, tutor = write(tmp_path / "head.csv", [everyone]), write(tmp_path / "tutor.csv", [girls, boys])
    assert [tried(file, plain=True).learned for file in (head, tutor)] == [(), ()]
    (found,) = by_way(tried(head, tutor, plain=True), "subtraction")
    truth = points(data, "q1", data.attributes["sex"] == "M") / 6
    assert (found.about, found.people) == ("M (sex)", "6 people")
    assert found.low <= truth <= found.high

    file = exported(tmp_path / "release.json", build(data, Menu.of("sex")))
    assert tried(file, file).learned == (), "every role gets the same release"


def test_hidden_cell_in_the_file(tmp_path):
    data = school({"sex": blocks(F=27, M=3), "year": ["7", "8"] * 15})
    release = build(data, Menu.of("sex", "year", pairs=[("sex", "year")]))
    leaky = tuple(replace(cell, n_band="10–14") if cell.symbol == "c" else cell for cell in release.cells)
    leaking = replace(release, cells=leaky).sealed()
    sheet = tmp_path / "leaky.csv"
    sheet.write_text(as_csv(leaking), encoding="utf-8")
    for file in (exported(tmp_path / "leaky.json", leaking), sheet):
        assert {one.about for one in by_way(tried(file), "hidden")} >= {"M (sex)", "F (sex)"}
    sheet.write_text(as_csv(release), encoding="utf-8")
    assert tried(sheet).learned == ()
    nothing_learned(tmp_path, data, Menu.of("sex", "year", pairs=[("sex", "year")]))


def test_an_altered_release(tmp_path):
    data = school({"sex": blocks(F=30, M=30)})
    file = exported(tmp_path / "release.json", build(data, Menu.of("sex")))
    file.write_text(file.read_text().replace('"threshold": 10', '"threshold": 4'), encoding="utf-8")
    report = tried(file)
    assert by_way(report, "seal")
    assert by_way(report, "threshold")


def test_skipped_question_in_a_big_wave(tmp_path):
    answers = {"q4": [5, 1, 5, 1, 1, 5, 1, 1] + [0] * 292}
    data = school({"sex": blocks(F=150, M=150)}, answers, items=3)
    (found,) = by_way(tried(naive(tmp_path / "naive.csv", data, items=["q4"], least=1), plain=True), "shown")
    assert (found.people, round(found.low, 1)) == ("8 people", 37.5 - 0.1)
    nothing_learned(tmp_path, data, Menu.of("sex"))


def test_question_skipped_inside_one_group(tmp_path):
    """Ten girls, eight of whom answered: the part and its other question give the question that is left out."""
    answers = {"q1": [5] * 8 + [0] * 2 + [1, 2, 3, 4] * 10, "q2": [5] * 7 + [4, 5, 5] + [3] * 40}
    data = school({"sex": blocks(F=10, M=40)}, answers)
    girls, values = data.attributes["sex"] == "F", values_of(data, measures_of(data, 1))
    rows = [
        row | {"part": "p1"} for row in naive_rows(data, ["sex"], items=["q1", "q2"]) if row["group"] != "M"
    ]
    both = np.nanmean(values.points[values.place("part:p1"), girls])
    rows.append({"cut": "sex", "group": "F", "measure": "part:p1", "n": 8, "mean": f"{both:.1f}"})
    table, roll = write(tmp_path / "naive.csv", rows), class_list(tmp_path / "roll.csv", data)
    (found,) = (one for one in tried(table, plain=True, roll=roll).learned if one.measure == "item:q1")
    assert (found.about, found.people) == ("F (sex)", "8 people")
    assert found.low <= 100 <= found.high + 0.1
    nothing_learned(tmp_path, data, Menu.of("sex"))


def test_unanimous_group(tmp_path):
    data = school({"sen": blocks(K=12, N=60)}, {"q1": [5] * 12 + [1, 2, 3, 4, 5] * 12})
    (found,) = by_way(tried(naive(tmp_path / "naive.csv", data, ["sen"]), plain=True), "alike")
    assert (found.about, found.low) == ("K (sen)", 100)
    nothing_learned(tmp_path, data, Menu.of("sen"))


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("text", "nobody sits with me", "the order they came"),
        ("answered at", "2026-03-02 09:14:07", "times of day"),
    ],
)
def test_words_in_order_and_times_of_answering(tmp_path, column, value, words):
    data = school({"sex": blocks(F=30, M=30)})
    rows = [row | {column: value} for row in naive_rows(data, ["sex"])]
    (found,) = by_way(tried(write(tmp_path / "naive.csv", rows), plain=True), "written")
    assert words in found.how
    assert value not in tried(tmp_path / "naive.csv", plain=True).text(), "the report repeats no answer"
    nothing_learned(tmp_path, data, Menu.of("sex"))


def test_threshold_lowered_then_exported(tmp_path):
    data = school({"sex": blocks(F=27, M=7)})
    strict = exported(tmp_path / "strict.json", build(data, Menu.of("sex")))
    loose = exported(tmp_path / "loose.json", build(data, Menu.of("sex"), Policy(threshold=5)))
    with pytest.raises(ReleaseRefused, match="already has a release"):
        build(data, Menu.of("sex"), Policy(threshold=5), history=[build(data, Menu.of("sex"))])
    report = tried(strict, loose)
    assert by_way(report, "twice")
    assert any(one.about == "M (sex)" for one in by_way(report, "shown"))
    assert tried(strict).learned == ()


def test_only_one_did_not_answer(tmp_path):
    data = school(
        {"class": blocks(a=29, b=18, c=15)}, roll={"all": {"all": 90}, "class": {"a": 30, "b": 30, "c": 30}}
    )
    rows = naive_rows(data, ["class"])
    for row, roll in zip(rows, (90, 30, 30, 30), strict=True):
        row |= {"rate": f"{100 * row['n'] / roll:.1f}", "roll": roll}
    found = by_way(tried(write(tmp_path / "naive.csv", rows), plain=True), "absent")
    assert [(one.about, one.people) for one in found] == [
        ("those of a (class) who did not answer", "1 person")
    ]

    file = exported(tmp_path / "release.json", build(data, Menu.of("class")))
    asked = [
        {"class": name, "answered": "yes" if i < many else "no"}
        for name, many in (("a", 29), ("b", 18), ("c", 15))
        for i in range(30)
    ]
    assert tried(file, roll=write(tmp_path / "asked.csv", asked)).learned == ()


def test_rounded_total_against_its_parts(tmp_path):
    data = school({"eth": blocks(A=40, B=28, C=6)})
    rows = naive_rows(data, ["eth"])
    for row in rows:
        row["n"] = {40: "38-42", 28: "28-32"}.get(row["n"], row["n"])
    found = by_way(tried(write(tmp_path / "naive.csv", rows), plain=True), "subtraction")
    assert {(one.about, one.people) for one in found} == {("C (eth)", "at most 8 people, if anybody")}
    nothing_learned(tmp_path, data, Menu.of("eth"))
