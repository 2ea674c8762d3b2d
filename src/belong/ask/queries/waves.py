"""Waves and whom they ask."""

from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localtime

from belong.ask.families import family_of
from belong.ask.models import CheckIn, OptOut, Receipt, Wave
from belong.ask.questionnaire import instrument_of
from belong.people.models import Person
from belong.people.queries import carers_of, members, pupils_on_roll, staff_in_post


def waves() -> QuerySet[Wave]:
    """All waves of the school, newest first."""
    return Wave.objects.all()


def open_waves() -> QuerySet[Wave]:
    """Waves that are open now, whether or not their first day has come."""
    return Wave.objects.filter(state=Wave.OPEN)


def audience_of(wave: Wave, on: date | None = None) -> QuerySet[Person]:
    """The people a wave asks: on roll or in post on a date (default the day it closed, else today), and taking part.

    Who had answered before they opted out stays, so that no rate counts an answer without its person.

    Year groups are the present ones: after the summer, pupils of an earlier wave are a year on.
    """
    answered = Receipt.objects.filter(wave=wave).values("person")
    out = OptOut.objects.current(_day(wave, on)).exclude(person__in=answered)
    return everyone_of(wave, on).exclude(id__in=out.values("person"))


def everyone_of(wave: Wave, on: date | None = None) -> QuerySet[Person]:
    """The same with those who do not take part: a person who opted out may still have answers taken out."""
    day = _day(wave, on)
    if wave.audience == Wave.STAFF:
        return staff_in_post(day)
    if wave.check_in is not None:
        return pupils_of_check_in(wave.check_in, day)
    pupils = pupils_on_roll(day)
    if wave.years:
        pupils = pupils.filter(year__in=wave.years)
    return pupils if wave.is_for_pupils else carers_of(pupils)


def pupils_of_check_in(check_in: CheckIn, on: date | None = None) -> QuerySet[Person]:
    """Whom a check-in asks: the members of its group, or the pupils of its year groups."""
    if check_in.group is not None:
        return members(check_in.group, on)
    return pupils_on_roll(on).filter(year__in=check_in.years)


def waiting_for(person: Person) -> list[Wave]:
    """Open waves that ask this person today and have no answer of theirs (or of their family) yet, oldest first."""
    kinds = {Person.PUPIL: Wave.PUPILS, Person.STAFF: Wave.STAFF, Person.CARER: Wave.FAMILIES}
    answered = Receipt.objects.filter(person=person).values("wave")
    found = (
        open_waves().filter(audience=kinds[person.kind]).exclude(pk__in=answered).order_by("opens_on", "pk")
    )
    return [
        wave
        for wave in found
        if wave.takes_answers
        and audience_of(wave).filter(pk=person.pk).exists()
        and not _family_answered(wave, person)
    ]


def _family_answered(wave: Wave, person: Person) -> bool:
    family = family_of(wave, person)
    return family is not None and Receipt.objects.filter(wave=wave, family=family).exists()


def _day(wave: Wave, on: date | None) -> date | None:
    return on or (localtime(wave.closed_at).date() if wave.closed_at else None)


def overlap(wave: Wave, other: Wave) -> bool:
    """Whether two waves ask the same kind of people, and for pupils and families some of the same year groups."""
    if wave.audience != other.audience:
        return False
    return not wave.years or not other.years or not set(wave.years).isdisjoint(other.years)


def shared_items(wave: Wave, other: Wave) -> set[str]:
    """Ids of questions whose answers can be compared: same id and same wording, answers and direction."""
    theirs = {item.id: item.hash for item in instrument_of(other).items}
    return {item.id for item in instrument_of(wave).items if theirs.get(item.id) == item.hash}


def previous_wave(wave: Wave) -> Wave | None:
    """The last closed wave before this one for the same people with at least one scored question in common.

    Rounds of check-ins are compared with nothing.
    """
    if wave.check_in_id:
        return None
    scored = {item.id for item in instrument_of(wave).scored_items}
    earlier = Wave.objects.filter(audience=wave.audience, state=Wave.CLOSED, opens_on__lte=wave.opens_on)
    for other in earlier.exclude(pk=wave.pk).order_by("-closed_at", "-pk"):
        before = wave.closed_at is None or (other.closed_at is not None and other.closed_at < wave.closed_at)
        if before and overlap(wave, other) and scored & shared_items(wave, other):
            return other
    return None
