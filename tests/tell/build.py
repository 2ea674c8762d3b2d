"""Two released waves of one school, made of invented answers by the real engine: one gap that an action narrowed
(SEN support: adults) and one that it did not (pupil premium: taking part).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

import numpy as np

from belong.act.actions import make_plan
from belong.act.gaps import released_gap
from belong.act.models import Plan
from belong.ask.models import Wave
from belong.base.clock import frozen
from belong.measure import Instrument, say
from belong.measure.instrument import load
from belong.people.models import School, User
from belong.release import Attribute, Menu, Microdata, Policy, Release, build
from belong.see.groups import cuts_for
from belong.see.models import ReleaseRecord

AUTUMN, SPRING = 90_001, 90_002
PUPILS, SILENT = 420, 61
ADULTS, TAKING_PART = ("part:adults", "sen", "sen"), ("part:taking-part", "pupil_premium", "Y")
DAYS = {AUTUMN: (date(2025, 9, 15), date(2025, 9, 26)), SPRING: (date(2026, 3, 2), date(2026, 3, 13))}
TITLES = {AUTUMN: "Autumn wave", SPRING: "Spring wave"}
THRESHOLDS = (-1.9, -1.0, -0.1, 0.9)


@dataclass
class Told:
    """The two waves and the two plans made from the first."""

    autumn: Wave
    spring: Wave
    adults: Plan
    clubs: Plan


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@cache
def releases() -> tuple[Release, Release]:
    """The frozen releases of autumn and spring; the same people answer both."""
    rng = np.random.default_rng(7)
    people = _people(rng)
    first = _answers(rng, people, AUTUMN, {"adults": -0.62, "taking-part": -0.6})
    second = _answers(rng, people, SPRING, {"adults": -0.26, "taking-part": -0.58})
    policy = Policy(audience="pupils")
    autumn = build(first, _menu(), policy)
    return autumn, build(second, _menu(), policy, previous=(autumn, first), watched=[ADULTS, TAKING_PART])


def make_wave(school: School, pk: int, **more) -> Wave:
    """A closed wave without a release."""
    instrument = load("belong-core")
    opens, closes = DAYS.get(pk, DAYS[AUTUMN])
    fields = {
        "title": TITLES.get(pk, "Another wave"),
        "audience": Wave.PUPILS,
        "years": ["7", "8", "9", "10", "11"],
        "opens_on": opens,
        "closes_on": closes,
        "state": Wave.CLOSED,
        "closed_at": at(closes),
    }
    return Wave.objects.create(
        pk=pk,
        school=school,
        instrument_key=instrument.key,
        instrument=instrument.to_dict(),
        instrument_hash=instrument.hash,
        visibility={item.id: item.visibility for item in instrument.items},
        **(fields | more),
    )


def make_release(wave: Wave, release: Release) -> ReleaseRecord:
    return ReleaseRecord.objects.create(
        school=wave.school,
        wave=wave,
        state=ReleaseRecord.READY,
        payload=release.to_json(),
        hash=release.hash,
        requested_at=wave.closed_at,
        built_at=wave.closed_at,
    )


def make_story(school: School, leader: User) -> Told:
    """Both waves released; after the first a plan for each clear gap."""
    first, second = releases()
    autumn = make_wave(school, AUTUMN)
    make_release(autumn, first)
    with frozen(at(date(2025, 10, 6))):
        adults = _plan(leader, autumn, "An adult of their own", "trusted-adult", ADULTS)
        clubs = _plan(leader, autumn, "Four more clubs", "clubs-for-everyone", TAKING_PART)
    spring = make_wave(school, SPRING)
    make_release(spring, second)
    return Told(autumn, spring, adults, clubs)


def _plan(leader: User, wave: Wave, title: str, practice: str, gap: tuple[str, str, str]) -> Plan:
    found = released_gap(leader, wave.pk, *gap)
    assert found is not None
    return make_plan(
        leader,
        title=title,
        owner=leader.person,
        starts_on=date(2025, 10, 6),
        review_on=date(2026, 4, 20),
        practice_key=practice,
        aim="Nobody is without an adult.",
        steps=[("Ask each pupil", None), ("Tell each adult", date(2025, 11, 3))],
        gap=found.facts(),
        wave=wave,
    )


def _people(rng: np.random.Generator) -> dict[str, np.ndarray]:
    def some(share: float, yes: str, no: str) -> np.ndarray:
        return np.where(rng.random(PUPILS) < share, yes, no)

    eal = np.full(PUPILS, "N")
    eal[:6] = "Y"
    return {
        "sex": some(0.5, "F", "M"),
        "year": np.array([str(7 + i % 5) for i in range(PUPILS)]),
        "sen": some(0.22, "sen", "none"),
        "pupil_premium": some(0.3, "Y", "N"),
        "eal": eal,
        "_standing": rng.normal(0, 0.8, PUPILS),
    }


def _answers(rng, people, wave: int, effects: dict[str, float]) -> Microdata:
    instrument = load("belong-core")
    shift = {
        "adults": effects["adults"] * (people["sen"] == "sen"),
        "taking-part": effects["taking-part"] * (people["pupil_premium"] == "Y"),
        "listened": -0.45 * np.ones(PUPILS),
    }
    items, base = {}, people["_standing"]
    for item in instrument.scored_items:
        feeling = base + shift.get(item.part, 0) + rng.normal(0, 0.9, PUPILS)
        items[item.id] = (1 + np.digitize(feeling, THRESHOLDS)).astype(np.int8)
    attributes = {key: values for key, values in people.items() if not key.startswith("_")}
    roll = {
        key: dict(Counter([*values.tolist(), *values[:SILENT].tolist()]))
        for key, values in attributes.items()
    }
    return Microdata(
        pupils=PUPILS,
        items=items,
        categories={item.id: item.categories for item in instrument.scored_items},
        favourable={item.id: item.scale.favourable for item in instrument.scored_items},
        attributes=attributes,
        parts={
            part.id: [i.id for i in instrument.items_of(part.id) if i.scored] for part in instrument.parts
        },
        labels={cut.key: dict(cut.labels) for cut in cuts_for("pupils")},
        titles=_titles(instrument),
        hashes={item.id: item.hash for item in instrument.scored_items},
        roll=roll | {"all": {"all": PUPILS + SILENT}},
        person_keys=[b"%05d" % i for i in range(PUPILS)],
        wave=str(wave),
        closed_on=DAYS[wave][1].isoformat(),
    )


def _titles(instrument: Instrument) -> dict[str, str]:
    parts = {f"part:{part.id}": say(part.title) for part in instrument.parts}
    return {"score": "Belonging", **parts, **{f"item:{i.id}": i.name() for i in instrument.scored_items}}


def _menu() -> Menu:
    kept = {"sex", "year", "sen", "pupil_premium", "eal"}
    cuts = [cut for cut in cuts_for("pupils") if cut.key in kept]
    return Menu.of(*[Attribute(cut.key, cut.order, merge=cut.merge) for cut in cuts])
