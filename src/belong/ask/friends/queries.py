"""Whom nobody named, who named nobody, and ties for making groups: for the few the question named, never a score.

The lists are in the order of names. They are there so that a person looks: a child whom nobody named may have friends
in another year, or may have been away.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from belong.ask.friends.choosing import left_out
from belong.ask.models import OptOut, SignedSheet, Wave
from belong.ask.queries.waves import audience_of
from belong.ask.questionnaire import friends_items
from belong.base.access import allowed, require
from belong.measure.instrument import say
from belong.people.access import visible_pupils
from belong.people.models import Group, Person, User
from belong.people.queries import members


@dataclass(frozen=True)
class Tie:
    """One pupil likes to be with another, as the first said. `item_id`: in which question."""

    chooser_id: int
    chosen_id: int
    item_id: str


@dataclass(frozen=True)
class Looking:
    """For one question of a closed wave: pupils whom nobody chose, and pupils who said "nobody yet"."""

    question: str
    unnamed: list[Person]
    named_nobody: list[Person]


def friends_waves(user: User) -> list[Wave]:
    """Waves with a question about friends, newest first, drafts for those who plan them."""
    found = Wave.objects.filter(audience=Wave.PUPILS).order_by("-opens_on", "-id")
    return [wave for wave in found if friends_items(wave) and allowed(user, "ask.view_wave", wave)]


def looking_at(user: User, wave: Wave) -> list[Looking]:
    """What the pastoral lead and the safeguarding lead see of a closed wave, of pupils of their post.

    A pupil who is left out or takes no part is in neither list: nobody could choose them.
    """
    require(user, "ask.read_friends_of", wave)
    if not wave.is_closed:
        return []
    mine = set(visible_pupils(user).values_list("pk", flat=True))
    apart = {*left_out().values_list("pupil_id", flat=True)}
    apart |= {*OptOut.objects.current().values_list("person_id", flat=True)}
    asked = [one for one in audience_of(wave) if one.pk in mine and one.pk not in apart]
    asked.sort(key=lambda one: (one.given_name.casefold(), one.family_name.casefold(), one.pk))
    sheets = list(_sheets([wave]))
    found = []
    for item in friends_items(wave):
        chosen = {pk for sheet in sheets for pk in _said(sheet).get(item.id, ())}
        nobody = {sheet.person_id for sheet in sheets if _said(sheet).get(item.id) == []}
        found.append(
            Looking(
                say(item.text),
                [one for one in asked if one.pk not in chosen],
                [one for one in asked if one.pk in nobody],
            )
        )
    return found if sheets else []


def friend_ties(user: User, group: Group) -> list[Tie]:
    """Who of a group said they like to be with whom of it, in the newest closed wave; for making groups, never shown.

    Raises PermissionDenied for whoever may not read about friends. Only pupils whom the user sees; ties in id order.
    """
    require(user, "ask.read_friends")
    inside = set(members(group).filter(pk__in=visible_pupils(user).values("pk")).values_list("pk", flat=True))
    inside -= set(left_out().values_list("pupil_id", flat=True))
    newest: dict[int, SignedSheet] = {}
    for sheet in _sheets(_closed()):
        newest[sheet.person_id] = sheet
    ties = {
        Tie(sheet.person_id, pk, item_id)
        for sheet in newest.values()
        if sheet.person_id in inside
        for item_id, chosen in _said(sheet).items()
        for pk in chosen
        if pk in inside
    }
    return sorted(ties, key=lambda tie: (tie.chooser_id, tie.chosen_id, tie.item_id))


def _closed() -> list[Wave]:
    found = Wave.objects.filter(audience=Wave.PUPILS, state=Wave.CLOSED)
    return [wave for wave in found if friends_items(wave)]


def _said(sheet: SignedSheet) -> dict[str, list[int]]:
    return sheet.friends or {}


def _sheets(waves: Iterable[Wave]) -> Iterable[SignedSheet]:
    """Sheets with an answer about friends, oldest asking first."""
    rows = SignedSheet.objects.filter(wave__in=waves, friends__isnull=False)
    return rows.only("person_id", "friends").order_by("wave__opens_on", "wave_id", "pk")
