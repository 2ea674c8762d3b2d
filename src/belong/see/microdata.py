"""From the rows of a closed wave to what the release engine takes: one row a person, no names.

Answers are joined to groups by computing every invited person's scramble again under the wave's key; the join
lives in memory for as long as a release is built and is never stored. Answers under no key at all cannot be joined:
they become a release of their own with the coarse facts kept beside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils import timezone

from belong.ask.models import Wave
from belong.ask.queries import audience_of, instrument_of
from belong.ask.queries.rows import pooled_rows, scrambles, unlinked_rows
from belong.ask.scramble import scramble
from belong.measure import Instrument, Item, Responses, insincere, say
from belong.people.models import Person
from belong.release import Attribute, Menu, Microdata, ReleaseRefused
from belong.release.model import ALL
from belong.see.families import counted_as_asked
from belong.see.groups import Values, cuts_for, group_values, menu_for

SCORE_TITLE = "Belonging"


@dataclass(frozen=True)
class Tables:
    """What one build needs: the answers and the menu of cuts that fits them."""

    data: Microdata
    menu: Menu


def pooled_tables(wave: Wave, *, keyed_by: Wave | None = None) -> Tables | None:
    """Pooled answers with each person's groups on the day the wave closed; None if nothing was pooled.

    `keyed_by` is the wave under whose key people are named, so that two waves can be matched (default: this one).
    Rows of people who are no longer in the school's records (erased) are left out.
    """
    items = _scale_items(wave, "pooled")
    if not items:
        return None
    if wave.pool_key is None:
        raise ReleaseRefused(
            "The key that joins these answers to groups was deleted, 13 months after the wave closed."
        )
    rows = dict(pooled_rows(wave))
    people = {person.pk: person for person in Person.objects.all()}
    who = {key: pk for key, pk in scrambles(wave, people).items() if key in rows}
    day = closed_on(wave)
    asked = counted_as_asked(wave, {person.pk for person in audience_of(wave, day)}, set(who.values()))
    values = group_values(wave, [people[pk] for pk in sorted(asked)], day)
    key = (keyed_by or wave).pool_key
    data = _microdata(
        wave,
        items,
        [rows[row] for row in who],
        {cut: [groups[pk] for pk in who.values()] for cut, groups in values.items()},
        parts=_parts(instrument_of(wave), items),
        roll=_roll(values, len(asked)),
        keys=[scramble(key, pk) for pk in who.values()] if key else None,
    )
    return Tables(data, menu_for(wave, values))


def unlinked_tables(wave: Wave, *, alone: bool) -> Tables | None:
    """Answers that nobody can link, with the coarse facts kept beside them; None if there are none.

    `alone` says that the wave has no pooled answers: then scores are made of these, else only single questions.
    """
    items = _scale_items(wave, "unlinked")
    if not items:
        return None
    rows = unlinked_rows(wave)
    people = list(audience_of(wave, closed_on(wave)))
    asked = counted_as_asked(wave, {person.pk for person in people}, set())
    people = [person for person in people if person.pk in asked]
    cuts = [cut for cut in cuts_for(wave.audience) if cut.key in wave.attributes]
    every = group_values(wave, people, closed_on(wave))
    data = _microdata(
        wave,
        items,
        [answers for _, answers in rows],
        {cut.key: [facts.get(cut.key, "") for facts, _ in rows] for cut in cuts},
        parts=_parts(instrument_of(wave), items) if alone else {},
        roll=_roll({cut.key: every[cut.key] for cut in cuts}, len(people)),
    )
    attributes = [Attribute(cut.key, cut.order, merge=cut.merge) for cut in cuts]
    return Tables(data, Menu.of(*attributes))


def closed_on(wave: Wave) -> date:
    """The day the wave closed where the school is; its last day, if it says no more."""
    return timezone.localtime(wave.closed_at).date() if wave.closed_at else wave.closes_on


def _microdata(
    wave: Wave,
    items: Sequence[Item],
    answers: Sequence[Mapping[str, int]],
    attributes: Mapping[str, Sequence[str]],
    *,
    parts: dict[str, list[str]],
    roll: dict[str, dict[str, int]],
    keys: list[bytes] | None = None,
) -> Microdata:
    instrument = instrument_of(wave)
    responses = _responses(instrument, answers)
    oriented = responses.oriented()
    place = {item_id: j for j, item_id in enumerate(responses.ids)}
    return Microdata(
        pupils=len(answers),
        items={item.id: oriented[:, place[item.id]] for item in items},
        categories={item.id: item.categories for item in items},
        favourable={item.id: item.scale.favourable if item.scale else () for item in items},
        attributes={key: np.array(groups, dtype=np.str_) for key, groups in attributes.items()},
        parts=parts,
        labels={cut.key: dict(cut.labels) for cut in cuts_for(wave.audience) if cut.key in attributes},
        titles=_titles(instrument, items),
        hashes={item.id: item.hash for item in items},
        roll=roll,
        insincere=insincere(responses),
        person_keys=keys,
        minimum_answered=instrument.minimum_answered,
        wave=str(wave.pk),
        closed_on=closed_on(wave).isoformat(),
    )


def _responses(instrument: Instrument, answers: Sequence[Mapping[str, int]]) -> Responses:
    """Raw codes of every closed question; "I'd rather not say" and skipped are no answer."""
    closed = tuple(item for item in instrument.items if item.scale)
    codes = np.zeros((len(answers), len(closed)), dtype=np.int8)
    for row, given in enumerate(answers):
        for j, item in enumerate(closed):
            codes[row, j] = max(given.get(item.id, 0), 0)
    return Responses(closed, codes)


def _scale_items(wave: Wave, kind: str) -> list[Item]:
    return [item for item in instrument_of(wave).scored_items if wave.seen_as(item.id) == kind]


def _parts(instrument: Instrument, items: Sequence[Item]) -> dict[str, list[str]]:
    chosen = {part.id: [item.id for item in items if item.part == part.id] for part in instrument.parts}
    return {part: ids for part, ids in chosen.items() if ids}


def _titles(instrument: Instrument, items: Sequence[Item]) -> dict[str, str]:
    titles = {f"part:{part.id}": say(part.title) for part in instrument.parts}
    return {"score": SCORE_TITLE, **titles, **{f"item:{item.id}": item.name() for item in items}}


def _roll(values: Values, people: int) -> dict[str, dict[str, int]]:
    """How many could have answered, in all and by group."""
    roll: dict[str, dict[str, int]] = {ALL: {ALL: people}}
    for key, groups in values.items():
        roll[key] = {}
        for group in groups.values():
            roll[key][group] = roll[key].get(group, 0) + 1
    return roll
