"""Charts say the same in drawing, table and description, and never more than they were given."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belong.web.charts import Bar, Row, bars, changes, chart_css, dots, gaps, rates, slopes
from belong.web.charts.slopes import spread
from belong.web.charts.svg import nice_ticks, text_width, wrapped
from belong.web.charts.words import interval, number

PARTS = [
    Row("Adults", 71.2, 69.0, 73.4, was=68.0),
    Row("Peers & friends", 66.0, 64.0, 68.0, was=66.0),
    Row("Sixth form", symbol="c"),
]
ANSWERS = ["Never", "Not often", "Sometimes", "Often", "Always"]


def drawings(chart):
    """Both SVG elements, parsed: they must be well-formed XML."""
    root = ElementTree.fromstring(f"<div>{chart.svg}</div>")
    return {svg.get("class"): svg for svg in root.findall("svg")}


def words_in(svg) -> str:
    return " ".join("".join(text.itertext()) for text in svg.iter("text"))


def table_of(chart) -> list[list[str]]:
    return [[cell.text for cell in row] for row in chart.rows]


def test_dots_draws_wide_and_narrow_with_the_same_words():
    chart = dots(PARTS, "Adults have risen", now="Spring", before="Autumn")
    both = drawings(chart)
    assert set(both) == {"chart-wide", "chart-narrow"}
    for svg in both.values():
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == chart.description
        assert "71" in words_in(svg)
        assert "69–73" in words_in(svg)
        assert "kept back" in words_in(svg)
    assert chart.head == ("Part", "Spring", "95 % interval", "Autumn")
    assert table_of(chart) == [
        ["Adults", "71", "69–73", "68"],
        ["Peers & friends", "66", "64–68", "66"],
        ["Sixth form", "kept back", "", ""],
    ]
    assert chart.description == (
        "Adults have risen. Adults: 71 (69–73), Autumn 68; Peers & friends: 66 (64–68), Autumn 66; "
        "Sixth form: kept back."
    )


def test_a_row_that_is_not_shown_leaves_no_figure_anywhere():
    """A symbol wins over a value that came along by mistake."""
    for symbol in ("c", "low", "x", "z"):
        row = Row("Year 9", 43.0, 41.0, 47.0, was=44.0, symbol=symbol)
        made = [
            dots([row], "T", before="B"),
            gaps([row], "T", before="B"),
            slopes([row], "T", before="B", now="N"),
            rates([row], "T"),
            changes([row], "T"),
        ]
        for chart in made:
            said = chart.description + str(table_of(chart)) + "".join(map(words_in, drawings(chart).values()))
            assert not re.search("4[1347]", said), (symbol, chart.kind, said)


def test_gaps_says_only_what_the_interval_allows():
    rows = [Row("Girls", -6, -9, -3), Row("New", -3, -8, 1.4), Row("Boys", 4, 1, 7), Row("Few", symbol="c")]
    chart = gaps(rows, "Girls feel listened to less")
    assert [row[-1] for row in table_of(chart)] == [
        "lower",
        "no difference we can tell",
        "higher",
        "kept back",
    ]
    assert table_of(chart)[1][1:3] == ["−3", "−8 to +1"]
    unsure = [line for line in drawings(chart)["chart-wide"].iter("line") if line.get("class") == "iv unsure"]
    assert len(unsure) == 1
    assert [row[-1] for row in table_of(changes(rows[:3], "Since autumn"))] == [
        "fallen",
        "no change we can tell",
        "risen",
    ]


def test_bars_line_up_where_favourable_answers_begin():
    chart = bars(
        [Bar("Listened to", (6, 12, 27, 33, 22)), Bar("Changes", (19, 27, 30, 16, 8)), Bar("Few", None, "c")],
        "Few see change",
        answers=ANSWERS,
        favourable=(4, 5),
        end_label="Often or always",
    )
    assert table_of(chart)[0] == ["Listened to", "6 %", "12 %", "27 %", "33 %", "22 %", "55 %"]
    assert table_of(chart)[2][1] == "kept back"
    for svg in drawings(chart).values():
        starts = [float(box.get("x")) for box in svg.iter("rect") if box.get("class") == "seg ramp-6"]
        assert len(starts) == 2
        assert starts[0] == pytest.approx(starts[1], abs=0.2)
        names = [pattern.get("id") for pattern in svg.iter("pattern")]
        assert f"url(#{names[0]})" in [box.get("fill") for box in svg.iter("rect")]


def test_bars_refuses_more_answers_than_the_ramp_has_steps():
    with pytest.raises(ValueError, match="one to 7 answers, not 8"):
        bars([], "Too many", answers=[str(i) for i in range(8)])


def test_what_schools_write_is_escaped():
    row = Row('<b onclick="x">8H</b>', 50, 45, 55)
    chart = dots([row], 'Less "said" than <i>meant</i>')
    assert "<b onclick" not in chart.svg
    assert "<i>meant" not in chart.html()
    assert "&lt;i&gt;meant" in chart.html()


def test_a_report_without_the_web_application_has_figure_table_and_style():
    html = dots(PARTS, "Adults have risen").html()
    assert html.count("<svg") == 2
    assert "<summary>Show as a table</summary>" in html
    assert "style=" not in html
    assert "--data:" in chart_css()
    assert ".chart-narrow" in chart_css()
    assert "url(" not in chart_css()


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=12), st.lists(st.floats(0, 30), min_size=12, max_size=12)
)
def test_every_mark_stays_inside_its_drawing(values, spans):
    rows = [
        Row(f"Group {i} with a rather long name", v, max(0, v - s), min(100, v + s), was=100 - v)
        for i, (v, s) in enumerate(zip(values, spans, strict=False))
    ]
    made = [dots(rows, "T", before="B"), gaps(rows, "T", before="B"), slopes(rows, "T", before="B", now="N")]
    for chart in made:
        for svg in drawings(chart).values():
            _, _, width, height = (float(x) for x in svg.get("viewBox").split())
            for circle in svg.iter("circle"):
                assert 0 <= float(circle.get("cx")) <= width
                assert 0 <= float(circle.get("cy")) <= height


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(5, 40)), max_size=12))
def test_labels_moved_apart_keep_their_order_and_never_overlap(pairs):
    wanted, heights = [w for w, _ in pairs], [h for _, h in pairs]
    moved = spread(wanted, heights, 0, 300)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    for above, below in pairwise(order):
        assert moved[below] - moved[above] >= (heights[above] + heights[below]) / 2 - 1e-6


@given(st.floats(-100, 100), st.floats(0.5, 100))
def test_ticks_are_round_and_cover(low, span):
    ticks = nice_ticks(low, low + span)
    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= low + span - 1e-6
    assert 2 <= len(ticks) <= 12


@given(st.text(alphabet="abcdefgh WM-’", max_size=120), st.integers(60, 300))
def test_wrapped_lines_fit(text, width):
    lines = wrapped(text, width)
    assert len(lines) <= 3
    assert all(text_width(line) <= width or line == "…" for line in lines)


def test_numbers_are_written_as_people_write_them():
    assert number(-0.4) == "0"
    assert number(-6.2, signed=True) == "−6"
    assert number(3, signed=True) == "+3"
    assert interval(69.2, 73.4) == "69–73"
    assert interval(-9, 1, signed=True) == "−9 to +1"
    assert interval(None, 3) == ""
