"""Where one is signed in, ending it, leavers, and what a senior leader does for a colleague."""

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django_scopes import scope

from belong.people.signing_in import sessions
from belong.people.signing_in.factors import has_factor
from belong.people.staffing import make_sign_in
from tests.people.files import USERS_11, lines, one_school, read, small, teacher
from tests.people.importing import put
from tests.people.signing_in.conftest import (
    code,
    give_app,
    is_in,
    kinds_of,
    trail,
    try_password,
    unconfirm,
)

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
NEW = {"new_password1": "four quiet kettles singing", "new_password2": "four quiet kettles singing"}


@pytest.fixture(autouse=True)
def only_passwords(step):
    """The second step has its own tests."""


def browser(agent, name="tutor"):
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR="198.51.100.77")
    try_password(name, client=client)
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (WINDOWS, "Chrome on a Windows computer"),
        (PHONE, "Safari on an iPhone"),
        (WINDOWS + " Edg/140.0", "Edge on a Windows computer"),
        (
            "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
            "Firefox on an Android phone",
        ),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0", "Chrome on a Chromebook"),
        ("curl/8", "A device that does not say what it is"),
        ("", "A device that does not say what it is"),
    ],
)
def test_devices_in_words(agent, words):
    assert sessions.device_words(agent) == words


def test_the_list_names_devices_and_no_address(cast):
    here, there = browser(WINDOWS), browser(PHONE)
    page = here.get("/your-sign-in/where/").content.decode()
    assert 'Chrome on a Windows computer</strong> <span class="tag on">here' in page
    assert "Safari on an iPhone" in page
    assert "198.51" not in page
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"198.51.100.0"}
    assert is_in(there)


def test_one_other_is_ended(cast):
    here, there, third = browser(WINDOWS), browser(PHONE), browser("curl/8")
    row = UserSession.objects.get(user_agent=PHONE)
    here.post(f"/your-sign-in/where/{row.pk}/end/")
    assert [is_in(one) for one in (here, there, third)] == [True, False, True]
    assert trail("end_session")[0].facts == {"sessions": 1}


def test_all_others_are_ended(cast):
    here, there, third = browser(WINDOWS), browser(PHONE), browser("curl/8")
    here.post("/your-sign-in/where/end-others/")
    assert [is_in(one) for one in (here, there, third)] == [True, False, False]
    assert "Nowhere else" in here.get("/your-sign-in/where/").content.decode()


def test_nobody_ends_somebody_elses(cast):
    browser(PHONE, "head")
    row = UserSession.objects.get(user_agent=PHONE)
    assert browser(WINDOWS).post(f"/your-sign-in/where/{row.pk}/end/").status_code == 404
    assert UserSession.objects.filter(pk=row.pk).exists()


def test_changing_the_password_ends_every_other_session(cast, django_capture_on_commit_callbacks):
    here, there = browser(WINDOWS), browser(PHONE)
    before = here.session.session_key
    with django_capture_on_commit_callbacks(execute=True):
        here.post("/your-sign-in/password/", NEW)
    assert is_in(here)
    assert here.session.session_key != before
    assert there.get("/").url.startswith("/sign-in/")
    assert [one.user_agent for one in sessions.sessions_of(cast.tutor)] == [WINDOWS]
    assert [letter.subject for letter in mail.outbox] == ["Oak Park School: your password was changed"]
    assert trail("change_password")[0].facts == {"by": "themselves"}
    assert try_password()[1].status_code == 422


def test_a_weak_new_password_is_refused_with_its_reason(cast):
    here = browser(WINDOWS)
    page = here.post(
        "/your-sign-in/password/", {"new_password1": "password1234", "new_password2": "password1234"}
    )
    assert "too common" in page.content.decode()


def test_answering_leaves_no_time_on_a_session(cast):
    here = browser(WINDOWS)
    session = here.session
    session["seen_at"] = 0
    session.save()
    row = UserSession.objects.get(user_agent=WINDOWS)
    here.get("/a/")
    assert UserSession.objects.get(pk=row.pk).last_seen_at == row.last_seen_at
    here.get("/")
    assert UserSession.objects.get(pk=row.pk).last_seen_at > row.last_seen_at


def test_old_lists_are_forgotten(cast):
    here, there = browser(WINDOWS), browser(PHONE)
    there.session.flush()
    sessions.forget_old()
    assert [one.user_agent for one in UserSession.objects.all()] == [WINDOWS]
    assert is_in(here)


def test_a_leaver_is_out_before_the_import_ends(cast, settings):
    give_app(cast.tutor)
    session, half_way = Client(), Client()
    try_password(client=session)
    session.post("/sign-in/second/", {"code": code()})
    try_password(client=half_way)
    assert is_in(session)
    delta = {
        "manifest.csv": "propertyName,value\nfile.users,delta\n",
        "users.csv": lines(USERS_11, teacher("t1", "Tutor", "Tutor").replace("t1,,", "t1,tobedeleted,")),
        "orgs.csv": small()["orgs.csv"],
    }
    with scope(school=cast.school):
        cast.tutor.person.source_id = "t1"
        cast.tutor.person.save()
        made = put(cast.school, one_school(read(delta)))
    assert [one.person for one in made.left] == [cast.tutor.person]
    assert not is_in(session)
    assert kinds_of(cast.tutor) == []
    assert half_way.post("/sign-in/second/", {"code": code(steps=1)}).url == "/sign-in/"
    assert try_password()[1].status_code == 422
    cast.tutor.refresh_from_db()
    assert not cast.tutor.is_active


def test_a_leader_takes_a_lost_second_step_away_and_the_owner_is_told(
    cast, django_capture_on_commit_callbacks
):
    give_app(cast.tutor)
    owner = browser(PHONE)
    head = browser(WINDOWS, "head")
    person = cast.tutor.person
    assert "Authenticator app" in head.get(f"/people/staff/{person.pk}/sign-in/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        head.post(f"/people/staff/{person.pk}/sign-in/reset/")
    assert not has_factor(cast.tutor)
    assert not is_in(owner)
    (entry,) = trail("reset_second_factor")
    assert (entry.actor_id, entry.about) == (cast.head.pk, f"|{person.pk}|")
    assert [letter.to for letter in mail.outbox] == [["tutor@oak.test"]]
    assert cast.head.person.full_name in mail.outbox[0].body


def test_a_leader_shows_first_who_they_are(cast, client_as):
    give_app(cast.tutor)
    head = unconfirm(client_as(cast.head))
    for act in ("reset", "end"):
        answer = head.post(f"/people/staff/{cast.tutor.person_id}/sign-in/{act}/")
        assert answer.url.startswith("/sign-in/again/")
    assert has_factor(cast.tutor)


def test_nobody_else_may_and_a_leader_not_for_themselves(cast, client_as):
    give_app(cast.tutor)
    for part in ("technician", "dsl", "survey_lead", "pastoral", "stranger"):
        client = client_as(cast.users[part])
        for act in ("", "reset/", "end/"):
            url = f"/people/staff/{cast.tutor.person_id}/sign-in/{act}"
            answer = client.post(url) if act else client.get(url)
            assert answer.status_code == 404, (part, act)
    assert has_factor(cast.tutor)
    head = client_as(cast.head)
    give_app(cast.head)
    head.post(f"/people/staff/{cast.head.person_id}/sign-in/reset/")
    assert has_factor(cast.head)


def test_a_leader_signs_a_colleague_out_everywhere(cast, django_capture_on_commit_callbacks):
    owner, head = browser(PHONE), browser(WINDOWS, "head")
    page = head.get(f"/people/staff/{cast.tutor.person_id}/sign-in/").content.decode()
    assert "In 1 place." in page
    assert "iPhone" not in page
    with django_capture_on_commit_callbacks(execute=True):
        head.post(f"/people/staff/{cast.tutor.person_id}/sign-in/end/")
    assert not is_in(owner)
    assert is_in(head)
    assert trail("end_sessions")[0].facts == {"sessions": 1}
    assert "ended every place" in mail.outbox[0].body


def test_a_link_made_by_somebody_else_is_told_to_its_owner(cast, django_capture_on_commit_callbacks):
    with scope(school=cast.school), django_capture_on_commit_callbacks(execute=True):
        make_sign_in(cast.head, person=cast.tutor.person)
    assert [letter.to for letter in mail.outbox] == [["tutor@oak.test"]]
    assert "made a link" in mail.outbox[0].body
