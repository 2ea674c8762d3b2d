"""An ideas wall: nobody sees anything before an adult has read it, and nothing of a child is in what is shown."""

import io
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404
from django.test import Client
from django.urls import reverse
from PIL import Image

from belong.ask.models import OptOut, WallPost
from belong.ask.walls import actions
from belong.ask.walls.access import readable_posts
from belong.ask.walls.queries import on_wall, own_posts, posted_on_a_wall, waiting
from belong.base.clock import frozen, now, today
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.guard.models import Concern
from belong.guard.rights.retention import run
from belong.notice.queries.voice import heard_by_name
from tests.ask.walls.conftest import form, idea, picture
from tests.base.files.making import wav

ANSWER = "ask:wall-answer"
GPS = 0x8825
DANGER = "My uncle hits me every night"


def send(sheet, *, script=False):
    return Client().post(
        reverse(ANSWER), sheet, headers={"Accept": "application/json" if script else "text/html"}
    )


def test_from_the_own_page_to_the_wall_and_back(cast, wall, client_as):
    pupil = client_as(cast.pupil)
    assert wall.question in unescape(pupil.get(reverse("notice:me")).content.decode())
    assert pupil.post(reverse("ask:begin-wall", args=[wall.pk])).status_code == 302
    page = pupil.get(reverse(ANSWER))
    html = unescape(page.content.decode())
    for words in (
        "Mx Pastoral will read it first",
        "Put my first name on it: Amina",
        "leave people out of the photo",
    ):
        assert words in html
    assert "microphone=(self)" in page["Permissions-Policy"]
    sheet = {"pass": page.context["mine"], "words": "When somebody keeps me a seat 🪑"}
    end = pupil.post(reverse(ANSWER), sheet)
    assert end.status_code == 302
    assert "Clear-Site-Data" not in pupil.get(end["Location"])
    assert pupil.post(reverse(ANSWER), sheet).status_code == 302, "a resend is the same idea"
    row = WallPost.objects.get()
    assert (row.words, row.state, row.named) == ("When somebody keeps me a seat 🪑", WallPost.WAITING, False)
    assert "An adult will read it soon" in unescape(pupil.get(reverse("notice:me")).content.decode())
    reader = client_as(cast.pastoral)
    assert "keeps me a seat" in unescape(
        reader.get(reverse("ask:wall-reading", args=[wall.pk])).content.decode()
    )
    assert reader.post(reverse("ask:wall-up", args=[row.pk])).status_code == 302
    for address in ("ask:wall", "ask:wall-show", "ask:wall-paper"):
        shown = unescape(client_as(cast.tutor).get(reverse(address, args=[wall.pk])).content.decode())
        assert "keeps me a seat" in shown
        assert "Amina" not in shown.split("<main")[1]
    assert "It is on the wall" in unescape(pupil.get(reverse("notice:me")).content.decode())


def test_nobody_sees_it_before_it_was_read(cast, wall, client_as):
    row = idea(wall, cast.pupils[1])
    for name in ("ask:wall", "ask:wall-show", "ask:wall-paper"):
        for user in (cast.pastoral, cast.tutor, cast.head):
            assert (
                "saved me a seat" not in client_as(user).get(reverse(name, args=[wall.pk])).content.decode()
            )
    for user in (cast.tutor, cast.survey_lead, cast.pupil, cast.carer, cast.technician, cast.stranger):
        assert client_as(user).get(reverse("ask:wall-reading", args=[wall.pk])).status_code == 404
        assert client_as(user).post(reverse("ask:wall-up", args=[row.pk])).status_code == 404
    row.refresh_from_db()
    assert row.state == WallPost.WAITING
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT words FROM {WallPost._meta.db_table}")
        assert cursor.fetchone()[0].startswith("e1:")


def test_a_name_stands_only_where_writer_and_page_want_it(cast, wall):
    for named in (True, False):
        actions.put_up(cast.pastoral, idea(wall, cast.pupils[1], named=named))
    assert sorted(note.by for note in on_wall(wall, names=True)) == ["", "Ben"]
    assert {note.by for note in on_wall(wall)} == {""}
    cast.pupils[1].left_on = today()
    cast.pupils[1].save()
    assert {note.by for note in on_wall(wall, names=True)} == {""}


def test_words_that_need_an_adult_go_to_the_safeguarding_lead_and_only_they_put_them_up(
    cast, wall, client_as
):
    row = idea(wall, cast.pupils[1], DANGER)
    assert row.marked
    assert Concern.objects.get(kind=Concern.WORDS).source == f"ask.wallpost:{row.pk}"
    with pytest.raises(Http404):
        actions.put_up(cast.pastoral, row)
    page = unescape(
        client_as(cast.pastoral).get(reverse("ask:wall-reading", args=[wall.pk])).content.decode()
    )
    assert "Only they can put it up" in page
    assert f'action="{reverse("ask:wall-up", args=[row.pk])}"' not in page
    assert on_wall(wall) == []
    actions.put_up(cast.dsl, row)
    assert len(on_wall(wall)) == 1


def test_words_only_worth_a_look_are_told_and_may_go_up(cast, wall):
    row = idea(wall, cast.pupils[1], "You can be quiet here and nobody asks what is wrong.")
    assert Concern.objects.filter(kind=Concern.WORDS, source=f"ask.wallpost:{row.pk}").exists()
    assert not row.marked
    actions.put_up(cast.pastoral, row)
    assert len(on_wall(wall)) == 1


def test_what_could_not_be_looked_through_is_kept_and_waits_for_the_safeguarding_lead(
    cast, wall, monkeypatch
):
    def broken(texts):
        raise RuntimeError("words")

    monkeypatch.setattr(actions, "look_through", broken)
    row = idea(wall, cast.pupils[1])
    assert row.marked
    with pytest.raises(Http404):
        actions.put_up(cast.pastoral, row)


@pytest.mark.parametrize("reason", actions.REASONS)
def test_not_shown_is_said_kindly(cast, wall, reason):
    row = idea(wall, cast.pupils[1])
    actions.keep_down(cast.pastoral, row, reason)
    [(kept, said)] = own_posts(cast.pupils[1])
    assert kept.pk == row.pk
    assert said.startswith("Thank you")
    assert on_wall(wall) == []
    with pytest.raises(Refused):
        actions.keep_down(cast.pastoral, row, "because")


def test_passed_on_becomes_a_concern(cast, wall):
    row = idea(wall, cast.pupils[1], "", photo=picture())
    actions.pass_on(cast.pastoral, row)
    assert Concern.objects.get(kind=Concern.WORDS).person == cast.pupils[1]
    [(_, said)] = own_posts(cast.pupils[1])
    assert "passed it on" in said
    with pytest.raises(Refused, match="meanwhile"):
        actions.pass_on(cast.pastoral, row)


def test_a_writer_takes_it_back_and_what_it_held_is_gone(cast, wall, client_as):
    mine, other = idea(wall, cast.pupils[0], photo=picture()), idea(wall, cast.pupils[1])
    actions.put_up(cast.pastoral, mine)
    pupil = client_as(cast.pupil)
    assert pupil.post(reverse("ask:wall-take-back", args=[other.pk])).status_code == 404
    assert pupil.post(reverse("ask:wall-take-back", args=[mine.pk])).status_code == 302
    mine.refresh_from_db()
    assert (mine.words, mine.picture, mine.state) == ("", None, WallPost.TAKEN_BACK)
    assert on_wall(wall) == []
    assert pupil.get(reverse("ask:wall-picture", args=[mine.pk])).status_code == 404
    with pytest.raises(Http404):
        actions.put_up(cast.pastoral, mine)


def test_a_photo_holds_nothing_but_the_picture(cast, wall, client_as):
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (51.0, 30.0, 0.0)
    exif[0x010E] = "Taken at home"
    photo = picture(exif=exif)
    with Image.open(io.BytesIO(photo.read())) as before:
        assert before.getexif().get_ifd(GPS), "there is something to strip"
    photo.seek(0)
    assert send(form(wall, cast.pupils[0], photo=photo)).status_code == 302
    row = WallPost.objects.get()
    with Image.open(io.BytesIO(row.picture)) as after:
        assert not after.getexif()
    address = reverse("ask:wall-picture", args=[row.pk])
    allowed = {
        who: client_as(getattr(cast, who)).get(address).status_code
        for who in ("pupil", "pastoral", "tutor", "carer")
    }
    assert allowed == {"pupil": 200, "pastoral": 200, "tutor": 404, "carer": 404}
    actions.put_up(cast.pastoral, row)
    assert client_as(cast.tutor).get(address)["Cache-Control"] == "no-store, private"


def test_a_sound_is_taken_and_heard(cast, wall, client_as):
    sound = SimpleUploadedFile("a.wav", wav(2.0), "audio/wav")
    assert send(form(wall, cast.pupils[0], sound=sound)).status_code == 302
    row = WallPost.objects.get()
    assert (row.kind, row.mime) == ("sound", "audio/wav")
    heard = client_as(cast.pastoral).get(reverse("ask:wall-sound", args=[row.pk]))
    assert heard.status_code == 200
    assert heard["Content-Type"] == "audio/wav"


@pytest.mark.parametrize("script", [True, False], ids=["script", "form"])
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"photo": ("big.jpg", b"\xff\xd8" + b"0" * (20 * 1024 * 1024))}, "too big to send"),
        ({"photo": ("x.jpg", b"GIF89a not a picture")}, "can’t open that picture"),
        ({"sound": ("x.mp3", b"not a sound at all, but words")}, "can’t play that sound"),
        ({"photo": "picture", "drawing": "picture"}, "One thing at a time"),
        ({"words": ""}, "nothing on it yet"),
        ({"words": "x" * 10_000}, "9600 letters too long"),
    ],
    ids=["20 MB", "no picture", "no sound", "two", "empty", "10,000"],
)
def test_what_will_not_do_is_said_kindly_and_the_words_stay(cast, wall, more, words, script):
    given = {"words": "My words stay \u202ehere 🙂"}
    for name, value in more.items():
        upload = picture() if value == "picture" else value
        given[name] = SimpleUploadedFile(*upload) if isinstance(upload, tuple) else upload
    reply = send(form(wall, cast.pupils[0], **given), script=script)
    assert reply.status_code == 422
    assert not WallPost.objects.exists()
    said = reply.json()["text"] if script else unescape(reply.content.decode())
    assert words in said
    if not script:
        assert given["words"] in said


def test_signs_that_turn_words_around_are_taken_out(cast, wall):
    row = idea(wall, cast.pupils[0], "I \u202ebelong\u2066 here 💚\x07")
    assert row.words == "I belong here 💚"


def test_who_is_not_asked_cannot_write(cast, wall, client_as):
    sheet = form(wall, cast.other_pupils[0], words="Year 9 is not asked")
    assert send(sheet, script=True).status_code == 422
    OptOut.objects.create(school=cast.school, person=cast.pupils[2], asked_by=OptOut.SELF, since=today())
    assert send(form(wall, cast.pupils[2], words="Opted out"), script=True).status_code == 422
    assert send({"pass": "x", "words": "hm"}).status_code == 403
    with frozen(now() + timedelta(days=14)):
        assert send(form(wall, cast.pupils[0], words="Too late"), script=True).status_code in (403, 422)
    assert not WallPost.objects.exists()


def test_three_may_wait(cast, wall):
    for number in range(3):
        idea(wall, cast.pupils[0], f"Idea {number}")
    with pytest.raises(Refused, match="Three of your ideas wait"):
        idea(wall, cast.pupils[0], "One more")


def test_who_makes_a_wall_for_whom(cast, in_school):
    days = {"opens_on": today(), "closes_on": today(), "question": "Where is it warm?"}
    assert actions.make_wall(cast.tutor, group=cast.tutor_group, **days).made_by == cast.tutor
    with pytest.raises(PermissionDenied):
        actions.make_wall(cast.tutor, years=["8"], **days)
    with pytest.raises(Http404):
        actions.make_wall(cast.tutor, group=cast.other_group, **days)
    for user in (cast.pupil, cast.carer, cast.governor, cast.technician):
        with pytest.raises(PermissionDenied):
            actions.make_wall(user, years=["8"], **days)


def test_writing_leaves_no_trail_and_deciding_does(cast, wall):
    before = AuditEntry.objects.count()
    row = idea(wall, cast.pupils[0])
    assert AuditEntry.objects.count() == before
    actions.put_up(cast.pastoral, row)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, "seat" in str(entry.facts)) == ("ask.wall_shown", False)


def test_what_is_up_counts_as_a_voice_and_nothing_else(cast, wall):
    row, other = idea(wall, cast.pupils[0]), idea(wall, cast.pupils[1])
    assert posted_on_a_wall(None, today()) == set()
    actions.put_up(cast.pastoral, row)
    actions.keep_down(cast.pastoral, other, "other")
    ids = [one.pk for one in cast.pupils]
    assert posted_on_a_wall(ids, today()) == {cast.pupils[0].pk}
    assert heard_by_name(ids, today()) == {cast.pupils[0].pk}
    assert posted_on_a_wall(ids, today() + timedelta(days=1)) == set()


def test_an_adult_whom_a_post_is_about_does_not_come_across_it(cast, wall, monkeypatch):
    row = idea(wall, cast.pupils[0], DANGER)
    assert row in readable_posts(cast.pastoral)
    monkeypatch.setattr("belong.ask.walls.access.hidden_sources", lambda user: {f"ask.wallpost:{row.pk}"})
    assert waiting(cast.pastoral, wall) == []
    with pytest.raises(Http404):
        actions.keep_down(cast.pastoral, row, "other")


def test_it_is_deleted_after_a_year(cast, wall):
    idea(wall, cast.pupils[0])
    with frozen(now() + timedelta(days=366)):
        run(cast.school)
    assert not WallPost.objects.exists()


def test_the_same_submission_is_the_same_idea(cast, wall):
    once = uuid4()
    first = actions.post(wall, cast.pupils[0], actions.Idea("One"), once)
    assert actions.post(wall, cast.pupils[0], actions.Idea("One"), once) == first
