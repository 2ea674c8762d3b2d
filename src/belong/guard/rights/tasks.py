"""Background work of the rights of people. Jobs get ids only."""

import logging

from django.db import transaction
from django_scopes import scope
from django_tasks import task

from belong.people.models import School

logger = logging.getLogger("belong.guard")


@task
def build_request(school_id: int, request_id: int) -> None:
    """Put the file of a request together; where it fails, the page says so and it can be tried again."""
    from belong.guard.models import AccessRequest
    from belong.guard.rights.requests import build

    with scope(school=School.objects.get(pk=school_id)):
        request = AccessRequest.objects.filter(pk=request_id, state=AccessRequest.BUILDING).first()
        if request is None or request.person is None:
            return
        try:
            with transaction.atomic():
                build(request)
        except Exception as error:
            AccessRequest.objects.filter(pk=request_id).update(state=AccessRequest.FAILED)
            logger.error("The file of request %s could not be made: %s", request_id, type(error).__name__)


@task
def keep_time(school_id: int) -> None:
    """Let everything go whose time is up, and forget request files a week old. Run daily; the trail says how many."""
    from belong.guard.rights import retention
    from belong.guard.rights.requests import forget_files

    school = School.objects.get(pk=school_id)
    with scope(school=school):
        retention.run(school)
        forget_files()


@task
def tidy_machine() -> dict[str, int]:
    """What belongs to no school: backups of open waves, mails in files, erasures not yet on disk. Run daily."""
    from belong.guard.rights.machine import tidy

    return tidy()
