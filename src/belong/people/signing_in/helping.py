"""What a senior leader does for a colleague: take a lost second step away, sign them out everywhere.

Whoever takes a second step away could go on and open that account, and read what pupils said to its owner. So a
technician cannot; a senior leader can, it stands in the trail, and the owner is told by mail.
"""

from allauth.mfa.models import Authenticator

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.people.models import Person, User
from belong.people.signing_in import sessions, tries
from belong.people.signing_in.letters import tell_owner


@action
def reset_second_factor(actor: User | None, *, person: Person) -> None:
    """Take every second step of `person` away, and sign them out; at their next sign-in they set up a new one.

    `actor` is None on the command line, for the school whose only senior leader has lost the phone.
    """
    if actor is not None:
        require(actor, "people.reset_second_factor", person)
        if actor.person_id == person.pk:
            raise Refused(
                "Your own second step is on the page “Your sign-in”. Add a new one there, then remove this."
            )
    user = _user_of(person)
    removed = Authenticator.objects.filter(user=user)
    if not removed.exists():
        raise Refused(f"{person.display_name} has no second step, so there is none to take away.")
    removed.delete()
    sessions.end_all([user])
    tries.forget(tries.FACTOR, user.pk)
    tell_owner(user, "reset", actor=actor)
    audit(actor, "people.reset_second_factor", person)


@action
def end_sessions_of(actor: User, *, person: Person) -> int:
    """Sign `person` out everywhere; in how many places they were signed in."""
    require(actor, "people.end_sessions", person)
    user = _user_of(person)
    ended = sessions.end_all([user])
    tell_owner(user, "ended", actor=actor)
    audit(actor, "people.end_sessions", person, sessions=ended)
    return ended


def close_sign_ins(users: list[User]) -> None:
    """Leavers: no password, no passkey, no code, and no session that is open now."""
    for user in users:
        user.is_active = False
        user.set_unusable_password()
    User.objects.bulk_update(users, ["is_active", "password"], batch_size=500)
    ids = [user.pk for user in users]
    for at in range(0, len(ids), 500):
        Authenticator.objects.filter(user__in=ids[at : at + 500]).delete()
    sessions.end_all(users)


def _user_of(person: Person) -> User:
    user = User.objects.filter(person=person).select_related("person", "school").first()
    if user is None:
        raise Refused(f"{person.display_name} has no sign-in.")
    return user
