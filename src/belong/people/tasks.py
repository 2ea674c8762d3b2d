"""Background work of the people room."""

from django_scopes import scope, scopes_disabled
from django_tasks import task

from belong.people.importing import forget_old_imports as forget
from belong.people.models import School, User


@task
def forget_old_imports(school_id: int) -> None:
    """Delete roster files that have waited for more than a day. Run daily."""
    with scope(school=School.objects.get(pk=school_id)):
        forget()


@task
def send_letter(user_id: int, kind: str, actor_id: int, factor: str, left: str) -> None:
    """Tell the owner of a sign-in what happened to it."""
    from belong.people.signing_in.letters import send

    with scopes_disabled():
        found = {
            user.pk: user for user in User.objects.filter(pk__in=[user_id, actor_id]).select_related("person")
        }
        if user_id in found:
            send(found[user_id], kind, found.get(actor_id), factor, left)


@task
def send_new_password(user_id: int, base_url: str) -> None:
    """Send the link to a new password; 0 is somebody nobody knows, and nothing is sent."""
    from belong.people.signing_in.letters import send_new_password as send

    with scopes_disabled():
        if user := User.objects.filter(pk=user_id, is_active=True).select_related("person", "school").first():
            send(user, base_url)


@task
def tidy_sign_ins() -> None:
    """Take away old counts of tries and sessions that are over. Run daily."""
    from belong.people.signing_in import sessions, tries

    tries.forget_old()
    sessions.forget_old()
