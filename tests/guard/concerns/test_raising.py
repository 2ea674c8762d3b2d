"""How a concern comes in, and that nothing on the way loses what a child sent."""

import logging
from uuid import uuid4

import pytest
from django.urls import reverse

from belong.ask import actions as ask
from belong.ask.models import SignedSheet
from belong.base.clock import frozen
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.guard.concerns import raising
from belong.guard.concerns.noticing import look
from belong.guard.concerns.page import pieces_of, segments
from belong.guard.concerns.queue import queue, standings
from belong.guard.concerns.raising import raise_ask, raise_by_adult, send_test
from belong.guard.models import Concern, ConcernEntry, Shift
from tests.ask.conftest import answer, begin, plan, send, sheet_on
from tests.guard.concerns.conftest import MONDAY, WORDS

NOT_A_TEST = {"kind__in": ["words", "asked", "adult"]}


@pytest.fixture
def wave(posts):
    return ask.open_wave(posts.head, plan(posts), override_reason="A test.")


def made():
    return list(Concern.objects.filter(**NOT_A_TEST).order_by("pk"))


def test_words_that_should_be_read_come_in_with_the_sheet(posts, wave, finds):
    finds("scared")
    trail = AuditEntry.objects.count()
    answer(wave, posts.pupils[1], **{"open-helps": WORDS, "open-change": "more clubs"})
    (concern,) = made()
    sheet = SignedSheet.objects.get(person=posts.pupils[1])
    assert (concern.kind, concern.person, concern.source) == (
        Concern.WORDS,
        posts.pupils[1],
        f"ask.signedsheet:{sheet.pk}",
    )
    (piece,) = pieces_of(concern.entries.all())
    assert piece.text == WORDS
    assert [part.text for part in piece.segments if part.whys] == ["scared"]
    assert piece.reasons == ("says that they are afraid",)
    assert piece.question == "What helps you feel that you belong here?"
    assert AuditEntry.objects.count() == trail  # answering leaves no trail


def test_words_in_which_nothing_is_found_raise_nothing(posts, wave, finds):
    finds("scared")
    answer(wave, posts.pupils[1], **{"open-helps": "the library"})
    assert made() == []


@pytest.mark.parametrize(("urgency", "urgent"), [("now", True), ("today", False), ("look", False)])
def test_what_was_found_says_how_soon_to_read(posts, wave, finds, urgency, urgent):
    finds("scared", urgency)
    answer(wave, posts.pupils[1], **{"open-helps": WORDS})
    (concern,) = made()
    assert standings([concern.pk])[concern.pk].urgent == urgent


def test_where_looking_fails_a_person_reads(posts, wave, broken_look, caplog):
    """The sheet is kept, the text goes to the queue, and the log holds none of it."""
    with caplog.at_level(logging.DEBUG):
        answer(wave, posts.pupils[1], **{"open-helps": WORDS})
    (concern,) = made()
    (piece,) = pieces_of(concern.entries.all())
    assert piece.failed
    assert piece.text == WORDS
    assert standings([concern.pk])[concern.pk].urgent
    assert SignedSheet.objects.get(person=posts.pupils[1]).texts["open-helps"] == WORDS
    assert WORDS not in caplog.text
    assert "RuntimeError" in caplog.text


def test_a_sheet_is_kept_when_the_record_cannot_be_written(posts, wave, finds, monkeypatch, caplog):
    finds("scared")

    def broken(*args, **kwargs):
        raise RuntimeError(WORDS)

    monkeypatch.setattr(raising, "_first", broken)
    with caplog.at_level(logging.DEBUG):
        answer(wave, posts.pupils[1], **{"open-helps": WORDS})
    assert SignedSheet.objects.get(person=posts.pupils[1]).texts["open-helps"] == WORDS
    assert made() == []
    assert WORDS not in caplog.text


def test_looking_never_raises(broken_look):
    assert look("anything").failed


def test_yes_please_asks_for_an_adult(posts, wave):
    answer(wave, posts.pupils[1], **{"check-in": 1})
    answer(wave, posts.pupils[2], **{"check-in": 2})
    answer(wave, posts.pupils[3], **{"check-in": -1})
    (concern,) = made()
    assert (concern.kind, concern.person) == (Concern.ASKED, posts.pupils[1])


def test_the_same_sheet_twice_is_one_concern(posts, wave, finds):
    finds("scared")
    submission = uuid4()
    for _ in range(2):
        ask.submit_sheet(wave, posts.pupils[1], {"open-helps": WORDS, "check-in": 1}, submission)
    assert [concern.kind for concern in made()] == [Concern.WORDS, Concern.ASKED]


def test_taking_answers_back_leaves_the_concern(posts, wave, finds):
    finds("scared")
    answer(wave, posts.pupils[1], **{"open-helps": WORDS})
    SignedSheet.objects.filter(person=posts.pupils[1]).delete()
    assert len(made()) == 1


def test_boxes_close_when_nobody_reads_and_asking_does_not(posts, wave):
    """A kind line in place of the box; a request for an adult stays open; words sent all the same are kept."""
    card = reverse(
        "ask:card",
        args=[ask.issue_card(posts.survey_lead, wave, posts.tutor_group, posts.pupils[1].pk).token],
    )
    client = begin(card)
    assert 'name="q-open-helps"' in client.get("/a/questions/").content.decode()
    Shift.objects.all().delete()
    page = client.get("/a/questions/").content.decode()
    assert 'name="q-open-helps"' not in page
    assert "This box is closed just now: nobody is there to read it soon." in page
    assert 'name="q-check-in"' in page
    sheet = sheet_on(client) | {"q-open-helps": "written before it closed"}
    assert send(client, sheet).status_code == 201
    assert SignedSheet.objects.get(person=posts.pupils[1]).texts == {"open-helps": "written before it closed"}
    raise_ask(posts.pupils[2])
    assert [concern.kind for concern in made()][-1] == Concern.ASKED


def test_who_else_sees_a_request_stands_beside_it(posts, wave):
    card = reverse(
        "ask:card",
        args=[ask.issue_card(posts.survey_lead, wave, posts.tutor_group, posts.pupils[1].pk).token],
    )
    page = begin(card).get("/a/questions/").content.decode()
    assert "Mx Dsl can see that you asked as well" in page


def test_an_adult_raises_one(posts, client_as):
    here = reverse("guard:raise", args=[posts.pupils[1].pk])
    client = client_as(posts.tutor)
    assert client.get(here).status_code == 200
    sent = {"text": "He came in with a bruise.", "urgent": "no", "about": "", "next": "/group/"}
    answered = client.post(here, sent)
    assert (answered.status_code, answered.url) == (302, "/group/")
    (concern,) = made()
    assert (concern.kind, concern.raised_by, concern.person) == (Concern.ADULT, posts.tutor, posts.pupils[1])
    assert AuditEntry.objects.latest("number").verb == "guard.raise_concern"
    assert client.get(reverse("guard:concern", args=[concern.reference])).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"urgent": ""}, {"about": "999999"}, {"text": "x" * 4001}, {"text": " a "}]
)
def test_an_adult_is_told_what_is_missing(posts, client_as, wrong):
    here = reverse("guard:raise", args=[posts.pupils[1].pk])
    sent = {"text": "He came in with a bruise.", "urgent": "no", "about": ""} | wrong
    answered = client_as(posts.tutor).post(here, sent)
    assert answered.status_code == 422
    assert made() == []


def test_nobody_raises_one_about_a_pupil_they_may_not_see(posts, client_as):
    here = reverse("guard:raise", args=[posts.pupils[1].pk])
    for role in ("other_tutor", "technician", "governor", "carer", "pupil", "stranger"):
        assert client_as(posts.users[role]).get(here).status_code == 404, role
    with pytest.raises(Exception, match=r"^$|No|Http404"):
        raise_by_adult(posts.other_tutor, posts.pupils[1], text="I saw it.", urgent=False)
    with pytest.raises(Refused, match="Say in a few words"):
        raise_by_adult(posts.tutor, posts.pupils[1], text="   ", urgent=False)


def test_words_are_encrypted_in_the_database(posts):
    from django.db import connection

    raise_ask(posts.pupils[1], text=WORDS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM guard_concernentry")
        stored = "".join(str(row[0]) for row in cursor.fetchall())
    assert "scared" not in stored
    assert stored.count("e1:") >= 1


def test_a_name_of_the_line_in_flagged_words_goes_another_way(posts, wave, finds):
    finds("scared")
    answer(wave, posts.pupils[1], **{"open-helps": "I am scared of mx head"})
    (concern,) = made()
    assert [entry.about for entry in concern.entries.filter(kind=ConcernEntry.ABOUT)] == [
        posts.head.person.pk
    ]


@pytest.mark.parametrize(
    "found",
    [[], [(0, 2)], [(1, 3), (2, 5)], [(0, 6)], [(0, 6), (2, 3)], [(5, 6)], [(1, 1)]],
)
def test_marked_stretches_put_together_are_the_text(found):
    text = "abcdef"
    hits = [{"start": a, "end": b, "why": f"{a}-{b}"} for a, b in found]
    cut = segments(text, hits)
    assert "".join(part.text for part in cut) == text
    marked = "".join(part.text for part in cut if part.whys)
    assert set(marked) == {text[i] for a, b in found for i in range(a, b)}


def test_a_wave_with_own_words_waits_for_a_test(posts, cast):
    """The test alert and the reader, each with its mend; a senior leader may override with a reason."""
    Shift.objects.all().delete()
    Concern.objects.exclude(kind="").update  # noqa: B018  (the record can only grow: tests age instead)
    draft = plan(posts)
    with pytest.raises(Refused, match="Nobody is on the rota to read"):
        ask.open_wave(posts.survey_lead, draft)
    assert ask.open_wave(posts.head, draft, override_reason="We read them together.").is_open


def test_a_test_must_have_been_told_and_taken_on_by_the_lead(posts):
    from datetime import timedelta

    from belong.base.clock import now
    from belong.guard.concerns.acting import acknowledge
    from belong.guard.concerns.going_live import tested
    from belong.guard.concerns.ticking import tick_school

    assert tested(posts.school)
    with frozen(now() + timedelta(days=500)):  # the old test is too long ago
        assert not tested(posts.school)
        concern = send_test(posts.head)
        assert not tested(posts.school)
        tick_school(posts.school)
        acknowledge(posts.head, concern)
        assert not tested(posts.school)  # the head is not the safeguarding lead
        again = send_test(posts.head)
        tick_school(posts.school)
        acknowledge(posts.dsl, again)
        assert tested(posts.school)


def test_the_queue_puts_first_what_nobody_has_and_what_is_urgent(posts):
    with frozen(MONDAY):
        first = raise_ask(posts.pupils[1])
    with frozen(MONDAY.replace(hour=11)):
        second = raise_ask(posts.pupils[2])
    with frozen(MONDAY.replace(hour=12)):
        third = raise_ask(posts.pupils[3], soon=True)
        from belong.guard.concerns.acting import acknowledge

        acknowledge(posts.dsl, first)
        rows = queue(posts.dsl)
    assert [row.concern for row in rows if row.concern.kind != "test"] == [third, second, first]
