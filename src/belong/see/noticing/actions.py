"""Releasing figures about noticing: by the day's job on each fixed date, and letting governors see them."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from django.db import transaction
from django.utils.formats import date_format

from belong.ask.models import Wave
from belong.ask.terms import half_term_dates, last_half_term, school_year_of
from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.people.models import School, User
from belong.release import Note, Policy, Previous, Release, ReleaseRefused, build
from belong.see.microdata import Tables
from belong.see.models import NoticingRelease
from belong.see.noticing.adult_set import NAMED, STANDS, TOO_FEW, adults_on, earlier_mix
from belong.see.noticing.microdata import noticed_tables, traits_for
from belong.see.noticing.mixes import adult_tables, first_set, is_new_enough, mix_tables
from belong.see.noticing.queries import history, releases_before

Made = tuple[Tables, tuple[Note, ...]]
"""The people of a mix, and notes that name its classes."""

LATE = timedelta(days=21)
"""A date missed by more than this (the program was off, or not here yet) is left out: its facts are gone."""
APART, AHEAD = timedelta(weeks=4), timedelta(weeks=2)
NOTHING = "For too few people is sex or ethnic background recorded to show any of it."


def release_due(school: School) -> list[NoticingRelease]:
    """Build what the newest fixed date is still without; nothing on any other day. Called inside the school's scope."""
    on = last_half_term(school, today())
    if today() - on > LATE:
        return []
    return release_noticing(school, on)


def release_noticing(school: School, on: date) -> list[NoticingRelease]:
    """Build and freeze the three releases of a fixed date; those that are there stay as they are."""
    since = last_half_term(school, on - timedelta(days=1))
    there = set(NoticingRelease.objects.filter(on=on).values_list("kind", flat=True))
    wanted = [kind for kind, _ in NoticingRelease.KINDS if kind not in there]
    return [_release(school, kind, since, on) for kind in wanted]


def make(school: School, kind: str, since: date, on: date) -> Release:
    """Work out one release without storing it. Raises ReleaseRefused."""
    threshold = int(school.settings.get("threshold", 10))
    if kind == NoticingRelease.NOTICED:
        return _noticed(school, since, on, Policy(threshold=threshold))
    adults = kind == NoticingRelease.ADULTS
    tables, classes = _adults(on, threshold) if adults else _known(mix_tables(kind, on, threshold))
    audience = Wave.STAFF if adults else Wave.PUPILS
    policy = Policy(threshold=threshold, audience=audience)
    release = build(tables.data, tables.menu, policy, history=history(kind))
    return replace(release, notes=(*release.notes, *classes)).sealed()


def _known(found: Made | None, reason: str = NOTHING) -> Made:
    if found is None:
        raise ReleaseRefused(reason)
    return found


def _adults(on: date, threshold: int) -> Made:
    """The adults of the set the school has for good; the first mix that can be shown decides which."""
    earlier = earlier_mix()
    if earlier is None:
        return _known(adult_tables(first_set(on, threshold), on, threshold))
    row, which = earlier
    now_here = adults_on(which, on)
    found = _known(adult_tables(now_here, on, threshold), TOO_FEW if which == NAMED else NOTHING)
    if not is_new_enough(adults_on(which, row.on), now_here, on, threshold):
        raise ReleaseRefused(STANDS.format(day=date_format(row.on, "D j F Y")))
    return found


@action
def share_noticing(actor: User, row: NoticingRelease) -> None:
    """Let governors see the figures of a date; not taken back, as what was read cannot be unread."""
    require(actor, "see.share_noticing", row)
    rows = NoticingRelease.objects.filter(on=row.on, state=NoticingRelease.READY, shared_on__isnull=True)
    if not rows.update(shared_on=today()):
        raise Refused("Governors can read these figures already, or there are none to read.")
    audit(actor, "see.share_noticing", row)


@action
def set_half_terms(actor: User, year: int, days: list[date]) -> list[date]:
    """Set the fixed dates of the school year that begins in September of `year`; an empty list is the usual dates.

    Raises Refused for dates outside the year, less than four weeks apart, or any change of one that has gone or comes
    within two weeks: a date must not be picked for what is known to have just happened.
    """
    require(actor, "see.set_half_terms")
    school = actor.school
    first, after = date(year, 9, 1), date(year + 1, 9, 1)
    before = half_term_dates(school, year)
    wanted = sorted(set(days))
    if any(not first <= day < after for day in wanted):
        raise Refused(f"Choose days between 1 September {year} and 31 August {year + 1}.")
    kept = [
        text
        for text in school.settings.get("half_terms", [])
        if not first <= date.fromisoformat(text) < after
    ]
    changed = {**school.settings, "half_terms": sorted([*kept, *(day.isoformat() for day in wanted)])}
    _check_spacing(School(settings=changed), year, before)
    school.settings = changed
    school.save(update_fields=["settings"])
    audit(actor, "see.set_half_terms", year=year)
    return half_term_dates(school, year)


def _check_spacing(changed: School, year: int, before: list[date]) -> None:
    after = half_term_dates(changed, year)
    moved = set(before).symmetric_difference(after)
    if any(day < today() + AHEAD for day in moved):
        raise Refused("A date that has gone, or comes within two weeks, stays as it is. Nothing was changed.")
    around = [half_term_dates(changed, year - 1)[-1], *after, half_term_dates(changed, year + 1)[0]]
    if any(second - first < APART for first, second in pairwise(around)):
        raise Refused("Leave four weeks between two dates at least. Nothing was changed.")


def _release(school: School, kind: str, since: date, on: date) -> NoticingRelease:
    try:
        release = make(school, kind, since, on)
    except ReleaseRefused as refusal:
        return _keep(school, kind, since, on, reason=refusal.reason)
    return _keep(school, kind, since, on, release)


@transaction.atomic
def _keep(
    school: School, kind: str, since: date, on: date, release: Release | None = None, *, reason: str = ""
) -> NoticingRelease:
    """Freeze the outcome, unless another run of the same job has done so."""
    facts = {"state": NoticingRelease.REFUSED, "reason": reason, "since": since, "built_at": now()}
    if release is not None:
        facts |= {"state": NoticingRelease.READY, "payload": release.to_json(), "hash": release.hash}
    row, is_new = NoticingRelease.objects.get_or_create(school=school, on=on, kind=kind, defaults=facts)
    if is_new:
        audit(None, "see.build_noticing", row, state=row.state, hash=row.hash)
    return row


def _noticed(school: School, since: date, on: date, policy: Policy) -> Release:
    """What was noticed, beside the release of the date before; all earlier ones are known to the engine."""
    traits = traits_for(since, on)
    tables = noticed_tables(school, since, on, traits)
    return build(
        tables.data,
        tables.menu,
        policy,
        previous=_previous(school, tables, on),
        history=history(NoticingRelease.NOTICED),
    )


def _previous(school: School, tables: Tables, on: date) -> Previous | None:
    """The newest earlier release with its facts put together again; None for the first."""
    earlier = next(iter(releases_before(NoticingRelease.NOTICED, on)), None)
    if earlier is None:
        return None
    row, release = earlier
    traits = traits_for(row.since, row.on)
    known = {info.key.removeprefix("item:") for info in release.measures}
    again = [trait for trait in traits if f"trait-{trait.pk}" in known]
    return release, noticed_tables(school, row.since, row.on, again).data


def year_to_set() -> int:
    """The school year whose dates are looked at first: this one, and from June on the next."""
    day = today()
    return school_year_of(day) + (1 if day.month in (6, 7, 8) else 0)
