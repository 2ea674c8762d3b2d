"""Background work of the ask room. Jobs get ids and addresses, never answers."""

import logging
from typing import Any

from django.db import DatabaseError
from django_scopes import scope
from django_tasks import task

from belong.base.clock import today
from belong.base.jobs import enqueue_once
from belong.people.jobs import school_of_job

logger = logging.getLogger("belong.ask")


@task
def rewrite_answers(school_id: int, wave_id: int) -> None:
    """Rewrite a closed wave's pooled and unlinked answers in random order and forget the submission ids."""
    from belong.ask.models import Wave
    from belong.ask.rewriting import rewrite

    with scope(school=school_of_job(school_id)):
        rewrite(Wave.askings.get(pk=wave_id))
        enqueue_once(sweep_up)


@task
def sweep_up() -> None:
    """Leave nothing of the deleted rows in free pages; where the database is busy, it is tried again each hour."""
    from belong.ask.rewriting import sweep

    try:
        sweep()
    except DatabaseError as error:
        logger.warning("The database was too busy to sweep up (%s); it is tried again.", error)
        raise


def sweep_after_erasing(sender: Any, **kwargs: Any) -> None:
    """Somebody was erased, or records went: leave nothing of them in free pages."""
    enqueue_once(sweep_up)


@task
def expire_pool_keys(school_id: int) -> int:
    """Delete the scramble keys of waves that closed 13 months ago or more; how many went. Run daily."""
    from belong.ask.rewriting import expire_keys

    with scope(school=school_of_job(school_id)):
        return expire_keys()


@task
def close_due_waves(school_id: int) -> int:
    """Close the waves whose last day has passed; how many closed. Run daily, after midnight."""
    from belong.ask.actions import close_wave
    from belong.ask.models import Wave

    with scope(school=school_of_job(school_id)):
        due = list(Wave.objects.filter(state=Wave.OPEN, closes_on__lt=today()))
        for wave in due:
            close_wave(None, wave)
        return len(due)


@task
def mail_links(school_id: int, wave_id: int, base_url: str) -> int:
    """Mail everyone asked by a staff or family wave their own new link; how many mails went out."""
    from belong.ask.mailing import send_links
    from belong.ask.models import Wave

    with scope(school=school_of_job(school_id)):
        return send_links(Wave.objects.select_related("school").get(pk=wave_id), base_url)


@task
def close_due_places(school_id: int) -> int:
    """Close the askings about places whose last day has passed; how many closed. Run daily, after midnight."""
    from belong.ask.places.actions import close_due

    with scope(school=school_of_job(school_id)):
        return close_due()
