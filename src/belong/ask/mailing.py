"""Personal links for staff and families, each in its reader's language: by mail, in a text message, on a letter."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from belong.ask.actions.cards import Card, issue_links
from belong.ask.bands import text
from belong.ask.models import Wave
from belong.ask.queries.waves import audience_of
from belong.ask.questionnaire import instrument_of, minutes
from belong.content.translations import ENGLISH
from belong.people.models import Person
from belong.web.languages import for_django, for_reader
from belong.web.templatetags.belong import day

ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


def link(base_url: str, token: str, language: str = ENGLISH) -> str:
    """The address behind a card or link, in a language."""
    with override(for_django(language)):
        return base_url.rstrip("/") + reverse("ask:card", args=[token])


def language_for(person: Person) -> str:
    """The language we write in: the one spoken at home where there is a translation, else English."""
    return for_reader(person.home_language)


@dataclass(frozen=True)
class Sent:
    """One person's link with the words that go with it, in their language."""

    person: Person
    language: str
    link: str
    facts: dict[str, object]

    def words(self, key: str) -> str:
        """A text of `content/texts/links.yaml`, without the invisible marks that break a link in a text message."""
        return text("links", key, self.language, **self.facts).translate(ISOLATES)


def written_to(wave: Wave, cards: Sequence[Card], base_url: str) -> list[Sent]:
    """What each person gets for their new link."""
    took = minutes(instrument_of(wave).items, adults=True)
    made = []
    for card in cards:
        code = language_for(card.person)
        with override(for_django(code)):
            facts = {
                "last": day(wave.closes_on),
                "minutes": took,
                "title": wave.title,
                "school": wave.school.name,
            }
        address = link(base_url, card.token, code)
        made.append(
            Sent(card.person, code, address, facts | {"link": address, "person": card.person.first_name})
        )
    return made


def send_links(wave: Wave, base_url: str) -> int:
    """Make new links for everyone with a mail address and send them, all in one connection.

    Everybody gets the same mail, whether or not they have answered: a reminder that leaves out those who have
    would write down who that is.
    """
    people = list(audience_of(wave).exclude(email=""))
    with get_connection() as connection:
        sent = written_to(wave, issue_links(None, wave, people), base_url)
        return int(connection.send_messages([_mail(wave, one, connection) for one in sent]) or 0)


def _mail(wave: Wave, sent: Sent, connection: object) -> EmailMessage:
    keys = ("dear", "asks", "takes", "yours", "choice", "family")
    words = {key: sent.words(f"mail-{key}") for key in keys}
    body = render_to_string(
        "ask/mail/link.txt", {"wave": wave, "link": sent.link, "school": wave.school, **words}
    )
    return EmailMessage(
        subject=sent.words("mail-subject"),
        body=body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[sent.person.email],
        connection=connection,  # type: ignore[arg-type]
    )
