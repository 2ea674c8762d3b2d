"""Who sees which staff page: counts by class and never by pupil, own classes for a teacher, words for the few."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from belong.ask import actions, tasks
from belong.ask.access import visible_waves
from belong.ask.models import ClassSession, Pin, Ticket, Wave
from belong.ask.queries import (
    answered_a_named_question,
    audience_of,
    named_answers,
    still_to_call,
    wave_progress,
    written,
)
from belong.ask.readers import readers_for
from belong.ask.today import due
from belong.base import clock
from belong.base.access import allowed
from belong.base.models import AuditEntry
from belong.base.registry import exports
from belong.people import roles
from belong.people.models import Membership, Person, Role
from tests.ask.conftest import begin, plan, send, sheet_on

STAFF = ["tutor", "other_tutor", "pastoral", "senco", "dsl", "head", "survey_lead"]
OTHERS = ["governor", "technician", "analyst", "outside", "carer", "pupil"]
EVERYONE = [*STAFF, *OTHERS, "stranger"]


def answer(wave, pupil, **given):
    readers = [reader.pk for reader in readers_for(wave, pupil)]
    actions.submit_sheet(wave, pupil, given, uuid4(), readers)


def statuses(client_as, cast, method, address, data=None):
    found = {}
    for part in EVERYONE:
        client = client_as(getattr(cast, part))
        found[part] = getattr(client, method)(address, data or {}).status_code
    return found


def expect(yes, no=404, code=200):
    return {part: code if part in yes else no for part in EVERYONE}


def test_who_sees_the_list(cast, wave, client_as):
    found = statuses(client_as, cast, "get", "/ask/")
    assert found == expect([*STAFF, "stranger"], no=403)
    assert wave.title not in client_as(cast.stranger).get("/ask/").content.decode()


def test_who_sees_a_wave(cast, wave, client_as):
    for name in ("wave", "wave-questions", "paper", "try", "named"):
        assert statuses(client_as, cast, "get", reverse(f"ask:{name}", args=[wave.pk])) == expect(STAFF), name


def test_a_draft_is_seen_by_those_who_plan(cast, draft, client_as):
    found = statuses(client_as, cast, "get", reverse("ask:wave", args=[draft.pk]))
    assert found == expect(["head", "survey_lead"])


@pytest.mark.parametrize("name", ["edit"])
def test_who_changes_a_wave(cast, wave, client_as, name):
    assert statuses(client_as, cast, "get", reverse(f"ask:{name}", args=[wave.pk])) == expect(
        ["head", "survey_lead"]
    )


@pytest.mark.parametrize("name", ["open", "close", "discard", "mail-links", "slips"])
def test_who_may_not_act_on_a_wave(cast, draft, client_as, name):
    address = reverse(f"ask:{name}", args=[draft.pk])
    for part in set(EVERYONE) - {"head", "survey_lead"}:
        assert client_as(getattr(cast, part)).post(address).status_code == 404, part
    assert Wave.objects.get().is_draft


def test_who_plans(cast, client_as):
    found = statuses(client_as, cast, "get", "/ask/new/")
    assert found == expect(["head", "survey_lead", "stranger"], no=403)


def test_who_gets_a_class_in(cast, wave, client_as):
    address = reverse("ask:class", args=[wave.pk, cast.tutor_group.pk])
    assert statuses(client_as, cast, "get", address) == expect(["tutor", "head", "survey_lead"])
    for name in ("cards", "open-session"):
        found = statuses(client_as, cast, "post", reverse(f"ask:{name}", args=[wave.pk, cast.tutor_group.pk]))
        assert found == expect(["tutor", "head", "survey_lead"], code=200 if name == "cards" else 302), name
    found = statuses(client_as, cast, "post", reverse("ask:numbers", args=[cast.tutor_group.pk]))
    assert found == expect(["tutor", "head", "survey_lead"])


def test_who_runs_a_class_session(cast, session, client_as):
    yes = ["tutor", "head", "survey_lead"]
    for name in ("session", "board"):
        assert statuses(client_as, cast, "get", reverse(f"ask:{name}", args=[session.pk])) == expect(yes), (
            name
        )
    for name in ("let-in", "turn-away"):
        found = statuses(client_as, cast, "post", reverse(f"ask:{name}", args=[session.pk]), {"device": "1"})
        assert found == expect(yes, code=302), name
    for part in set(EVERYONE) - set(yes):
        client_as(getattr(cast, part)).post(reverse("ask:end-session", args=[session.pk]))
    assert ClassSession.objects.get(pk=session.pk).is_live


def test_who_reads_what_was_written(cast, wave, client_as):
    found = statuses(client_as, cast, "get", reverse("ask:texts", args=[wave.pk]))
    assert found == expect(["pastoral", "dsl"])


def test_someone_not_signed_in_is_asked_to(client, wave):
    for name in ("wave", "texts", "named", "links", "edit"):
        assert client.get(reverse(f"ask:{name}", args=[wave.pk])).url.startswith("/sign-in/")


@pytest.mark.parametrize("part", EVERYONE)
def test_seeing_a_wave_is_being_in_the_list(cast, wave, part):
    plan(cast)
    user = getattr(cast, part)
    with scope(school=user.school):
        seen = {one for one in Wave.objects.all() if allowed(user, "ask.view_wave", one)}
        assert set(visible_waves(user)) == seen
    with scopes_disabled():
        assert part != "stranger" or not any(
            allowed(user, "ask.view_wave", one) for one in Wave.objects.all()
        )


def test_progress_is_counted_by_class_and_names_nobody(cast, wave, client_as):
    for pupil in cast.pupils[:3]:
        answer(wave, pupil)
    progress = wave_progress(wave)
    assert (progress.answered, progress.of) == (3, 24)
    assert [(one.name, one.answered, one.of) for one in progress.classes] == [("8H", 3, 12), ("9K", 0, 12)]
    page = client_as(cast.survey_lead).get(reverse("ask:wave", args=[wave.pk])).content.decode()
    assert "3 of 12" in page
    assert not any(pupil.given_name in page for pupil in cast.pupils)


def test_a_teacher_sees_the_own_classes_only(cast, wave, client_as):
    page = client_as(cast.tutor).get(reverse("ask:wave", args=[wave.pk])).content.decode()
    assert "8H" in page
    assert "9K" not in page


def test_after_the_close_no_count_is_shown(cast, wave, client_as, close):
    for pupil in cast.pupils[:3]:
        answer(wave, pupil)
    close(wave)
    for address in ("/ask/", reverse("ask:wave", args=[wave.pk])):
        page = client_as(cast.head).get(address).content.decode()
        assert "3 of" not in page
        assert f"/see/{wave.pk}/" in page


def test_progress_costs_the_same_for_any_number_of_classes(cast, wave, django_assert_num_queries):
    with django_assert_num_queries(4):
        wave_progress(wave)


def test_cards_are_printed_once_with_a_code_each(cast, wave, client_as):
    client, address = client_as(cast.tutor), reverse("ask:cards", args=[wave.pk, cast.tutor_group.pk])
    page = client.post(address)
    html = page.content.decode()
    assert html.count('class="qr"') == 12
    assert all(pupil.display_name in html for pupil in cast.pupils)
    assert "no-store" in page["Cache-Control"]
    hashes = set(Ticket.objects.values_list("token_hash", flat=True))
    client.post(address)
    assert hashes.isdisjoint(Ticket.objects.values_list("token_hash", flat=True))
    assert Ticket.objects.count() == 12
    assert client.get(address).status_code == 405


def test_a_card_is_stored_as_a_hash_only(cast, wave, card_of):
    token = card_of(cast.pupils[0]).split("/")[-2]
    ticket = Ticket.objects.get()
    assert len(token) == 22
    assert re.fullmatch(r"[0-9a-f]{64}", ticket.token_hash)
    assert token not in ticket.token_hash


def test_one_pupils_card_is_renewed_alone(cast, wave, card_of, client_as, client):
    cards = [card_of(pupil) for pupil in cast.pupils[:2]]
    address = reverse("ask:one-card", args=[wave.pk, cast.tutor_group.pk, cast.pupils[0].pk])
    assert client_as(cast.tutor).post(address).content.decode().count('class="qr"') == 1
    assert [client.get(card).status_code for card in cards] == [404, 200]


def test_numbers_are_printed_once_and_only_the_missing_ones_if_asked(cast, wave, client_as):
    client, address = client_as(cast.tutor), reverse("ask:numbers", args=[cast.tutor_group.pk])
    first = dict(client.post(address).context["made"])
    assert len(first) == 12
    assert all(re.fullmatch(r"\d{4}", number) for number in first.values())
    Pin.objects.filter(person=cast.pupils[0]).delete()
    assert [person for person, _ in client.post(address, {"missing": "1"}).context["made"]] == [
        cast.pupils[0]
    ]
    assert "Everyone has a number" in client.post(address, {"missing": "1"}).content.decode()


def test_the_class_session_page_lets_devices_in_and_calls_names(cast, wave, session, client_as, client):
    teacher, address = client_as(cast.tutor), reverse("ask:session", args=[session.pk])
    answer(wave, cast.pupils[0])
    for _ in range(3):
        type(client)().post("/a/", {"code": session.code})
    page = teacher.get(address)
    waiting = page.context["at_door"]
    assert len(waiting) == 3
    assert "Let all 3 in" in page.content.decode()
    assert cast.pupils[0] not in page.context["to_call"]
    assert len(page.context["to_call"]) == 11
    htmx = {"HX-Request": "true"}
    part = teacher.post(reverse("ask:let-in", args=[session.pk]), {"device": waiting[0].pk}, headers=htmx)
    assert "<html" not in part.content.decode()
    assert "1 device is in." in part.content.decode()
    teacher.post(reverse("ask:turn-away", args=[session.pk]), {"device": waiting[1].pk})
    teacher.post(reverse("ask:let-in", args=[session.pk]))
    live = teacher.get(address, headers=htmx)
    assert "2 devices are in." in live.content.decode()
    assert "None just now." in live.content.decode()
    assert "<html" not in live.content.decode()
    stamp = re.search(r"seen=(\w+)", live.content.decode())[1]
    assert teacher.get(address, {"seen": stamp}, headers=htmx).status_code == 204
    made = teacher.post(
        reverse("ask:one-number", args=[cast.tutor_group.pk, cast.pupils[3].pk]), headers=htmx
    )
    assert re.search(r"New number for Daniel Okafor:\s*<span class=.code.>\d{4}", made.content.decode())
    teacher.post(reverse("ask:end-session", args=[session.pk]))
    assert "This class session has ended." in teacher.get(address).content.decode()


def test_the_board_shows_the_code_and_no_name(cast, session, client_as):
    html = client_as(cast.tutor).get(reverse("ask:board", args=[session.pk])).content.decode()
    assert session.code[:3] in html
    assert 'class="qr"' in html
    assert not any(pupil.given_name in html for pupil in cast.pupils)


def test_names_to_call_end_with_the_session(cast, wave, session):
    assert len(still_to_call(session)) == 12
    actions.close_class_session(cast.tutor, session)
    session.refresh_from_db()
    assert still_to_call(session) == []


def test_opening_a_session_again_goes_to_the_one_that_runs(cast, wave, session, client_as):
    address = reverse("ask:open-session", args=[wave.pk, cast.tutor_group.pk])
    assert client_as(cast.tutor).post(address).url == reverse("ask:session", args=[session.pk])


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
    for part in STAFF:
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


def test_today_shows_the_tutors_class_and_the_survey_leads_last_days(cast, wave):
    assert [(item.title, item.detail) for item in due(cast.tutor)] == [
        ("8H: How is school?", "0 of 12 have answered")
    ]
    for pupil in cast.pupils:
        answer(wave, pupil)
    assert due(cast.tutor) == []
    assert due(cast.survey_lead) == []
    assert due(cast.technician) == []
    with clock.frozen(clock.now() + timedelta(days=11)):
        assert [item.title for item in due(cast.survey_lead)] == ["How is school? closes soon"]


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


def test_staff_get_a_link_each_by_mail_or_on_paper(
    cast, in_school, client_as, client, django_capture_on_commit_callbacks
):
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-staff", "staff"))
    assert wave.years == []
    lead = client_as(cast.survey_lead)
    page = lead.get(reverse("ask:links", args=[wave.pk])).content.decode()
    assert "11 people have a mail address." in page
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(reverse("ask:mail-links", args=[wave.pk]))
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        person.email for person in audience_of(wave)
    )
    letter = next(one for one in mail.outbox if one.to == ["tutor@oak.test"])
    assert "Oak Park School would like to hear from you." in letter.body
    address = re.search(r"http://testserver(/a/c/\S+/)", letter.body)[1]
    hello = client.get(address).content.decode()
    assert "Nothing here is used in appraisal" in hello
    begun = begin(address)
    assert 'class="young calm"' in begun.get("/a/questions/").content.decode()
    assert send(begun, sheet_on(begun) | {"q-staff-adults-1": "4"}).json()["next"] == "/a/done/staff/"
    slips = lead.post(reverse("ask:slips", args=[wave.pk]), {"everyone": "1"}).content.decode()
    assert slips.count('class="qr"') == 11
    assert client.get(address).status_code == 404
    assert wave_progress(wave).classes == ()
    assert (wave_progress(wave).answered, wave_progress(wave).of) == (1, 11)


def test_families_are_the_carers_of_the_pupils_asked(cast, in_school):
    year_8 = plan(cast, "belong-family", "families", years=["8"])
    assert [person.given_name for person in audience_of(year_8)] == ["Ada"]
    assert list(audience_of(plan(cast, "belong-family", "families", years=["9"]))) == []


def test_mailing_again_tells_nobody_who_has_answered(cast, in_school):
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-staff", "staff"))
    actions.submit_sheet(wave, cast.tutor.person, {"staff-adults-1": 4}, uuid4())
    tasks.mail_links.call(school_id=cast.school.pk, wave_id=wave.pk, base_url="https://oak.test/")
    assert "tutor@oak.test" in {letter.to[0] for letter in mail.outbox}
    assert "https://oak.test/a/c/" in mail.outbox[0].body


def test_the_paper_form_holds_every_question_and_no_name(cast, wave, client_as):
    html = client_as(cast.tutor).get(reverse("ask:paper", args=[wave.pk])).content.decode()
    assert "adults at school said hello to me by name." in html
    assert html.count("<h1>") == 1


def test_subject_access_lists_what_a_pupil_said(cast, wave):
    answer(wave, cast.pupils[0], **{"check-in": 1, "adults-1": 4, "open-helps": "Friends"})
    answer(wave, cast.pupils[1], **{"check-in": 2})
    listed = {
        label: list(rows(cast.pupils[0])) for label, rows in exports().items() if label.startswith("ask.")
    }
    assert listed == {
        "ask.SignedSheet": [
            {"wave": wave.title, "answers": {"check-in": 1}, "texts": {"open-helps": "Friends"}}
        ],
        "ask.Receipt": [{"wave": wave.title}],
        "ask.PooledSheet": [{"wave": wave.title, "answers": {"adults-1": 4}}],
    }


def test_the_school_wide_reader_is_found_for_a_pupil_without_tutor(cast, wave):
    alone = Person.objects.create(school=cast.school, kind="pupil", given_name="Zoe", year="8")
    assert readers_for(wave, alone) == [cast.pastoral.person]
    Role.objects.filter(role=roles.PASTORAL_LEAD).delete()
    assert readers_for(wave, alone) == [cast.dsl.person]
