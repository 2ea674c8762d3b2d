"""Two released waves of the synthetic school, with a plan made between them.

They are built once in a test run, the way the job does it, and put back as rows for every further test: a release
is frozen, so a copy is as good.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from belong.act.actions import make_plan
from belong.act.models import Plan
from belong.ask.models import Wave
from belong.base.clock import frozen
from belong.people.models import Characteristic
from belong.release import Release
from belong.see import queries
from belong.see.microdata import pooled_tables
from belong.see.models import ReleaseRecord
from tests.see import build

AUTUMN, SPRING = date(2026, 10, 5), date(2027, 2, 1)
NARROWED = {"listened": {"F": -0.1, "sen": -0.6}, "taking-part": dict.fromkeys(build.YEARS, 0.4)}
WATCHED = {"measure": "part:listened", "cut": "sex", "group": "F"}


@dataclass
class Told:
    """What the two waves left behind."""

    autumn: Wave
    spring: Wave
    plan: Plan

    @property
    def release(self) -> Release:
        """The later release."""
        found = queries.release_of(self.spring)
        assert found is not None
        return found

    @property
    def record(self) -> ReleaseRecord:
        return ReleaseRecord.objects.get(wave=self.spring)


_kept: list[dict[str, Any]] = []


@pytest.fixture(autouse=True)
def spring_day():
    """Every test stands a few weeks after the spring wave closed."""
    with frozen(timezone.make_aware(datetime(2027, 3, 1, 9))):
        yield


@pytest.fixture
def told(cast, in_school) -> Told:
    return _again(cast) if _kept else _build(cast)


@pytest.fixture
def answered(cast, in_school) -> Told:
    """The same with its answers: those of `told` are gone once its releases have been kept."""
    return _build(cast)


def _build(cast) -> Told:
    roll = build.admit(cast.school)
    autumn = build.ask(cast.head, roll, "Autumn wave", AUTUMN)
    first = build.release(autumn)
    plan = _plan(cast, autumn)
    spring = build.ask(cast.head, roll, "Spring wave", SPRING, effects=NARROWED, share=0.9, seed=2)
    second = build.release(spring)
    assert first.state == second.state == ReleaseRecord.READY, first.reason + second.reason
    for wave, record in ((autumn, first), (spring, second)):
        wave.refresh_from_db()
        if len(_kept) < 2:
            _kept.append({"wave": _values(wave), "record": _values(record)})
    return Told(autumn, spring, plan)


def _again(cast) -> Told:
    waves = []
    for kept in _kept:
        moved = {"school": cast.school, "opened_by": cast.survey_lead}
        waves.append(Wave.objects.create(**{**kept["wave"], **moved}))
        ReleaseRecord.objects.create(**{**kept["record"], "school": cast.school, "wave": waves[-1]})
    return Told(waves[0], waves[1], _plan(cast, waves[0]))


def _values(row) -> dict[str, Any]:
    return {field.name: getattr(row, field.attname) for field in row._meta.fields if not field.is_relation}


def _plan(cast, wave: Wave) -> Plan:
    """Lunch with a listening adult, begun in November for the gap of the autumn wave."""
    with frozen(timezone.make_aware(datetime(2026, 11, 2, 9))):
        gap = queries.gap_for_plan(cast.head, wave.pk, **WATCHED)
        assert gap is not None
        return make_plan(
            cast.head,
            title="A listening lunch for girls",
            owner=cast.head.person,
            starts_on=date(2026, 11, 9),
            review_on=date(2027, 3, 1),
            gap=gap.facts(),
            wave=wave,
        )


@pytest.fixture
def small_group(cast, in_school) -> tuple[Wave, set[str]]:
    """A wave with only four pupils with SEN support; and their mean on each question, were it shown."""
    roll = build.admit(cast.school, 70)
    few = [pupil.pk for pupil in roll.pupils if "sen" in roll.facts[pupil.pk]]
    Characteristic.objects.filter(kind="sen", person__in=few[4:]).delete()
    for pupil in few[4:]:
        roll.facts[pupil].discard("sen")
    wave = build.ask(cast.head, roll, "Small groups", AUTUMN, share=1.0)
    data = pooled_tables(wave).data
    few = data.attributes["sen"] == "sen"
    assert few.sum() == 4
    means = [100 * (codes[few & (codes > 0)].mean() - 1) / 4 for codes in data.items.values()]
    assert build.release(wave).state == ReleaseRecord.READY
    return wave, {f"{mean:.1f}" for mean in means}
