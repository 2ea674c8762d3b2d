"""The pupils from whom a pupil chooses whom they like to be with: their own classes first, then their year."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from belong.ask.adults import Adult, Choosing, choosing_for
from belong.ask.answers import Answers, Misfit
from belong.ask.models import LeftOutOfFriends, OptOut, Wave
from belong.ask.questionnaire import adults_items, friends_items
from belong.measure.instrument import Item
from belong.people.models import Group, Membership, Person
from belong.people.queries import pupils_on_roll

OWN = (Group.TUTOR_GROUP, Group.CLASS)
EXAMPLES = tuple(Adult(-number, f"Pupil {letter} of the class") for number, letter in enumerate("ABCD", 1))


def choosing_in(wave: Wave, person: Person | None) -> Choosing | None:
    """Whom somebody can choose in this wave: adults, pupils, or both; None where it asks for nobody by name.

    Without a person (trying a wave out) pupils are made up: whoever plans a wave need not know them.
    """
    adults, friends = adults_items(wave), friends_items(wave)
    if not adults and not friends:
        return None
    found = choosing_for(person) if adults else Choosing()
    return replace(found, friends=friends_for(person)) if friends else found


def friends_for(pupil: Person | None) -> Choosing:
    """The pupils whom a pupil can choose. Whoever is left out is in nobody's list, and is not asked."""
    if pupil is None:
        return Choosing(own=EXAMPLES)
    if left_out().filter(pupil=pupil).exists():
        return Choosing(closed=_("This question is left out for you. Press Skip."))
    near = _own_classmates(pupil)
    people = list(_nameable(pupil).order_by("given_name", "family_name", "pk"))
    classes = _tutor_groups(people)
    own = tuple(Adult(one.pk, one.display_name) for one in people if one.pk in near)
    others = tuple(
        Adult(one.pk, one.display_name, classes.get(one.pk, "")) for one in people if one.pk not in near
    )
    return Choosing(own, others)


def check_friends(items: Sequence[Item], answers: Answers, pupil: Person) -> None:
    """Raise Misfit where somebody chosen is not in the pupil's list; three queries, and only if anybody is chosen."""
    chosen = {item.id: answers[item.id] for item in items if item.kind == "friends" and item.id in answers}
    given = {item_id: answer for item_id, answer in chosen.items() if isinstance(answer, tuple) and answer}
    if not given:
        return
    offered = (
        set()
        if left_out().filter(pupil=pupil).exists()
        else set(_nameable(pupil).values_list("pk", flat=True))
    )
    for item_id, people in given.items():
        if not offered.issuperset(people):
            raise Misfit(
                _("Somebody you chose is not in your list any more. Look at it once more, please."), item_id
            )


def left_out() -> QuerySet[LeftOutOfFriends]:
    """Who is left out today."""
    return LeftOutOfFriends.objects.current()


def _nameable(pupil: Person) -> QuerySet[Person]:
    """Pupils on roll of the same year or of an own class, but not the pupil, nor who is left out or takes no part."""
    apart = left_out().values("pupil")
    silent = OptOut.objects.current().values("person")
    found = pupils_on_roll().exclude(pk=pupil.pk).exclude(pk__in=apart).exclude(pk__in=silent)
    near = found.filter(pk__in=_own_classmates(pupil))
    return near | found.filter(year=pupil.year) if pupil.year else near


def _own_classmates(pupil: Person) -> set[int]:
    inside = Membership.objects.current().filter(part=Membership.MEMBER, group__kind__in=OWN)
    mine = inside.filter(person=pupil).values("group")
    return set(inside.filter(group__in=mine).values_list("person_id", flat=True))


def _tutor_groups(people: Sequence[Person]) -> Mapping[int, str]:
    """Pupil id → tutor group, to tell two of one name apart."""
    inside = Membership.objects.current().filter(part=Membership.MEMBER, group__kind=Group.TUTOR_GROUP)
    rows = inside.filter(person__in=[one.pk for one in people])
    return dict(rows.values_list("person_id", "group__name"))
