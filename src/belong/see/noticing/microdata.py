"""From what was noticed by a day to what the release engine takes: one row a pupil, no names.

Everything is worked out from dated rows when a release is built and kept nowhere; the release before is put together
again in the same way, so that the same pupils can be compared. They are matched by a keyed scramble that nobody
outside the program can make, and which leaves with the memory it was made in.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import numpy as np
from django.utils.crypto import salted_hmac

from belong.ask.models import Wave
from belong.notice.models import Recognition, Trait
from belong.notice.queries.as_of import AsOf, as_of
from belong.people.models import Person, School
from belong.people.queries import pupils_on_roll
from belong.release import Menu, Microdata
from belong.release.model import ALL
from belong.see.groups import Values, cuts_for, menu_of, values_of
from belong.see.microdata import Tables
from belong.see.noticing.tables import Classes, Fact, facts

VERSION = 1
MOST_TRAITS = 12


def wave_key(kind: str, on: date) -> str:
    """What the engine calls a release of these figures."""
    return f"{kind}-{on.isoformat()}"


def noticed_tables(school: School, since: date, on: date, traits: Sequence[Trait]) -> Tables:
    """What was noticed of every pupil on roll that day, with each pupil's groups as they were.

    One way at a time: many facts hold for few pupils, and in cells of two attributes each such fact would have to be
    blurred until the figure for the whole school said nothing any more.
    """
    pupils = list(pupils_on_roll(on).order_by("pk"))
    was = as_of(school, since, on)
    values = values_of(Wave.PUPILS, pupils, on)
    found = facts(traits)
    columns = {key: _codes(fact, was, pupils) for key, fact in found.items()}
    return Tables(
        as_facts(
            "noticed",
            on,
            found,
            columns,
            values=values,
            people=[pupil.pk for pupil in pupils],
            labels={cut.key: dict(cut.labels) for cut in cuts_for(Wave.PUPILS)},
        ),
        Menu.of(*menu_of(Wave.PUPILS, school, values).attributes),
    )


def as_facts(
    kind: str,
    on: date,
    found: Mapping[str, Classes],
    columns: Mapping[str, np.ndarray],
    *,
    values: Values,
    people: Sequence[int],
    labels: Mapping[str, Mapping[str, str]],
) -> Microdata:
    """Facts about people as the engine takes them."""
    return Microdata(
        pupils=len(people),
        items=columns,
        categories={key: len(fact.classes) for key, fact in found.items()},
        favourable={key: fact.favourable for key, fact in found.items()},
        attributes={
            cut: np.array([groups[pk] for pk in people], dtype=np.str_) for cut, groups in values.items()
        },
        parts={"facts": list(found)},
        labels=labels,
        titles={f"item:{key}": fact.label for key, fact in found.items()},
        hashes={key: f"{kind}:{key}:{VERSION}" for key in found},
        roll=_roll(values, people),
        person_keys=[_scramble(pk) for pk in people],
        wave=wave_key(kind, on),
        closed_on=on.isoformat(),
        facts=True,
    )


def traits_for(since: date, on: date) -> list[Trait]:
    """The school's traits in use, and retired ones in which somebody was recognised in these days; at most twelve."""
    seen = Recognition.objects.filter(state=Recognition.APPROVED, on__gt=since, on__lte=on).order_by()
    used = set(seen.values_list("trait_id", flat=True))
    found = [trait for trait in Trait.objects.all() if trait.retired_on is None or trait.pk in used]
    return found[:MOST_TRAITS]


def _codes(fact: Fact, was: AsOf, pupils: Collection[Person]) -> np.ndarray:
    return np.array([fact.code(was, pupil.pk) for pupil in pupils], dtype=np.int8)


def _roll(values: Values, people: Sequence[int]) -> dict[str, dict[str, int]]:
    roll: dict[str, dict[str, int]] = {ALL: {ALL: len(people)}}
    for cut, groups in values.items():
        roll[cut] = {}
        for pk in people:
            roll[cut][groups[pk]] = roll[cut].get(groups[pk], 0) + 1
    return roll


def _scramble(person_id: int) -> bytes:
    return salted_hmac("belong.see.noticing", str(person_id), algorithm="sha256").digest()
