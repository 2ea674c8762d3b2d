"""Whom pupils like to be with: families first, positive only, read by two posts, gone after a term."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test import Client
from django.urls import reverse

from belong.ask import actions
from belong.ask.answers import Misfit
from belong.ask.friends.actions import UNTOLD, end_left_out, leave_out, note_families_told
from belong.ask.friends.choosing import friends_for
from belong.ask.friends.queries import looking_at
from belong.ask.models import PooledSheet, SignedSheet, UnlinkedSheet, Wave
from belong.ask.opening import check_opening
from belong.ask.queries import friend_ties
from belong.ask.records import forget_adults, forget_friends, forget_texts, in_words
from belong.base.clock import frozen, now, today
from belong.base.errors import Refused
from belong.guard.rights.retention import run
from belong.measure.instrument import InstrumentError, from_dict, load
from tests.ask.conftest import plan, send, sheet_for

FIELD = "q-be-with"


@pytest.fixture
def draft(cast, in_school) -> Wave:
    return plan(cast, "friends", title="Friends")


@pytest.fixture
def asked(cast, draft) -> Wave:
    note_families_told(cast.head, draft, on=today() - timedelta(days=7), way="letter")
    return actions.open_wave(cast.survey_lead, draft)


def say(wave, pupil, *chosen, item="be-with"):
    actions.submit_sheet(wave, pupil, {item: [one.pk for one in chosen]}, uuid4())


def test_it_does_not_open_before_families_were_told_for_a_week(cast, draft):
    assert check_opening(draft).refusals == [UNTOLD]
    with pytest.raises(Refused, match="Families have not been told"):
        actions.open_wave(cast.head, draft, override_reason="We are in a hurry with this one.")
    note_families_told(cast.head, draft, on=today() - timedelta(days=6), way="mail")
    with pytest.raises(Refused, match="They have a week to say no"):
        actions.open_wave(cast.survey_lead, draft)
    note_families_told(cast.head, draft, on=today() - timedelta(days=7), way="mail")
    assert actions.open_wave(cast.survey_lead, draft).is_open
    with pytest.raises(Refused, match="open already"):
        note_families_told(cast.head, draft, on=today(), way="mail")


def test_only_a_leader_notes_it_and_only_for_a_day_that_was(cast, draft, client_as):
    with pytest.raises(Http404):
        note_families_told(cast.pastoral, draft, on=today(), way="letter")
    address = reverse("ask:friends-families", args=[draft.pk])
    form = {"on": (today() + timedelta(days=1)).isoformat(), "way": "letter"}
    reply = client_as(cast.head).post(address, form)
    assert reply.status_code == 422
    assert "that day is still to come" in reply.content.decode()
    assert client_as(cast.head).post(address, form | {"on": today().isoformat()}).status_code == 302
    letter = unescape(
        client_as(cast.head).get(reverse("ask:friends-letter", args=[draft.pk])).content.decode()
    )
    for line in (
        "Who do you like to spend time with?",
        "deleted a term after",
        "not in the list",
        "Nobody is asked",
    ):
        assert line in letter


def test_a_pupil_chooses_from_their_own_class_then_their_year(cast, asked):
    amina = cast.pupils[0]
    found = friends_for(amina)
    assert {one.id for one in found.own} == {one.pk for one in cast.pupils[1:]}
    assert all(one.id not in {p.pk for p in cast.other_pupils} for one in found.own)
    card = actions.issue_card(cast.survey_lead, asked, cast.tutor_group, amina.pk)
    client = Client()
    client.post(reverse("ask:card", args=[card.token]))
    html = unescape(client.get(reverse("ask:questions")).content.decode())
    for line in (
        "You can choose up to 5 people.",
        "They are never told",
        "Nobody yet",
        "Only Mx Dsl and Mx Pastoral",
    ):
        assert line in html
    assert f'name="{FIELD}" value="{cast.pupils[1].pk}"' in html
    assert f'name="{FIELD}" value="{amina.pk}"' not in html


def test_what_was_said_is_encrypted_and_on_one_sheet_alone(cast, asked):
    sheet = sheet_for(asked, cast.pupils[0]) | {FIELD: [str(cast.pupils[1].pk), str(cast.pupils[2].pk)]}
    assert send(Client(), sheet).status_code == 201
    assert send(Client(), sheet).status_code == 201, "a resend is no second answer"
    kept = SignedSheet.objects.get()
    assert kept.friends == {"be-with": [cast.pupils[1].pk, cast.pupils[2].pk]}
    assert (kept.adults, kept.answers, kept.named) == (None, {}, False)
    assert not PooledSheet.objects.exists()
    assert not UnlinkedSheet.objects.exists()
    stored = connection.cursor()
    stored.execute(f"SELECT friends FROM {SignedSheet._meta.db_table}")
    assert stored.fetchone()[0].startswith("e1:")
    assert (
        in_words(kept)["Who do you like to spend time with?"]
        == "Ben Carter and " + cast.pupils[2].display_name
    )


@pytest.mark.parametrize("script", [True, False], ids=["script", "form"])
@pytest.mark.parametrize("what", ["too many", "self", "elsewhere", "an adult", "left out", "two ways"])
def test_what_does_not_fit_is_said_kindly_and_nothing_is_lost(cast, asked, what, script):
    me, ben, other = cast.pupils[0], cast.pupils[1], cast.pupils[2]
    leave_out(cast.pastoral, other, asked_by="carer")
    given, words = {
        "too many": ([str(one) for one in range(1, 7)], "You chose 6 people and 5 is the most"),
        "self": ([str(me.pk), str(ben.pk)], "not in your list any more"),
        "elsewhere": ([str(cast.stranger.person_id), str(ben.pk)], "not in your list any more"),
        "an adult": ([str(cast.tutor.person_id), str(ben.pk)], "not in your list any more"),
        "left out": ([str(other.pk), str(ben.pk)], "not in your list any more"),
        "two ways": ([str(ben.pk), "0"], "two things that don't go together"),
    }[what]
    reply = send(Client(), sheet_for(asked, me) | {FIELD: given, "q-work-with": [str(ben.pk)]}, script=script)
    assert reply.status_code == 422
    assert not SignedSheet.objects.exists()
    if script:
        assert words in reply.json()["text"]
        return
    html = unescape(reply.content.decode())
    assert words in html
    assert f'name="q-work-with" value="{ben.pk}" checked' in html


def test_who_is_left_out_is_in_no_list_not_asked_and_taken_off_sheets(cast, asked):
    me, ben = cast.pupils[0], cast.pupils[1]
    say(asked, me, ben, cast.pupils[2])
    say(asked, ben, me)
    left = leave_out(cast.pastoral, ben, asked_by="carer")
    assert SignedSheet.objects.get(person=me).friends == {"be-with": [cast.pupils[2].pk]}
    assert SignedSheet.objects.get(person=ben).friends is None
    assert ben.pk not in {one.id for one in friends_for(me).own}
    assert "left out for you" in friends_for(ben).closed
    with pytest.raises(Misfit):
        say(asked, cast.pupils[3], ben)
    end_left_out(cast.pastoral, left)
    assert ben.pk in {one.id for one in friends_for(me).own}


def test_two_posts_read_it_after_the_close_and_nobody_else_ever(cast, asked, close, client_as):
    me, ben, third = cast.pupils[:3]
    say(asked, me, ben)
    say(asked, ben)
    address = reverse("ask:friends-of", args=[asked.pk])
    assert "Still open" in client_as(cast.pastoral).get(address).content.decode()
    close(asked)
    page = unescape(client_as(cast.dsl).get(address).content.decode()).split("<main")[1]
    first = page.split("Who do you like to work with?")[0]
    unnamed, nobody = first.split("They said “nobody yet”")
    assert third.display_name in unnamed
    assert ben.display_name not in unnamed
    assert ben.display_name in nobody
    assert me.display_name not in nobody
    for user in (
        cast.tutor,
        cast.senco,
        cast.head,
        cast.survey_lead,
        cast.pupil,
        cast.carer,
        cast.technician,
    ):
        assert client_as(user).get(address).status_code == 404
        with pytest.raises(Http404):
            looking_at(user, asked)


def test_once_closed_there_are_no_results_to_go_to(cast, asked, close, client_as):
    say(asked, cast.pupils[0], cast.pupils[1])
    core = plan(cast, title="How is school?")
    closed = close(asked)
    core = close(actions.open_wave(cast.survey_lead, core))
    listed = client_as(cast.pastoral).get("/ask/").content.decode()
    assert (f"/see/{closed.pk}/" in listed, f"/see/{core.pk}/" in listed) == (False, True)
    reads, runs = (
        client_as(user).get(f"/ask/{closed.pk}/").content.decode()
        for user in (cast.pastoral, cast.survey_lead)
    )
    reading = reverse("ask:friends-of", args=[closed.pk])
    assert (reading in reads, reading in runs) == (True, False)
    assert all(
        "Nothing here is counted" in page and "/see/" not in page.split("<main")[1] for page in (reads, runs)
    )


def test_left_out_pupils_are_on_neither_list(cast, asked, close):
    leave_out(cast.pastoral, cast.pupils[2], asked_by="themselves")
    say(asked, cast.pupils[0], cast.pupils[1])
    close(asked)
    first = looking_at(cast.dsl, Wave.objects.get(pk=asked.pk))[0]
    assert cast.pupils[2] not in first.unnamed
    assert cast.pupils[3] in first.unnamed


def test_ties_for_groups_are_for_those_who_may_read_them(cast, asked, close):
    me, ben = cast.pupils[:2]
    say(asked, me, ben)
    assert friend_ties(cast.pastoral, cast.tutor_group) == [], "not while it is open"
    close(asked)
    [tie] = friend_ties(cast.pastoral, cast.tutor_group)
    assert (tie.chooser_id, tie.chosen_id, tie.item_id) == (me.pk, ben.pk, "be-with")
    assert friend_ties(cast.pastoral, cast.other_group) == []
    for user in (cast.tutor, cast.head, cast.senco, cast.pupil):
        with pytest.raises(PermissionDenied):
            friend_ties(user, cast.tutor_group)


def test_after_a_term_it_is_gone_and_the_rest_of_a_sheet_stays(cast, asked, close):
    say(asked, cast.pupils[0], cast.pupils[1])
    close(asked)
    with frozen(now() + timedelta(days=89)):
        run(cast.school)
        assert SignedSheet.objects.filter(friends__isnull=False).count() == 1
    with frozen(now() + timedelta(days=91)):
        run(cast.school)
        assert not SignedSheet.objects.exists(), "a sheet that held nothing else is gone"


def test_forgetting_one_thing_keeps_the_others(cast, asked):
    say(asked, cast.pupils[0], cast.pupils[1])
    sheet = SignedSheet.objects.get()
    SignedSheet.objects.filter(pk=sheet.pk).update(adults={"turn-to": []})
    forget_adults(SignedSheet.objects.all())
    assert SignedSheet.objects.get().friends
    SignedSheet.objects.filter(pk=sheet.pk).update(wrote=True, texts={"x": "words"})
    forget_texts(SignedSheet.objects.all())
    assert SignedSheet.objects.get().friends
    forget_friends(SignedSheet.objects.all())
    assert not SignedSheet.objects.exists()


def test_a_questionnaire_cannot_ask_it_another_way():
    data = load("friends").to_dict()
    for item in data["items"]:
        item["visibility"] = "named"
    with pytest.raises(InstrumentError, match="pastoral lead and the safeguarding lead alone"):
        from_dict(data)


def test_the_list_of_askings_says_what_is_still_needed(cast, draft, client_as):
    page = client_as(cast.survey_lead).get(reverse("ask:friends")).content.decode()
    assert "Families have not been told yet" in page
    tried = client_as(cast.survey_lead).get(reverse("ask:try", args=[draft.pk])).content.decode()
    assert "Pupil A of the class" in tried
    assert "Ben Carter" not in tried
