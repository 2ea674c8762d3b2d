"""The second step: required of every adult at school, set up before anything else, used once."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django_scopes import scope

from belong.people.signing_in import factors
from belong.people.staffing import make_sign_in
from tests.people.signing_in.conftest import PASSWORD, code, give_app, is_in, kinds_of, trail, try_password

pytestmark = pytest.mark.alike

ADULTS = [
    "tutor",
    "pastoral",
    "senco",
    "dsl",
    "head",
    "survey_lead",
    "governor",
    "analyst",
    "technician",
    "outside",
]


@pytest.mark.parametrize("part", ADULTS)
def test_every_adult_sets_it_up_before_anything_else(cast, part):
    client, _ = try_password(part)
    for path in ("/", "/see/", "/people/staff/", "/your-sign-in/", "/your-sign-in/where/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.url.startswith("/your-sign-in/second-step/?next="), path
    assert client.post("/people/import/", {}).url == "/your-sign-in/second-step/?"
    words = client.get("/your-sign-in/second-step/").content.decode()
    assert "/your-sign-in/passkey/" in words
    assert "/your-sign-in/app/" in words


@pytest.mark.parametrize("part", ["pupil", "carer"])
def test_pupils_and_carers_need_none(cast, part):
    client, _ = try_password(part)
    assert client.get("/", follow=True).status_code == 200


def test_the_demo_needs_none(cast, settings):
    settings.DEMO, settings.SECOND_FACTOR = True, False
    cast.school.is_demo = True
    cast.school.save()
    client = Client()
    assert client.post("/sign-in/demo/", {"username": "head"}).url == "/"
    assert client.get("/").status_code == 200
    assert trail("sign_in")[0].facts == {"by": "demo"}


def set_up_app(client):
    """Go through the page as a person does: read the letters, type the code."""
    page = client.get("/your-sign-in/app/").content.decode()
    secret = re.search(r'secret-letters">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert "<svg" in page
    return secret, client.post("/your-sign-in/app/", {"code": code(secret)})


def test_from_the_first_password_to_the_page_that_was_wanted(cast, django_capture_on_commit_callbacks):
    client, _ = try_password()
    client.get("/your-sign-in/second-step/?next=/see/")
    with django_capture_on_commit_callbacks(execute=True):
        secret, answer = set_up_app(client)
    assert answer.url == "/your-sign-in/codes/"
    page = client.get(answer.url).content.decode()
    codes = re.findall(r"<li>(\d{5} \d{5})</li>", page)
    assert len(set(codes)) == 10
    assert client.get("/your-sign-in/codes.txt").content.decode().count("\n") == 12
    assert client.post("/your-sign-in/codes/kept/").url == "/see/"
    assert codes[0] not in client.get("/your-sign-in/codes/").content.decode()
    assert client.get("/your-sign-in/codes.txt").status_code == 404
    assert client.get("/see/").status_code == 200
    assert [letter.to for letter in mail.outbox] == [["tutor@oak.test"]]
    assert "An authenticator app was added" in mail.outbox[0].body
    assert trail("add_second_factor")[0].facts == {"kind": "totp"}
    assert kinds_of(cast.tutor) == ["recovery_codes", "totp"]

    again, answer = try_password()
    assert not is_in(again)
    assert answer.url == "/sign-in/second/"
    again.post("/sign-in/second/", {"code": code(secret, steps=1)})
    assert is_in(again)
    assert again.get("/").status_code == 200


def test_secrets_are_sealed_in_the_database(cast):
    client, _ = try_password()
    secret, _ = set_up_app(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        kept = repr(cursor.fetchall())
    assert secret not in kept
    other, _ = try_password("senco")
    page = other.get("/your-sign-in/app/").content.decode()
    shown = re.search(r'secret-letters">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert shown not in repr(dict(other.session))
    assert kept.count("e1:") == 2


def test_a_wrong_first_code_keeps_the_same_square(cast):
    client, _ = try_password()
    first = client.get("/your-sign-in/app/").content.decode()
    wrong = client.post("/your-sign-in/app/", {"code": "000000"})
    letters = re.compile(r'secret-letters">([A-Z2-7 ]+)<')
    assert wrong.status_code == 422
    assert letters.search(first)[1] == letters.search(wrong.content.decode())[1]
    assert not factors.has_factor(cast.tutor)


def test_the_right_password_alone_opens_nothing(cast):
    give_app(cast.tutor)
    client, _ = try_password()
    for path in (
        "/",
        "/see/",
        "/your-sign-in/",
        "/your-sign-in/app/",
        "/your-sign-in/codes/",
        "/sign-in/again/",
    ):
        assert client.get(path).url.startswith("/sign-in/?next=")
    assert "Your password was right" in client.get("/sign-in/second/").content.decode()
    assert client.post("/sign-in/second/", {"code": "123456"}).status_code == 422
    assert not is_in(client)
    assert len(trail("fail_second_factor")) == 1


def test_a_code_counts_once(cast):
    give_app(cast.tutor)
    now = code()
    first, _ = try_password()
    first.post("/sign-in/second/", {"code": now})
    assert is_in(first)
    second, _ = try_password()
    second.post("/sign-in/second/", {"code": now})
    assert not is_in(second)
    second.post("/sign-in/second/", {"code": code(steps=-1)})  # older than one that was used
    assert not is_in(second)


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_wrong(cast, monkeypatch, steps, good):
    monkeypatch.setattr("time.time", lambda: 1_800_000_015.0)
    assert bool(factors.right_step("JBSWY3DPEHPK3PXP", code("JBSWY3DPEHPK3PXP", steps))) is good


def test_codes_cannot_be_guessed_for_long(cast):
    give_app(cast.tutor)
    client, _ = try_password()
    answers = [client.post("/sign-in/second/", {"code": f"{n:06}"}).status_code for n in range(6)]
    assert answers == [422] * 5 + [429]
    fresh, _ = try_password()
    assert fresh.post("/sign-in/second/", {"code": code()}).status_code == 429
    assert not is_in(fresh)


def test_a_recovery_code_works_once_and_its_owner_is_told(cast, django_capture_on_commit_callbacks):
    client, _ = try_password()
    set_up_app(client)
    paper = re.findall(r"<li>(\d{5} \d{5})</li>", client.get("/your-sign-in/codes/").content.decode())
    lost, _ = try_password()
    with django_capture_on_commit_callbacks(execute=True):
        lost.post("/sign-in/second/", {"code": paper[3]})
    assert is_in(lost)
    assert "9 are left" in mail.outbox[-1].body
    assert len(trail("use_recovery_code")) == 1
    again, _ = try_password()
    again.post("/sign-in/second/", {"code": paper[3]})
    assert not is_in(again)
    again.post("/sign-in/second/", {"code": paper[4].replace(" ", "")})
    assert is_in(again)


def test_new_recovery_codes_end_the_old_ones(cast):
    client, _ = try_password()
    set_up_app(client)
    old = re.findall(r"<li>(\d{5} \d{5})</li>", client.get("/your-sign-in/codes/").content.decode())
    client.post("/your-sign-in/codes/kept/")
    client.post("/your-sign-in/codes/")
    new = re.findall(r"<li>(\d{5} \d{5})</li>", client.get("/your-sign-in/codes/").content.decode())
    assert len(new) == 10
    assert not set(old) & set(new)
    assert len(trail("make_recovery_codes")) == 1
    other, _ = try_password()
    other.post("/sign-in/second/", {"code": old[0]})
    assert not is_in(other)


def test_recovery_codes_alone_are_no_second_step(cast):
    client, _ = try_password()
    set_up_app(client)
    factors.remove(cast.tutor, factors.factors_of(cast.tutor)[0])
    assert kinds_of(cast.tutor) == []


def test_the_only_second_step_stays_until_there_is_another(cast):
    client, _ = try_password()
    set_up_app(client)
    app = factors.factors_of(cast.tutor)[0]
    client.post(f"/your-sign-in/second-step/{app.pk}/remove/")
    assert kinds_of(cast.tutor) == ["recovery_codes", "totp"]
    Authenticator.objects.create(user=cast.tutor, type="webauthn", data={"name": "Key", "credential": {}})
    client.post(f"/your-sign-in/second-step/{app.pk}/remove/")
    assert kinds_of(cast.tutor) == ["recovery_codes", "webauthn"]
    assert trail("remove_second_factor")[0].facts == {"kind": "totp"}


def test_nobody_removes_somebody_elses(cast):
    give_app(cast.head)
    theirs = factors.factors_of(cast.head)[0]
    client, _ = try_password()
    set_up_app(client)
    assert client.post(f"/your-sign-in/second-step/{theirs.pk}/remove/").status_code == 404
    assert kinds_of(cast.head) == ["totp"]


def test_the_first_second_step_signs_out_browsers_that_came_without(cast):
    thief, _ = try_password()
    owner, _ = try_password()
    set_up_app(owner)
    assert not is_in(thief)
    assert is_in(owner)


def test_a_browser_that_came_without_begins_again(cast, settings):
    settings.SECOND_FACTOR = False
    client, _ = try_password()
    give_app(cast.tutor)
    settings.SECOND_FACTOR = True
    assert client.get("/see/").url == "/sign-in/"
    assert not is_in(client)


def test_half_way_in_is_over_after_ten_minutes_or_a_new_password(cast):
    give_app(cast.tutor)
    client, _ = try_password()
    session = client.session
    session["half_way_in"] = session["half_way_in"] | {"at": session["half_way_in"]["at"] - 601}
    session.save()
    assert client.post("/sign-in/second/", {"code": code()}).url == "/sign-in/"
    client, _ = try_password()
    cast.tutor.set_password("another one entirely")
    cast.tutor.save()
    assert client.post("/sign-in/second/", {"code": code()}).url == "/sign-in/"
    assert not is_in(client)


def test_an_invitation_leads_on_to_the_second_step(cast):
    with scope(school=cast.school):
        link = make_sign_in(None, person=cast.tutor.person)
    client = Client()
    page = client.get(link, follow=True)
    form = {"new_password1": "four quiet kettles singing", "new_password2": "four quiet kettles singing"}
    answer = client.post(page.redirect_chain[-1][0], form, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/your-sign-in/second-step/")
    assert "One more thing before you begin" in answer.content.decode()
    used = Client().get(link, follow=True).content.decode()
    assert "has been used" in used
    assert "/sign-in/forgotten/" in used


def test_a_link_does_not_go_round_the_second_step(cast):
    give_app(cast.tutor)
    with scope(school=cast.school):
        link = make_sign_in(None, person=cast.tutor.person)
    client = Client()
    page = client.get(link, follow=True)
    form = {"new_password1": "four quiet kettles singing", "new_password2": "four quiet kettles singing"}
    assert client.post(page.redirect_chain[-1][0], form).url == "/sign-in/second/"
    assert not is_in(client)
    client.post("/sign-in/second/", {"code": code()})
    assert is_in(client)


def test_pupils_have_no_such_pages(cast):
    client, _ = try_password("pupil")
    for path in (
        "/your-sign-in/",
        "/your-sign-in/second-step/",
        "/your-sign-in/app/",
        "/your-sign-in/where/",
    ):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "rubbish", ["", "null", "{}", "[]", '{"id": 5}', '{"id":"a","rawId":"a","response":{}}', "{", "x" * 5000]
)
def test_an_answer_of_no_passkey_is_refused_kindly(cast, rubbish):
    client = Client()
    client.get("/sign-in/passkey/")
    answer = client.post("/sign-in/passkey/", {"credential": rubbish}, follow=True)
    assert "Sign in with your password instead" in answer.content.decode()
    staff, _ = try_password()
    staff.get("/your-sign-in/passkey/")
    assert staff.post("/your-sign-in/passkey/", {"credential": rubbish}).status_code == 422
    assert kinds_of(cast.tutor) == []
    assert PASSWORD not in answer.content.decode()
