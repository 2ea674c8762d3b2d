"""Three pictures in order for small children: tapped, forgotten, shown again, or a number instead."""

import re

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from belong.ask import actions
from belong.ask.models import Pin
from belong.ask.pictures import KEYS, new_pictures, pictures_in
from belong.people.models import Person
from tests.ask.conftest import plan


@pytest.fixture
def little(cast, in_school):
    """8H as a Year 1 class, its wave with faces, a session and a device that is in: (client, session)."""
    Person.objects.filter(pk__in=[one.pk for one in cast.pupils]).update(year="1")
    cast.tutor_group.year = "1"
    cast.tutor_group.save()
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-picture", years=["1"]))
    session = actions.open_class_session(cast.tutor, wave, cast.tutor_group)
    client = Client()
    client.post("/a/", {"code": session.code})
    actions.let_in(cast.tutor, session)
    return client, session


def address(pupil) -> str:
    return reverse("ask:number", args=[pupil.pk])


def test_three_taps_in_order_bring_the_questions(cast, little):
    client, _ = little
    pupil, secret = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    page = client.get(address(pupil)).content.decode()
    assert re.findall(r'name="picture" value="(\w+)"', page) == list(KEYS)
    assert "Tap your three pictures" in page
    tapped = ""
    for key in secret.split("-")[:2]:  # with scripts off each tap is sent by itself
        page = client.post(address(pupil), {"before": tapped, "picture": key})
        assert page.status_code == 200
        tapped = re.search(r'name="before" value="([^"]*)"', page.content.decode())[1]
    last = secret.split("-")[2]
    assert client.post(address(pupil), {"before": tapped, "picture": last}).url == "/a/start/"
    assert "Amina" in client.get("/a/start/").content.decode()


def test_the_script_sends_all_three_at_once_and_the_order_counts(cast, little):
    client, _ = little
    pupil, secret = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    backwards = "-".join(reversed(secret.split("-")))
    wrong = client.post(address(pupil), {"before": backwards})
    assert (wrong.status_code, "Those are not your pictures." in wrong.content.decode()) == (422, True)
    assert client.post(address(pupil), {"before": secret}).url == "/a/start/"


def test_forgotten_pictures_are_shown_again_in_one_click_and_stay_the_same(cast, little, client_as):
    client, session = little
    pupil, secret = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    for _ in range(5):
        client.post(address(pupil), {"before": "sun-sun-sun"})
    locked = client.post(address(pupil), {"before": secret})
    assert "Ask your teacher to show you your pictures." in locked.content.decode()
    shown = client_as(cast.tutor).post(
        reverse("ask:show-pictures", args=[session.pk, pupil.pk]), headers={"HX-Request": "true"}
    )
    words = re.findall(r"<span>([^<]+)</span>", shown.content.decode())
    assert words == [one.word for one in pictures_in(secret)]
    assert client.post(address(pupil), {"before": secret}).url == "/a/start/"


def test_a_pupil_without_pictures_gets_them_by_the_same_click(cast, little, client_as):
    client, session = little
    pupil = cast.pupils[3]
    none = client.post(address(pupil), {"before": "sun-moon-star"})
    assert "You don&#x27;t have your pictures yet." in none.content.decode()
    client_as(cast.tutor).post(reverse("ask:show-pictures", args=[session.pk, pupil.pk]))
    assert Pin.objects.get(person=pupil).pictures


def test_pictures_are_usual_up_to_year_2_and_a_number_from_year_3(cast, in_school):
    for year, pictured in (("R", True), ("2", True), ("3", False), ("11", False)):
        Person.objects.filter(pk=cast.pupils[0].pk).update(year=year)
        made = {person.pk: secret for person, secret in actions.make_pins(cast.tutor, cast.tutor_group)}
        assert bool(pictures_in(made[cast.pupils[0].pk])) is pictured


def test_the_school_a_class_and_a_pupil_may_choose_otherwise(cast, in_school):
    pupil = cast.pupils[0]
    actions.set_picture_years(cast.survey_lead, ["R", "8"])
    cast.tutor_group.school.refresh_from_db()
    assert pictures_in(actions.make_pin(cast.tutor, cast.tutor_group, pupil.pk)[1])
    numbers = actions.choose_way_in(cast.tutor, cast.tutor_group, pictures=False)
    assert all(not pictures_in(secret) for _, secret in numbers)
    _, own = actions.make_pin(cast.tutor, cast.tutor_group, pupil.pk, pictures=True)
    assert pictures_in(own)
    assert pictures_in(actions.make_pin(cast.tutor, cast.tutor_group, pupil.pk)[1])  # and keeps the kind


def test_the_page_for_the_years_is_for_those_who_run_waves(cast, in_school, client_as):
    assert client_as(cast.tutor).get("/ask/ways-in/").status_code == 403
    lead = client_as(cast.survey_lead)
    assert "Pictures are usual in" in lead.get("/ask/ways-in/").content.decode()
    lead.post("/ask/ways-in/", {"years": ["8"]})
    cast.school.refresh_from_db()
    assert "8" in cast.school.settings["picture_years"]


def test_pictures_are_kept_as_a_hash_and_encrypted(cast, in_school):
    from django.db import connection

    Person.objects.filter(pk=cast.pupils[0].pk).update(year="1")
    _, secret = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ask_pin")
        assert secret not in str(cursor.fetchall())


def test_new_pictures_are_three_different_ones():
    for _ in range(50):
        keys = new_pictures().split("-")
        assert len(set(keys)) == 3
        assert set(keys) <= set(KEYS)


def test_what_is_no_picture_is_no_try(cast, little):
    client, _ = little
    pupil, _ = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    assert client.post(address(pupil), {"before": "<script>", "picture": "9"}).status_code == 200
    assert Pin.objects.get(person=pupil).tries == 0


def test_a_tutor_of_another_class_is_shown_none(cast, in_school):
    with pytest.raises(Http404):
        actions.show_pin(cast.other_tutor, cast.tutor_group, cast.pupils[0].pk)
