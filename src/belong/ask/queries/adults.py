"""Whom pupils said they could turn to, and how adults have been with them: for those the question named, nobody else.

Two things come from here besides: who was named in a wave, to tell an adult how many it were; and rows for releases.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from belong.ask.answers import RATHER_NOT
from belong.ask.models import SignedSheet, Wave
from belong.ask.models.wave import NAMED
from belong.ask.queries.said import readable_named
from belong.ask.questionnaire import adults_items, instrument_of
from belong.people.models import User
from belong.people.queries import pupils_on_roll

PART = "adults"


@dataclass(frozen=True)
class Turning:
    """What one pupil last said when asked whom they could turn to.

    `adults` are ids of people; empty for "nobody yet". `rather_not`: asked, and would rather not say.
    """

    pupil_id: int
    wave_id: int
    asked_on: date
    adults: tuple[int, ...] = ()
    rather_not: bool = False

    @property
    def nobody_yet(self) -> bool:
        return not self.adults and not self.rather_not


@dataclass(frozen=True)
class Felt:
    """A pupil's named answers about adults in one wave: how many, and how many in the lower half of the answers."""

    pupil_id: int
    wave_id: int
    answered: int
    low: int
    readers: tuple[int, ...]


def adults_named(
    user: User, pupils: Collection[int] | None = None, since: date | None = None
) -> dict[int, Turning]:
    """Pupil id → whom they last said they could turn to, where the question named this user; two queries.

    Only pupils on roll whom the user still works with; only waves that ran on or after `since`. Whoever was not named
    beside the question gets nothing, and cannot tell whether there is anything.
    """
    sheets = readable_named(user).select_related("wave")
    if pupils is not None:
        sheets = sheets.filter(person__in=pupils)
    if since is not None:
        sheets = sheets.filter(wave__closes_on__gte=since)
    sheets = sheets.filter(wave__in=_asking_waves())
    found: dict[int, Turning] = {}
    for sheet in sheets.order_by("wave__opens_on", "wave_id"):
        if user.person_id in sheet.readers and (said := _turning(sheet)):
            found[sheet.person_id] = said
    return found


def felt_about_adults(wave: Wave) -> list[Felt]:
    """For a closed wave: each pupil's named answers about adults, counted; for opening a task for one of the readers.

    Never shown: a reader reads the answers themselves on the page of answers meant for them.
    """
    items = [
        item
        for item in instrument_of(wave).scored_items
        if item.part == PART and wave.seen_as(item.id) == NAMED
    ]
    if not wave.is_closed or not wave.is_for_pupils or not items:
        return []
    sheets = SignedSheet.objects.filter(wave=wave, named=True, person__in=pupils_on_roll().values("id"))
    found = []
    for sheet in sheets.defer("texts", "adults").order_by("person_id"):
        codes = [(item, sheet.answers.get(item.id, RATHER_NOT)) for item in items]
        turned = [(item.oriented(code), item.categories) for item, code in codes if code > 0]
        low = sum(1 for code, categories in turned if 2 * code <= categories)
        found.append(Felt(sheet.person_id, wave.pk, len(turned), low, tuple(sheet.readers)))
    return found


def named_in(wave: Wave) -> list[tuple[int, ...]]:
    """The adults each pupil named in a closed wave, without the pupil; for telling an adult how many it were."""
    if not wave.is_closed or not adults_items(wave):
        return []
    sheets = SignedSheet.objects.filter(wave=wave, adults__isnull=False).select_related("wave").defer("texts")
    return [said.adults for sheet in sheets if (said := _turning(sheet))]


def adults_named_for_release(on: date, since: date) -> list[tuple[int, tuple[int, ...]]]:
    """(pupil id, ids of the adults they named) of pupils on roll, newest answer each; for building a release only.

    Never keep or show it: it reaches nobody but through figures about groups.
    """
    return [(said.pupil_id, said.adults) for said in _latest(since, on).values() if not said.rather_not]


def readers_of(pupil_id: int, wave_id: int) -> tuple[int, ...]:
    """Ids of those whose names stood beside this pupil's named questions in a wave."""
    sheet = SignedSheet.objects.filter(person=pupil_id, wave=wave_id, named=True).only("readers").first()
    return tuple(sheet.readers) if sheet else ()


def _latest(since: date, on: date | None = None) -> dict[int, Turning]:
    """Pupil id → the newest answer in closed waves."""
    waves = [wave for wave in _asking_waves() if wave.is_closed and wave.closes_on >= since]
    if on is not None:
        waves = [wave for wave in waves if wave.closed_at and localdate(wave.closed_at) <= on]
    sheets = SignedSheet.objects.filter(
        wave__in=waves, named=True, person__in=pupils_on_roll(on).values("id")
    ).select_related("wave")
    return {
        sheet.person_id: said
        for sheet in sheets.defer("texts").order_by("wave__opens_on", "wave_id")
        if (said := _turning(sheet))
    }


def _asking_waves() -> list[Wave]:
    """Waves that ask pupils whom they could turn to; a school has a few dozen waves in all."""
    asked = Wave.objects.filter(audience=Wave.PUPILS).exclude(state=Wave.DRAFT)
    return [wave for wave in asked if adults_items(wave)]


def _turning(sheet: SignedSheet) -> Turning | None:
    """What a sheet says, or None where the question was skipped."""
    for item in adults_items(sheet.wave):
        base = (sheet.person_id, sheet.wave_id, sheet.wave.opens_on)
        if sheet.answers.get(item.id) == RATHER_NOT:
            return Turning(*base, rather_not=True)
        if sheet.adults is not None and item.id in sheet.adults:
            return Turning(*base, adults=tuple(sheet.adults[item.id]))
    return None


def asking_waves_since(day: date) -> Iterator[Wave]:
    """Closed waves with named questions about adults that ran on or after a date."""
    for wave in Wave.objects.filter(audience=Wave.PUPILS, state=Wave.CLOSED, closes_on__gte=day):
        if any(
            item.part == PART and wave.seen_as(item.id) == NAMED for item in instrument_of(wave).scored_items
        ):
            yield wave
