"""A school of 300 pupils in ten tutor groups, noticed unequally, over two half-terms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from belong.base.clock import frozen
from belong.notice.models import (
    KnownBy,
    Moment,
    Recognition,
    Relationship,
    RelationshipChange,
    State,
    Trait,
)
from belong.people.models import Characteristic, Group, Membership, Person
from belong.see.models import NoticingRelease
from belong.see.noticing.actions import release_noticing
from tests.conftest import Cast
from tests.see.build import Roll, admit

OCTOBER, DECEMBER = date(2026, 10, 23), date(2026, 12, 18)
FIRST = (date(2026, 9, 7), OCTOBER)
SECOND = (OCTOBER + timedelta(days=3), DECEMBER)


@dataclass
class Noticed:
    """The school with its tutors and traits; `live(…)` writes a half-term of noticing."""

    roll: Roll
    tutors: list[Person]
    traits: list[Trait]

    @property
    def school(self):
        return self.roll.school


@pytest.fixture
def noticed(cast, in_school, built_once) -> Noticed:
    """Two half-terms of it; nothing is released yet."""
    return built_once("noticed", lambda: _noticed(cast), cast)


def _noticed(cast: Cast) -> Noticed:
    roll = admit(cast.school)
    of = {"school": cast.school}
    tutors = Person.objects.bulk_create(
        Person(kind=Person.STAFF, title="Mx", family_name=f"Tutor {n}", given_name="T", sex="FM"[n % 2], **of)
        for n in range(40)
    )
    for n in range(10):
        group = Group.objects.create(kind=Group.TUTOR_GROUP, name=f"T{n}", **of)
        inside = [Membership(group=group, person=pupil, **of) for pupil in roll.pupils[n::10]]
        Membership.objects.bulk_create(
            [*inside, Membership(group=group, person=tutors[n], part="lead", **of)]
        )
    Characteristic.objects.bulk_create(
        Characteristic(person=tutor, kind="ethnicity", value="WBRI" if n % 3 else "APKN", **of)
        for n, tutor in enumerate(tutors)
    )
    traits = [
        Trait.objects.create(name=name, order=n, **of) for n, name in enumerate(("Kindness", "Courage"))
    ]
    made = Noticed(roll, tutors, traits)
    write(made, *FIRST, seed=1, share=0.5)
    write(made, *SECOND, seed=2, share=0.6)
    return made


def write(made: Noticed, begin: date, end: date, *, seed: int, share: float) -> None:
    """A half-term of moments, states, knowing and recognition; girls are noticed a little more."""
    rng = np.random.default_rng(seed)
    of = {"school": made.school}
    moments, states, known, seen = [], [], [], []
    for n, pupil in enumerate(made.roll.pupils):
        tutor = made.tutors[n % 10]
        for _ in range(rng.poisson(1.5 * share + (0.6 if pupil.sex == "F" else 0))):
            day = begin + timedelta(days=int(rng.integers(0, (end - begin).days + 1)))
            kind = str(rng.choice(["greeting", "praise", "gesture", "observation"]))
            moments.append(Moment(adult=tutor, pupil=pupil, kind=kind, on=day, recorded_at=noon(day), **of))
        if rng.random() < share:
            state = str(rng.choice(State.values, p=[0.2, 0.7, 0.1]))
            row = Relationship(adult=tutor, pupil=pupil, state=state, set_on=begin, review_on=end, **of)
            states.append(row)
        if rng.random() < share / 2:
            known.append(KnownBy(adult=tutor, pupil=pupil, noted_on=begin, **of))
        if rng.random() < share / 2:
            seen.append(
                Recognition(
                    pupil=pupil, trait=made.traits[n % 2], by=tutor, source="staff" if n % 5 else "family", on=end,
                    recorded_at=noon(end), state="approved", **of,
                )
            )  # fmt: skip
    Moment.objects.bulk_create(moments)
    states = Relationship.objects.bulk_create(
        states,
        update_conflicts=True,
        unique_fields=["adult", "pupil"],
        update_fields=["state", "set_on", "review_on"],
    )
    RelationshipChange.objects.bulk_create(
        RelationshipChange(
            relationship=row, at=noon(begin), state=row.state, set_on=begin, review_on=end, **of
        )
        for row in states
    )
    KnownBy.objects.bulk_create(known, ignore_conflicts=True)
    Recognition.objects.bulk_create(seen)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


@pytest.fixture
def build_on(noticed) -> Callable[[date], list[NoticingRelease]]:
    """`build_on(OCTOBER)`: release the figures of a date on that day."""

    def make(day: date) -> list[NoticingRelease]:
        with frozen(noon(day)):
            return release_noticing(noticed.school, day)

    return make


_kept: list[dict[str, Any]] = []
"""What was released, once it was built: the school is the same in every test, and a release is frozen."""


@pytest.fixture
def released(noticed, build_on) -> list[NoticingRelease]:
    """Both dates released."""
    if _kept:
        return [NoticingRelease.objects.create(school=noticed.school, **facts) for facts in _kept]
    rows = [*build_on(OCTOBER), *build_on(DECEMBER)]
    names = [field.name for field in NoticingRelease._meta.fields if field.name not in ("id", "school")]
    _kept.extend({name: getattr(row, name) for name in names} for row in rows)
    return rows
