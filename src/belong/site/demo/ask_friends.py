"""Whom pupils of the demo's Year 8 like to be with: families told, a few left out, answers read by two people."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from belong.ask.actions import draft_wave, sheets_of
from belong.ask.answers import Answers
from belong.ask.friends.actions import leave_out, note_families_told
from belong.ask.friends.choosing import friends_for
from belong.ask.models import OptOut, Receipt, SignedSheet, Wave
from belong.ask.queries import audience_of
from belong.base.clock import frozen, now
from belong.people.models import Person, User
from belong.people.queries import members, tutor_groups
from belong.site.demo.calendar import Calendar, at, school_day
from belong.site.demo.schools import Town

SEED = 20261205
YEAR = "8"
BACK, LASTED = 70, 6  # before the last of the story's waves, and within a term


def play(town: Town, calendar: Calendar) -> None:
    """One asking of Year 8, closed some weeks ago; in a primary nothing."""
    if town.school.phase != "secondary":
        return
    rng = np.random.default_rng(SEED)
    head, survey, pastoral = (User.objects.get(username=name) for name in ("head", "survey", "pastoral"))
    first = school_day(calendar.today - timedelta(days=BACK))
    with frozen(at(first - timedelta(days=10))):
        wave = draft_wave(
            _fresh(survey),
            title="People you like to be with",
            audience=Wave.PUPILS,
            instrument_key="friends",
            years=[YEAR],
            opens_on=first,
            closes_on=first + timedelta(days=LASTED),
        )
        note_families_told(_fresh(head), wave, on=first - timedelta(days=10), way="letter")
        pupils = list(audience_of(wave))
        for pupil in pupils[5::97]:
            leave_out(_fresh(pastoral), pupil, asked_by=OptOut.CARER)
    with frozen(at(first + timedelta(days=LASTED), 16)):
        _answered(rng, wave, pupils)


def _answered(rng: np.random.Generator, wave: Wave, pupils: Sequence[Person]) -> None:
    """Told back: the wave as it is after its last day, and the sheets it keeps."""
    Wave.objects.filter(pk=wave.pk).update(
        state=Wave.CLOSED, opened_on=wave.opens_on, opened_by=wave.opened_by, closed_at=now(), rewritten=True
    )
    asked = {pupil.pk: pupil for pupil in pupils}
    receipts, sheets = [], []
    for group in tutor_groups([YEAR]):
        mates = [pupil for pupil in members(group).order_by("pk") if pupil.pk in asked]
        known = {one.id for one in friends_for(mates[0]).own} | {mates[0].pk} if mates else set()
        mates = [pupil for pupil in mates if pupil.pk in known]
        for place, pupil in enumerate(mates):
            if rng.random() < 0.12:
                continue
            made = sheets_of(wave, pupil, _said(rng, place, mates))
            receipts.append(made.receipt)
            if made.signed is not None:
                sheets.append(made.signed)
    Receipt.objects.bulk_create(receipts)
    SignedSheet.objects.bulk_create(sheets)


def _said(rng: np.random.Generator, place: int, mates: Sequence[Person]) -> Answers:
    """Mostly those near on the list; few choose the last two, and now and then somebody has nobody yet."""
    if rng.random() < 0.03:
        return {"be-with": (), "work-with": ()}
    said: Answers = {}
    for item in ("be-with", "work-with"):
        near = [one for step in (-2, -1, 1, 2, 3) if 0 <= (one := place + step) < len(mates) - 2]
        chosen = [mates[one].pk for one in near if rng.random() < 0.6]
        said[item] = tuple(dict.fromkeys(chosen))[:5] or (mates[0 if place else 1].pk,)
    return said


def _fresh(user: User) -> User:
    """The user without what was remembered of another day."""
    return User.objects.get(pk=user.pk)
