"""What was said by name or in confidence: read by the few it was for, and the reading is noted."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from belong.ask import actions
from belong.ask.queries import (
    answered_a_named_question,
    named_answers,
    named_count,
    named_sheets,
    unread,
    written,
)
from belong.ask.readers import readers_for
from belong.ask.today import due
from belong.base import clock
from belong.base.models import AuditEntry
from belong.guard.rights.gathering import gather
from belong.notice import today as notice_today
from belong.people import roles
from belong.people.models import Membership, Person, Role
from belong.site.sections import sections
from tests.ask.conftest import answer


def test_words_are_read_without_names_and_a_writer_is_looked_up_with_a_reason(cast, wave, client_as):
    for i, pupil in enumerate(cast.pupils):
        answer(wave, pupil, **{"open-helps": f"Words number {i}"})
    client, address = client_as(cast.dsl), reverse("ask:texts", args=[wave.pk])
    page = client.get(address)
    html = page.content.decode()
    assert all(f"Words number {i}" in html for i in range(12))
    assert not any(pupil.family_name in html for pupil in cast.pupils)
    read = AuditEntry.objects.get(verb="ask.read_texts")
    assert (read.actor, read.facts) == (cast.dsl, {"sheets": 12})
    sheet = next(one for one in written(cast.dsl, wave) if one.text == "Words number 4")
    silent = client.post(address, {"sheet": sheet.sheet_id, "reason": " "})
    assert (silent.status_code, "Nowak" in silent.content.decode()) == (422, False)
    told = client.post(address, {"sheet": sheet.sheet_id, "reason": "May not be safe at home"})
    assert "Ewa Nowak" in told.content.decode()
    entry = AuditEntry.objects.get(verb="ask.reveal_writer")
    assert (entry.why, "Words" in str(entry.facts)) == ("May not be safe at home", False)


def test_words_stand_in_no_order_that_tells(cast, wave):
    for i, pupil in enumerate(cast.pupils):
        answer(wave, pupil, **{"open-helps": f"Words {i:02d}"})
    texts = [one.text for one in written(cast.pastoral, wave)]
    assert sorted(texts) == [f"Words {i:02d}" for i in range(12)]
    assert texts != sorted(texts)


def test_a_head_of_year_reads_the_own_year_only(cast, wave):
    answer(wave, cast.pupils[0], **{"open-helps": "From year 8"})
    answer(wave, cast.other_pupils[0], **{"open-helps": "From year 9"})
    Role.objects.filter(person=cast.pastoral.person).update(group=cast.tutor_group)
    user = type(cast.pastoral).objects.get(pk=cast.pastoral.pk)
    assert [one.text for one in written(user, wave)] == ["From year 8"]
    assert len(written(cast.dsl, wave)) == 2
    assert written(cast.head, wave) == []


def test_a_named_answer_is_read_by_those_who_were_named(cast, wave, client_as):
    answer(wave, cast.pupils[0], **{"check-in": 1})
    answer(wave, cast.other_pupils[0], **{"check-in": 2})
    address = reverse("ask:named", args=[wave.pk])
    read = {}
    for part in ("tutor", "other_tutor", "pastoral", "senco", "dsl", "head", "survey_lead"):
        html = client_as(getattr(cast, part)).get(address).content.decode()
        read[part] = [name for name in ("Amina Yusuf", "Yusuf Amina") if name in html]
    assert read == {
        "tutor": ["Amina Yusuf"],
        "other_tutor": ["Yusuf Amina"],
        "pastoral": ["Amina Yusuf", "Yusuf Amina"],
        "senco": [],
        "dsl": [],
        "head": [],
        "survey_lead": [],
    }
    assert AuditEntry.objects.filter(verb="ask.read_named").count() == 3
    [answered] = named_answers(cast.tutor, cast.pupils[0])
    assert (answered.question, answered.answer) == (
        "I would like an adult at school to check in with me.",
        "Yes please",
    )
    assert named_answers(cast.head, cast.pupils[0]) == []


def test_a_new_tutor_does_not_read_what_was_said_to_the_old_one(cast, wave):
    answer(wave, cast.pupils[0], **{"check-in": 1})
    Membership.objects.filter(person=cast.tutor.person, part="lead").update(until=clock.today())
    new = cast.other_tutor.person
    Membership.objects.create(school=cast.school, group=cast.tutor_group, person=new, part="lead")
    users = {
        part: type(cast.tutor).objects.get(pk=getattr(cast, part).pk) for part in ("tutor", "other_tutor")
    }
    assert named_answers(users["tutor"], cast.pupils[0]) == []
    assert named_answers(users["other_tutor"], cast.pupils[0]) == []
    assert len(named_answers(cast.pastoral, cast.pupils[0])) == 1


def test_voice_counts_named_answers_and_never_a_receipt(cast, wave):
    answer(wave, cast.pupils[0], **{"check-in": 2})
    answer(wave, cast.pupils[1], **{"check-in": -1})
    answer(wave, cast.pupils[2], **{"adults-1": 3, "open-helps": "x"})
    ids = [pupil.pk for pupil in cast.pupils]
    assert answered_a_named_question(ids, clock.today()) == {cast.pupils[0].pk}
    assert answered_a_named_question([cast.pupils[1].pk], clock.today()) == set()
    assert answered_a_named_question(ids, wave.closes_on.replace(year=wave.closes_on.year + 1)) == set()


def test_today_says_what_is_new_to_read_until_it_is_read(cast, wave, client_as):
    answer(wave, cast.pupils[0], **{"check-in": 1, "open-helps": "x"})
    answer(wave, cast.pupils[1], **{"check-in": 2})
    answer(wave, cast.other_pupils[0], **{"check-in": 1})

    def new(user):
        return [item.title for item in due(user) if item.kind in ("ask.named", "ask.texts")]

    assert new(cast.tutor) == ["2 pupils have answered you: How is school?"]
    assert new(cast.other_tutor) == ["1 pupil has answered you: How is school?"]
    assert new(cast.pastoral) == [
        "3 pupils have answered you: How is school?",
        "1 person has written in confidence: How is school?",
    ]
    assert new(cast.dsl) == ["1 person has written in confidence: How is school?"]
    assert new(cast.head) == []
    client_as(cast.tutor).get(reverse("ask:named", args=[wave.pk]))
    client_as(cast.dsl).get(reverse("ask:texts", args=[wave.pk]))
    assert (new(cast.tutor), new(cast.dsl)) == ([], [])
    assert len(new(cast.pastoral)) == 2
    answer(wave, cast.pupils[2], **{"check-in": 1})
    assert new(cast.tutor) == ["1 pupil has answered you: How is school?"]


def test_a_request_for_an_adult_stands_above_greetings_on_today(cast, wave):
    answer(wave, cast.pupils[0], **{"check-in": 1, "open-helps": "x"})
    [asked] = [item for item in due(cast.tutor) if item.kind == "ask.named"]
    assert asked.order < notice_today.ORDER["greet"]
    assert sections([asked])[0].heading == "Answers to you by name"


def test_named_answers_lead_on_to_the_pupil_requests_first(cast, draft, client_as):
    visibility = draft.visibility | {"peers-1": "named"}
    actions.change_visibility(cast.survey_lead, draft, visibility=visibility, readers=["tutor"])
    wave = actions.open_wave(cast.survey_lead, draft)
    answer(wave, cast.pupils[0], **{"check-in": 2, "peers-1": 3})
    answer(wave, cast.pupils[1], **{"check-in": 1})
    page = client_as(cast.tutor).get(reverse("ask:named", args=[wave.pk]))
    html = page.content.decode()
    assert "find a quiet moment today or tomorrow" in html
    assert f'href="{reverse("notice:pupil", args=[cast.pupils[1].pk])}"' in html
    [check_in, peers] = page.context["questions"]
    assert [alike.answer for alike in check_in[1]] == ["Yes please", "Not now"]
    assert [alike.pupils for alike in peers[1]] == [[cast.pupils[0]]]


def test_what_is_new_is_counted_in_the_same_queries_for_any_number_of_sheets(cast, wave):
    def queries(look):
        user = type(cast.tutor).objects.get(pk=cast.tutor.pk)
        assert user.led_group_ids
        assert user.current_roles
        with CaptureQueriesContext(connection) as seen:
            found = look(user)
        assert not any('texts"' in query["sql"] for query in seen.captured_queries)
        return found, len(seen.captured_queries)

    def new(user):
        return unread(user, clock.today())

    answer(wave, cast.pupils[0], **{"check-in": 1, "open-helps": "x"})
    (named, _), few = queries(new)
    assert dict(named) == {wave.pk: 1}
    assert queries(lambda user: named_count(user, wave)) == (1, 1)
    for pupil in [*cast.pupils[1:], *cast.other_pupils]:
        answer(wave, pupil, **{"check-in": 1, "open-helps": "x"})
    (named, _), many = queries(new)
    assert (dict(named), many) == ({wave.pk: 12}, few)
    assert queries(lambda user: named_count(user, wave)) == (12, 1)
    sheets, _ = queries(lambda user: named_sheets(user, wave))
    assert {sheet.person_id for sheet in sheets} == {pupil.pk for pupil in cast.pupils}
    Membership.objects.filter(person=cast.pupils[0]).update(until=clock.today())
    assert dict(queries(new)[0][0]) == {wave.pk: 11}


def test_subject_access_lists_what_a_pupil_said(cast, wave):
    answer(wave, cast.pupils[0], **{"check-in": 1, "adults-1": 4, "open-helps": "Friends"})
    answer(wave, cast.pupils[1], **{"check-in": 2})
    found = [item for item in gather(cast.pupils[0]) if item.record.room == "ask"]
    listed = {item.record.model: list(item.shown.values()) for item in found}
    assert listed == {
        "ask.SignedSheet": [wave.title, "Friends", "Yes please", "English", "no"],
        "ask.Receipt": [wave.title, "you"],
        "ask.PooledSheet": [wave.title, "Often", "English", "no"],
    }


def test_the_school_wide_reader_is_found_for_a_pupil_without_tutor(cast, wave):
    alone = Person.objects.create(school=cast.school, kind="pupil", given_name="Zoe", year="8")
    assert readers_for(wave, alone) == [cast.pastoral.person]
    Role.objects.filter(role=roles.PASTORAL_LEAD).delete()
    assert readers_for(wave, alone) == [cast.dsl.person]
