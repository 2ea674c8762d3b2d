"""A pupil says where they belong: once, without a trace that leads to them; words go to the few who read them."""

from datetime import timedelta
from html import unescape
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.urls import reverse

from belong.ask.activities import PLACE
from belong.ask.models import OptOut, PlaceAsking, PlaceReceipt, PlaceRow, PlaceSheet, PlaceWords
from belong.ask.passes import ActivityPass
from belong.ask.places.actions import AlreadySaid, close_asking, close_due, open_asking
from belong.ask.places.rows import said_in
from belong.base.clock import frozen, now
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.guard.models import Concern
from tests.ask.places.conftest import make, opened, place, say

ANSWER = "ask:place-answer"


def form(asking, pupil, *said, words=None, **more):
    """What the page sends for up to four places."""
    sheet = {"pass": ActivityPass(PLACE, asking.pk, pupil.pk).sign()}
    for number, (name, time, feeling) in enumerate(said, 1):
        sheet |= {
            f"place-{number}": str(place(asking, name)),
            f"time-{number}": time,
            f"feeling-{number}": str(feeling),
        }
    if words is not None:
        sheet["words"] = words
    return sheet | more


def send(sheet):
    return Client().post(reverse(ANSWER), sheet)


def test_a_signed_in_pupil_gets_a_page_that_needs_no_script(cast, asking, client_as):
    client = client_as(cast.pupil)
    assert client.post(reverse("ask:begin-places", args=[asking.pk])).status_code == 302
    html = unescape(client.get(reverse(ANSWER)).content.decode())
    for words in (
        "Where in school do you feel you belong?",
        "No name and no code",
        "Which place?",
        "When?",
        "Before school",
    ):
        assert words in html
    assert f'type="radio" name="place-1" value="{place(asking, "Canteen")}"' in html
    assert 'name="feeling-4"' in html
    assert "drag" not in html
    assert 'name="words"' not in html, "no words are asked for here"
    sheet = form(asking, cast.pupils[0], ("Canteen", "lunch", 3), ("Bike shed", "after", 1))
    reply = client.post(reverse(ANSWER), sheet)
    assert reply.status_code == 302
    end = client.get(reply["Location"])
    assert "Thank you" in end.content.decode()
    assert "Clear-Site-Data" not in end, "whoever is signed in stays so"
    assert client.get(reverse("notice:me")).status_code == 200


def test_what_is_kept_leads_to_nobody(cast, asking):
    ben = cast.pupils[1]
    before = AuditEntry.objects.count()
    assert send(form(asking, ben, ("Bike shed", "after", 1), ("Canteen", "lunch", 3))).status_code == 302
    [sheet] = PlaceSheet.objects.all()
    names = {field.name for field in PlaceSheet._meta.get_fields()}
    assert names == {"id", "school", "asking", "said"}
    pairs = sorted([[place(asking, "Bike shed"), "after", 1], [place(asking, "Canteen"), "lunch", 3]])
    assert sheet.said == pairs, "not in the order in which it was said"
    assert {f.name for f in PlaceReceipt._meta.get_fields()} == {
        "id",
        "school",
        "asking",
        "person",
        "submission_id",
    }
    assert AuditEntry.objects.count() == before


def test_once_however_often_it_is_sent(cast, asking):
    sheet = form(asking, cast.pupils[1], ("Field", "break", 2))
    assert [send(sheet).status_code for _ in range(3)] == [302, 302, 302]
    other = send(form(asking, cast.pupils[1], ("Field", "break", 1)))
    assert other.status_code == 409
    assert PlaceSheet.objects.get().said[0][2] == 2
    close_asking(cast.survey_lead, asking)
    assert send(form(asking, cast.pupils[2], ("Field", "break", 1))).status_code == 410


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"time-1": ""}, "Choose a time of day"),
        ({"feeling-1": ""}, "Choose a face"),
        ({"feeling-1": "7"}, "Choose a face"),
        ({"place-1": "999999"}, "Choose one from the list"),
        ({"place-2": "{canteen}", "time-2": "lunch", "feeling-2": "1"}, "the same place and time twice"),
        ({"place-1": "", "time-1": "", "feeling-1": ""}, "Choose a place first"),
        ({"time-1": "<script>"}, "Choose a time of day"),
    ],
)
def test_what_is_missing_is_said_kindly_and_everything_stays(cast, asking, change, words):
    change = {key: value.replace("{canteen}", str(place(asking, "Canteen"))) for key, value in change.items()}
    sheet = form(asking, cast.pupils[1], ("Canteen", "lunch", 3), **change)
    if change.get("place-1") != "" and "place-2" not in change:
        sheet["place-3"] = str(place(asking, "Library"))
    reply = send(sheet)
    assert reply.status_code == 422
    html = unescape(reply.content.decode())
    assert words in html
    if "place-3" in sheet:
        assert f'name="place-3" value="{place(asking, "Library")}" checked' in html
    assert "<script>" not in html.split("<main")[1].split("</main")[0]
    assert not PlaceReceipt.objects.exists()


@pytest.mark.parametrize("who", ["altered", "another kind", "staff", "elsewhere", "opted out", "left"])
def test_only_who_is_asked_can_answer(cast, asking, who):
    pupil = cast.pupils[2]
    sheet = form(asking, pupil, ("Canteen", "lunch", 3))
    if who == "altered":
        sheet["pass"] += "x"
    elif who == "another kind":
        sheet["pass"] = ActivityPass("wall", asking.pk, pupil.pk).sign()
    elif who == "elsewhere":
        sheet["pass"] = ActivityPass(PLACE, asking.pk, cast.stranger.person_id).sign()
    elif who == "staff":
        asking.years = ["8"]
        asking.save()
        sheet["pass"] = ActivityPass(PLACE, asking.pk, cast.tutor.person_id).sign()
    elif who == "opted out":
        OptOut.objects.create(school=cast.school, person=pupil, asked_by=OptOut.SELF, since=now().date())
    else:
        pupil.left_on = now().date()
        pupil.save()
    assert send(sheet).status_code in (403, 404, 410)
    assert not PlaceReceipt.objects.exists()


def test_words_are_sealed_read_by_two_posts_and_flagged(cast, in_school, client_as):
    asking = opened(cast, with_words=True)
    page = Client().post(reverse(ANSWER), form(asking, cast.pupils[1]))
    assert "Mx Dsl and Mx Pastoral" in unescape(page.content.decode())
    text = "He hits me behind the bike shed 😢 \u202eI want to die"
    assert send(form(asking, cast.pupils[1], ("Bike shed", "lunch", 1), words=text)).status_code == 302
    [kept] = PlaceWords.objects.all()
    assert kept.words == "He hits me behind the bike shed 😢 I want to die"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT words FROM {PlaceWords._meta.db_table}")
        assert cursor.fetchone()[0].startswith("e1:")
    assert Concern.objects.get(kind=Concern.WORDS).source == f"ask.placewords:{kept.pk}"
    address = reverse("ask:place-words", args=[asking.pk])
    for reader in (cast.dsl, cast.pastoral):
        assert "behind the bike shed" in client_as(reader).get(address).content.decode()
    for user in (cast.tutor, cast.senco, cast.head, cast.survey_lead, cast.pupil, cast.technician):
        assert client_as(user).get(address).status_code == 404
    assert AuditEntry.objects.filter(verb="ask.read_place_words").count() == 2


def test_ten_thousand_letters_are_too_many_and_none_is_lost(cast, in_school):
    asking = opened(cast, with_words=True)
    text = "😀é" * 5_000
    reply = send(form(asking, cast.pupils[1], ("Canteen", "lunch", 3), words=text))
    html = unescape(reply.content.decode())
    assert reply.status_code == 422
    assert text in html
    assert "9500 letters too long" in html.replace(",", "").replace("\u202f", "")
    assert 'value="lunch" checked' in html
    assert not PlaceReceipt.objects.exists()


def test_words_close_when_nobody_reads_them_soon(cast, in_school, monkeypatch):
    asking = opened(cast, with_words=True)
    monkeypatch.setattr(
        "belong.ask.views.taking_part.next_reading", lambda school: SimpleNamespace(is_rostered=False)
    )
    html = send(form(asking, cast.pupils[1])).content.decode()
    assert 'name="words"' not in html
    assert 'name="place-1"' in html


def test_what_stands_in_the_way_is_said(cast, in_school, client_as):
    draft = make(cast, years=["7"])
    with pytest.raises(Refused, match="Fewer than 10 pupils"):
        open_asking(cast.survey_lead, draft)
    page = client_as(cast.survey_lead).get(reverse("ask:place-asking", args=[draft.pk])).content.decode()
    assert "Fewer than 10 pupils" in page
    opened(cast)
    with pytest.raises(Refused, match="still open for the same pupils"):
        open_asking(cast.survey_lead, make_again(cast, draft))
    with pytest.raises(Http404):
        open_asking(cast.tutor, draft)


def make_again(cast, draft):
    draft.years = ["8"]
    draft.save()
    return draft


def test_closing_rewrites_and_forgets(cast, asking, monkeypatch):
    for pupil in cast.pupils[:5]:
        say(asking, pupil, ("Field", "break", 2))
    with frozen(now() + timedelta(days=7)):
        assert close_due() == 1
    assert not PlaceSheet.objects.exists()
    assert PlaceRow.objects.count() == 5
    assert set(PlaceReceipt.objects.values_list("submission_id", flat=True)) == {None}
    closed = PlaceAsking.objects.get()
    assert [len(one) for one in said_in(closed)] == [1] * 5
    with pytest.raises(AlreadySaid):
        say(closed, cast.pupils[0], ("Field", "break", 2), submission=uuid4())


def test_a_teacher_gets_a_class_answering(cast, asking, client_as):
    client = client_as(cast.tutor)
    page = client.get(reverse("ask:place-asking", args=[asking.pk])).content.decode()
    assert "0 of 12 answered" in page
    reply = client.post(reverse("ask:place-session", args=[asking.pk, cast.tutor_group.pk]))
    assert reply.status_code == 302
    assert "/ask/sessions/" in reply["Location"]
    assert client.post(reverse("ask:place-session", args=[asking.pk, cast.other_group.pk])).status_code == 404
