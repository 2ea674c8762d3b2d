"""Signing in, and what each role finds first."""

import pytest
from django.test import Client
from django_scopes import scope

from belong.people.staffing import make_sign_in


def test_wrong_password_is_told_kindly_and_does_not_sign_in(cast):
    client = Client()
    answer = client.post("/sign-in/", {"username": "tutor", "password": "wrong"})
    assert "sign in" in answer.content.decode().lower()
    assert "_auth_user_id" not in client.session


def test_right_password_signs_in(cast):
    client = Client()
    client.post("/sign-in/", {"username": "TUTOR", "password": "correct horse battery"})
    assert client.session["_auth_user_id"] == str(cast.tutor.pk)


def test_a_leaver_cannot_sign_in(cast):
    cast.tutor.is_active = False
    cast.tutor.save()
    client = Client()
    client.post("/sign-in/", {"username": "tutor", "password": "correct horse battery"})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("part", ["tutor", "pastoral", "senco", "dsl", "head", "survey_lead"])
def test_staff_begin_on_today(cast, client_as, part):
    answer = client_as(getattr(cast, part)).get("/")
    assert answer.status_code == 200
    assert "Today" in answer.content.decode()


def test_demo_sign_in_does_not_exist_outside_the_demo(cast):
    answer = Client().post("/sign-in/demo/", {"username": "head"})
    assert answer.status_code == 404


def test_a_password_is_set_on_a_page_that_says_its_rules_once(cast):
    with scope(school=cast.school):
        link = make_sign_in(None, person=cast.tutor.person)
    client = Client()
    page = client.get(link, follow=True)
    words = page.content.decode()
    assert words.count("Twelve characters") == 1
    assert "<ul>" not in words
    form = page.redirect_chain[-1][0]
    short = client.post(form, {"new_password1": "1234", "new_password2": "1234"}).content.decode()
    assert "New password: This password is too short" in short
    new = "four quiet kettles singing"
    assert client.post(form, {"new_password1": new, "new_password2": new}).url == "/"
    assert client.session["_auth_user_id"] == str(cast.tutor.pk)
