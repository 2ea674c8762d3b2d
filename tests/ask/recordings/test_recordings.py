"""Questions read aloud by a voice of the school's own: recorded, heard, replaced, deleted; played beside its words."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from belong.ask import actions
from belong.ask.models import Recording, Wave
from belong.ask.recordings.actions import keep_recording
from belong.ask.recordings.queries import sounds_for
from belong.ask.recordings.script import lines_of
from belong.base.audit import AuditEntry
from belong.base.errors import Refused
from tests.ask.conftest import begin, plan
from tests.base.files.making import wav

PICTURE = "/ask/recordings/belong-picture/en/"
SAFE = PICTURE + "item:picture-safe/"


def upload(seconds: float = 1.0) -> SimpleUploadedFile:
    return SimpleUploadedFile("read.wav", wav(seconds), "audio/wav")


def keep(cast, spoken: str, key: str = "belong-picture") -> Recording:
    return keep_recording(cast.survey_lead, instrument_key=key, language="en", spoken=spoken, upload=upload())


@pytest.fixture
def picture(cast, in_school) -> Wave:
    cast.pupils[0].year = "1"
    cast.pupils[0].save()
    return actions.open_wave(cast.survey_lead, plan(cast, "belong-picture", years=["1"]))


def page_of(cast, wave) -> str:
    card = actions.issue_card(cast.survey_lead, wave, cast.tutor_group, cast.pupils[0].pk)
    return begin(f"/a/c/{card.token}/").get("/a/questions/").content.decode()


def test_recorded_listened_to_replaced_and_deleted(cast, in_school, client_as):
    client = client_as(cast.survey_lead)
    assert "none recorded" in client.get("/ask/recordings/").content.decode()
    kept = client.post(SAFE, {"sound": upload()})
    assert kept.url.startswith(PICTURE)
    first = Recording.objects.get()
    assert (first.words, first.mime, first.added_by) == (
        "I feel safe at school.",
        "audio/wav",
        cast.survey_lead.person,
    )
    heard = client.get(f"/ask/recordings/{first.pk}/")
    assert (heard.status_code, heard["Content-Type"], heard.content[:4]) == (200, "audio/wav", b"RIFF")
    client.post(SAFE, {"sound": upload(2.0)})
    assert Recording.objects.get().seconds == 2.0
    assert "1 of 9 recorded" in client.get("/ask/recordings/").content.decode()
    client.post(f"/ask/recordings/{first.pk}/delete/")
    assert not Recording.objects.exists()
    assert [one.verb for one in AuditEntry.objects.order_by("number")][-3:] == [
        "ask.keep_recording",
        "ask.keep_recording",
        "ask.delete_recording",
    ]


def test_what_is_no_sound_is_refused_in_words(cast, in_school, client_as):
    reply = client_as(cast.survey_lead).post(SAFE, {"sound": SimpleUploadedFile("x.mp3", b"not a sound")})
    assert (reply.status_code, "not a sound belong can play" in reply.content.decode()) == (422, True)
    with pytest.raises(Refused, match="no such words"):
        keep(cast, "item:no-such-question")


def test_the_sound_is_encrypted_where_it_is_kept(cast, in_school):
    keep(cast, "item:picture-safe")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sound FROM ask_recording")
        kept = cursor.fetchone()[0]
    assert kept.startswith("v1") or len(kept) > 1000
    assert "RIFF" not in kept


def test_a_pupil_hears_the_question_and_each_answer(cast, picture):
    for spoken in ("item:picture-safe", *(f"answer:faces3:{code}" for code in (1, 2, 3))):
        keep(cast, spoken)
    html = page_of(cast, picture)
    found = re.findall(r'data-read="#text-\d+, [^"]*" data-sounds="([^"]*)"', html)
    assert [len(one.split()) for one in found] == [4]
    assert len(re.findall(r'data-read="#tile-\d+-\d" data-sounds="[^" ]+"', html)) == 18
    for address in found[0].split():
        reply = Client().get(address)
        assert (reply.status_code, reply["Content-Type"]) == (200, "audio/wav")
        assert reply["Cache-Control"] == "no-store"


def test_a_question_without_its_answers_is_left_to_the_device(cast, picture):
    keep(cast, "item:picture-safe")
    assert not re.search(r'data-read="#text-\d+, [^"]*" data-sounds', page_of(cast, picture))


def test_a_recording_of_other_words_is_not_played(cast, picture):
    kept = keep(cast, "item:picture-safe")
    assert list(sounds_for(picture, "en")) == ["item:picture-safe"]
    Recording.objects.filter(pk=kept.pk).update(words="I feel safe here.")
    assert sounds_for(picture, "en") == {}
    line = next(one for one in lines_of("belong-picture", "en", cast.school) if one.recording)
    assert (line.is_stale, line.is_heard) == (True, False)


def test_a_sound_is_heard_only_from_an_open_wave_of_its_questionnaire_and_school(cast, picture, close):
    kept = keep(cast, "item:picture-safe")
    other = keep(cast, "item:adults-1", "belong-core")
    address = sounds_for(picture, "en")["item:picture-safe"]
    assert Client().get(address).status_code == 200
    mark = address.split("/")[3]
    assert Client().get(f"/a/sound/{mark}/{other.pk}/").status_code == 404
    assert Client().get(f"/a/sound/{mark[:-3]}abc/{kept.pk}/").status_code == 404
    assert Client().get(f"/a/sound/{picture.pk}/{kept.pk}/").status_code == 404
    close(picture)
    assert Client().get(address).status_code == 404


def test_only_those_who_run_waves_record(cast, in_school, client_as):
    kept = keep(cast, "item:picture-safe")
    for who in ("tutor", "pastoral", "technician", "pupil"):
        client = client_as(getattr(cast, who))
        assert client.get("/ask/recordings/").status_code == 403
        assert client.get(SAFE).status_code == 403
        assert client.get(f"/ask/recordings/{kept.pk}/").status_code == 404
    assert client_as(cast.stranger).get(f"/ask/recordings/{kept.pk}/").status_code == 404
