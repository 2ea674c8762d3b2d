"""Erasing a person: what goes, what stays and why, and that it stays gone."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from belong.act.actions import make_plan
from belong.act.models import Plan
from belong.ask import actions as ask
from belong.ask.models import PooledRow, PooledSheet, Receipt, SignedSheet
from belong.base import registry
from belong.base.audit import audit
from belong.base.chain import verify
from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.base.registry import KEEP_NAMED, Record, subject
from belong.guard.models import AccessRequest, Tombstone
from belong.guard.rights import files, holds, requests, tombstones
from belong.guard.rights.erasure import erase, plan
from belong.guard.trail import entries, lines
from belong.notice.models import KnownBy, Moment, Relationship
from belong.people.models import Person, User


def left_of(person_id: int) -> list[str]:
    """Tables in which something still leads to a person."""
    nobody = Person(pk=person_id)
    found = []
    for record in registry.records():
        model = record.model_class
        if model is not None:
            found += [record.model for link in record.about if link.rows(model, nobody).exists()]
    return found


def test_a_pupil_goes_from_every_table(cast, amina, closed, django_capture_on_commit_callbacks):
    others = {model: model.objects.exclude(person=amina).count() for model in (Receipt, SignedSheet)}
    number, sign_in = amina.pk, amina.user.pk
    foreseen = plan(amina)
    gone = erase(cast.dsl, amina, why="their family asked")
    assert gone == foreseen.rows
    assert left_of(number) == ["base.AuditEntry"]
    assert not Person.objects.filter(pk=number).exists()
    assert not User.objects.filter(pk=sign_in).exists()
    assert {model: model.objects.count() for model in others} == others
    assert (PooledSheet.objects.count(), PooledRow.objects.count()) == (11, 0)
    assert (Moment.objects.count(), Relationship.objects.count(), KnownBy.objects.count()) == (0, 0, 0)
    assert verify(cast.school).unbroken


def everything() -> dict[str, int]:
    """Rows of every table but those in which a look itself leaves a row."""
    looks = ("base.AuditEntry", "sessions.Session", "usersessions.UserSession")
    models = [model for model in apps.get_models() if model._meta.label not in looks]
    return {model._meta.label: model._base_manager.count() for model in models}


def test_looking_first_changes_nothing_and_tells_what_stays(cast, amina, closed, client_as):
    head, before = client_as(cast.head), everything()
    page = head.get(reverse("guard:erase", args=[amina.pk])).content.decode()
    assert everything() == before
    assert "What would go" in page
    assert "Moment" in page
    assert "somebody no longer held" in page
    assert "Published results" in page
    assert "This pupil is on roll" in page


def test_the_trail_keeps_a_number_and_no_name(cast, amina):
    audit(cast.pastoral, "notice.record_moment", amina)
    number = amina.pk
    erase(cast.head, amina, why="they left")
    shown = [line for line in lines(entries()) if line.about]
    assert {line.about for line in shown} == {(f"somebody no longer held (number {number})",)}
    assert "Amina" not in json.dumps([str(line) for line in shown])


def test_a_member_of_staff_goes_and_what_they_wrote_about_pupils_stays(cast, amina, closed):
    tutor = cast.tutor.person
    dates = {"starts_on": today(), "review_on": today() + timedelta(days=60)}
    owned = make_plan(
        cast.head, title="Listen", owner=tutor, practice_key="trusted-adult", aim="", steps=[], **dates
    )
    with pytest.raises(Refused, match="still has a sign-in"):
        erase(cast.head, tutor, why="left")
    User.objects.filter(pk=cast.tutor.pk).update(is_active=False)
    tutor = Person.objects.get(pk=tutor.pk)
    erase(cast.head, tutor, why="left in July and asked")
    tutor.refresh_from_db()
    assert (tutor.display_name, tutor.email, tutor.title, tutor.kind) == ("", "", "", "staff")
    assert not User.objects.filter(username="tutor").exists()
    assert Moment.objects.filter(pupil=amina).count() == 2
    assert Plan.objects.get(pk=owned.pk).owner_id == tutor.pk
    assert verify(cast.school).unbroken


def test_what_the_law_keeps_keeps_its_name(cast, amina, monkeypatch):
    record = registry.record_of("notice.KnownBy")
    kept = Record(**{**record.__dict__, "about": (subject("pupil", erase=KEEP_NAMED), *record.about[1:])})
    monkeypatch.setitem(registry._records, "notice.KnownBy", kept)
    amina.email, amina.home_language = "amina@home.test", "so"
    amina.save()
    assert plan(amina).keeps_name
    erase(cast.dsl, amina, why="their family asked")
    amina.refresh_from_db()
    assert (amina.display_name, amina.email, amina.home_language, amina.year) == ("Amina Yusuf", "", "", "")
    assert KnownBy.objects.get().pupil_id == amina.pk
    assert not Moment.objects.filter(pupil=amina).exists()


def test_a_hold_stops_it(cast, amina, client_as):
    holds.place_hold(cast.head, person=amina, reason="a claim")
    with pytest.raises(Refused, match="legal hold"):
        erase(cast.dsl, amina, why="asked")
    page = client_as(cast.dsl).get(reverse("guard:erase", args=[amina.pk])).content.decode()
    assert "There is a hold on this person" in page
    assert "Erase</button>" not in page
    holds.lift_hold(cast.head, holds.standing().get())
    assert erase(cast.dsl, amina, why="asked") > 5


def test_nobody_erases_themselves_and_a_reason_is_needed(cast, amina):
    with pytest.raises(Refused, match="yourself"):
        erase(cast.head, cast.head.person, why="tired")
    with pytest.raises(Refused, match="say why"):
        erase(cast.head, amina, why=" ")


def test_the_page_asks_for_the_password_and_a_reason(cast, amina, client_as, unsure):
    address = reverse("guard:erase", args=[amina.pk])
    assert unsure(cast.head).post(address, {"why": "x"}).headers["Location"].startswith("/sign-in/again/")
    head = client_as(cast.head)
    assert head.post(address, {"why": ""}).status_code == 422
    assert Person.objects.filter(pk=amina.pk).exists()
    assert head.post(address, {"why": "they left"}).status_code == 302
    assert not Person.objects.filter(pk=amina.pk).exists()
    entry = AuditEntry.objects.get(verb="guard.erase")
    assert (entry.actor, entry.why, entry.about) == (cast.head, "they left", f"|{amina.pk}|")


def test_a_file_made_for_them_goes_too(cast, amina, django_capture_on_commit_callbacks):
    request = requests.open_request(
        cast.dsl, person=amina, asker="themselves", asked_on=today(), known_by="x", child_view="agrees"
    )
    AccessRequest.objects.filter(pk=request.pk).update(stored=files.keep(b"all about Amina"))
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast.dsl, amina, why="asked")
    assert list(files.folder().iterdir()) == []


def test_a_tombstone_stands_outside_the_database_without_a_name(
    cast, amina, closed, django_capture_on_commit_callbacks
):
    number = amina.pk
    with django_capture_on_commit_callbacks(execute=True):
        ask.withdraw_answers(cast.survey_lead, closed, cast.pupils[1])
        erase(cast.dsl, amina, why="asked")
    taken_out, person = tombstones.read(tombstones.path())
    assert (person.kind, person.model, person.row) == ("person", "people.Person", number)
    assert (taken_out.kind, taken_out.row, taken_out.facts) == (
        "withdrawal",
        closed.pk,
        {"person": cast.pupils[1].pk},
    )
    text = tombstones.path().read_text()
    assert "Amina" not in text
    assert "Yusuf" not in text
    assert tombstones.path().stat().st_mode & 0o777 == 0o600


def test_a_line_that_was_lost_is_written_later(cast, amina):
    erase(cast.dsl, amina, why="asked")
    assert not tombstones.path().exists()
    assert (tombstones.write_down(), tombstones.write_down()) == (1, 0)
    assert len(tombstones.read(tombstones.path())) == 1


def test_erasing_again_after_a_restore_finds_the_person_and_nobody_else(
    cast, amina, closed, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ask.withdraw_answers(cast.survey_lead, closed, cast.pupils[1])
        tombstones.bury(cast.school, "person", "people.Person", amina.pk)
    Tombstone.objects.all().delete()  # the database is one from before
    SignedSheet.objects.create(school=cast.school, wave=closed, person=cast.pupils[1], named=True)
    lines_done, rows = tombstones.erase_again()
    assert lines_done == 2
    assert rows > 5
    assert not Person.objects.filter(pk=amina.pk).exists()
    assert not SignedSheet.objects.filter(person=cast.pupils[1]).exists()
    assert SignedSheet.objects.filter(wave=closed).count() == 10
    assert tombstones.erase_again() == (0, 0)
    assert verify(cast.school).unbroken


def test_another_schools_database_is_left_alone(cast, amina, tmp_path, django_capture_on_commit_callbacks):
    audit(cast.head, "people.give_role", amina)
    with django_capture_on_commit_callbacks(execute=True):
        tombstones.bury(cast.school, "person", "people.Person", amina.pk)
    line = json.loads(tombstones.path().read_text())
    Tombstone.objects.all().delete()
    for change in ({"trail": "f" * 64}, {"school": "elm-road"}):
        tombstones.path().write_text(json.dumps(line | change) + "\n")
        assert tombstones.erase_again() == (0, 0)
    tombstones.path().write_text("not a line\n" + json.dumps(line) + "\n")
    assert tombstones.erase_again()[0] == 1
