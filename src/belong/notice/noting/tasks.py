"""Background work of notes home and of a child's own usual. Jobs get ids, never words."""

from django_scopes import scope
from django_tasks import task

from belong.people.jobs import school_of_job


@task
def send_note_home(school_id: int, note_id: int) -> int:
    """Send one note home, if its time has come; how many mails went out."""
    from belong.notice.noting.sending import send

    with scope(school=school_of_job(school_id)):
        return send(note_id)


@task
def send_due_notes_home(school_id: int) -> int:
    """Send what should have gone and did not, because belong was not running then. Run hourly."""
    from belong.notice.noting.sending import send_due

    with scope(school=school_of_job(school_id)):
        return send_due()


@task
def look_at_own_usual(school_id: int) -> None:
    """Prompts about pupils noticed more than is usual for them; none where nobody switched it on. Run daily."""
    from belong.notice.noting.usual import look

    school = school_of_job(school_id)
    with scope(school=school):
        look(school)
