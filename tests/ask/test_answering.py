"""Answering by card: one sheet per person, whatever the wi-fi, the child or the next child does."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from belong.ask import actions
from belong.ask.models import PooledSheet, Receipt, SignedSheet, UnlinkedSheet, Wave
from belong.ask.passes import read_sheet_pass
from belong.ask.scramble import scramble
from belong.base import clock
from belong.base.models import AuditEntry
from tests.ask.conftest import begin, plan, send, sheet_for, sheet_on

ANSWERS = {"q-adults-1": "4", "q-peers-1": "-1", "q-open-helps": "  My friends.  ", "q-check-in": "1"}


def ticked(html: str) -> int:
    """How many answers are chosen on a page (how it looks is chosen too, and does not count)."""
    return len(re.findall(r'<input [^>]*name="(?:q|no)-[^>]* checked', html))


def test_a_card_leads_through_the_notice_to_one_sheet(cast, wave, card_of):
    pupil, address = cast.pupils[0], card_of(cast.pupils[0])
    client = Client()
    hello = client.get(address)
    assert "Hello Amina" in hello.content.decode()
    assert "It is your choice." not in Client().get("/a/").content.decode()
    notice = hello.context["notice"]
    assert "Each question says who will see the answer." in " ".join(notice.paragraphs)
    assert "the safeguarding lead will be told" in " ".join(notice.paragraphs)
    assert "Most answers are pooled" in " ".join(notice.more)
    assert "<details" in hello.content.decode()
    assert "---" not in " ".join([*notice.paragraphs, *notice.more])
    begun = client.post(address)
    assert begun.url == reverse("ask:questions")
    reply = send(client, sheet_on(client) | ANSWERS)
    assert (reply.status_code, reply.json()) == (201, {"state": "kept", "next": "/a/done/12-18/"})

    signed = SignedSheet.objects.get(wave=wave)
    assert signed.person == pupil
    assert signed.answers == {"check-in": 1}
    assert signed.texts == {"open-helps": "My friends."}
    assert signed.named is True
    assert signed.readers == [cast.tutor.person_id, cast.pastoral.person_id]
    pooled = PooledSheet.objects.get(wave=wave)
    assert pooled.answers == {"adults-1": 4, "peers-1": -1}
    assert bytes(pooled.scramble) == scramble(wave.pool_key, pupil.pk)
    assert Receipt.objects.filter(wave=wave, person=pupil).count() == 1
    assert not UnlinkedSheet.objects.exists()


def test_with_scripts_off_one_post_brings_the_end_page(cast, wave, card_of):
    client = begin(card_of(cast.pupils[0]))
    reply = send(client, sheet_on(client) | ANSWERS, script=False)
    assert (reply.status_code, reply.url) == (302, "/a/done/12-18/")
    end = client.get(reply.url)
    assert "Thank you" in end.content.decode()
    assert end["Clear-Site-Data"] == '"cookies", "storage"'
    assert end["Cache-Control"] == "no-store"
    assert end.cookies["belong_answering"].value == ""


def test_nothing_is_chosen_beforehand_and_every_question_says_who_sees_it(cast, wave, card_of):
    client = begin(card_of(cast.pupils[0]))
    page = client.get(reverse("ask:questions"))
    html = page.content.decode()
    assert ticked(html) == 0
    assert "Mx Tutor and Mx Pastoral can see this answer with your name." in html
    assert len(re.findall(r'class="who-sees"><svg[^§]*?</svg><span>[^<]{20,}</span>', html)) == 24
    assert len(re.findall(r"<summary>Why we ask</summary><p>[^<]{10,}</p>", html)) == 24
    assert page["Cache-Control"] == "no-store"


def test_rather_not_say_is_kept_and_skipped_is_not(cast, wave):
    given = {"q-peers-1": "-1", "q-adults-1": "", "no-open-helps": "1"}
    reply = send(Client(), sheet_for(wave, cast.pupils[0]) | given)
    assert reply.status_code == 201
    assert PooledSheet.objects.get(wave=wave).answers == {"peers-1": -1}
    assert SignedSheet.objects.get(wave=wave).answers == {"open-helps": -1}


def test_an_empty_sheet_is_a_sheet(cast, wave):
    assert send(Client(), sheet_for(wave, cast.pupils[0])).status_code == 201
    assert PooledSheet.objects.get(wave=wave).answers == {}


def test_a_resend_gets_the_first_reply_and_changes_nothing(cast, wave):
    sheet = sheet_for(wave, cast.pupils[0]) | {"q-adults-1": "4"}
    first, second = send(Client(), sheet), send(Client(), sheet | {"q-adults-1": "1"})
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert [bytes(s.scramble) for s in PooledSheet.objects.all()] == [
        scramble(wave.pool_key, cast.pupils[0].pk)
    ]
    assert PooledSheet.objects.get().answers == {"adults-1": 4}


def test_a_second_sheet_of_the_same_pupil_is_refused_kindly(cast, wave):
    send(Client(), sheet_for(wave, cast.pupils[0]) | {"q-adults-1": "4"})
    again = send(Client(), sheet_for(wave, cast.pupils[0]) | {"q-adults-1": "1"})
    assert again.status_code == 409
    assert "We have your answers already." in again.json()["text"]
    assert PooledSheet.objects.get().answers == {"adults-1": 4}


def test_two_tabs_of_one_browser_answer_each_for_their_own_child(cast, wave, card_of):
    client = begin(card_of(cast.pupils[0]))
    first = sheet_on(client)
    second = sheet_on(begin(card_of(cast.pupils[1]), client))
    assert send(client, first | {"q-adults-1": "1"}).status_code == 201
    assert send(client, second | {"q-adults-1": "5"}).status_code == 201
    stored = {bytes(sheet.scramble): sheet.answers["adults-1"] for sheet in PooledSheet.objects.all()}
    assert stored == {scramble(wave.pool_key, cast.pupils[i].pk): code for i, code in [(0, 1), (1, 5)]}


def test_a_sheet_is_taken_after_the_child_before_cleared_all_cookies(cast, wave, card_of):
    client = begin(card_of(cast.pupils[0]))
    sheet = sheet_on(client)
    client.cookies.clear()
    assert Client(enforce_csrf_checks=True).post("/a/answers/", sheet).status_code == 302
    assert Receipt.objects.get(wave=wave).person == cast.pupils[0]


@pytest.mark.django_db(transaction=True)
def test_ten_posts_at_once_are_one_sheet(cast, school):
    """Ten threads, five with the same submission and five with others: one sheet, and each hears what is true."""
    with scope(school=school):
        wave = actions.open_wave(cast.survey_lead, plan(cast))
        same = sheet_for(wave, cast.pupils[0])
        sheets = [same] * 5 + [sheet_for(wave, cast.pupils[0]) for _ in range(5)]

    def post(sheet):
        try:
            return send(Client(), sheet | {"q-adults-1": "3"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        heard = list(pool.map(post, sheets))
    with scope(school=school):
        assert (Receipt.objects.count(), PooledSheet.objects.count(), SignedSheet.objects.count()) == (
            1,
            1,
            1,
        )
    assert set(heard[:5]) in ({201}, {409})
    assert sorted(heard[5:]) in ([409] * 5, [201] + [409] * 4)
    assert 201 in heard


def test_the_used_card_says_so_and_back_shows_no_questions(cast, wave, card_of):
    address = card_of(cast.pupils[0])
    client = begin(address)
    send(client, sheet_on(client))
    client.get("/a/done/12-18/")
    again = client.get(address)
    assert (again.status_code, "You have already answered." in again.content.decode()) == (409, True)
    back = client.get("/a/questions/")
    assert (back.status_code, "Let&#x27;s start at the beginning." in back.content.decode()) == (403, True)


def test_a_replaced_card_stops_working(cast, wave, card_of):
    lost, new = card_of(cast.pupils[0]), card_of(cast.pupils[0])
    assert Client().get(lost).status_code == 404
    assert Client().get(new).status_code == 200


def test_an_invented_card_and_one_of_a_closed_wave_look_the_same(cast, wave, card_of, close):
    address = card_of(cast.pupils[0])
    close(wave)
    gone, invented = Client().get(address), Client().get("/a/c/AAAAAAAAAAAAAAAAAAAAAA/")
    assert (gone.status_code, invented.status_code) == (404, 404)
    pages = [
        page.content.replace(token.encode(), b"")
        for page, token in ((gone, address.split("/")[-2]), (invented, "AAAAAAAAAAAAAAAAAAAAAA"))
    ]
    assert pages[0] == pages[1]


def test_a_closed_wave_takes_no_sheet(cast, wave, close):
    sheet = sheet_for(wave, cast.pupils[0]) | {"q-adults-1": "4"}
    close(wave)
    reply = send(Client(), sheet)
    assert (reply.status_code, "have closed" in reply.json()["text"]) == (410, True)
    assert not Receipt.objects.exists()


def test_a_wave_takes_no_sheet_after_its_last_day_or_before_its_first(cast, wave, card_of):
    sheet, address = sheet_for(wave, cast.pupils[0]), card_of(cast.pupils[0])
    with clock.frozen(clock.now() + timedelta(days=20)):
        assert Client().get(address).status_code == 410
    with clock.frozen(clock.now() - timedelta(days=2)):
        early = Client().get(address)
    assert (early.status_code, "not open yet" in early.content.decode()) == (403, True)
    past = {"opens_on": clock.today() - timedelta(days=9), "closes_on": clock.today() - timedelta(days=1)}
    Wave.objects.filter(pk=wave.pk).update(**past)
    assert send(Client(), sheet).status_code == 410


def test_an_altered_pass_is_refused(cast, wave):
    sheet = sheet_for(wave, cast.pupils[0])
    middle = len(sheet["pass"]) // 2
    other = "A" if sheet["pass"][middle] != "A" else "B"
    altered = sheet["pass"][:middle] + other + sheet["pass"][middle + 1 :]
    assert send(Client(), {"pass": altered}).status_code == 403
    assert send(Client(), {"pass": ""}).status_code == 403
    assert not Receipt.objects.exists()


def test_a_pass_for_beginning_is_no_pass_for_a_sheet(cast, wave, card_of):
    client = begin(card_of(cast.pupils[0]))
    assert read_sheet_pass(client.cookies["belong_answering"].value) is None
    assert send(client, {"pass": client.cookies["belong_answering"].value}).status_code == 403


@pytest.mark.parametrize(
    "edited",
    [
        {"q-adults-1": "6"},
        {"q-adults-1": "0"},
        {"q-adults-1": "-2"},
        {"q-adults-1": "2.5"},
        {"q-adults-1": "٣"},
        {"q-adults-1": "1" * 400},
        {"q-adults-1": ["1", "5"]},
        {"q-no-such-question": "1"},
        {"no-no-such-question": "1"},
        {"q-honesty": "4"},
    ],
)
def test_an_edited_form_is_refused_and_nothing_is_kept(cast, wave, edited):
    reply = send(Client(), sheet_for(wave, cast.pupils[0]) | edited)
    assert (reply.status_code, reply.json()["state"]) == (422, "misfit")
    assert not Receipt.objects.exists()


def test_a_text_that_is_too_long_comes_back_whole_with_everything_else(cast, wave):
    words = "x" * 10_000
    sheet = sheet_for(wave, cast.pupils[0]) | {"q-open-helps": words, "q-adults-1": "4", "q-peers-1": "-1"}
    reply = send(Client(), sheet, script=False)
    html = reply.content.decode()
    assert reply.status_code == 422
    assert words in html
    assert "8000 letters too long" in html
    assert ticked(html) == 2
    again = read_sheet_pass(reply.context["sheet_pass"])
    assert again.submission_id == read_sheet_pass(sheet["pass"]).submission_id
    assert not Receipt.objects.exists()
    shorter = send(Client(), sheet | {"q-open-helps": words[:2000]}, script=False)
    assert shorter.status_code == 302
    assert len(SignedSheet.objects.get().texts["open-helps"]) == 2000


def test_emoji_stay_and_what_turns_text_around_goes(cast, wave):
    text = "caf\u00e9 👩\u200d👧 \u202eneddih\u202c\x00 end\r\nnew line"
    send(Client(), sheet_for(wave, cast.pupils[0]) | {"q-open-helps": text})
    assert SignedSheet.objects.get().texts["open-helps"] == "caf\u00e9 👩\u200d👧 neddih end\nnew line"


def test_a_leaver_answers_no_more(cast, wave):
    sheet = sheet_for(wave, cast.pupils[0])
    cast.pupils[0].left_on = clock.today()
    cast.pupils[0].save()
    assert send(Client(), sheet).status_code == 410


def test_answering_leaves_no_trail_no_session_and_no_time(cast, wave, card_of):
    before = AuditEntry.objects.count()
    address = card_of(cast.pupils[0])
    made_card = AuditEntry.objects.count()
    client = begin(address)
    send(client, sheet_on(client) | ANSWERS)
    client.get("/a/done/12-18/")
    assert (made_card, AuditEntry.objects.count()) == (before + 1, before + 1)
    assert not Session.objects.exists()
    for model in (Receipt, SignedSheet, PooledSheet, UnlinkedSheet):
        kinds = {field.get_internal_type() for field in model._meta.get_fields()}
        assert not kinds & {"DateField", "DateTimeField", "TimeField"}


def test_the_log_says_nothing_about_who_answers(cast, wave, card_of, caplog):
    address = card_of(cast.pupils[0])
    begin(address)
    send(Client(), sheet_for(wave, cast.pupils[0]))
    Client().get(address)
    Client().get("/a/c/not-a-card/")
    lines = [record.getMessage() for record in caplog.records if record.name == "django.request"]
    assert lines == [
        "A page for answering replied 409: answered already.",
        "A page for answering replied 404: a card or link that is not known: replaced, closed or mistyped.",
    ]
