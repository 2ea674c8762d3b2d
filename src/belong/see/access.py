"""Who may see releases. One release for every role: what two roles see together must pass the same audit.

Governors see a wave once the school has published its response; the room that publishes (`tell`, above this one)
says which waves those are through `register_published`. Analysts see releases and nothing else.
"""

from collections.abc import Callable, Collection
from datetime import date

import rules
from django.db.models import QuerySet

from belong.base.access import fetch
from belong.people.access import is_analyst, is_governor, is_leader, is_staff, is_survey_lead
from belong.people.models import User
from belong.see.models import NoticingRelease, PlaceRelease, ReleaseRecord

PublishedWaves = Callable[[], Collection[int]]
_published: list[PublishedWaves] = []


def register_published(wave_ids: PublishedWaves) -> PublishedWaves:
    """Add a function that gives the ids of this school's waves whose response is published (called in scope)."""
    if wave_ids not in _published:
        _published.append(wave_ids)
    return wave_ids


def published_waves() -> set[int]:
    """Ids of the waves with a published response; empty until a room has registered."""
    return {wave_id for wave_ids in _published for wave_id in wave_ids()}


@rules.predicate
def is_published(user: User, record: ReleaseRecord) -> bool:
    """The school has published what it heard in this wave and what it does."""
    return record.wave_id in published_waves()


@rules.predicate
def is_ready(user: User, record: ReleaseRecord | NoticingRelease | PlaceRelease) -> bool:
    """The release is built and frozen."""
    return record.is_ready


@rules.predicate
def is_open_to_governors(user: User, row: NoticingRelease) -> bool:
    """The school lets governors see the figures of this half-term date."""
    return row.shared_on is not None


PERMISSIONS = {
    "see.list_releases": is_staff | is_analyst | is_governor,
    "see.view_release": is_staff | (is_analyst & is_ready) | (is_governor & is_ready & is_published),
    "see.build_again": is_survey_lead,
    "see.list_noticing": is_staff | is_analyst | is_governor,
    "see.view_noticing": is_staff | (is_analyst & is_ready) | (is_governor & is_ready & is_open_to_governors),
    "see.share_noticing": is_leader,
    "see.set_half_terms": is_leader,
    "see.view_check_ins": is_staff,
    "see.list_places": is_staff | is_analyst,
    "see.view_places": is_staff | (is_analyst & is_ready),
}


def access_release(user: User, wave_id: int) -> ReleaseRecord:
    """The release record of a wave, if the user may see it; else the same 404 as for a wave that does not exist."""
    return fetch(
        user,
        "see.view_release",
        ReleaseRecord.objects.select_related("wave__school").defer("payload"),
        wave_id=wave_id,
    )


def visible_releases(user: User) -> QuerySet[ReleaseRecord]:
    """Every release record for which `see.view_release` holds."""
    records = ReleaseRecord.objects.select_related("wave__school").defer("payload")
    if is_staff(user):
        return records
    ready = records.filter(state=ReleaseRecord.READY)
    if is_analyst(user):
        return ready
    if is_governor(user):
        return ready.filter(wave_id__in=published_waves())
    return records.none()


def access_noticing(user: User, on: date) -> NoticingRelease:
    """What was noticed by a fixed date, if the user may see it; else 404."""
    rows = NoticingRelease.objects.filter(kind=NoticingRelease.NOTICED).defer("payload")
    return fetch(user, "see.view_noticing", rows, on=on)


def visible_noticing(user: User) -> QuerySet[NoticingRelease]:
    """Every release on a fixed date for which `see.view_noticing` holds."""
    rows = NoticingRelease.objects.defer("payload")
    if is_staff(user):
        return rows
    ready = rows.filter(state=NoticingRelease.READY)
    if is_analyst(user):
        return ready
    if is_governor(user):
        return ready.filter(shared_on__isnull=False)
    return rows.none()


def access_places(user: User, asking_id: int) -> PlaceRelease:
    """The picture of an asking about places, if the user may see it; else 404."""
    return fetch(user, "see.view_places", PlaceRelease.objects.all(), asking_id=asking_id)


def visible_places(user: User) -> QuerySet[PlaceRelease]:
    """Every picture for which `see.view_places` holds."""
    rows = PlaceRelease.objects.defer("payload")
    if is_staff(user):
        return rows
    return rows.filter(state=PlaceRelease.READY) if is_analyst(user) else rows.none()
