"""Background work of the see room. Jobs get ids, never answers."""

from django_scopes import scope, scopes_disabled
from django_tasks import task

from belong.people.models import School


@task
def build_release(school_id: int, wave_id: int) -> None:
    """Build and freeze the release of a closed wave; running it again changes nothing."""
    from belong.ask.models import Wave
    from belong.see import actions

    with scopes_disabled():
        school = School.objects.get(pk=school_id)
    with scope(school=school):
        actions.build_release(Wave.askings.select_related("school").get(pk=wave_id))


@task
def release_noticing(school_id: int) -> None:
    """Release the figures about noticing of the newest half-term date, if it has come; else nothing."""
    from belong.see.noticing import actions

    with scopes_disabled():
        school = School.objects.get(pk=school_id)
    with scope(school=school):
        actions.release_due(school)


@task
def release_places(school_id: int, asking_id: int) -> None:
    """Build and freeze the picture of a closed asking about places; running it again changes nothing."""
    from belong.ask.models import PlaceAsking
    from belong.see.places.building import build_places

    with scopes_disabled():
        school = School.objects.get(pk=school_id)
    with scope(school=school):
        build_places(PlaceAsking.objects.select_related("school", "plan").get(pk=asking_id))
