"""Letting staff in: roles, sign-ins, and the one-time link by which a person sets a password."""

from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.people import roles
from belong.people.models import Person, Role, User

GIVEN_TO_STAFF = tuple(role for role in roles.ALL if role not in (roles.PUPIL, roles.CARER))


@action
def give_role(actor: User, *, person: Person, role: str) -> Role:
    """Give a member of staff one of the twelve roles, for the whole school. One that ended today goes on as it was."""
    require(actor, "people.give_role", person)
    if not role:
        raise Refused(f"Choose a role for {person.full_name} first, then press Give.")
    if role not in GIVEN_TO_STAFF:
        raise Refused(f"“{role}” is not a role for an adult at school.")
    if person.is_leaver:
        raise Refused(f"{person.display_name} has left; roles are for people at the school.")
    held = Role.objects.current().filter(person=person, role=role, group=None).first()
    if held:
        return held
    given = Role.objects.filter(person=person, role=role, group=None, until=today()).order_by("since").last()
    if given:
        given.until = None
        given.save(update_fields=["until"])
    else:
        given = Role.objects.create(school=actor.school, person=person, role=role, since=today())
    audit(actor, "people.give_role", person, role=role)
    return given


@action
def end_role(actor: User, *, person: Person, role: str) -> None:
    """End a role today. The last senior leader keeps theirs, so that the school is never locked out."""
    require(actor, "people.give_role", person)
    rows = Role.objects.current().filter(person=person, role=role, group=None)
    if role == roles.SENIOR_LEADER and not _others_lead(person):
        raise Refused("Somebody must stay senior leader. Give the role to another person first.")
    rows.update(until=today())
    audit(actor, "people.end_role", person, role=role)


def _others_lead(person: Person) -> bool:
    leading = Role.objects.current().filter(role=roles.SENIOR_LEADER).exclude(person=person)
    return bool(leading.filter(person__user__is_active=True).exists())


@action
def make_sign_in(actor: User | None, *, person: Person) -> str:
    """The address at which `person` sets a password, good once and for three days; makes the sign-in if need be.

    `actor` is None on the command line, where whoever may run it holds the database anyway.
    """
    if actor is not None:
        require(actor, "people.make_sign_in", person)
    if person.kind != Person.STAFF or person.is_leaver:
        raise Refused("Sign-ins are for staff who are at the school.")
    user = getattr(person, "user", None)
    if user is None:
        user = User.objects.create_user(free_username(person), None, school=person.school, person=person)
    elif not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    elif actor is not None and actor.pk != user.pk and user.has_usable_password():
        from belong.people.signing_in.letters import tell_owner  # (it makes links, too)

        tell_owner(user, "link", actor=actor)
    audit(actor, "people.make_sign_in", person)
    return set_password_path(user)


@action
def mail_sign_in(actor: User, *, person: Person, base_url: str) -> None:
    """Mail `person` their own one-time link.

    Whoever looks after accounts must not hold a link into somebody else's: it would open what pupils said to them.
    """
    if not person.email:
        raise Refused(
            f"There is no e-mail address for {person.full_name}. A senior leader can show them a link."
        )
    link = base_url.rstrip("/") + make_sign_in(actor, person=person)
    person.refresh_from_db()
    body = render_to_string(
        "people/mail/sign_in.txt", {"person": person, "school": person.school, "link": link}
    )
    EmailMessage(f"{person.school.name}: set your password for belong", body, to=[person.email]).send()


def set_password_path(user: User) -> str:
    """The one-time path for setting a password."""
    words = {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    return reverse("set-password", kwargs=words)


def free_username(person: Person) -> str:
    """The person's e-mail, else given.family, with a number where that is taken."""
    base = (person.email or f"{person.given_name}.{person.family_name}").lower().replace(" ", "")
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    numbered: Any = (f"{base}{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (base, *numbered) if name not in taken)
