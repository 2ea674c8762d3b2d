"""Jobs stand or fall with what asked for them, and one that was cut off in the middle is done after all."""

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from belong.ask.tasks import sweep_up
from belong.base.jobs import MOST_TRIES, enqueue, enqueue_once, failed, take_up_again, try_again


@pytest.fixture(autouse=True)
def kept(settings, db):
    """Jobs are kept in the database, as a school's are."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_one_that_waits_already_does_for_both():
    enqueue_once(sweep_up)
    enqueue_once(sweep_up)
    waiting = DBTaskResult.objects.get()
    DBTaskResult.objects.update(status="RUNNING")
    enqueue_once(sweep_up)
    assert list(DBTaskResult.objects.ready()) == [DBTaskResult.objects.exclude(pk=waiting.pk).get()]


class Stop(Exception):
    """Something went wrong after the job was asked for."""


def test_a_job_is_written_with_what_asked_for_it():
    with transaction.atomic():
        enqueue(sweep_up)
        assert DBTaskResult.objects.count() == 1


def test_and_not_at_all_where_that_is_taken_back():
    with pytest.raises(Stop):
        _asked_in_vain()
    assert DBTaskResult.objects.count() == 0


@transaction.atomic
def _asked_in_vain():
    enqueue(sweep_up)
    raise Stop


def _job(status, tries=1, error=""):
    job = sweep_up.enqueue().db_result
    fields = {"status": status, "worker_ids": ["w"] * tries, "exception_class_path": error}
    DBTaskResult.objects.filter(pk=job.pk).update(**fields)
    return job


def test_a_job_whose_worker_was_killed_is_taken_up_again():
    job = _job("RUNNING")
    assert take_up_again() == 1
    job.refresh_from_db()
    assert (job.status, job.started_at, job.worker_ids) == ("READY", None, ["w"])


def test_a_job_that_keeps_killing_its_worker_is_left_alone():
    _job("RUNNING", tries=MOST_TRIES)
    assert take_up_again() == 0


def test_what_failed_for_want_of_space_is_tried_again_and_nothing_else():
    full, ours = (
        _job("FAILED", error="django.db.utils.OperationalError"),
        _job("FAILED", error="builtins.KeyError"),
    )
    running = _job("RUNNING")
    assert try_again() == 1
    assert DBTaskResult.objects.get(pk=full.pk).status == "READY"
    assert DBTaskResult.objects.get(pk=ours.pk).status == "FAILED"
    assert DBTaskResult.objects.get(pk=running.pk).status == "RUNNING"
    assert failed() == {"sweep_up": 1}
