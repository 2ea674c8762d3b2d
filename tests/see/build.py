"""A synthetic school of some 300 pupils, waves they answered, and the releases made of them.

    roll = admit(school)                                   # 300 pupils in Years 7 to 11
    autumn = ask(user, roll, "Autumn wave", date(2026, 10, 5))
    record = release(autumn)

Everything is seeded. Answers come from one latent standing per pupil, which stays from wave to wave, plus what
`effects` say: `{"listened": {"F": -0.6}}` lowers girls on being listened to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

import numpy as np
from django.utils import timezone

from belong.ask import actions as ask_actions
from belong.ask.models import PooledSheet, Receipt, SignedSheet, UnlinkedSheet, Wave
from belong.ask.queries import instrument_of
from belong.base.clock import frozen
from belong.people.models import Characteristic, Person, School, User
from belong.see import actions
from belong.see.models import ReleaseRecord

YEARS = ("7", "8", "9", "10", "11")
PART_HEIGHTS = {"adults": 0.7, "peers": 0.45, "taking-part": 0.2, "place": 0.3, "listened": -0.35}
LISTENED_GAP = {"listened": {"F": -0.7, "sen": -0.6}}
CUTS = np.array([-1.6, -0.7, 0.1, 1.1])
Effects = Mapping[str, Mapping[str, float]]


@dataclass
class Roll:
    """The pupils of the synthetic school and the facts about each, by pupil id."""

    school: School
    pupils: list[Person]
    facts: dict[int, set[str]]


def admit(school: School, count: int = 300, seed: int = 7) -> Roll:
    """Pupils spread over five year groups, with sex, SEN, pupil premium, language and ethnic background."""
    rng = np.random.default_rng(seed)
    pupils = Person.objects.bulk_create(
        Person(
            school=school,
            kind=Person.PUPIL,
            given_name=f"Pupil {number}",
            family_name="Synthetic",
            sex="FM"[number % 2],
            year=YEARS[number % len(YEARS)],
            joined_on=date(2024, 9, 1) if number % 17 else date(2026, 9, 14),
        )
        for number in range(count)
    )
    facts: dict[int, set[str]] = {}
    rows = []
    for pupil in pupils:
        held = {
            "sen": _pick(rng, 0.2, "K"),
            "pupil_premium": _pick(rng, 0.27, "Y"),
            "eal": _pick(rng, 0.15, "Y"),
        }
        held["ethnicity"] = str(
            rng.choice(["WBRI", "APKN", "BAFR", "MWBC", "CHNE"], p=[0.66, 0.15, 0.1, 0.07, 0.02])
        )
        rows += [Characteristic(school=school, person=pupil, kind=k, value=v) for k, v in held.items() if v]
        facts[pupil.pk] = {pupil.sex, pupil.year, *(k for k in ("sen", "pupil_premium", "eal") if held[k])}
    Characteristic.objects.bulk_create(rows)
    return Roll(school, pupils, facts)


def ask(
    user: User,
    roll: Roll,
    title: str,
    opens_on: date,
    *,
    effects: Effects = LISTENED_GAP,
    instrument: str = "belong-core",
    share: float = 0.87,
    seed: int = 1,
    close: bool = True,
    visibility: Mapping[str, str] | None = None,
    attributes: tuple[str, ...] = (),
) -> Wave:
    """A wave of all year groups: opened, answered by `share` of the pupils, and closed on its last day."""
    with frozen(_noon(opens_on)):
        wave = ask_actions.draft_wave(
            user,
            title=title,
            audience=Wave.PUPILS,
            instrument_key=instrument,
            years=YEARS,
            opens_on=opens_on,
            closes_on=opens_on + timedelta(days=11),
        )
        if visibility:
            ask_actions.change_visibility(user, wave, visibility=visibility, attributes=attributes)
        wave = ask_actions.open_wave(user, wave, override_reason="The first waves of a test.")
        _fix_the_key(wave)
        answer(wave, roll, effects=effects, share=share, seed=seed)
    return shut(user, wave) if close else wave


def _fix_the_key(wave: Wave) -> None:
    """A key that is the same in every run, so that matching sets aside the same people each time."""
    wave.pool_key = sha256(wave.title.encode()).digest()
    wave.save(update_fields=["pool_key"])


def answer(
    wave: Wave, roll: Roll, *, effects: Effects = LISTENED_GAP, share: float = 0.87, seed: int = 1
) -> None:
    """Write the sheets of those who answered, many at once."""
    rng = np.random.default_rng(seed)
    came = [pupil for pupil in roll.pupils if rng.random() < share]
    sheets = [ask_actions.sheets_of(wave, pupil, _answers(wave, pupil, roll, effects, rng)) for pupil in came]
    Receipt.objects.bulk_create(sheet.receipt for sheet in sheets)
    for kind, model in (("signed", SignedSheet), ("pooled", PooledSheet), ("unlinked", UnlinkedSheet)):
        model.objects.bulk_create(row for sheet in sheets if (row := getattr(sheet, kind)) is not None)


def shut(user: User, wave: Wave) -> Wave:
    """Close a wave on the afternoon of its last day. Its release waits for `release` (or for the job)."""
    with frozen(_noon(wave.closes_on) + timedelta(hours=4)):
        return ask_actions.close_wave(user, wave)


def release(wave: Wave) -> ReleaseRecord:
    """Build the release of a closed wave now, as the job does."""
    with frozen(_noon(wave.closes_on) + timedelta(hours=4, minutes=5)):
        return actions.build_release(wave)


def _answers(
    wave: Wave, pupil: Person, roll: Roll, effects: Effects, rng: np.random.Generator
) -> dict[str, int]:
    standing = np.random.default_rng(10_000 + roll.pupils.index(pupil)).normal(0, 0.8)
    given = {}
    for item in instrument_of(wave).scored_items:
        own = effects.get(item.part or "", {})
        height = PART_HEIGHTS[item.part or ""] + sum(own.get(fact, 0.0) for fact in roll.facts[pupil.pk])
        code = 1 + int(np.searchsorted(CUTS, standing + height + rng.logistic(0, 0.55)))
        if rng.random() > 0.015:
            given[item.id] = item.oriented(code)
    if "honesty" in wave.visibility:
        given["honesty"] = 3 if rng.random() < 0.06 else 1
    return given


def _pick(rng: np.random.Generator, chance: float, value: str) -> str:
    return value if rng.random() < chance else ""


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))
