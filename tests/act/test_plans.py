"""Plans: made from a released gap or without one, changed, ended and taken up again."""

from datetime import date

import pytest

from belong.act.aims import aim_for
from belong.act.gaps import ReleasedGap
from belong.act.models import Plan
from belong.people.models import Person
from tests.tell.build import AUTUMN, SPRING, releases

MAKERS = {"head", "survey_lead", "pastoral", "senco", "dsl"}
STAFF = MAKERS | {"tutor", "other_tutor"}
GAP = f"wave={SPRING}&measure=part:adults&cut=sen&group=sen"


def words(cast, **more) -> dict[str, object]:
    fields = {
        "practice": "trusted-adult",
        "title": "Ten minutes a week",
        "aim": "Everyone has somebody.",
        "owner": cast.senco.person.pk,
        "starts_on": "2026-04-20",
        "review_on": "2026-10-12",
        "steps": "Ask each pupil\n\n  Tell each adult  \n",
    }
    return fields | more


def test_who_may_make_a_plan(client_as, cast):
    assert {
        part for part, user in cast.users.items() if client_as(user).get("/act/plans/new/").status_code == 200
    } == (MAKERS | {"stranger"})


def test_a_plan_copies_the_gap_as_released(client_as, cast, story):
    gap = releases()[1].gap("part:adults", "sen", "sen")
    typed = f"{GAP}&difference=-99&low=-99&label=Nonsense"
    answer = client_as(cast.pastoral).post(f"/act/plans/new/?{typed}", words(cast))
    plan = Plan.objects.get(title="Ten minutes a week")
    assert answer.url == f"/act/plans/{plan.pk}/"
    assert (plan.wave_id, plan.measure, plan.cut, plan.group) == (SPRING, "part:adults", "sen", "sen")
    assert [plan.gap_at_start[key] for key in ("difference", "low", "high")] == [
        gap.difference,
        gap.low,
        gap.high,
    ]
    assert plan.gap_at_start["label"] == "SEN support and others"
    assert (plan.owner, plan.practice_key, plan.starts_on) == (
        cast.senco.person,
        "trusted-adult",
        date(2026, 4, 20),
    )
    assert [step.text for step in plan.steps.all()] == ["Ask each pupil", "Tell each adult"]


@pytest.mark.parametrize(
    ("asked", "aim"),
    [
        (
            "measure=part:adults&cut=sen&group=sen",
            "Pupils with SEN support or a plan feel as noticed and helped",
        ),
        ("measure=score&cut=sex&group=F", "Boys feel they belong as much as everyone else."),
    ],
)
def test_the_aim_begins_as_a_sentence_about_pupils(client_as, cast, story, asked, aim):
    page = client_as(cast.senco).get(f"/act/plans/new/?wave={SPRING}&{asked}")
    assert page.context["form"]["aim"].value().startswith(aim)


@pytest.mark.parametrize(
    ("gap", "aim"),
    [
        ({}, "Pupils with pupil premium take part as much as everyone else."),
        ({"difference": 4.0}, "Pupils without pupil premium take part as much as everyone else."),
        ({"difference": None}, "Pupils with pupil premium take part as much as everyone else."),
        (
            {"cut": "year", "group": "8", "label": "Year 8 and everyone else"},
            "Pupils in Year 8 take part as much as everyone else.",
        ),
        ({"cut": "sex", "group": "F", "difference": 3.0}, "Boys take part as much as everyone else."),
        ({"cut": "ethnicity", "group": "asian"}, "Pupils of every group take part as much as one another."),
        (
            {"measure": "item:own-1", "measure_label": "Own"},
            "Everyone answers as well on “Own”, whichever group they are in.",
        ),
        ({"wave_id": 999_999}, "Everyone answers as well on “Taking part”, whichever group they are in."),
    ],
)
def test_an_aim_is_of_the_group_that_stands_lower(story, gap, aim):
    facts = {
        "wave_id": SPRING,
        "wave_title": "Spring",
        "measure": "part:taking-part",
        "measure_label": "Taking part",
        "part": "taking-part",
        "cut": "pupil_premium",
        "group": "Y",
        "label": "Pupil premium and others",
        "difference": -4.0,
        "low": None,
        "high": None,
    }
    assert aim_for(ReleasedGap(**(facts | gap))) == aim


def test_a_practice_fills_the_form_in(client_as, cast, in_school):
    page = client_as(cast.senco).get("/act/plans/new/?practice=circles").content.decode()
    assert 'value="circles" selected' in page
    assert 'value="Circles"' in page
    assert "Set chairs in a full circle" in page
    assert f'<option value="{cast.senco.person.pk}" selected>' in page


def test_a_gap_nobody_released_is_said_and_the_plan_stands_without(client_as, cast, story):
    url = f"/act/plans/new/?wave={SPRING}&measure=part:adults&cut=eal&group=nobody"
    assert "not one you can see" in client_as(cast.senco).get(url).content.decode()
    client_as(cast.senco).post(url, words(cast))
    plan = Plan.objects.get(title="Ten minutes a week")
    assert (plan.wave, plan.gap_at_start) == (None, {})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"review_on": "2026-04-20"}, "The review comes after the start. Change one of the two dates."),
        ({"title": ""}, "This field is required"),
        ({"owner": 999_999}, "Select a valid choice"),
        ({"practice": "magic"}, "Select a valid choice"),
        ({"starts_on": "soon"}, "Enter a valid date"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(client_as, cast, story, wrong, said):
    page = client_as(cast.senco).post(f"/act/plans/new/?{GAP}", words(cast, **wrong)).content.decode()
    assert said in page
    assert "Everyone has somebody." in page
    assert "Tell each adult" in page
    assert "SEN support and others" in page
    assert not Plan.objects.filter(aim="Everyone has somebody.").exists()


def test_pupils_and_leavers_cannot_lead_a_plan(client_as, cast, in_school):
    Person.objects.filter(pk=cast.senco.person.pk).update(left_on=date(2026, 1, 1))
    for person in (cast.senco.person, cast.pupils[0]):
        page = client_as(cast.head).post("/act/plans/new/", words(cast, owner=person.pk)).content.decode()
        assert "Select a valid choice" in page
    assert not Plan.objects.exists()


def test_the_list_shows_mine_under_way_and_ended(client_as, cast, story, own_plan):
    client = client_as(cast.tutor)

    def shown(query: str) -> set[str]:
        page = client.get(f"/act/plans/?{query}").content.decode()
        return {plan.title for plan in Plan.objects.all() if f">{plan.title}</a>" in page}

    everything = {"An adult of their own", "Four more clubs", "A bench in every corridor"}
    assert shown("") == shown("show=active") == everything
    assert shown("show=mine") == {"A bench in every corridor"}
    assert shown("show=ended") == set()
    assert shown("q=clubs") == {"Four more clubs"}
    assert "No plan fits" in client.get("/act/plans/?q=zeppelin").content.decode()


def test_no_plans_yet_points_to_the_gaps(client_as, cast):
    page = client_as(cast.head).get("/act/plans/").content.decode()
    assert "No plans yet" in page
    assert 'href="/see/"' in page


def test_staff_read_a_plan_and_its_owner_or_a_lead_changes_it(client_as, cast, own_plan):
    url = f"/act/plans/{own_plan.pk}/"
    readers = {part for part, user in cast.users.items() if client_as(user).get(url).status_code == 200}
    writers = {
        part for part, user in cast.users.items() if client_as(user).get(f"{url}edit/").status_code == 200
    }
    assert readers == STAFF
    assert writers == MAKERS | {"tutor"}
    assert "When it ends" not in client_as(cast.other_tutor).get(url).content.decode()
    for path in ("steps/", "end/", "reopen/"):
        assert client_as(cast.other_tutor).post(url + path, {"text": "x"}).status_code == 404


def test_another_schools_plan_is_the_same_404_as_none(client_as, cast, own_plan):
    client = client_as(cast.stranger)
    there, nowhere = client.get(f"/act/plans/{own_plan.pk}/"), client.get("/act/plans/999999/")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content


def test_changing_a_plan(client_as, cast, own_plan):
    url = f"/act/plans/{own_plan.pk}/edit/"
    client = client_as(cast.tutor)
    assert "2026-06-01" in client.get(url).content.decode()
    page = client.post(url, words(cast, title="Benches", review_on="2026-01-01")).content.decode()
    assert "The review comes after the start" in page
    assert 'value="Benches"' in page
    client.post(url, words(cast, title="Benches"))
    own_plan.refresh_from_db()
    assert (own_plan.title, own_plan.owner) == ("Benches", cast.senco.person)


def test_a_plan_ends_with_a_word_and_can_be_taken_up_again(client_as, cast, own_plan):
    url, client = f"/act/plans/{own_plan.pk}/", client_as(cast.tutor)
    page = client.post(url + "end/", {"state": "", "learned": "Sit where pupils sit."}).content.decode()
    assert "Sit where pupils sit." in page
    assert Plan.objects.get(pk=own_plan.pk).is_active
    page = client.post(
        url + "end/", {"state": "done", "learned": "Sit where pupils sit."}, follow=True
    ).content.decode()
    assert "What we learned" in page
    assert f'action="{url}reopen/"' in page
    ended = Plan.objects.get(pk=own_plan.pk)
    assert (ended.state, ended.learned) == ("done", "Sit where pupils sit.")
    assert client.get(f"{url}edit/").status_code == 200
    page = client.post(f"{url}edit/", words(cast)).content.decode()
    assert "This plan has ended. Reopen it to change it." in page
    client.post(url + "reopen/")
    assert Plan.objects.get(pk=own_plan.pk).is_active


def test_the_page_keeps_the_gap_it_was_made_for(client_as, cast, story):
    gap = releases()[0].gap("part:adults", "sen", "sen")
    page = client_as(cast.tutor).get(f"/act/plans/{story.adults.pk}/").content.decode()
    assert "Made for the gap <strong>SEN support and others: adults</strong>" in page
    assert f"−{abs(gap.difference)} points" in page
    assert f"/see/{AUTUMN}/gap/" in page
