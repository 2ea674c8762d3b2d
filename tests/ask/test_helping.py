"""An adult who helps: named beside every question, kept as such with the sheet, not asked what nobody may know."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from belong.ask import actions
from belong.ask.answers import Misfit
from belong.ask.how import How
from belong.ask.models import PooledRow, PooledSheet, SignedSheet, UnlinkedSheet
from belong.base.registry import records
from tests.ask.conftest import begin, plan, send, sheet_for, sheet_on

HELPED = "Mrs Khan is helping you"


@pytest.fixture
def mixed(cast, in_school):
    """An open wave with a question nobody can link, one that names its readers, free text, and the rest pooled."""
    draft = plan(cast)
    kinds = draft.visibility | {"adults-1": "unlinked", "peers-1": "named"}
    actions.change_visibility(cast.survey_lead, draft, visibility=kinds, readers=["tutor"])
    return actions.open_wave(cast.survey_lead, draft)


def helped(cast, wave, name="Mrs Khan") -> Client:
    card = actions.issue_card(cast.survey_lead, wave, cast.tutor_group, cast.pupils[0].pk)
    client = Client()
    client.post(f"/a/c/{card.token}/", {"helper": name})
    return client


def test_the_helper_stands_beside_every_question_and_unlinked_ones_are_left_out(cast, mixed):
    alone = begin_alone(cast, mixed).get("/a/questions/").content.decode()
    html = helped(cast, mixed).get("/a/questions/").content.decode()
    lines = re.findall(r'class="who-sees"><svg[^§]*?</svg><span>([^<]*)</span>', html)
    assert len(lines) == alone.count("data-question=") - 1
    assert all(HELPED in line for line in lines)
    assert 'name="q-adults-1"' in alone
    assert 'name="q-adults-1"' not in html
    assert HELPED not in alone


def begin_alone(cast, wave) -> Client:
    card = actions.issue_card(cast.survey_lead, wave, cast.tutor_group, cast.pupils[1].pk)
    return begin(f"/a/c/{card.token}/")


def test_the_sheet_says_that_somebody_helped_and_not_who(cast, mixed, close):
    client = helped(cast, mixed)
    given = {"q-peers-1": "2", "q-place-1": "4", "q-open-helps": "My friends"}
    assert send(client, sheet_on(client) | given).status_code == 201
    how = {"language": "en", "helper": True}
    assert SignedSheet.objects.get().how == how
    assert PooledSheet.objects.get().how == how
    assert not UnlinkedSheet.objects.exists()
    assert "Khan" not in str(SignedSheet.objects.values().get())
    close(mixed)
    assert PooledRow.objects.get().how == how


def test_alone_is_kept_as_alone_and_unlinked_answers_say_nothing(cast, mixed):
    assert send(Client(), sheet_for(mixed, cast.pupils[0]) | {"q-adults-1": "3"}).status_code == 201
    assert PooledSheet.objects.get().how == {"language": "en", "helper": False}
    assert not hasattr(UnlinkedSheet.objects.get(), "how")


def test_an_answer_to_a_question_that_was_left_out_is_an_edited_form(cast, mixed):
    client = helped(cast, mixed)
    reply = send(client, sheet_on(client) | {"q-adults-1": "3"})
    assert (reply.status_code, reply.json()["state"]) == (422, "misfit")
    with pytest.raises(Misfit):
        actions.submit_sheet(mixed, cast.pupils[0], {"adults-1": 3}, uuid4(), how=How(helper=True))


def test_a_helper_is_offered_by_name_in_a_class_session_and_can_be_anybody(cast, session):
    client = Client()
    client.post("/a/", {"code": session.code})
    actions.let_in(cast.tutor, session)
    _, number = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    client.post(f"/a/names/{cast.pupils[0].pk}/", {"number": number})
    start = client.get("/a/start/").content.decode()
    assert 'name="helper" value="Mx Tutor"' in start
    assert client.post("/a/start/", {"helper": "Mx Tutor"}).url == "/a/questions/"
    assert "Mx Tutor is helping you" in client.get("/a/questions/").content.decode()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Mrs\n Khan ", "Mrs Khan is"),
        ("\u202enahK srM\u202c", "nahK srM is"),
        ("<b>Ed</b>", "&lt;b&gt;Ed&lt;/b&gt; is"),
        ("{names}", "{names} is"),
        ("x" * 500, "x" * 60 + " is"),
    ],
)
def test_whatever_is_typed_as_a_name_is_shown_plainly(cast, mixed, typed, shown):
    html = helped(cast, mixed, typed).get("/a/questions/").content.decode()
    assert f"{shown} helping you" in html


def test_nobody_named_is_nobody_helping(cast, mixed):
    assert "helping you" not in helped(cast, mixed, " \u202e ").get("/a/questions/").content.decode()


def test_a_person_who_asks_is_told_how_it_was_answered(cast, mixed):
    client = helped(cast, mixed)
    send(client, sheet_on(client) | {"q-peers-1": "2"})
    shown = next(one for one in records() if one.model == "ask.SignedSheet").show(SignedSheet.objects.get())
    assert shown["An adult helped"] == "yes"
