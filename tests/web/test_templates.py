"""Tags, filters and partials as a page's reader meets them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from belong.web.charts import Row, dots
from belong.web.icons import ICONS
from belong.web.messages import sorted_messages


def shown(source: str, **context) -> str:
    return engines["django"].from_string("{% load belong %}" + source).render(context).strip()


def test_dates_carry_the_year_only_when_it_is_another():
    today = timezone.localdate()
    this_year, long_ago = date(today.year, 3, 3), date(2020, 3, 3)
    assert shown("{{ d|day }}", d=this_year) == f"{this_year:%a} 3 March"
    assert shown("{{ d|day }}", d=long_ago) == "Tue 3 March 2020"
    assert shown("{{ d|day }}", d=None) == ""
    late = datetime(2020, 6, 30, 23, 30, tzinfo=ZoneInfo("UTC"))
    assert shown("{{ d|day }}", d=late) == "Wed 1 July 2020"  # half past midnight in London


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (30, "4 weeks ago"),
    ],
)
def test_how_long_ago(days, words):
    assert shown("{{ d|weeks_ago }}", d=timezone.localdate() - timedelta(days=days)) == words


def test_figures_and_initials():
    assert shown("{{ 0.624|percent }} {{ 62|percent:'whole' }} {{ -6.2|points }} {{ 3|points }}") == (
        "62\u00a0% 62\u00a0% −6 +3"
    )
    assert shown(
        "{{ a|initials }} {{ b|initials }} {{ c|initials }}", a="Amina Yusuf", b="Ana Maria da Silva", c="Bo"
    ) == ("AY AS B")
    assert shown("{{ w|whole_words }}", w="a grown-up") == "a grown\u2060-\u2060up"


def test_every_icon_state_and_face_draws_hidden_from_readers():
    for name in ICONS:
        assert 'aria-hidden="true"' in shown(f'{{% icon "{name}" %}}')
    for state in ("establish", "maintain", "restore"):
        assert "<svg" in shown(f'{{% emr_shape "{state}" %}}')
    mouths = {shown(f"{{% face {level} %}}") for level in range(1, 6)}
    assert len(mouths) == 5


class Sample(forms.Form):
    title = forms.CharField(label="Name", help_text="Families see this.")
    years = forms.MultipleChoiceField(
        label="Who is asked", choices=[("7", "Year 7"), ("8", "Year 8")], widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label="A word", required=False)
    cards = forms.BooleanField(label="Print cards")
    secret = forms.CharField(widget=forms.HiddenInput, initial="x")


def test_a_field_with_a_mistake_is_tied_to_hint_error_and_summary():
    form = Sample({"secret": "x"})
    html = render_to_string("web/_errors.html", {"form": form}) + render_to_string(
        "web/_form.html", {"form": form}
    )
    assert '<a href="#id_title">Name: This field is required.</a>' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<fieldset class="field wrong" id="id_years"' in html
    assert '<a href="#id_years">' in html
    assert "A word <span" in html
    assert html.count("(optional)") == 1
    assert '<input type="hidden" name="secret" value="x" id="id_secret">' in html


def test_a_form_without_mistakes_has_no_summary():
    assert render_to_string("web/_errors.html", {"form": Sample()}).strip() == ""


def test_messages_part_into_page_and_corner():
    waiting = [
        Message(constants.SUCCESS, "Saved"),
        Message(constants.SUCCESS, "Noted", extra_tags="undo:/moments/3/undo/"),
    ]
    said = sorted_messages(waiting)
    assert [m.message for m in said.plain] == ["Saved"]
    assert [(m.text, m.undo_url) for m in said.undoable] == [("Noted", "/moments/3/undo/")]


def test_pager_keeps_the_filter_and_shows_gaps():
    request = RequestFactory().get("/people/?year=8&page=5")
    page = Paginator(range(200), 20).get_page(5)
    html = render_to_string("web/_pager.html", {"page": page}, request=request)
    assert 'href="?year=8&amp;page=4"' in html
    assert 'href="?year=8&amp;page=10"' in html
    assert html.count("…") == 2
    assert 'aria-current="page"' in html
    assert (
        render_to_string("web/_pager.html", {"page": Paginator([1], 20).get_page(1)}, request=request).strip()
        == ""
    )


def test_the_chart_partial_and_the_standalone_figure_hold_the_same_table():
    chart = dots([Row("8H", 61, 58, 64, url="/group/1/"), Row("8K", symbol="c")], "8H stands near the school")
    html = render_to_string("web/_chart.html", {"chart": chart})
    assert '<a href="/group/1/">8H</a>' in html
    assert "kept back</td>" in html
    assert chart.html().count("<td") == html.count("<td")


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_are_kind_and_need_nothing(name):
    """They are drawn with an empty context, as Django does when all else has failed."""
    html = render_to_string(f"{name}.html")
    assert '<main id="main"' in html
    assert "<h1>" in html
    assert "error" not in html.lower().replace("error-", "")


def test_confirm_works_without_script():
    html = render_to_string(
        "web/_confirm.html",
        {"label": "Close", "title": "Close it now?", "action": "/x/", "confirm_label": "Close it"},
    )
    assert '<form method="post" action="/x/"' in html
    assert "Close it</button>" in html
