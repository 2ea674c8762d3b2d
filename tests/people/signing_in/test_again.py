"""Asking once more who it is, before something that matters."""

import pytest
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from belong.people.confirming import password_again
from tests.people.signing_in.conftest import PASSWORD, code, give_app, trail, unconfirm

done = []


@login_required
@password_again
def act(request):
    done.append(request.method)
    return HttpResponse("done")


urlpatterns = [path("danger/", act, name="danger"), path("", include("belong.site.urls"))]
pytestmark = [pytest.mark.usefixtures("step"), pytest.mark.urls("tests.people.signing_in.test_again")]


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


@pytest.fixture
def client(cast, client_as):
    return unconfirm(client_as(cast.tutor))


def test_who_signed_in_just_now_goes_through(cast):
    client = Client()
    client.post("/sign-in/", {"username": "tutor", "password": PASSWORD})
    assert client.get("/danger/").content == b"done"


def test_a_page_is_come_back_to(client):
    answer = client.get("/danger/?which=7")
    assert answer.url == "/sign-in/again/?next=%2Fdanger%2F%3Fwhich%3D7"
    assert "Is it you?" in client.get(answer.url).content.decode()
    back = client.post("/sign-in/again/", {"password": PASSWORD, "next": "/danger/?which=7"})
    assert back.url == "/danger/?which=7"
    assert client.get(back.url).content == b"done"
    assert trail("confirm")[0].facts == {"by": "password"}


def test_a_button_is_come_back_to_where_it_stands(client):
    answer = client.post("/danger/", {"typed": "quince"}, headers={"referer": "http://testserver/see/"})
    assert answer.url == "/sign-in/again/?next=%2Fsee%2F&press=1"
    assert done == []
    page = client.get(answer.url).content.decode()
    assert "quince" not in page
    back = client.post("/sign-in/again/", {"password": PASSWORD, "next": "/see/", "press": "1"}, follow=True)
    assert back.redirect_chain[0][0] == "/see/"
    assert "press the button once more" in back.content.decode()
    client.post("/danger/")
    assert done == ["POST"]


def test_a_fragment_leaves_for_the_page(client):
    answer = client.post(
        "/danger/", headers={"hx-request": "true", "hx-current-url": "http://testserver/see/"}
    )
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/sign-in/again/?next=")


def test_it_never_leads_to_another_site(client):
    answer = client.post("/danger/", headers={"referer": "https://evil.test/x"})
    assert answer.url == "/sign-in/again/?next=%2F&press=1"
    assert client.post("/sign-in/again/", {"password": PASSWORD, "next": "https://evil.test/"}).url == "/"


def test_a_wrong_password_is_no_confirmation_and_slows_down(client):
    answers = [client.post("/sign-in/again/", {"password": "x"}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert client.post("/sign-in/again/", {"password": PASSWORD}).status_code == 429
    client.get("/danger/")
    assert done == []
    assert len(trail("fail_confirm")) == 5


def test_a_code_does_as_well_where_there_is_no_password(client, cast):
    cast.tutor.set_unusable_password()
    cast.tutor.save()
    client.force_login(cast.tutor)
    unconfirm(client)
    give_app(cast.tutor)
    page = client.get("/sign-in/again/").content.decode()
    assert 'name="code"' in page
    assert 'name="password"' not in page
    client.post("/sign-in/again/", {"code": code()})
    assert client.get("/danger/").content == b"done"


def test_who_has_neither_signs_in_again(client, cast):
    cast.tutor.set_unusable_password()
    cast.tutor.save()
    client.force_login(cast.tutor)
    unconfirm(client)
    answer = client.post("/sign-in/again/", {"next": "/danger/"})
    assert answer.url == "/sign-in/?next=%2Fdanger%2F"
    assert "_auth_user_id" not in client.session


def test_the_demo_asks_for_a_tap_and_says_so(client, cast, settings):
    settings.DEMO = True
    cast.school.is_demo = True
    cast.school.save()
    page = client.get("/sign-in/again/?next=/danger/").content.decode()
    assert "In the demonstration nobody has a password" in page
    assert 'type="password"' not in page
    client.post("/sign-in/again/", {"next": "/danger/"})
    assert client.get("/danger/").content == b"done"


def test_a_demo_school_on_a_real_machine_is_asked_like_any_other(client, cast):
    cast.school.is_demo = True
    cast.school.save()
    assert client.post("/sign-in/again/", {"next": "/danger/"}).status_code == 422


def test_a_time_in_the_future_is_no_confirmation(client):
    session = client.session
    session["confirmed_at"] = 9_000_000_000
    session.save()
    client.get("/danger/")
    assert done == []


def test_a_stranger_signs_in_first(cast):
    assert Client().get("/danger/").url.startswith("/sign-in/?next=")
    assert Client().get("/sign-in/again/").url.startswith("/sign-in/?next=")
