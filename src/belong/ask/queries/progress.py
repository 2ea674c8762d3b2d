"""How many have answered, as counts by class and never by pupil, while a wave is open.

After close the response rates are the release's: rounded, in bands, protected.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from belong.ask.models import ClassSession, Receipt, Wave
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


def still_to_call(session: ClassSession) -> list[Person]:
    """Who in an open class session has not answered, for the teacher who runs it; nobody once it has ended.

    This is the one place where receipts show as names (privacy: names still to call in an open session).
    """
    if not session.is_live:
        return []
    done = Receipt.objects.filter(wave=session.wave).values("person")
    asked = audience_of(session.wave).values("id")
    return list(members(session.group).filter(id__in=asked).exclude(id__in=done))
