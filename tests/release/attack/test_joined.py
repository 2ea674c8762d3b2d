"""A pair may join what stands singly by itself: ``7+8*Y`` is read as both years, shown together or not."""

from belong.release.attack.told import lines_of
from tests.release.attack.files import by_way, class_list, groups_of, naive_rows, tried, write
from tests.release.schools import blocks, points, school


def test_cells_of_two_years_are_taken_from_both(tmp_path):
    """Years 7 and 8 stand singly; of both together everybody but four has no pupil premium."""
    data = school(
        {"year": blocks(**{"7": 30, "8": 30, "9": 30}), "pp": blocks(Y=4) + blocks(N=56) + ["Y", "N"] * 15}
    )
    young = data.attributes["year"] != "9"
    with_premium = data.attributes["pp"] == "Y"
    few = young & with_premium
    cells = {"7+8*Y": few, "7+8*N": young & ~few, "9*Y": with_premium & ~young, "9*N": ~with_premium & ~young}
    rows = naive_rows(data, ["year", "pp"])
    for group, members in cells.items():
        row = {"cut": "year*pp", "group": group, "measure": "item:q1", "n": "", "mean": ""}
        if members.sum() >= 10:
            row |= {"n": int(members.sum()), "mean": f"{points(data, 'q1', members) / members.sum():.1f}"}
        rows.append(row)
    table, roll = write(tmp_path / "naive.csv", rows), class_list(tmp_path / "roll.csv", data)
    truth = points(data, "q1", few) / 4
    for report, way in (
        (tried(table, plain=True), "subtraction"),
        (tried(table, plain=True, roll=roll), "exact"),
    ):
        found = [one for one in by_way(report, way) if one.about == "7+8*Y (year by pp)"]
        assert found, report.text()
        assert found[0].people == "4 people"
        assert found[0].low - 0.1 <= truth <= found[0].high + 0.1


def test_groups_joined_by_themselves_and_single_in_a_pair():
    keys = [("all", "all"), ("year", "7+8"), ("year", "9"), ("pp", "Y"), ("pp", "N")]
    cells = [("year*pp", f"{year}*{pp}") for year in ("7", "8", "9") for pp in "YN"]
    assert [line for line in lines_of([*keys, *cells]) if line[0] != [("all", "all")]] == [
        ([("year", "7+8")], cells[:4]),
        ([("year", "9")], cells[4:]),
        ([("pp", "Y")], cells[::2]),
        ([("pp", "N")], cells[1::2]),
    ]


def test_smaller_groups_of_a_pair_may_hold_more_than_those_alone():
    keys = [("all", "all"), ("eth", "a"), ("eth", "b"), ("eth", "smaller"), ("sex", "F"), ("sex", "M")]
    cells = [("eth*sex", f"{eth}*{sex}") for eth in ("a", "smaller") for sex in "FM"]
    found = [line for line in lines_of([*keys, *cells]) if line[0][0][0] == "eth"]
    assert found == [([("eth", "a")], cells[:2]), ([("eth", "b"), ("eth", "smaller")], cells[2:])]


def test_every_line_of_a_real_table_adds_up():
    data = school({"year": ["7", "8", "9", "10"] * 20, "sex": blocks(F=40, M=40)})
    sets = groups_of(data, ["year", "sex"], [("year", "sex")])
    for totals, parts in lines_of(list(sets)):
        assert (
            sum(sets[key].astype(int) for key in totals) == sum(sets[key].astype(int) for key in parts)
        ).all()
