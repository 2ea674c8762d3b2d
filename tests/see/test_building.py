"""From a closed wave to a frozen release: the job, its refusals, and that nothing ever changes afterwards."""

from datetime import timedelta

import pytest

from belong.base import today
from belong.base.clock import now
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.see import actions, tasks
from belong.see.models import FrozenReleaseError, ReleaseRecord
from tests.see import build
from tests.see.conftest import AUTUMN

PULSE = {"instrument": "belong-pulse"}


@pytest.fixture
def roll(cast, in_school):
    return build.admit(cast.school, 80)


def test_closing_a_wave_builds_its_release_in_the_job(cast, roll, django_capture_on_commit_callbacks):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE, close=False)
    with django_capture_on_commit_callbacks(execute=True):
        build.shut(cast.head, wave)
    record = ReleaseRecord.objects.get(wave=wave)
    assert record.state == ReleaseRecord.READY
    assert record.payload["hash"] == record.hash


def test_the_job_run_twice_changes_nothing(cast, roll):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE)
    first = build.release(wave)
    tasks.build_release.call(school_id=cast.school.pk, wave_id=wave.pk)
    again = ReleaseRecord.objects.get(wave=wave)
    assert (again.hash, again.payload, again.built_at) == (first.hash, first.payload, first.built_at)
    assert ReleaseRecord.objects.filter(wave=wave).count() == 1
    assert AuditEntry.objects.filter(verb="see.build_release").count() == 1


def test_the_same_answers_give_the_same_release(cast, roll):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE)
    assert actions.make(wave).hash == actions.make(wave).hash


def test_a_ready_release_cannot_be_changed(cast, told):
    record = told.record
    record.payload = {}
    with pytest.raises(FrozenReleaseError):
        record.save()
    with pytest.raises(Refused):
        actions.build_again(cast.head, told.record)


def test_too_few_answers_are_refused_with_the_reason(cast, client_as, in_school):
    wave = build.ask(cast.head, build.admit(cast.school, 6), "Small wave", AUTUMN, **PULSE)
    record = build.release(wave)
    assert record.state == ReleaseRecord.REFUSED
    assert record.payload is None
    page = client_as(cast.head).get(f"/see/{wave.pk}/").content.decode()
    assert record.reason in page
    assert "No figure was shown" in page
    assert "Try once more" in page
    assert "Try once more" not in client_as(cast.tutor).get(f"/see/{wave.pk}/").content.decode()
    for where in ("items/", "method/", "parts/listened/", "release.csv", "release.xlsx"):
        assert client_as(cast.head).get(f"/see/{wave.pk}/{where}").status_code == 404


def test_a_refused_release_can_be_tried_again(cast, client_as, in_school, django_capture_on_commit_callbacks):
    wave = build.ask(cast.head, build.admit(cast.school, 6), "Small wave", AUTUMN, **PULSE)
    build.release(wave)
    assert client_as(cast.tutor).post(f"/see/{wave.pk}/again/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert client_as(cast.head).post(f"/see/{wave.pk}/again/").status_code == 302
    assert ReleaseRecord.objects.get(wave=wave).state == ReleaseRecord.REFUSED
    assert AuditEntry.objects.filter(verb="see.build_again").count() == 1


def test_a_mistake_of_the_program_is_told_kindly_and_raised(cast, roll, monkeypatch):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE)
    monkeypatch.setattr(actions, "make", _break)
    with pytest.raises(ZeroDivisionError):
        build.release(wave)
    record = ReleaseRecord.objects.get(wave=wave)
    assert record.state == ReleaseRecord.REFUSED
    assert record.reason == actions.BROKEN


def _break(*args, **kwargs):
    return 1 / 0


def test_while_it_is_built_the_page_shows_how_far_it_is(cast, client_as, roll):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE)
    ReleaseRecord.objects.filter(wave=wave).update(step=ReleaseRecord.PROTECTING, requested_at=now())
    client = client_as(cast.tutor)
    page = client.get(f"/see/{wave.pk}/").content.decode()
    assert f'hx-get="/see/{wave.pk}/progress/"' in page
    assert "Working out and protecting the tables" in page
    part = client.get(f"/see/{wave.pk}/progress/").content.decode()
    assert "<main" not in part
    assert "takes longer" not in part
    build.release(wave)
    assert client.get(f"/see/{wave.pk}/progress/")["HX-Refresh"] == "true"


def test_a_build_that_hangs_can_be_started_once_more(cast, client_as, roll):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE)
    record = ReleaseRecord.objects.get(wave=wave)
    record.requested_at = now()
    record.save()
    with pytest.raises(Refused):
        actions.build_again(cast.head, record)
    record.requested_at = now() - timedelta(minutes=20)
    record.save()
    assert "Start it once more" in client_as(cast.head).get(f"/see/{wave.pk}/").content.decode()
    assert "Start it once more" not in client_as(cast.tutor).get(f"/see/{wave.pk}/").content.decode()
    assert actions.build_again(cast.head, record).state == ReleaseRecord.BUILDING


def test_an_open_wave_has_no_results(cast, client_as, roll):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE, close=False)
    client = client_as(cast.head)
    assert "People are answering" in client.get("/see/").content.decode()
    assert client.get(f"/see/{wave.pk}/").status_code == 404
    with pytest.raises(Refused):
        actions.make(wave)


def test_today_says_that_results_are_ready_or_refused(cast, in_school):
    roll = build.admit(cast.school, 6)
    wave = build.ask(cast.head, roll, "Small wave", now().date() - timedelta(days=12))
    build.release(wave)
    for part in ("head", "survey_lead"):
        kinds = [item.title for item in today.items_for(getattr(cast, part)) if item.kind == "release"]
        assert kinds == ["Small wave: no results could be made"]
    assert [item for item in today.items_for(cast.tutor) if item.kind == "release"] == []


def test_today_says_that_results_are_ready(cast, told):
    ReleaseRecord.objects.filter(wave=told.spring).update(built_at=now())
    [item] = [item for item in today.items_for(cast.head) if item.kind == "release"]
    assert item.title == "Spring wave: the results are ready"
    assert item.url == f"/see/{told.spring.pk}/"


def test_a_mistake_of_the_programs_own_asks_nobody_to_answer_again(cast, client_as, roll, monkeypatch):
    wave = build.ask(cast.head, roll, "Autumn wave", AUTUMN, **PULSE)
    monkeypatch.setattr(actions, "pooled_tables", lambda wave: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.build_release(wave)
    page = client_as(cast.head).get(f"/see/{wave.pk}/").content.decode()
    assert "The program stopped on a mistake of its own" in page
    assert "Nobody has to be asked again" in page
    assert "belong check" in page
    assert "plan a new wave" not in page
    assert (
        "The survey lead can try once more" in client_as(cast.tutor).get(f"/see/{wave.pk}/").content.decode()
    )
