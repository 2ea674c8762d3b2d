"""Mails to the owner of a sign-in: what was changed, and the link of whoever forgot the password.

They are written by a job, so that the page takes as long for a stranger's address as for one that is known.
"""

import logging

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from belong.base.jobs import enqueue
from belong.people.models import User
from belong.people.signing_in import tries
from belong.people.staffing import set_password_path

logger = logging.getLogger("belong.people")
SAID = {
    "password": ("your password was changed", "The password of your sign-in was changed."),
    "link": (
        "a link to your sign-in was made",
        "{actor} made a link by which a new password can be set for you.",
    ),
    "added": ("a second step was added", "{factor} was added to your sign-in."),
    "removed": ("a second step was removed", "{factor} was removed from your sign-in."),
    "reset": (
        "your second step was taken away",
        "{actor} took the second step away from your sign-in. At your next sign-in you set up a new one.",
    ),
    "code": ("a recovery code was used", "One of your recovery codes was used to sign in. {left} are left."),
    "locked": (
        "somebody tries your password",
        "A wrong password was given for you several times. Nobody got in. Devices you have used before are not slowed "
        "down, and with “I have forgotten my password” you get in at once.",
    ),
    "linked": ("a school account was linked", "{factor} was linked to your sign-in and now opens it."),
    "unlinked": ("a school account was unlinked", "{factor} no longer opens your sign-in."),
    "ended": ("you were signed out", "{actor} ended every place where you were signed in."),
}


def tell_owner(user: User, kind: str, actor: User | None = None, **facts: str) -> None:
    """Send the owner a letter of one kind, where there is an address for them."""
    from belong.people.tasks import send_letter

    facts = {"factor": "", "left": "", **facts}
    enqueue(send_letter, user_id=user.pk, kind=kind, actor_id=actor.pk if actor else 0, **facts)


def tell_once_a_day(user: User, kind: str) -> None:
    """The same, once in a day: guessing must not fill somebody's letter box."""
    if not tries.take(tries.LETTER, kind, user.pk):
        tell_owner(user, kind)


def send(user: User, kind: str, actor: User | None, factor: str, left: str) -> None:
    """Write and send one letter; whoever has no address gets none."""
    person = user.person
    if person is None or not person.email:
        return
    by = actor.person.full_name if actor and actor.person else "Somebody at school"
    subject, sentence = SAID[kind]
    page = {
        "person": person,
        "school": user.school,
        "said": sentence.format(actor=by, factor=factor, left=left),
    }
    body = render_to_string("people/mail/your_sign_in.txt", page)
    _send(f"{user.school.name}: {subject}", body, person.email)


def send_new_password(user: User, base_url: str) -> None:
    """Send whoever asked for it the link to a new password."""
    person = user.person
    if person is None or not person.email:
        return
    page = {
        "person": person,
        "school": user.school,
        "link": base_url.rstrip("/") + set_password_path(user),
    }
    body = render_to_string("people/mail/forgotten.txt", page)
    _send(f"{user.school.name}: a new password for belong", body, person.email)


def _send(subject: str, body: str, address: str) -> None:
    """A mail server that is down must not keep anybody from mending their own sign-in."""
    try:
        EmailMessage(subject, body, to=[address]).send()
    except OSError as error:
        logger.warning("A letter about a sign-in could not be sent: %s", type(error).__name__)
