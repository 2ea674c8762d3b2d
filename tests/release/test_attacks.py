"""The attacks of the privacy rules, one wave at a time: each works on a plain table and not on a release."""

import itertools
import json

import numpy as np
import pytest

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
from belong.release.coding import percent
from tests.release.schools import blocks, naive_mean, points, published, school, smallest_recoverable

ITEM = "item:q1"


def by_subtraction(release, data, cut, groups, item="q1"):
    """Everyone minus the shown groups of a cut: the sum left over, or None if a figure needed is hidden."""
    values = data.attributes[cut]
    cells = [release.cell(f"item:{item}", cut, group) for group in groups]
    if any(cell.mean is None for cell in cells):
        return None
    left = release.cell(f"item:{item}").mean * data.pupils
    return left - sum(c.mean * (values == g).sum() for c, g in zip(cells, groups, strict=True))


def test_complement_by_subtraction():
    data = school({"sex": blocks(F=27, M=3)})
    boys = data.attributes["sex"] == "M"
    left = naive_mean(data, "q1") * 30 - naive_mean(data, "q1", ~boys) * 27
    assert left == pytest.approx(points(data, "q1", boys))

    release = build(data, Menu.of("sex"))
    assert release.cell(ITEM).symbol in SHOWN
    assert by_subtraction(release, data, "sex", ["F"]) is None
    assert release.cell(ITEM, "sex", "F").symbol == release.cell(ITEM, "sex", "M").symbol == "c"


def test_complement_of_the_unrecorded():
    data = school({"sex": blocks(F=40, M=35, _=4)})
    nobody = data.attributes["sex"] == ""
    left = naive_mean(data, "q1") * 79 - sum(
        naive_mean(data, "q1", data.attributes["sex"] == g) * n for g, n in (("F", 40), ("M", 35))
    )
    assert left == pytest.approx(points(data, "q1", nobody))

    release = build(data, Menu.of("sex"))
    assert by_subtraction(release, data, "sex", ["F", "M"]) is None
    hidden = {cell.group for cell in release.cells_of("sex", ITEM) if cell.symbol == "c"}
    assert hidden == {"unknown", "M"}


def test_a_small_group_may_join_others_instead_of_hiding_them():
    data = school({"sex": blocks(F=40, M=35, X=4)})
    release = build(data, Menu.of(Attribute("sex", order=("F", "M", "X"), merge="smallest")))
    assert [cell.group for cell in release.cells_of("sex", ITEM)] == ["F", "M+smaller"]
    assert all(cell.symbol in SHOWN for cell in release.cells_of("sex", ITEM))
    assert "X" not in json.dumps(release.to_json())


def possible_answers(mean, sd, people):
    """Every multiset of answers (counts of codes 1–5) with this mean and SD."""
    found = []
    for counts in itertools.product(range(people + 1), repeat=5):
        if sum(counts) == people:
            values = np.repeat(np.arange(5) * 25.0, counts)
            if abs(values.mean() - mean) < 0.05 and abs(values.std(ddof=1) - sd) < 0.05:
                found.append(counts)
    return found


def test_mean_and_spread_inversion():
    ends = [1, 5] * 6
    middle = [3] * 12
    group = np.array(ends, dtype=float)
    sd = float(((group - 1) * 25).std(ddof=1))
    assert possible_answers(50.0, sd, 12) == [(6, 0, 0, 0, 6)]

    other = np.random.default_rng(2).integers(1, 6, 60).tolist()
    widths = set()
    for twelve in (ends, middle):
        data = school({"sen": blocks(K=12, N=60)}, {"q1": twelve + other})
        cell = build(data, Menu.of("sen")).cell(ITEM, "sen", "K")
        assert cell.mean == 50.0
        assert cell.distribution is None
        spread = np.std((np.array(twelve + other) - 1) * 25.0, ddof=1)
        widths.add(round((cell.high - cell.low) / 2 / spread, 2))
    assert len(widths) == 1, "the interval of a small group follows the school's spread, not its own"


def test_spread_by_complement():
    """Own spreads of everyone and of a large group would give the small group's."""
    twelve, large = [1, 5] * 6, np.random.default_rng(2).integers(1, 6, 60).tolist()
    data = school({"sen": blocks(K=12, N=60)}, {"q1": twelve + large})
    everyone, rest = (np.array(v, dtype=float) for v in (twelve + large, large))
    squares = everyone.var() * 72 + 72 * everyone.mean() ** 2 - rest.var() * 60 - 60 * rest.mean() ** 2
    assert squares == pytest.approx(sum(v**2 for v in twelve))

    cell = build(data, Menu.of("sen")).cell(ITEM, "sen", "N")
    assert cell.distribution is None
    own, school_wide = rest.std(ddof=1) * 25, everyone.std(ddof=1) * 25
    reach = (cell.high - cell.low) / 2
    assert abs(reach - 1.96 * school_wide / np.sqrt(60)) < 0.06 < abs(reach - 1.96 * own / np.sqrt(60))


def numbers_that_fit(percentages, band, shown):
    """Numbers of people in a band among whom every percentage is some count, as ``shown`` prints counts."""
    return [n for n in band if all(p in {shown(100 * c / n, n) for c in range(n + 1)} for p in percentages)]


def test_number_of_people_from_percentages():
    draw = np.random.default_rng(5)
    codes = {f"q{i}": draw.integers(1, 6, 72).tolist() for i in range(1, 9)}
    data = school({"sen": blocks(K=12, N=60)}, codes)
    small = data.attributes["sen"] == "K"
    exact = [round(100 * float((data.items[q][small] >= 4).mean()), 1) for q in codes]
    assert numbers_that_fit(exact, range(10, 20), lambda share, n: round(share, 1)) == [12]

    release = build(data, Menu.of("sen"))
    told = [release.cell(f"item:{q}", "sen", "K").favourable for q in codes]
    band = range(10, 15)
    assert release.cell(ITEM, "sen", "K").n_band == "10–14"
    assert numbers_that_fit(told, band, percent) == list(band)


def test_filter_chain():
    """Everyone → year 8 → girls of year 8 → those with SEN: each step takes a few away."""
    year = blocks(**{"7": 40, "8": 24})
    sex = ["F", "M"] * 20 + ["F"] * 20 + ["M"] * 4
    data = school({"year": year, "sex": sex})
    boys = (data.attributes["year"] == "8") & (data.attributes["sex"] == "M")
    eight, girls = data.attributes["year"] == "8", (data.attributes["year"] == "8") & ~boys
    left = naive_mean(data, "q1", eight) * 24 - naive_mean(data, "q1", girls) * 20
    assert left == pytest.approx(points(data, "q1", boys))

    release = build(data, Menu.of("year", "sex", pairs=[("year", "sex")]))
    assert release.cell(ITEM, "year", "8").symbol in SHOWN
    assert release.cell(ITEM, "year*sex", "8*F").symbol == "c"
    shown, _, answered = published(release, data, ITEM)
    assert smallest_recoverable(shown, answered) >= 10


def test_overlapping_attributes():
    """Free meals now, inside free meals ever: the two yeses differ by four children."""
    ever, now = blocks(yes=34, no=40), blocks(yes=30, no=44)
    data = school({"ever": ever, "now": now})
    four = (data.attributes["ever"] == "yes") & (data.attributes["now"] == "no")
    left = naive_mean(data, "q1", data.attributes["ever"] == "yes") * 34
    left -= naive_mean(data, "q1", data.attributes["now"] == "yes") * 30
    assert left == pytest.approx(points(data, "q1", four))

    release = build(data, Menu.of("ever", "now"))
    shown, _, answered = published(release, data, ITEM)
    assert smallest_recoverable(shown, answered) >= 10
    assert {cut for cut, _ in shown} == {"all", "ever"}, "what stands first in the menu is kept"


def test_custom_group_is_a_class_minus_one():
    classes, club = blocks(a=30, b=30), blocks(yes=29, no=31)
    data = school({"class": classes, "club": club})
    one = (data.attributes["class"] == "a") & (data.attributes["club"] == "no")
    left = naive_mean(data, "q1", data.attributes["class"] == "a") * 30
    left -= naive_mean(data, "q1", data.attributes["club"] == "yes") * 29
    assert left == pytest.approx(points(data, "q1", one))

    release = build(data, Menu.of("class", "club"))
    assert {cut for cut, _ in published(release, data, ITEM)[0]} == {"all", "class"}


def test_hidden_cell_in_the_json():
    data = school({"sex": blocks(F=27, M=3), "year": ["7", "8"] * 15})
    naive = json.dumps({"sex": {"M": {"n": 3, "mean": naive_mean(data, "q1"), "shown": False}}})
    assert '"n": 3' in naive

    release = build(data, Menu.of("sex", "year", pairs=[("sex", "year")]))
    plain = release.to_json()
    for table in ("cells", "gaps", "changes", "responses"):
        columns = plain[table]["columns"]
        for row in plain[table]["rows"]:
            facts = dict(zip(columns, row, strict=True))
            if facts["symbol"] not in SHOWN:
                kept = {name: value for name, value in facts.items() if value not in (None, "")}
                assert set(kept) <= {"cut", "group", "label", "measure", "symbol", "against", "from_wave"}
    assert any(cell.symbol == "c" for cell in release.cells)


def test_skipped_item_in_a_big_wave():
    answered = [5, 1, 5, 1, 1, 5, 1, 1]
    data = school({"sex": blocks(F=150, M=150)}, {"q4": answered + [0] * 292}, items=3)
    assert data.pupils >= 10
    assert naive_mean(data, "q4") == pytest.approx(37.5)

    release = build(data, Menu.of("sex"))
    assert {cell.symbol for cell in release.cells if cell.measure == "item:q4"} == {"c"}
    assert [note.about for note in release.notes if note.code == "left_out_of_scores"] == ["item:q4"]
    again = build(school({"sex": blocks(F=150, M=150)}, {"q4": [0] * 300}, items=3), Menu.of("sex"))
    assert again.cell("score") == release.cell("score"), "nor do the scores tell of it"
    assert {cell.symbol for cell in again.cells if cell.measure == "item:q4"} == {"x"}


def test_item_skipped_inside_one_group():
    """Ten girls, eight of whom answered: the part minus its other question would give the hidden question."""
    skipped = [5] * 8 + [0] * 2 + [1, 2, 3, 4] * 10
    data = school({"sex": blocks(F=10, M=40)}, {"q1": skipped})
    girls = data.attributes["sex"] == "F"
    part = sum(
        np.mean([data.items[q][row] for q in ("q1", "q2") if data.items[q][row]])
        for row in np.flatnonzero(girls)
    )
    others = data.items["q2"][girls].sum()
    assert abs(2 * part - others - data.items["q2"][girls][8:].sum() - 40) < 1e-9

    release = build(data, Menu.of("sex"))
    for measure in ("item:q1", "item:q2", "part:p1", "score"):
        assert release.cell(measure, "sex", "F").symbol == "c"


def test_unanimous_group():
    data = school({"sen": blocks(K=12, N=60)}, {"q1": [5] * 12 + [1, 2, 3, 4, 5] * 12})
    small = data.attributes["sen"] == "K"
    assert naive_mean(data, "q1", small) == 100
    assert naive_mean(data, "q1") * 72 - naive_mean(data, "q1", ~small) * 60 == pytest.approx(1200)

    release = build(data, Menu.of("sen"))
    cell = release.cell(ITEM, "sen", "K")
    assert (cell.favourable, cell.coded) == (80, "top")
    assert cell.mean <= 95
    left = by_subtraction(release, data, "sen", ["N"])
    assert left < 1200 - 2 * 25, "at least three of twelve might have said something else"


@pytest.mark.parametrize("code", [1, 3, 5])
def test_unanimous_large_group(code):
    data = school({"sen": blocks(K=48, N=60)}, {"q1": [code] * 48 + [1, 2, 3, 4, 5] * 12})
    cell = build(data, Menu.of("sen")).cell(ITEM, "sen", "K")
    assert max(cell.distribution) == 95
    assert cell.high > cell.low


def test_threshold_lowered_then_exported():
    data = school({"sex": blocks(F=27, M=7)})
    with pytest.raises(ReleaseRefused, match="below 5"):
        Policy(threshold=3)
    loose = build(data, Menu.of("sex"), Policy(threshold=5))
    assert loose.cell(ITEM, "sex", "M").symbol in SHOWN

    release = build(data, Menu.of("sex"))
    assert release.cell(ITEM, "sex", "M").symbol == "c"
    with pytest.raises(ReleaseRefused, match="already has a release"):
        build(data, Menu.of("sex"), Policy(threshold=5), history=[release])
    plain = release.to_json() | {"threshold": 5}
    with pytest.raises(ReleaseRefused, match="altered"):
        Release.from_json(plain)


def test_late_response():
    data = school({"sex": blocks(F=30, M=30)})
    late = school({"sex": [*blocks(F=30, M=30), "F"]}, {q: [*v.tolist(), 1] for q, v in data.items.items()})
    gained = naive_mean(late, "q1") * 61 - naive_mean(data, "q1") * 60
    assert gained == pytest.approx(0.0)

    release = build(data, Menu.of("sex"))
    assert build(data, Menu.of("sex"), history=[release]) == release
    with pytest.raises(ReleaseRefused, match="already has a release"):
        build(late, Menu.of("sex"), history=[release])


def test_zero_cells():
    """An empty group is no company for a hidden one: two cells are hidden, and one is still all there is."""
    data = school({"eth": blocks(A=40, B=9)}, roll={"eth": {"A": 44, "B": 10, "C": 3}})
    few = data.attributes["eth"] == "B"
    counts = {group: int((data.attributes["eth"] == group).sum()) for group in "ABC"}
    assert [group for group, people in counts.items() if people < 10] == ["B", "C"]
    left = naive_mean(data, "q1") * 49 - naive_mean(data, "q1", ~few) * 40
    assert left == pytest.approx(points(data, "q1", few))

    release = build(data, Menu.of("eth"))
    assert {cell.group: cell.symbol for cell in release.cells_of("eth", ITEM)} == {
        "A": "c",
        "B": "c",
        "C": "c",
    }


def test_one_person_is_no_company_either():
    """Nine and one make ten in two cells, but the one hides next to nothing of the nine."""
    data = school({"eth": blocks(A=40, B=30, C=9, D=1)})
    release = build(data, Menu.of("eth"))
    hidden = {cell.group for cell in release.cells_of("eth", ITEM) if cell.symbol == "c"}
    assert hidden == {"B", "C", "D"}


def test_only_one_did_not_answer():
    roll = {"all": {"all": 90}, "class": {"a": 30, "b": 30, "c": 30}}
    data = school({"class": blocks(a=29, b=18, c=15)}, roll=roll)
    assert 30 - round(round(100 * 29 / 30, 1) / 100 * 30) == 1

    release = build(data, Menu.of("class"))
    one = release.response("class", "a")
    assert (one.rate, one.coded) == (66, "top")
    assert release.cell(ITEM, "class", "a").n_band == "20 or more"
    rates = [release.response("class", group) for group in "abc"]
    exact = [r for r in rates if r.rate is not None and not r.coded]
    assert len(exact) < 2, "the school's rate minus two classes' would give the third's"


def test_everyone_answered_looks_like_nearly_everyone():
    roll = {"all": {"all": 60}, "class": {"a": 30, "b": 30}}
    told = set()
    for missing in (0, 1, 4, 9):
        data = school({"class": blocks(a=30 - missing, b=18)}, roll=roll)
        found = build(data, Menu.of("class")).response("class", "a")
        told.add((found.symbol, found.rate, found.coded, found.band))
    assert told == {("", 66, "top", "")}


def test_rounded_total_against_its_parts():
    """Counts rounded to fives beside an exact total give the hidden part to within its rounding."""
    data = school({"eth": blocks(A=40, B=30, C=6)})
    rounded = {group: 5 * round((data.attributes["eth"] == group).sum() / 5) for group in "AB"}
    assert data.pupils - sum(rounded.values()) == 6

    release = build(data, Menu.of("eth"))
    shown = [cell for cell in release.cells_of("eth", ITEM) if cell.symbol in SHOWN]
    assert [cell.group for cell in shown] == ["A"]
    total, part = (cell.n_band for cell in (release.cell(ITEM), shown[0]))
    low, high = (int(end) for end in total.split("–"))
    least, most = (int(end) for end in part.split("–"))
    assert low - most >= 10
    assert high - least >= low - most + 10


def test_two_way_margins():
    """A small cell, its row and its column: hidden cells come in rings, never singly."""
    sex = blocks(F=60, M=60)
    year = [*blocks(**{"7": 4, "8": 26, "9": 30}), *blocks(**{"7": 20, "8": 20, "9": 20})]
    data = school({"sex": sex, "year": year})
    few = (data.attributes["sex"] == "F") & (data.attributes["year"] == "7")
    seven = data.attributes["year"] == "7"
    left = naive_mean(data, "q1", seven) * 24 - naive_mean(data, "q1", seven & ~few) * 20
    assert left == pytest.approx(points(data, "q1", few))

    release = build(data, Menu.of("sex", "year", pairs=[("sex", "year")]))
    hidden = {cell.group for cell in release.cells_of("sex*year", ITEM) if cell.symbol == "c"}
    assert hidden == {"F*7", "M*7", "F*8", "M*8"}


def test_careless_answers_left_out():
    """A second mean without three careless girls would give the three away."""
    sex = blocks(F=60, M=60)
    three, many = np.zeros(120, dtype=bool), np.zeros(120, dtype=bool)
    three[:3] = True
    many[:12] = many[60:72] = True
    data = school({"sex": sex}, insincere=three)
    girls = data.attributes["sex"] == "F"
    left = naive_mean(data, "q1", girls) * 60 - naive_mean(data, "q1", girls & ~three) * 57
    assert left == pytest.approx(points(data, "q1", three))

    assert build(data, Menu.of("sex")).gap(ITEM, "sex", "F").sincere_difference is None
    enough = school({"sex": sex}, insincere=many)
    gap = build(enough, Menu.of("sex")).gap(ITEM, "sex", "F")
    kept = naive_mean(enough, "q1", girls & ~many) - naive_mean(enough, "q1", ~girls & ~many)
    assert gap.sincere_difference == pytest.approx(kept, abs=0.05)


@pytest.mark.parametrize("audience", ["staff", "families"])
def test_staff_are_cut_by_one_attribute(audience):
    data = school({"role": blocks(teacher=20, support=20), "sex": ["F", "M"] * 20})
    menu = Menu.of("role", "sex", pairs=[("role", "sex")])
    with pytest.raises(ReleaseRefused, match="one attribute at a time"):
        build(data, menu, Policy(audience=audience))
    release = build(data, Menu.of("role", "sex"), Policy(audience=audience))
    assert not any("*" in cell.cut for cell in release.cells)


def test_audits_find_what_is_wrong():
    data = school({"sex": blocks(F=27, M=3)})
    release = build(data, Menu.of("sex"))
    assert audit(release) == audit_against(release, data) == ()
    plain = release.to_json()
    cells = plain["cells"]["rows"]
    shown, hidden = (
        next(row for row in cells if row[4] == symbol and row[0] == cut)
        for symbol, cut in (("", "all"), ("c", "sex"))
    )
    hidden[4:] = shown[4:]
    leaky = _unchecked(plain)
    assert {finding.rule for finding in audit_against(leaky, data)} >= {"subtraction"}
    assert "frozen" in {finding.rule for finding in audit(leaky)}
    hidden[4] = "c"
    assert "hidden" in {finding.rule for finding in audit(_unchecked(plain))}


def _unchecked(plain):
    """A release as a forger would write it: its hash fits no more."""
    from belong.release.codec import decode
    from belong.release.release import _PLAIN, _TABLES

    tables = {name: decode(plain[name], kind) for name, kind in _TABLES.items()}
    return Release(**{name: plain[name] for name in _PLAIN}, **tables, hash=plain["hash"])
