"""Mails that say nothing: whoever sees one on a screen or in a mail account learns that there is something to read."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from belong.people.models import Person, School

SUBJECT = "There is something for you to read in belong"
BODY = """\
{hello},

there is something for you to read in belong{again}.

{link}

This mail says no more on purpose. Please sign in soon: a person waits for it.

{school}
"""


def send(school: School, people: Sequence[Person], *, reminder: bool, asked_for: int | None = None) -> None:
    """Mail each of them on their own, in one connection. Raises what the mail server raises.

    `asked_for` is the adult a pupil asked for by name: they have no queue, and find the request on Today.
    """
    if not people:
        return
    with get_connection() as connection:
        connection.send_messages(
            [
                EmailMessage(
                    subject=SUBJECT,
                    body=BODY.format(
                        hello=f"Dear {person.display_name}",
                        again=", and it still waits" if reminder else "",
                        link=address(to_queue=person.pk != asked_for),
                        school=school.name,
                    ),
                    from_email=settings.DEFAULT_FROM_EMAIL,
                    to=[person.email],
                    connection=connection,
                )
                for person in people
            ]
        )


def address(*, to_queue: bool = True) -> str:
    """The address of the queue, or of Today, as people reach it from outside (BELONG_URL, else the first host name)."""
    base = settings.BELONG_URL or f"{'https' if settings.HTTPS else 'http'}://{settings.ALLOWED_HOSTS[0]}"
    return base.rstrip("/") + reverse("guard:concerns" if to_queue else "home")
