"""What pupils, families and visitors of the demo find first."""

from django.test import Client


def test_a_pupil_finds_what_is_here_and_whom_to_tell(cast, client_as):
    page = client_as(cast.pupil).get("/", follow=True).content.decode()
    assert "Hello, Amina" in page
    assert 'href="/told/"' in page
    assert "0800 1111" in page


def test_a_carer_is_told_how_families_are_asked(cast, client_as):
    page = client_as(cast.carer).get("/", follow=True).content.decode()
    assert "Hello, Ada" in page
    assert "You get a link or a letter." in page
    assert "Good moments" not in page


def test_sign_in_says_what_was_wrong_and_keeps_the_name(cast):
    page = Client().post("/sign-in/", {"username": "tutor", "password": "wrong"}).content.decode()
    assert "The user name and the password do not go together." in page
    assert 'value="tutor"' in page


def test_the_demo_offers_one_tap_per_role_and_is_labelled(db, settings):
    settings.DEMO = True
    page = Client().get("/sign-in/").content.decode()
    assert "every person, answer and moment is invented" in page
    assert 'name="username" value="head"' in page


def test_outside_the_demo_there_is_no_such_list(db):
    assert "Look around as somebody" not in Client().get("/sign-in/").content.decode()
