"""What a job knows of a school: its number, and no scope yet."""

from django_scopes import scopes_disabled

from belong.people.models import School


def school_of_job(school_id: int) -> School:
    """The school whose scope a job is about to open."""
    with scopes_disabled():
        return School.objects.get(pk=school_id)
