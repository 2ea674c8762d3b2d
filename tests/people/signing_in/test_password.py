"""Name and password: who is let in, what a stranger learns, and what wrong tries cost."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from belong.people.models import Tries
from belong.people.signing_in import backend, tries
from tests.people.signing_in.conftest import PASSWORD, is_in, trail, try_password

pytestmark = pytest.mark.usefixtures("step")


@pytest.mark.parametrize("name", ["tutor", "TUTOR", " Tutor ", "tutor@oak.test", "Tutor@Oak.Test"])
def test_user_name_or_e_mail_in_any_case(cast, name):
    client, answer = try_password(name)
    assert answer.url == "/"
    assert client.session["_auth_user_id"] == str(cast.tutor.pk)
    assert [entry.facts for entry in trail("sign_in")] == [{"by": "password"}]


def test_an_e_mail_of_two_people_signs_neither_in(cast):
    person = cast.other_tutor.person
    person.email = "tutor@oak.test"
    person.save()
    client, answer = try_password("tutor@oak.test")
    assert answer.status_code == 422
    assert not is_in(client)


def test_unknown_wrong_and_closed_look_alike(cast):
    cast.senco.is_active = False
    cast.senco.save()
    pages = [try_password("tutor", "wrong"), try_password("nobody-here", "wrong"), try_password("senco")]
    for client, answer in pages:
        assert answer.status_code == 422
        assert not is_in(client)
    words = [answer.content.decode().split("<main")[1] for _, answer in pages]
    plain = [page.replace("nobody-here", "tutor").replace("senco", "tutor") for page in words]
    tokenless = {_without_token(page) for page in plain}
    assert len(tokenless) == 1


def _without_token(page):
    return page.replace(page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0], "")


def test_every_try_hashes_one_password(cast, monkeypatch):
    hashed = []
    monkeypatch.setattr(backend, "make_password", lambda password: hashed.append("made"))
    monkeypatch.setattr(type(cast.tutor), "check_password", lambda user, raw: hashed.append("checked"))
    cast.senco.is_active = False
    cast.senco.save()
    cast.dsl.set_unusable_password()
    cast.dsl.save()
    for name in ("tutor", "nobody-here", "senco", "dsl", "\x00"):
        hashed.clear()
        try_password(name, "wrong")
        assert len(hashed) == 1, name


def test_a_page_of_ours_comes_next_and_no_other(cast):
    for going, arrived in [("/see/", "/see/"), ("https://evil.test/", "/"), ("//evil.test", "/")]:
        answer = Client().post("/sign-in/", {"username": "tutor", "password": PASSWORD, "next": going})
        assert answer.url == arrived


def test_signing_in_begins_a_new_session(cast):
    client = Client()
    client.get("/sign-in/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    client.cookies["belong"] = before
    try_password(client=client)
    assert is_in(client)
    assert client.session.session_key != before


def test_signing_out_ends_the_session_and_is_noted(cast):
    client, _ = try_password()
    key = client.session.session_key
    assert client.post("/sign-out/").url == "/sign-in/"
    assert not is_in(client)
    assert not Client().session.exists(key)
    assert len(trail("sign_out")) == 1


def wrong(times, name="tutor", **more):
    return [try_password(name, f"guess {number}", **more)[1].status_code for number in range(times)]


@pytest.mark.parametrize("name", ["tutor", "nobody-here"])
def test_the_sixth_try_waits_whether_or_not_there_is_such_a_name(cast, name):
    assert wrong(6, name) == [422] * 5 + [429]
    client, answer = try_password(name)
    assert answer.status_code == 429  # also with the right password
    assert int(answer["Retry-After"]) <= 60
    assert "a minute" in answer.content.decode()
    assert "/sign-in/forgotten/" in answer.content.decode()
    assert not is_in(client)


def _later(minutes):
    for row in Tries.objects.exclude(wait_until=None):
        row.wait_until -= timedelta(minutes=minutes)
        row.save()


def test_waits_grow_to_a_quarter_of_an_hour_and_no_further(cast):
    wrong(5)
    waits = []
    for _ in range(6):
        _, answer = try_password(password="guess")
        waits.append(-(-int(answer["Retry-After"]) // 60))
        _later(minutes=waits[-1])
        assert wrong(1) == [422]
    assert waits == [1, 2, 4, 8, 15, 15]


def test_after_the_wait_the_right_password_gets_in_and_all_is_forgiven(cast):
    wrong(5)
    _later(minutes=1)
    client, _ = try_password()
    assert is_in(client)
    assert wrong(4) == [422] * 4


def test_tries_of_yesterday_do_not_count(cast):
    wrong(4)
    Tries.objects.update(began_at=timezone.now() - timedelta(hours=13))
    assert wrong(2) == [422] * 2
    Tries.objects.update(began_at=timezone.now() - timedelta(hours=25))
    assert tries.forget_old() > 0
    assert not Tries.objects.exists()


def test_a_stranger_cannot_lock_a_colleague_out_of_a_device_they_use(cast):
    mine, _ = try_password()
    mine.post("/sign-out/")
    wrong(8)
    assert try_password()[1].status_code == 429  # elsewhere
    try_password(client=mine)
    assert is_in(mine)


def test_a_known_device_has_its_own_ladder(cast):
    mine, _ = try_password()
    mine.post("/sign-out/")
    assert wrong(6, client=mine) == [422] * 5 + [429]
    assert try_password()[1].status_code == 302  # others are not kept waiting by it


def test_a_known_device_is_known_for_its_own_people_only(cast):
    mine, _ = try_password()
    mine.post("/sign-out/")
    wrong(8, "head")
    _, answer = try_password("head", client=mine)
    assert answer.status_code == 429


def test_a_forged_device_is_no_device(cast):
    wrong(8)
    client = Client()
    client.cookies["belong_device"] = "eyJpZCI6IngifQ:forged:forged"
    assert try_password(client=client)[1].status_code == 429


def test_a_staff_room_behind_one_address_survives_a_bad_morning(cast):
    for _ in range(30 * 3):  # thirty people, three slips each
        assert tries.take(tries.ADDRESS, "127.0.0.1") == 0
    client, _ = try_password()
    assert is_in(client)


def test_one_address_cannot_try_many_names_for_ever(cast, monkeypatch):
    monkeypatch.setattr(tries, "ADDRESS", tries.Rule("address", 6, (60,), 600))
    answers = [wrong(1, f"name-{number}", REMOTE_ADDR="203.0.113.9")[0] for number in range(9)]
    assert answers == [422] * 7 + [429] * 2
    assert wrong(1, "name-1", REMOTE_ADDR="203.0.113.10") == [422]


def test_wrong_tries_of_somebody_who_exists_are_noted_and_they_are_told_once(
    cast, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        wrong(9)
        _later(minutes=2)
        wrong(1)
        wrong(3, "nobody-here")
    entries = trail("fail_sign_in")
    assert len(entries) == 6  # those that waited are not tries
    assert all(entry.actor_id is None and entry.about == f"|{cast.tutor.person_id}|" for entry in entries)
    letters = [letter for letter in mail.outbox if "tries your password" in letter.subject]
    assert [letter.to for letter in letters] == [["tutor@oak.test"]]


def test_nothing_typed_is_kept(cast):
    try_password("tutor", "my real password for something else")
    try_password("somebody.private@home.test", "x")
    kept = repr(list(Tries.objects.values())) + repr([entry.facts for entry in trail("fail_sign_in")])
    assert "private" not in kept
    assert "real password" not in kept


def test_allauths_own_addresses_do_not_exist(cast):
    for path in ("/accounts/", "/accounts/signup/", "/signup/", "/login/", "/accounts/email/", "/2fa/"):
        assert Client().get(path).status_code == 404


def test_behind_a_proxy_the_visitors_address_counts_and_a_made_up_one_does_not(cast, monkeypatch, settings):
    monkeypatch.setattr(tries, "ADDRESS", tries.Rule("address", 2, (60,), 600))

    def attempt(number, forwarded):
        client = Client(headers={"x-forwarded-for": forwarded})
        return try_password(f"name-{number}", "x", client=client)[1].status_code

    settings.BEHIND_PROXY = True
    assert [attempt(n, f"10.0.0.{n}, 203.0.113.5") for n in range(4)] == [422, 422, 422, 429]
    assert attempt(9, "203.0.113.6") == 422
    settings.BEHIND_PROXY = False
    assert [attempt(n, f"203.0.113.{n}") for n in range(10, 14)] == [422, 422, 422, 429]
