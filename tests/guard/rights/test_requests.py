"""Subject access: everything held, from every table, looked through by somebody first."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from belong.ask.models import Wave
from belong.ask.walls.actions import make_wall
from belong.base import registry
from belong.base.audit import audit
from belong.base.clock import frozen, now, today
from belong.base.models import AuditEntry
from belong.base.registry import Record
from belong.guard.models import AccessRequest, RequestItem
from belong.guard.rights import files, requests
from belong.guard.rights.gathering import gather
from belong.notice.models import NameSound
from belong.people.models import CarerLink, Person
from tests.ask.walls.conftest import idea, picture
from tests.conftest import make_person

AGREES = AccessRequest.AGREES


def ask_for(cast, person, asker="themselves", **more) -> AccessRequest:
    facts = {"asked_on": today(), "known_by": "in person", "child_view": AGREES} | more
    return requests.open_request(cast.dsl, person=person, asker=asker, **facts)


def give_all(cast, request):
    for item in request.items.filter(decision="", locked=False):
        requests.decide(cast.dsl, request, item.pk, "give")


def file_of(cast, request, run) -> dict[str, str]:
    with run(execute=True):
        requests.make_file(cast.dsl, request)
    request.refresh_from_db()
    assert request.state == AccessRequest.READY
    with zipfile.ZipFile(io.BytesIO(requests.hand_over(cast.dsl, request))) as opened:
        return {name: opened.read(name).decode(errors="replace") for name in opened.namelist()}


@pytest.fixture
def made(cast, amina, closed, django_capture_on_commit_callbacks):
    """The file of a pupil about whom every room holds something."""
    request = ask_for(cast, amina)
    give_all(cast, request)
    return file_of(cast, request, django_capture_on_commit_callbacks)


def test_the_file_holds_every_table_with_something_about_the_pupil(made):
    tables = {name.removeprefix("json/").removesuffix(".json") for name in made if name.startswith("json/")}
    assert tables == {
        "ask-pin",
        "ask-pooledsheet",
        "ask-receipt",
        "ask-signedsheet",
        "base-auditentry",
        "notice-knownby",
        "notice-moment",
        "notice-relationship",
        "notice-relationshipchange",
        "people-carerlink",
        "people-characteristic",
        "people-membership",
        "people-person",
        "people-role",
        "people-user",
    }
    assert {f"tables/{name}.html" for name in tables} <= set(made)


def test_pictures_and_sounds_of_their_own_are_in_it(cast, amina, django_capture_on_commit_callbacks):
    """Beside the tables, named by them; an idea that is held back keeps its picture back."""
    days = {"opens_on": today(), "closes_on": today() + timedelta(days=6)}
    wall = make_wall(
        cast.pastoral, question="Where do you feel at home?", years=["8"], takes=["photo"], **days
    )
    drawn = idea(wall, amina, words="My den", photo=picture())
    NameSound.objects.create(
        school=cast.school, pupil=amina, mime="audio/webm", seconds=1.2, sound=b"a voice", made_on=today()
    )
    request = ask_for(cast, amina)
    give_all(cast, request)
    held = file_of(cast, request, django_capture_on_commit_callbacks)
    names = {name for name in held if name.startswith("files/")}
    drawing = f"files/ask-wallpost-{drawn.pk}-1.jpg"
    assert names == {drawing, next(name for name in names if name.endswith(".webm"))}
    assert held[drawing].encode(errors="replace").find(b"JFIF") > 0
    assert f'href="../{drawing}"' in held["tables/ask-wallpost.html"]
    assert json.loads(held["json/ask-wallpost.json"])["rows"][0]["files"] == [drawing.removeprefix("files/")]
    again = ask_for(cast, amina)
    for item in again.items.filter(decision="", locked=False):
        requests.decide(cast.dsl, again, item.pk, "hold", "It names another child.")
    assert drawing not in file_of(cast, again, django_capture_on_commit_callbacks)


def test_own_words_and_answers_are_readable(made):
    sheet = json.loads(made["json/ask-signedsheet.json"])["rows"][0]
    assert "a quiet place, says Amina" in sheet.values()
    assert "a quiet place, says Ben" not in json.dumps(made)
    pooled = json.loads(made["json/ask-pooledsheet.json"])["rows"]
    assert len(pooled) == 1
    assert pooled[0]["Asked in"] == "Spring"
    assert "Often" in pooled[0].values()
    assert "held the door for Ben" in made["tables/notice-moment.html"]
    assert "white and asian" in made["tables/people-characteristic.html"]


def test_codes_keys_and_other_people_are_left_out(made, cast, amina):
    everything = json.dumps(made)
    for secret in (amina.user.password, "Token hash", "Pin hash", "Submission id", "Readers"):
        assert secret not in everything
    link = json.loads(made["json/people-carerlink.json"])["rows"][0]
    assert link["Carer"] == "somebody else"
    assert "Ada" not in everything
    moment = json.loads(made["json/notice-moment.json"])["rows"][0]
    assert moment["Adult"] == cast.tutor.person.display_name


def test_the_letter_says_what_cannot_be_found(made):
    letter = made["letter.html"]
    assert "for 13 months after a wave has closed" in letter
    assert "unlinked can never be found" in letter
    assert "were held back" not in letter


def test_once_the_key_is_dead_pooled_answers_are_nobodys(
    cast, amina, closed, django_capture_on_commit_callbacks
):
    Wave.objects.update(pool_key=None)
    request = ask_for(cast, amina)
    give_all(cast, request)
    assert "json/ask-pooledsheet.json" not in file_of(cast, request, django_capture_on_commit_callbacks)


def test_what_others_wrote_waits_for_a_decision(cast, amina, django_capture_on_commit_callbacks):
    request = ask_for(cast, amina)
    waiting = sorted(request.items.values_list("model", flat=True))
    assert waiting == ["notice.KnownBy", "notice.Moment", "notice.Relationship", "notice.RelationshipChange"]
    with pytest.raises(requests.Refused, match="4 of the things others wrote still wait"):
        requests.make_file(cast.dsl, request)
    moment = request.items.get(model="notice.Moment")
    with pytest.raises(requests.Refused, match="say why"):
        requests.decide(cast.dsl, request, moment.pk, "hold", " ")
    requests.decide(cast.dsl, request, moment.pk, "hold", "names Ben")
    give_all(cast, request)
    made = file_of(cast, request, django_capture_on_commit_callbacks)
    assert "held the door for Ben" not in json.dumps(made)
    assert "1 were held back" in made["tables/notice-moment.html"]
    assert "1 records were held back" in made["letter.html"]
    assert "names Ben" not in json.dumps(made)


def test_somebody_elses_record_shows_only_that_one_wrote_it(
    cast, amina, closed, django_capture_on_commit_callbacks
):
    request = ask_for(cast, cast.tutor.person, child_view=AccessRequest.NOT_A_CHILD)
    assert request.items.count() == 0
    made = file_of(cast, request, django_capture_on_commit_callbacks)
    rows = json.loads(made["json/notice-moment.json"])["rows"]
    assert len(rows) == 2
    assert {row["Pupil"] for row in rows} == {"somebody else"}
    assert {row.get("Note", "") for row in rows} == {"", "(not given: it is about somebody else)"}
    assert "2 of these you made yourself" in made["tables/notice-moment.html"]
    everything = json.dumps(made)
    assert "held the door" not in everything
    assert "Amina" not in everything
    assert "fell out" not in everything


def as_concern(monkeypatch, about):
    """Take notes of who knows whom for concerns, as the record of concerns declares itself."""
    record = registry.record_of("notice.KnownBy")
    concern = Record(**{**record.__dict__, "concern": True, "about_adults": about})
    monkeypatch.setitem(registry._records, "notice.KnownBy", concern)


@pytest.mark.parametrize("about", [None, (), "the tutor"])
def test_a_concern_never_goes_out_to_a_carer(
    cast, amina, about, monkeypatch, django_capture_on_commit_callbacks
):
    """Whomever it names: the record of concerns does not say whether it is about a parent."""
    as_concern(monkeypatch, lambda row: [cast.tutor.person_id] if about == "the tutor" else about)
    request = ask_for(cast, amina, "carer", carer=cast.carer.person)
    concern = request.items.get(model="notice.KnownBy")
    assert (concern.locked, concern.decision) == (True, "hold")
    with pytest.raises(requests.Refused, match="does not go out this way"):
        requests.decide(cast.dsl, request, concern.pk, "give")
    RequestItem.objects.filter(pk=concern.pk).update(decision="give")
    give_all(cast, request)
    assert "frogs" not in json.dumps(file_of(cast, request, django_capture_on_commit_callbacks))


def test_a_concern_may_be_given_to_the_pupil(cast, amina, monkeypatch):
    as_concern(monkeypatch, lambda row: None)
    concern = ask_for(cast, amina).items.get(model="notice.KnownBy")
    assert (concern.locked, concern.decision) == (False, "")


def test_a_row_that_is_not_for_this_reader_is_not_shown(cast, amina, monkeypatch, client_as):
    record = registry.record_of("notice.KnownBy")
    kept_from_dsl = Record(**{**record.__dict__, "may_review": lambda user, row: user == cast.head})
    monkeypatch.setitem(registry._records, "notice.KnownBy", kept_from_dsl)
    address = reverse("guard:request", args=[ask_for(cast, amina).pk])
    seen = client_as(cast.dsl).get(address).content.decode()
    assert "likes frogs" not in seen
    assert "Something that is not for you to read" in seen
    assert "likes frogs" in client_as(cast.head).get(address).content.decode()


def test_a_second_carer_is_not_told_about_the_first(cast, amina, django_capture_on_commit_callbacks):
    second = make_person(cast.school, Person.CARER, "Omar", "Yusuf", email="omar@home.test")
    CarerLink.objects.create(school=cast.school, carer=second, pupil=amina, relationship="father")
    request = ask_for(cast, amina, "carer", carer=cast.carer.person)
    give_all(cast, request)
    everything = json.dumps(file_of(cast, request, django_capture_on_commit_callbacks))
    assert "Omar" not in everything
    assert "omar@" not in everything


def test_only_a_carer_of_the_pupil_asks_as_a_carer(cast, amina):
    for carer in (None, make_person(cast.school, Person.CARER, "Not", "Theirs")):
        with pytest.raises(requests.Refused, match="Only carers of this pupil"):
            ask_for(cast, amina, "carer", carer=carer)


def test_the_pupils_wish_is_asked_for_and_counts(cast, amina):
    with pytest.raises(requests.Refused, match="what the pupil says"):
        ask_for(cast, amina, "carer", carer=cast.carer.person, child_view=AccessRequest.NOT_A_CHILD)
    words = {"child_view": AccessRequest.OBJECTS, "child_words": "they would be cross"}
    request = ask_for(cast, amina, "carer", carer=cast.carer.person, **words)
    give_all(cast, request)
    with pytest.raises(requests.Refused, match="does not want it"):
        requests.make_file(cast.dsl, request)
    requests.change_view(cast.dsl, request, AGREES, "it is fine now")
    requests.make_file(cast.dsl, request)
    assert request.state == AccessRequest.BUILDING


def test_the_file_is_sealed_and_forgotten_after_a_week(cast, made):
    request = AccessRequest.objects.get()
    (stored,) = files.folder().iterdir()
    assert stored.stat().st_mode & 0o777 == 0o600
    assert b"Amina" not in stored.read_bytes()
    assert b"PK" not in stored.read_bytes()[:4]
    assert requests.forget_files() == 0
    with frozen(now() + timedelta(days=7, minutes=1)):
        assert requests.forget_files() == 1
    request.refresh_from_db()
    assert (request.state, request.stored, list(files.folder().iterdir())) == ("gone", "", [])
    with pytest.raises(requests.Refused, match="seven days"):
        requests.hand_over(cast.dsl, request)


def test_who_asked_who_made_it_and_who_took_it_is_in_the_trail(cast, made):
    verbs = (
        AuditEntry.objects.filter(verb__contains="request").order_by("number").values_list("verb", "actor")
    )
    dsl = cast.dsl.pk
    assert list(verbs) == [
        ("guard.open_request", dsl),
        ("guard.make_request_file", dsl),
        ("guard.take_request_file", dsl),
    ]
    about = AuditEntry.objects.filter(verb="guard.open_request").values_list("about", flat=True)
    assert list(about) == [f"|{cast.pupils[0].pk}|"]


def test_a_file_that_cannot_be_made_says_so_and_can_be_tried_again(
    cast, amina, monkeypatch, client_as, django_capture_on_commit_callbacks
):
    request = ask_for(cast, amina)
    give_all(cast, request)
    monkeypatch.setattr(requests, "gather", lambda *_: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        requests.make_file(cast.dsl, request)
    request.refresh_from_db()
    page = client_as(cast.dsl).get(reverse("guard:request", args=[request.pk])).content.decode()
    assert "It could not be put together." in page
    monkeypatch.setattr(requests, "gather", gather)
    assert "letter.html" in file_of(cast, request, django_capture_on_commit_callbacks)


def test_the_whole_way_on_screen(cast, amina, unsure, client_as, django_capture_on_commit_callbacks):
    dsl = client_as(cast.dsl)
    found = dsl.get(reverse("guard:request-find"), {"q": "amina"}).content.decode()
    new = reverse("guard:new-request", args=[amina.pk])
    assert new in found
    wrong = dsl.post(new, {"asker": "themselves", "asked_on": today() + timedelta(days=2), "known_by": "x"})
    assert wrong.status_code == 422
    data = {"asker": "themselves", "asked_on": today(), "known_by": "in person", "child_view": AGREES}
    here = dsl.post(new, data).headers["Location"]
    request = AccessRequest.objects.get()
    for item in request.items.all():
        dsl.post(reverse("guard:decide-item", args=[request.pk, item.pk]), {"decision": "give"})
    make = reverse("guard:make-request", args=[request.pk])
    assert unsure(cast.dsl).post(make).headers["Location"].startswith("/sign-in/again/")
    with django_capture_on_commit_callbacks(execute=True):
        dsl.post(make)
    assert "The file is ready" in dsl.get(here).content.decode()
    take = reverse("guard:request-file", args=[request.pk])
    assert unsure(cast.dsl).get(take).headers["Location"].startswith("/sign-in/again/")
    answer = dsl.get(take)
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]


def test_a_trail_entry_gives_what_was_done_not_who_looked(cast, amina, django_capture_on_commit_callbacks):
    audit(cast.pastoral, "notice.record_moment", pupil=amina.pk, why="Ben said so")
    request = ask_for(cast, amina)
    give_all(cast, request)
    rows = json.loads(
        file_of(cast, request, django_capture_on_commit_callbacks)["json/base-auditentry.json"]
    )["rows"]
    assert {row["Who"] for row in rows} == {"a member of staff"}
    assert "noted a moment" in {row["What"] for row in rows}
