"""Background work: a job gets ids, never content, and opens its own school scope."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

MOST_TRIES = 20
PASSING = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError", "builtins.OSError")


def enqueue(task: Any, **arguments: int | str) -> None:
    """Run a django-tasks `task` once the current transaction has committed.

    The job's row is written inside the transaction, so that it stands or falls with what asked for it: a program
    killed right after the commit would otherwise leave a closed wave that nobody works on. A backend that runs
    jobs at once waits for the commit.

    Arguments are ids and kinds only: a job row is readable by whoever looks after the machine.
    """
    if isinstance(task.get_backend(), DatabaseBackend):
        task.enqueue(**arguments)
    else:
        transaction.on_commit(lambda: task.enqueue(**arguments))


@transaction.atomic
def enqueue_once(task: Any) -> None:
    """`enqueue` a task without arguments, unless one that has not begun is in the queue: it will do for both.

    The waiting one is locked, so that no worker begins it before what this transaction wrote can be seen.
    """
    waiting = DBTaskResult.objects.ready().filter(task_path=task.module_path)
    if waiting.select_for_update(skip_locked=True).first() is None:
        enqueue(task)


def take_up_again() -> int:
    """Give jobs that were cut off in the middle back to the queue; how many. Call before the one worker starts.

    A worker that was killed, or lost its power, leaves its job marked as running for ever. Every job of ours can be
    run twice. One that has been begun twenty times is taken for the thing that kills the worker, and is left alone.
    """
    return _give_back(DBTaskResult.objects.running()) + try_again()


def try_again() -> int:
    """Give jobs that failed for want of space, or of a database that answers, back to the queue; how many."""
    return _give_back(DBTaskResult.objects.failed().filter(exception_class_path__in=PASSING))


def _give_back(jobs: QuerySet[DBTaskResult]) -> int:
    few = [job.pk for job in jobs.only("pk", "worker_ids") if len(job.worker_ids) < MOST_TRIES]
    fresh = {"status": "READY", "started_at": None, "finished_at": None}
    return int(DBTaskResult.objects.filter(pk__in=few).update(**fresh))


def failed() -> dict[str, int]:
    """How many jobs failed, by the name of their task."""
    paths = DBTaskResult.objects.failed().order_by().values_list("task_path", flat=True)
    return dict(Counter(path.rpartition(".")[2] for path in paths))
