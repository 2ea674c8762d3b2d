"""The adults a pupil may choose from when asked whom they could turn to: their own first, then everyone in post."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from belong.ask.answers import Answers, Misfit
from belong.measure.instrument import Item
from belong.people import roles
from belong.people.models import Group, Membership, Person
from belong.people.queries import posts, staff_in_post
from belong.web.lists import all_of

NOBODY_YET = gettext_lazy("Nobody yet")
NOT_HERE = gettext_noop("Somebody you chose is not an adult at this school. Choose again.")
NOT_IN_SCHOOL = frozenset({roles.GOVERNOR, roles.ANALYST})
FIRST = {Group.TUTOR_GROUP: 0, Group.CLASS: 1, Group.CLUB: 2, Group.HOUSE: 3}


@dataclass(frozen=True)
class Adult:
    """One adult to choose, and from where the pupil knows them (_("your tutor"), "8H, Maths")."""

    id: int
    name: str
    where: str = ""


@dataclass(frozen=True)
class Choosing:
    """Whom a pupil is offered: adults of their own groups, tutor first; then everyone else in post, by name.

    `friends` are the pupils offered where a question asks for friends; `closed` says why nobody is.
    """

    own: tuple[Adult, ...] = ()
    others: tuple[Adult, ...] = ()
    friends: "Choosing | None" = None
    closed: str = ""


def choosing_for(pupil: Person | None) -> Choosing:
    """The adults a pupil can choose from; without a pupil (trying a wave out) everyone. Three queries."""
    there = _in_school()
    known = _known_to(pupil) if pupil is not None else {}
    called = _told_apart(there.values())
    own = tuple(Adult(pk, called[pk], where) for pk, where in known.items() if pk in there)
    others = tuple(Adult(pk, called[pk]) for pk in there if pk not in known)
    return Choosing(own, others)


def _in_school() -> dict[int, Person]:
    """Everyone in post whom a pupil can meet, by family name: not those who only govern or only look at figures."""
    held = posts()
    people = staff_in_post().order_by("family_name", "given_name", "pk")
    return {p.pk: p for p in people if not held.get(p.pk) or held[p.pk] - NOT_IN_SCHOOL}


def _known_to(pupil: Person) -> dict[int, str]:
    """Adult id → from where the pupil knows them, tutor first."""
    mine = Membership.objects.current().filter(person=pupil, part=Membership.MEMBER)
    leading = Membership.objects.current().exclude(part=Membership.MEMBER)
    rows = leading.filter(group__in=mine.values("group")).select_related("group")
    found: dict[int, list[str]] = {}
    for row in sorted(rows, key=lambda row: (FIRST.get(row.group.kind, 9), row.part, row.group.name)):
        tutors = row.group.kind == Group.TUTOR_GROUP and row.part == Membership.LEAD
        found.setdefault(row.person_id, []).append(_("your tutor") if tutors else row.group.name)
    return {person_id: ", ".join(dict.fromkeys(names[:2])) for person_id, names in found.items()}


def _told_apart(people: Iterable[Person]) -> dict[int, str]:
    """Id → the name pupils use ("Mrs Ahmed"), with the first name where two share it ("Mrs Salma Ahmed")."""
    everyone = list(people)
    used = Counter(person.display_name for person in everyone)
    return {p.pk: p.display_name if used[p.display_name] == 1 else p.full_name for p in everyone}


def check_adults(items: Sequence[Item], answers: Answers) -> None:
    """Raise Misfit where somebody chosen is not an adult who is here today; one query, and only if any is chosen."""
    asked = [item for item in items if item.kind == "adults"]
    chosen = {item.id: answers[item.id] for item in asked if isinstance(answers.get(item.id), tuple)}
    ids = {pk for given in chosen.values() if isinstance(given, tuple) for pk in given}
    if not ids:
        return
    found = {person.pk: person for person in Person.objects.staff().filter(pk__in=ids)}
    for item_id, given in chosen.items():
        for pk in given if isinstance(given, tuple) else ():
            if pk not in found:
                raise Misfit(NOT_HERE, item_id)
            if found[pk].is_leaver:
                name = found[pk].display_name
                gone = _("%(name)s does not work here any more. You can choose somebody else.")
                raise Misfit(gone % {"name": name}, item_id)


def adult_names(ids: Iterable[int]) -> dict[int, str]:
    """Id → name of adults who were chosen; whoever was erased since is left out."""
    people = Person.objects.staff().filter(pk__in=set(ids))
    return {person.pk: person.display_name for person in people}


def in_words(ids: Sequence[int], names: dict[int, str]) -> str:
    """`"Mrs Ahmed and Mr Cole"`, or "Nobody yet"."""
    if not ids:
        return str(NOBODY_YET)
    return all_of([names.get(pk, _("an adult who is no longer here")) for pk in ids])
