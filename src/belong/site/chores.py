"""What has to be done every day without anybody asking; harmless when done more often."""

from belong.ask.tasks import close_due_waves, expire_pool_keys
from belong.people.models import School
from belong.people.tasks import forget_old_imports


def enqueue_chores() -> None:
    """Queue every school's daily work: close waves past their last day, let old keys die, forget roster files."""
    for school_id in School.objects.values_list("id", flat=True):
        close_due_waves.enqueue(school_id=school_id)
        expire_pool_keys.enqueue(school_id=school_id)
        forget_old_imports.enqueue(school_id=school_id)
