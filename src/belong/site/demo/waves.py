"""The waves of the demo schools: asked, answered, closed and released in their own time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from belong.ask.actions import close_wave, draft_wave, open_wave, sheets_of
from belong.ask.answers import Answers
from belong.ask.how import ALONE, How
from belong.ask.models import PooledSheet, Receipt, SignedSheet, Wave
from belong.ask.queries import audience_of, instrument_of, questions_for
from belong.ask.readers import readers_for
from belong.ask.rewriting import rewrite
from belong.base.clock import frozen
from belong.people.models import Characteristic, Person, User
from belong.people.queries import tutor_group_of
from belong.see.actions import build_release
from belong.site.demo.answers import Asked, Crowd, answers
from belong.site.demo.calendar import at
from belong.site.demo.notice_greeting import SPOKEN
from belong.web.languages import for_reader

WINDOW = timedelta(days=11)
ANSWERING = 0.9
NARROWED = (-0.62, -0.62, -0.66, -0.24, -0.14)  # SEN support and adults: a plan began after the third wave
STAYED = (-0.42, -0.42, -0.44, -0.52, -0.44)  # pupil premium and taking part: clubs opened, nothing moved
RISEN = (0.0, 0.0, 0.02, 0.08, 0.22)  # taking part, for everyone


@dataclass(frozen=True)
class Asking:
    """One wave to play: which, when, of whom, how far along the story (0…4), and what share answers."""

    title: str
    instrument: str
    opens_on: date
    years: tuple[str, ...]
    chapter: int
    audience: str = Wave.PUPILS
    share: float = ANSWERING


def play(user: User, crowd: Crowd, asking: Asking, *, close: bool = True) -> Wave:
    """Draft, open, answer and (unless it is to stay open) close and release a wave, on its own days."""
    with frozen(at(asking.opens_on)):
        wave = draft_wave(
            user,
            title=asking.title,
            audience=asking.audience,
            instrument_key=asking.instrument,
            opens_on=asking.opens_on,
            closes_on=asking.opens_on + WINDOW,
            years=asking.years,
        )
        wave = open_wave(user, wave, override_reason="First waves of the demonstration school.")
        _answer(crowd, wave, asking)
    if close:
        with frozen(at(asking.opens_on + WINDOW, 17)):
            wave = close_wave(user, wave)
            rewrite(wave)
            build_release(wave)
    return wave


def _answer(crowd: Crowd, wave: Wave, asking: Asking) -> None:
    """Write the sheets of those who answered, many at once."""
    people = [person for person in audience_of(wave) if questions_for(wave, person.year)]
    facts = _facts()
    chance = np.array(
        [asking.share - (0.05 if facts.get(p.pk, {}).get("sen", "N") != "N" else 0) for p in people]
    )
    came = [p for p, here in zip(people, crowd.rng.random(len(people)) < chance, strict=True) if here]
    groups = tutor_group_of([p.pk for p in came])
    shift = _story(came, facts, asking.chapter)
    asked = Asked([p.pk for p in came], [groups[p.pk].pk if p.pk in groups else 0 for p in came], shift)
    readers: dict[int, list[int]] = {}
    receipts, signed, pooled = [], [], []
    for person, given in zip(came, answers(crowd, instrument_of(wave), asked), strict=True):
        group = groups[person.pk].pk if person.pk in groups else 0
        if group not in readers:
            readers[group] = [reader.pk for reader in readers_for(wave, person)] if wave.is_for_pupils else []
        wanted = {item.id for item in questions_for(wave, person.year)}
        kept: Answers = {item: code for item, code in given.items() if item in wanted}
        sheets = sheets_of(wave, person, kept, None, readers[group], _how(wave, person))
        receipts.append(sheets.receipt)
        signed += [sheets.signed] if sheets.signed else []
        pooled += [sheets.pooled] if sheets.pooled else []
    Receipt.objects.bulk_create(receipts)
    SignedSheet.objects.bulk_create(signed)
    PooledSheet.objects.bulk_create(pooled)


def _how(wave: Wave, person: Person) -> How:
    """Every other pupil with another language at home answers in it, where the wave has it."""
    code = for_reader(person.home_language or SPOKEN.get(person.family_name, ""))
    return How(language=code) if code in wave.languages and person.pk % 2 else ALONE


def _facts() -> dict[int, dict[str, str]]:
    """Characteristics by person."""
    found: dict[int, dict[str, str]] = {}
    for person, kind, value in Characteristic.objects.values_list("person_id", "kind", "value"):
        found.setdefault(person, {})[kind] = value
    return found


def _story(
    people: list[Person], facts: Mapping[int, Mapping[str, str]], chapter: int
) -> dict[str, np.ndarray]:
    """What the story does to each person's standing on each part in this chapter."""
    held = [facts.get(person.pk, {}) for person in people]
    sen = np.array([fact.get("sen", "N") != "N" for fact in held], dtype=float)
    premium = np.array([fact.get("pupil_premium") == "yes" for fact in held], dtype=float)
    girl = np.array([person.sex == "F" for person in people], dtype=float)
    older = np.array([person.year in ("9", "10") for person in people], dtype=float)
    return {
        "adults": NARROWED[chapter] * sen,
        "taking-part": STAYED[chapter] * premium + RISEN[chapter],
        "listened": -0.3 * girl - 0.12 * older,
        "place": -0.22 * sen,
        "peers": -0.15 * sen,
    }
