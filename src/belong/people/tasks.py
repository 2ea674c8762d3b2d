"""Background work of the people room."""

from django_scopes import scope
from django_tasks import task

from belong.people.importing import forget_old_imports as forget
from belong.people.models import School


@task
def forget_old_imports(school_id: int) -> None:
    """Delete roster files that have waited for more than a day. Run daily."""
    with scope(school=School.objects.get(pk=school_id)):
        forget()
