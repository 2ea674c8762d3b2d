"""How many have answered, as counts by class and never by pupil, while a wave is open.

After close the response rates are the release's: rounded, in bands, protected.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from belong.ask.activities import activity
from belong.ask.families import families
from belong.ask.models import AwayToday, ClassSession, Receipt, Wave
from belong.ask.queries.waves import audience_of
from belong.people.models import Group, Membership, Person
from belong.people.queries import members, tutor_groups


@dataclass(frozen=True)
class ClassProgress:
    """One class: how many of how many have answered."""

    group_id: int
    name: str
    answered: int
    of: int


@dataclass(frozen=True)
class Progress:
    """A wave: how many of how many have answered, in all and by class (pupil waves only)."""

    answered: int
    of: int
    classes: tuple[ClassProgress, ...] = ()


def wave_progress(wave: Wave, groups: Iterable[Group] | None = None) -> Progress:
    """Counts for an open wave, by its tutor groups or by `groups`; four queries whatever the size."""
    asked = set(audience_of(wave).order_by().values_list("id", flat=True))
    answered = asked & set(Receipt.objects.filter(wave=wave).values_list("person_id", flat=True))
    if wave.one_per_family:
        family = families(asked)
        return Progress(
            len({family.get(pk, pk) for pk in answered}), len({family.get(pk, pk) for pk in asked})
        )
    if not wave.is_for_pupils:
        return Progress(len(answered), len(asked))
    found = list(tutor_groups(wave.years) if groups is None else groups)
    inside = Membership.objects.current().filter(group__in=found, part=Membership.MEMBER)
    pairs = [pair for pair in inside.values_list("group_id", "person_id") if pair[1] in asked]
    of = Counter(group for group, _ in pairs)
    done = Counter(group for group, person in pairs if person in answered)
    classes = tuple(ClassProgress(g.pk, g.name, done[g.pk], of[g.pk]) for g in found if of[g.pk])
    return Progress(len(answered), len(asked), classes)


def in_class(wave: Wave, group: Group) -> list[Person]:
    """The pupils of a class whom the wave asks, by name."""
    return list(members(group).filter(id__in=audience_of(wave).values("id")))


def asked_in(session: ClassSession) -> list[Person]:
    """Everybody who can come in by a class session: whom its wave or its activity asks, by name."""
    if session.wave is not None:
        return in_class(session.wave, session.group)
    found = activity(session.kind)
    return list(found.people(session.object_id or 0, session.group)) if found else []


@dataclass(frozen=True)
class ToCall:
    """Who in an open class session has not answered: those to call, and those marked as not here."""

    here: tuple[Person, ...] = ()
    away: tuple[Person, ...] = ()


def to_call(session: ClassSession) -> ToCall:
    """The names for the teacher who runs an open class session; nobody once it has ended.

    This is the one place where receipts show as names (privacy: names still to call in an open session).
    """
    if not session.is_live:
        return ToCall()
    people = asked_in(session)
    done = _done(session, people)
    left = [person for person in people if person.pk not in done]
    away = set(AwayToday.objects.filter(session=session).values_list("person_id", flat=True))
    return ToCall(
        tuple(person for person in left if person.pk not in away),
        tuple(person for person in left if person.pk in away),
    )


def _done(session: ClassSession, people: list[Person]) -> set[int]:
    if session.wave_id is not None:
        answered = Receipt.objects.filter(wave=session.wave_id, person__in=people)
        return set(answered.values_list("person_id", flat=True))
    found = activity(session.kind)
    return found.done(session.object_id or 0, people) if found else set()


def still_to_call(session: ClassSession) -> list[Person]:
    """Everybody of a class session who has not answered, here or not."""
    found = to_call(session)
    return [*found.here, *found.away]
