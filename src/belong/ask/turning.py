"""Whom a pupil can ask to talk with: their own adults first, with those they once named and the safeguarding team.

Nothing on the page says who they named before: others may look over a shoulder, or know the card.
"""

from collections.abc import Collection
from dataclasses import dataclass

from belong.ask.adults import Adult, choosing_for
from belong.ask.models import SignedSheet
from belong.people.models import Person

MOST_OWN = 8


@dataclass(frozen=True)
class Turn:
    """The adults a pupil is offered: `own` at once, `others` behind "Someone else"."""

    own: tuple[Adult, ...]
    others: tuple[Adult, ...]


def adults_to_ask(pupil: Person, team: Collection[Person]) -> Turn:
    """A pupil's own adults, then those they said they could turn to, then who reads every request; then the rest."""
    offered = choosing_for(pupil)
    known = {one.id: one for one in (*offered.own, *offered.others)}
    first = [*(one.id for one in offered.own), *_named_before(pupil), *(person.pk for person in team)]
    own = list(dict.fromkeys(pk for pk in first if pk in known))[:MOST_OWN]
    rest = tuple(one for pk, one in known.items() if pk not in own)
    return Turn(tuple(known[pk] for pk in own), rest)


def _named_before(pupil: Person) -> list[int]:
    """The adults of the newest sheet on which the pupil said whom they could turn to."""
    rows = SignedSheet.objects.filter(person=pupil, adults__isnull=False).defer("texts")
    sheet = rows.order_by("-wave__opens_on", "-wave_id").first()
    if sheet is None or not sheet.adults:
        return []
    return [pk for chosen in sheet.adults.values() for pk in chosen]
