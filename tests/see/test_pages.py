"""What the pages of a release say, and where they lead."""

from urllib.parse import parse_qs, urlparse

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from belong.act.gaps import released_gap
from belong.see import queries
from belong.see.models import ReleaseRecord
from tests.see.reading import words_of

pytestmark = pytest.mark.alike


@pytest.fixture
def client(cast, client_as):
    return client_as(cast.head)


def test_no_wave_yet_says_what_will_be_here(client, in_school):
    page = client.get("/see/").content.decode()
    assert "No results yet" in page
    assert "What people told us" in page


def test_the_list_says_what_most_said_in_each_wave(client, told):
    page = client.get("/see/")
    assert [entry.wave.title for entry in page.context["entries"]] == ["Spring wave", "Autumn wave"]
    text = page.content.decode()
    assert "Most pupils " in text
    assert "of pupils answered" in text


def test_the_overview_says_the_finding_first(client, told):
    page = client.get(f"/see/{told.spring.pk}/")
    text = page.content.decode()
    assert page.context["lead"].startswith("Spring wave, Years 7 to 11. About ")
    assert f"<h1>{' '.join(page.context['headline'])}</h1>" in text
    # Who is set aside so that nobody can be singled out differs from run to run, and with it small changes.
    title = page.context["parts"].title
    assert title.startswith("Being listened to is lowest, though it has risen since autumn; the score")
    assert "taking part" in title.split(";")[1]
    assert page.context["gaps"].title == "Pupils with SEN support and girls feel listened to less"


def test_every_chart_has_a_table_and_a_description(client, told):
    for where in (
        "",
        "items/",
        "parts/listened/",
        "groups/year/",
        "method/",
        "gap/?measure=score&cut=sen&group=sen",
    ):
        text = client.get(f"/see/{told.spring.pk}/{where}").content.decode()
        figures = text.count('<figure class="chart')
        assert figures > 0
        assert text.count("Show as a table") == figures
        assert text.count('role="img" aria-label="') == 2 * figures


def test_gaps_stand_by_size_with_the_sure_ones_first(told):
    reading = queries.read(told.record)
    gaps = queries.widest_first(queries.one_way(reading.release, "part:listened"))
    sure = [gap for gap in gaps if queries.is_clear(gap)]
    assert gaps[: len(sure)] == sure
    sizes = [abs(gap.difference) for gap in sure]
    assert sizes == sorted(sizes, reverse=True)
    assert [gap.group for gap in sure] == ["sen", "F"]


def test_from_a_gap_to_practices_and_a_plan(client, cast, told):
    context = client.get(f"/see/{told.spring.pk}/").context
    practices = parse_qs(urlparse(context["practices_url"]).query)
    assert practices["part"] == ["listened"]
    plan = urlparse(context["plan_url"])
    wanted = {name: values[0] for name, values in parse_qs(plan.query).items()}
    assert plan.path == "/act/plans/new/"
    assert wanted == {"wave": str(told.spring.pk), "measure": "part:listened", "cut": "sen", "group": "sen"}
    gap = released_gap(cast.head, told.spring.pk, "part:listened", "sen", "sen")
    assert gap.difference == told.release.gap("part:listened", "sen", "sen").difference
    assert gap.label == "SEN support and others"
    assert gap.part == "listened"
    form = client.get(context["plan_url"])
    assert "SEN support and others" in form.content.decode()


def test_a_plan_takes_no_gap_that_the_reader_may_not_see_or_that_there_is_none_of(cast, told):
    asked = (told.spring.pk, "part:listened", "sen", "sen")
    assert released_gap(cast.outside, *asked) is None
    assert released_gap(cast.head, told.spring.pk, "part:listened", "sen", "nobody") is None
    assert released_gap(cast.head, told.spring.pk, "part:elsewhere", "sen", "sen") is None
    assert released_gap(cast.head, 999_999, *asked[1:]) is None


def test_another_part_is_swapped_in_alone(client, told):
    where = f"/see/{told.spring.pk}/?measure=part:adults"
    part = client.get(where, headers={"HX-Request": "true", "HX-Target": "gaps"}).content.decode()
    assert "<main" not in part
    assert part.strip().startswith('<div id="gaps"')
    whole = client.get(where).content.decode()
    assert client.get(where).context["gaps"].title in whole
    assert "adults" in part


def test_a_gap_that_was_acted_on_is_shown_then_and_now(client, cast, told):
    found = queries.gap_then_and_now(told.plan)
    then = told.plan.gap_at_start["difference"]
    assert found.before.difference == then
    assert found.after.difference == told.release.gap("part:listened", "sex", "F").difference
    assert found.basis == "matched"
    assert found.low > 0, "girls were made to catch up"
    for where in ("", "gap/?measure=part:listened&cut=sex&group=F"):
        page = client.get(f"/see/{told.spring.pk}/{where}")
        [(plan, said)] = page.context["tried"]
        assert plan == told.plan
        assert said.is_clear
        assert said.sentence.startswith(f"Girls stood {abs(then):g} points lower than boys, and now ")
        assert "narrowed by" in said.moved
        assert "chosen because it was low" in " ".join(said.caveats)
        assert "A listening lunch for girls" in page.content.decode()
        for caveat in said.caveats:
            assert caveat in page.content.decode()
    other = client.get(f"/see/{told.spring.pk}/gap/?measure=part:adults&cut=sex&group=F")
    assert other.context["tried"] == []


def test_a_plan_not_yet_measured_again_has_no_then_and_now(told):
    ReleaseRecord.objects.filter(wave=told.spring).delete()
    assert queries.gap_then_and_now(told.plan) is None
    told.plan.measure = ""
    assert queries.gap_then_and_now(told.plan) is None


def test_the_page_of_the_first_wave_has_no_change(client, told):
    page = client.get(f"/see/{told.autumn.pk}/")
    assert page.context["tried"] == []
    assert page.context["since"] == ""
    assert "since" not in page.context["parts"].title
    assert "Hollow" not in page.content.decode()
    plans = client.get(f"/see/{told.autumn.pk}/gap/?measure=part:listened&cut=sex&group=F").context["plans"]
    assert plans == [told.plan]


def test_answers_to_a_turned_question_have_their_words_turned(client, told):
    _, turned = client.get(f"/see/{told.spring.pk}/parts/peers/").context["answers"]
    assert [words for _, words in turned.legend] == ["Always", "Often", "Sometimes", "Not often", "Never"]
    assert turned.title.startswith("“Not left out”: most pupils said not often or never")
    cell = told.release.cell("item:peers-2")
    assert [cell.text for cell in turned.rows[0]][1:-1] == [f"{share} %" for share in cell.distribution]


def test_an_unclear_gap_says_so(client, told):
    page = client.get(f"/see/{told.spring.pk}/gap/?measure=part:adults&cut=sex&group=F").content.decode()
    assert "<h1>No difference we can tell between girls and boys.</h1>" in page


def test_a_gap_can_be_asked_for_from_either_side(client, told):
    girls = client.get(f"/see/{told.spring.pk}/gap/?measure=part:listened&cut=sex&group=F").context
    boys = client.get(f"/see/{told.spring.pk}/gap/?measure=part:listened&cut=sex&group=M").context
    assert boys["gap"].difference == -girls["gap"].difference
    assert girls["sentence"] == boys["sentence"] == "Girls feel listened to less than boys."


@pytest.mark.parametrize(
    "where",
    [
        "parts/elsewhere/",
        "groups/elsewhere/",
        "gap/",
        "gap/?measure=part:listened&cut=sex&group=Z",
        "gap/?measure=nothing&cut=sex&group=F",
    ],
)
def test_what_the_release_does_not_hold_is_not_found(client, told, where):
    assert client.get(f"/see/{told.spring.pk}/{where}").status_code == 404


def test_a_measure_that_does_not_exist_falls_back_to_one_that_does(client, told):
    assert client.get(f"/see/{told.spring.pk}/?measure=<script>").status_code == 200
    assert (
        client.get(f"/see/{told.spring.pk}/groups/sex/?measure=none").context["title"]
        == "Girls and boys: belonging"
    )


def test_the_method_page_names_each_kind_of_reliability(client, told):
    text = words_of(client.get(f"/see/{told.spring.pk}/method/").content.decode())
    for words in (
        "Cronbach’s alpha",
        "One-factor omega",
        "Kept back",
        "No figure is shown for fewer than 10",
    ):
        assert words in text
    score = next(row for row in told.release.reliability if row.measure == "score")
    assert f"{score.alpha:.2f}" in text
    assert told.release.hash[:16] in text


def test_no_table_puts_groups_in_order_of_score(client, told):
    labels = [row[0] for row in client.get(f"/see/{told.spring.pk}/groups/year/").context["table"]]
    assert labels == ["Year 7", "Year 8", "Year 9", "Year 10", "Year 11"]


@pytest.mark.parametrize("where", ["", "items/", "parts/listened/", "groups/year/"])
def test_pages_take_a_handful_of_queries(client, told, where):
    client.get(f"/see/{told.spring.pk}/{where}")
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(f"/see/{told.spring.pk}/{where}")
    assert len(found) <= 14


def test_the_list_takes_as_many_queries_for_many_waves_as_for_few(client, told):
    client.get("/see/")
    with CaptureQueriesContext(connection) as few:
        client.get("/see/")
    wave = told.spring
    for _ in range(4):
        wave.pk = None
        wave.save(force_insert=True)
        record = ReleaseRecord.objects.get(wave=told.autumn)
        record.pk, record.wave = None, wave
        record.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        client.get("/see/")
    assert len(many) == len(few)


def test_pages_obey_the_content_security_policy(client, told):
    for where in ("", "items/", "groups/sex/", "gap/?measure=part:listened&cut=sex&group=F", "method/"):
        text = client.get(f"/see/{told.spring.pk}/{where}").content.decode()
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<style" not in text
