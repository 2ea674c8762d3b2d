"""Daily work of check-ins: close rounds whose last day has passed, open those whose day has come."""

from django_scopes import scope
from django_tasks import task

from belong.people.jobs import school_of_job


@task
def turn_rounds(school_id: int) -> int:
    """Close and open what is due; how many rounds changed. Again on the same day, none."""
    from belong.ask.checkins.actions import close_due, open_due

    school = school_of_job(school_id)
    with scope(school=school):
        return close_due(school) + open_due(school)
