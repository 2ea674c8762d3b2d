"""Where no row of a chart may be shown there is a sentence and no axis, and a gap is called by its people."""

from belong.see.untold import UNTOLD, or_sentence
from belong.tell.analysis.pdf import drawing
from belong.web.charts import Bar, Row, bars, dots


def test_rows_that_are_all_too_few_to_tell_draw_no_axis():
    rows = [Row("Girls", None, symbol="c"), Row("Boys", None, symbol="c")]
    chart = or_sentence(dots(rows, "How far groups stand apart is kept back"), rows)
    assert chart.key == UNTOLD
    assert "<text" not in chart.svg
    assert [row[0].text for row in chart.rows] == ["Girls", "Boys"]
    assert "<svg" in drawing(chart.svg), "a report on paper can set it"


def test_answers_too_few_to_spread_draw_no_bars():
    rows = [Bar("Makes friends", None, "c")]
    chart = bars(rows, "Too few", answers=("Never", "Always"), favourable=(2,))
    assert or_sentence(chart, rows).legend == ()
    assert or_sentence(chart, rows).key == UNTOLD


def test_one_figure_is_enough_for_a_chart():
    rows = [Row("Girls", 60.0, 55.0, 65.0), Row("Boys", None, symbol="c")]
    chart = dots(rows, "Girls")
    assert or_sentence(chart, rows) is chart


def test_a_gap_is_called_by_its_people(cast, client_as, told):
    gap = f"/see/{told.spring.pk}/gap/?measure=part:listened&cut=sen&group=sen"
    assert "Pupils with SEN support minus pupils" in client_as(cast.head).get(gap).content.decode()


def test_where_there_is_nobody_to_compare_with_nothing_is_said_to_be_kept_back():
    rows = [Row("Year 7 to Year 11", symbol="z")]
    chart = or_sentence(dots(rows, "Everyone is in one group"), rows)
    assert chart.key == "Does not apply. There is nobody to compare with."
