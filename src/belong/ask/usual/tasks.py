"""Daily work of own usual."""

from django_scopes import scope
from django_tasks import task

from belong.people.jobs import school_of_job


@task
def look_at_usual(school_id: int) -> None:
    """Look for change against a child's own usual, where it is signed off."""
    from belong.ask.usual.looking import look

    school = school_of_job(school_id)
    with scope(school=school):
        look(school)
