"""A small release of facts, made by the engine in a moment: for tests about who may read it."""

from datetime import date, timedelta
from functools import cache

import numpy as np

from belong.base.clock import now
from belong.people.models import School
from belong.release import Menu, Release, build
from belong.see.models import NoticingRelease
from belong.see.noticing.microdata import as_facts
from belong.see.noticing.tables import facts

DAYS = {"shared": date(2026, 2, 13), "unshared": date(2026, 3, 27), "refused": date(2026, 5, 22)}


@cache
def little_release(on: date, pupils: int = 80) -> Release:
    """Facts about eighty invented pupils, cut by sex."""
    dice = np.random.default_rng(on.toordinal())
    found = facts(())
    columns = {
        key: dice.integers(1, len(one.classes) + 1, pupils).astype(np.int8) for key, one in found.items()
    }
    people = list(range(1, pupils + 1))
    values = {"sex": {pk: "FM"[pk % 2] for pk in people}}
    labels = {"sex": {"F": "Girls", "M": "Boys"}}
    data = as_facts("noticed", on, found, columns, values=values, people=people, labels=labels)
    return build(data, Menu.of("sex"))


def keep(school: School, word: str) -> NoticingRelease:
    """The release of one of `DAYS`, as the job leaves it; "refused" has none, "shared" governors may read."""
    on = DAYS[word]
    facts_of = {
        "school": school,
        "on": on,
        "since": on - timedelta(weeks=7),
        "kind": "noticed",
        "built_at": now(),
    }
    if word == "refused":
        why = "Fewer than 10 people answered, so nothing can be shown."
        return NoticingRelease.objects.create(state="refused", reason=why, **facts_of)
    release = little_release(on)
    ready = {"state": "ready", "payload": release.to_json(), "hash": release.hash}
    shared = on + timedelta(days=9) if word == "shared" else None
    return NoticingRelease.objects.create(shared_on=shared, **ready, **facts_of)
