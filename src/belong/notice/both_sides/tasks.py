"""Background work: what follows when a wave closes, and the nightly round. Jobs get ids only."""

from typing import Any

from django_scopes import scope
from django_tasks import task

from belong.base.jobs import enqueue
from belong.people.jobs import school_of_job


@task
def after_close(school_id: int, wave_id: int) -> None:
    """Open the tasks that named answers about adults call for, and tell adults whom very many named."""
    from belong.ask.models import Wave

    with scope(school=school_of_job(school_id)):
        follow(Wave.objects.get(pk=wave_id))


@task
def look_after(school_id: int) -> None:
    """Open tasks for conversations long overdue, hand on those of adults who left, catch up on waves. Run daily."""
    from belong.notice.both_sides import care

    with scope(school=school_of_job(school_id)):
        for wave in care.lately_closed():
            care.open_for_answers(wave)
        care.open_for_states()
        care.find_new_owners()


def follow(wave: Any) -> None:
    """What a closed wave calls for; twice changes nothing. Inside the school's scope."""
    from belong.notice.both_sides import care, naming

    care.open_for_answers(wave)
    naming.tell_the_named(wave)


def wave_closed(sender: Any, wave: Any, **kwargs: Any) -> None:
    """A wave with questions about adults has closed."""
    if wave.is_for_pupils:
        enqueue(after_close, school_id=wave.school_id, wave_id=wave.pk)
