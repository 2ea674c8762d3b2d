"""Personal links by mail, for staff and families."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from belong.ask.actions.cards import Card, issue_links
from belong.ask.models import Wave
from belong.ask.queries.waves import audience_of
from belong.ask.questionnaire import instrument_of, minutes


def link(base_url: str, token: str) -> str:
    """The address behind a card or link."""
    return base_url.rstrip("/") + reverse("ask:card", args=[token])


def send_links(wave: Wave, base_url: str) -> int:
    """Make new links for everyone with a mail address and send them, all in one connection.

    Everybody gets the same mail, whether or not they have answered: a reminder that leaves out those who have
    would write down who that is.
    """
    people = list(audience_of(wave).exclude(email=""))
    with get_connection() as connection:
        mails = [_mail(wave, card, base_url, connection) for card in issue_links(None, wave, people)]
        return int(connection.send_messages(mails) or 0)


def _mail(wave: Wave, card: Card, base_url: str, connection: object) -> EmailMessage:
    facts = {
        "wave": wave,
        "person": card.person,
        "school": wave.school,
        "link": link(base_url, card.token),
        "minutes": minutes(instrument_of(wave).items),
    }
    body = render_to_string("ask/mail/link.txt", facts)
    return EmailMessage(
        subject=f"{wave.school.name}: {wave.title}",
        body=body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[card.person.email],
        connection=connection,  # type: ignore[arg-type]
    )
