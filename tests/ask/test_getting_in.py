"""Class code, let in, name, number: and what happens when one of them is wrong."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from belong.ask import actions
from belong.ask.models import ClassSession, Device, Pin
from belong.base import clock
from belong.base.errors import Refused
from belong.people.models import Person
from tests.ask.conftest import send, sheet_on


def join(session: ClassSession) -> Client:
    """A device that typed the code."""
    client = Client()
    assert client.post("/a/", {"code": session.code}).url == "/a/wait/"
    return client


def inside(cast, session: ClassSession) -> Client:
    """A device that was let in."""
    client = join(session)
    actions.let_in(cast.tutor, session)
    return client


def test_code_let_in_name_number_questions(cast, wave, session):
    pupil, pin = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    client = join(session)
    label = Device.objects.get().label
    assert label in client.get("/a/wait/").content.decode()
    assert client.get("/a/wait/state/").json() == {"state": "waiting"}
    actions.let_in(cast.tutor, session)
    assert client.get("/a/wait/state/").json() == {"state": "in"}
    assert client.get("/a/wait/").url == "/a/names/"
    shown = re.findall(r'class="name" href="[^"]+">([^<]+)<', client.get("/a/names/").content.decode())
    assert shown == sorted(person.first_name for person in cast.pupils)
    page = client.get(reverse("ask:number", args=[pupil.pk]))
    assert "Hello Amina" in page.content.decode()
    assert client.post(reverse("ask:number", args=[pupil.pk]), {"number": pin}).url == "/a/start/"
    assert "Hello Amina" in client.get("/a/start/").content.decode()
    assert send(client, sheet_on(client) | {"q-adults-1": "3"}).status_code == 201


def test_names_show_on_a_device_only_once_it_is_let_in(cast, session):
    client = join(session)
    waiting = client.get("/a/names/")
    assert (waiting.status_code, "Amina" in waiting.content.decode()) == (403, False)
    assert client.get(reverse("ask:number", args=[cast.pupils[0].pk])).status_code == 403
    assert Client().get("/a/names/").status_code == 410


def test_names_stay_the_same_when_someone_has_answered(cast, wave, session):
    client = inside(cast, session)
    before = client.get("/a/names/").content
    _, pin = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    other = inside(cast, session)
    other.post(reverse("ask:number", args=[cast.pupils[0].pk]), {"number": pin})
    send(other, sheet_on(other))
    assert client.get("/a/names/").content == before
    told = client.get(reverse("ask:number", args=[cast.pupils[0].pk]))
    assert (told.status_code, "You have already answered." in told.content.decode()) == (409, True)


def test_a_wrong_or_old_code_is_told_kindly(cast, session):
    wrong = f"{(int(session.code) + 1) % 1_000_000:06d}"
    reply = Client().post("/a/", {"code": wrong})
    assert (reply.status_code, "We can&#x27;t find that code." in reply.content.decode()) == (422, True)
    with clock.frozen(clock.now() + timedelta(minutes=41)):
        assert Client().post("/a/", {"code": session.code}).status_code == 422
    assert not Device.objects.exists()


def test_a_code_may_be_typed_with_a_space_and_comes_filled_in_from_the_qr_code(session):
    assert Client().post("/a/", {"code": f"{session.code[:3]} {session.code[3:]}"}).url == "/a/wait/"
    assert f'value="{session.code}"' in Client().get("/a/", {"code": session.code}).content.decode()


def test_a_thousand_wrong_codes_from_one_address_must_wait(cast, session, monkeypatch):
    monkeypatch.setattr("belong.ask.views.child.WRONG_TRIES", 3)
    for wrong in range(1, 4):
        Client().post("/a/", {"code": f"{(int(session.code) + wrong) % 1_000_000:06d}"})
    reply = Client().post("/a/", {"code": session.code})
    assert (reply.status_code, "Wait a little" in reply.content.decode()) == (422, True)


def test_joining_twice_from_one_device_is_one_device(session):
    client = join(session)
    client.post("/a/", {"code": session.code})
    assert Device.objects.count() == 1


def test_devices_have_names_of_their_own(session):
    for _ in range(30):
        join(session)
    assert len(set(Device.objects.values_list("label", flat=True))) == 30


def test_the_session_ends_and_with_it_the_names(cast, session):
    client = inside(cast, session)
    actions.close_class_session(cast.tutor, session)
    assert client.get("/a/names/").status_code == 410
    assert client.get("/a/wait/").url == "/a/"
    assert not Device.objects.exists()


def test_five_wrong_numbers_lock_until_the_tutor_makes_a_new_one(cast, session):
    pupil, pin = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    client, address = inside(cast, session), reverse("ask:number", args=[pupil.pk])
    wrong = f"{(int(pin) + 1) % 10_000:04d}"
    replies = [client.post(address, {"number": wrong}) for _ in range(5)]
    assert [reply.status_code for reply in replies] == [422] * 5
    assert "That is not your number." in replies[0].content.decode()
    assert "wrong five times" in replies[4].content.decode()
    locked = client.post(address, {"number": pin})
    assert (locked.status_code, "Ask your teacher for a new one." in locked.content.decode()) == (422, True)
    _, new = actions.make_pin(cast.tutor, cast.tutor_group, pupil.pk)
    assert client.post(address, {"number": new}).url == "/a/start/"


def test_a_right_number_forgets_the_wrong_tries_before_it(cast, in_school):
    pupil, pin = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    for _ in range(4):
        with pytest.raises(Refused):
            actions.check_pin(pupil, "")
    actions.check_pin(pupil, pin)
    assert Pin.objects.get(person=pupil).tries == 0


def test_without_a_number_one_asks_the_teacher(cast, session):
    client = inside(cast, session)
    reply = client.post(reverse("ask:number", args=[cast.pupils[0].pk]), {"number": "1234"})
    assert "You don&#x27;t have a number yet." in reply.content.decode()


def test_a_name_of_another_class_is_not_there(cast, session):
    client = inside(cast, session)
    actions.make_pin(cast.other_tutor, cast.other_group, cast.other_pupils[0].pk)
    assert client.get(reverse("ask:number", args=[cast.other_pupils[0].pk])).status_code == 404


def test_the_next_child_goes_on_at_the_same_device(cast, session):
    client = inside(cast, session)
    pupil, pin = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    client.post(reverse("ask:number", args=[pupil.pk]), {"number": pin})
    send(client, sheet_on(client))
    end = client.get("/a/done/12-18/")
    key = end.context["device_key"]
    assert "You can hand the device to the next person now." in end.content.decode()
    client.cookies.clear()
    assert client.get("/a/names/").status_code == 410
    assert client.post("/a/again/", {"device": key}).url == "/a/names/"
    assert client.get("/a/names/").status_code == 200
    assert client.get("/a/questions/").status_code == 403


def test_the_end_page_of_a_card_offers_no_next_child(cast):
    end = Client().get("/a/done/8-11/")
    assert end.context["device_key"] == ""
    assert Client().get("/a/done/anything/").status_code == 404
    assert Client().post("/a/again/", {"device": "x"}).url == "/a/"


def test_same_first_names_are_told_apart(cast, session):
    ids = [person.pk for person in cast.pupils[:3]]
    for pk, (given, family) in zip(
        ids, [("Amina", "Yusuf"), ("Amina", "Young"), ("Amina", "Carter")], strict=True
    ):
        Person.objects.filter(pk=pk).update(given_name=given, family_name=family)
    html = inside(cast, session).get("/a/names/").content.decode()
    assert {"Amina C", "Amina Yusuf", "Amina Young"} <= set(re.findall(r">(Amina[^<]*)<", html))


def test_the_pass_of_a_child_signs_nobody_in(cast, session):
    client = inside(cast, session)
    pupil, pin = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    client.post(reverse("ask:number", args=[pupil.pk]), {"number": pin})
    assert client.get("/ask/").status_code == 302
    assert "/sign-in/" in client.get("/").url
    assert client.cookies["belong_answering"]["path"] == "/a/"
    assert client.cookies["belong_answering"]["httponly"] is True
