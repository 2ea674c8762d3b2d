"""Background work: a job gets ids, never content, and opens its own school scope."""

from typing import Any

from django.db import transaction


def enqueue(task: Any, **arguments: int | str) -> None:
    """Run a django-tasks `task` after the current transaction commits.

    Arguments are ids and kinds only: a job row is readable by whoever looks after the machine.
    """
    transaction.on_commit(lambda: task.enqueue(**arguments))
