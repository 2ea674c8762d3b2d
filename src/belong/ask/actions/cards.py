"""Cards and links: a new token for each person; the ones printed or sent before stop working."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from belong.ask.models import TalkCard, Ticket, Wave
from belong.ask.queries.progress import in_class
from belong.ask.queries.waves import audience_of
from belong.ask.tokens import hash_of, new_token
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.people.models import Group, Person, User
from belong.people.queries import members


@dataclass(frozen=True)
class Card:
    """A person and the token that lets them answer; the token exists nowhere else."""

    person: Person
    token: str


@action
def issue_cards(user: User, wave: Wave, group: Group, only: Collection[int] | None = None) -> list[Card]:
    """New cards for every pupil of a class whom the wave asks, in the order of their names; or for those ids only."""
    require(user, "ask.run_group", group)
    pupils = [pupil for pupil in _only_pupils(wave, group) if only is None or pupil.pk in only]
    cards = _issue(wave, pupils)
    audit(user, "ask.issue_cards", wave, group=group.pk, cards=len(cards))
    return cards


@action
def issue_card(user: User, wave: Wave, group: Group, person_id: int) -> Card:
    """A new card for one pupil of the class; the lost or photographed one stops working."""
    require(user, "ask.run_group", group)
    pupils = [pupil for pupil in _only_pupils(wave, group) if pupil.pk == person_id]
    if not pupils:
        raise Refused("That pupil is not asked in this wave.")
    (card,) = _issue(wave, pupils)
    audit(user, "ask.issue_cards", wave, group=group.pk, cards=1)
    return card


@action
def issue_links(user: User | None, wave: Wave, people: Sequence[Person] | None = None) -> list[Card]:
    """New personal links for staff or families: everyone asked, or those given. `user` None: the mailing job."""
    if user is not None:
        require(user, "ask.manage_waves", wave)
    if wave.is_for_pupils or wave.is_closed:
        raise Refused("Personal links are for an open wave of staff or families.")
    chosen = list(audience_of(wave) if people is None else people)
    links = _issue(wave, chosen)
    audit(user, "ask.issue_links", wave, links=len(links))
    return links


@action
def issue_talk_cards(user: User, group: Group) -> list[Card]:
    """New cards to ask for an adult, for every pupil of a class; they work until they are made anew."""
    require(user, "ask.run_group", group)
    cards = [Card(person, new_token()) for person in members(group)]
    TalkCard.objects.filter(person__in=[card.person for card in cards]).delete()
    TalkCard.objects.bulk_create(
        TalkCard(
            school_id=group.school_id, person=card.person, token_hash=hash_of(card.token), made_on=today()
        )
        for card in cards
    )
    audit(user, "ask.issue_talk_cards", group, cards=len(cards))
    return cards


def _only_pupils(wave: Wave, group: Group) -> list[Person]:
    if not wave.is_for_pupils:
        raise Refused("Cards are for pupils; staff and families get their own link.")
    if wave.is_closed:
        raise Refused("This wave has closed.")
    return in_class(wave, group)


def _issue(wave: Wave, people: Sequence[Person]) -> list[Card]:
    cards = [Card(person, new_token()) for person in people]
    Ticket.objects.filter(wave=wave, person__in=people).delete()
    Ticket.objects.bulk_create(
        Ticket(
            school_id=wave.school_id,
            wave=wave,
            person=card.person,
            token_hash=hash_of(card.token),
            made_on=today(),
        )
        for card in cards
    )
    return cards
