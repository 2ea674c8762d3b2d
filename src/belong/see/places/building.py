"""From what pupils said about places to a frozen release."""

import numpy as np
from django.db import transaction

from belong.ask.models import PlaceAsking
from belong.ask.places.actions import asked_pupils
from belong.ask.places.rows import said_in
from belong.ask.places.said import BELONG, FEELINGS, LESS_SAFE, TIMES
from belong.base.audit import audit
from belong.base.clock import now
from belong.release import Menu, Microdata, Policy, Release, ReleaseRefused, build
from belong.release.model import ALL
from belong.see.models import PlaceRelease
from belong.see.places.protect import ANY, Key, Said, sets_of, showable

BELONGS, LESS = "belong", "less-safe"
CODES = {BELONGS: BELONG, LESS: LESS_SAFE}
YES, NO = 2, 1
NOTHING = (
    "For no place and time did {threshold} pupils say something, so nothing can be shown. Ask again for longer, or "
    "with fewer and larger places."
)


def measure(place: int, time: str, feeling: str) -> str:
    """What a figure is called in the release: the share of those who spoke of a place at a time who feel so."""
    return f"{feeling}-{place}-{time}"


def build_places(asking: PlaceAsking) -> PlaceRelease:
    """Work it out and freeze it; what is there stays as it is."""
    kept = PlaceRelease.objects.filter(asking_id=asking.pk).first()
    if kept is not None:
        return kept
    try:
        release = make(asking)
    except ReleaseRefused as refusal:
        return _keep(asking, reason=refusal.reason)
    return _keep(asking, release)


def make(asking: PlaceAsking) -> Release:
    """Work it out without storing it. Raises ReleaseRefused."""
    threshold = int(asking.school.settings.get("threshold", 10))
    data = microdata(asking, list(said_in(asking)), len(asked_pupils(asking)), threshold)
    return build(data, Menu.of(), Policy(threshold=threshold))


def microdata(asking: PlaceAsking, said: list[Said], asked: int, threshold: int) -> Microdata:
    """One row for each pupil who spoke; two facts for each place and time that may be shown. Raises ReleaseRefused."""
    shown = sorted(showable(sets_of(said), threshold))
    if not shown:
        raise ReleaseRefused(NOTHING.format(threshold=threshold))
    columns = {
        measure(*key, feeling): _column(said, key, code) for key in shown for feeling, code in CODES.items()
    }
    names = {one["id"]: one["name"] for one in asking.places}
    times = {**{key: str(words) for key, words in TIMES.items()}, ANY: "Any time"}
    titles = {
        f"item:{measure(place, time, feeling)}": f"{names.get(place, place)}, {times[time]}: {FEELINGS[code][0]}"
        for place, time in shown
        for feeling, code in CODES.items()
    }
    return Microdata(
        pupils=len(said),
        items=columns,
        categories=dict.fromkeys(columns, YES),
        favourable=dict.fromkeys(columns, (YES,)),
        attributes={},
        parts={"facts": list(columns)},
        titles=titles,
        hashes={key: f"places:{asking.pk}:{key}" for key in columns},
        roll={ALL: {ALL: max(asked, len(said))}},
        wave=f"places-{asking.pk}",
        closed_on=(asking.closed_at or now()).date().isoformat(),
        facts=True,
    )


def _column(said: list[Said], key: Key, feels: int) -> np.ndarray:
    """For each pupil: 0 said nothing about it, 2 feels so there, 1 does not. At any time: feels so at some time."""
    place, time = key
    column = np.zeros(len(said), dtype=np.int8)
    for row, lines in enumerate(said):
        feelings = [feeling for where, when, feeling in lines if where == place and time in (when, ANY)]
        if feelings:
            column[row] = YES if feels in feelings else NO
    return column


@transaction.atomic
def _keep(asking: PlaceAsking, release: Release | None = None, *, reason: str = "") -> PlaceRelease:
    facts = {"school": asking.school, "state": PlaceRelease.REFUSED, "reason": reason, "built_at": now()}
    if release is not None:
        facts |= {"state": PlaceRelease.READY, "payload": release.to_json(), "hash": release.hash}
    row, is_new = PlaceRelease.objects.get_or_create(asking_id=asking.pk, defaults=facts)
    if is_new:
        audit(None, "see.build_places", row, state=row.state, hash=row.hash)
    return row
