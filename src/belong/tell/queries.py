"""Reading responses. Every function runs inside a school scope."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from belong.act.models import Plan
from belong.act.queries import plans
from belong.ask.models import Wave
from belong.ask.queries import waves
from belong.ask.queries.waves import overlap
from belong.people.access import is_staff
from belong.people.models import User
from belong.see.access import visible_releases
from belong.see.models import ReleaseRecord
from belong.tell.access import visible_responses
from belong.tell.followups import Remeasured, histories, newest
from belong.tell.models import Response, ResponseItem
from belong.tell.words import in_plain_words, looking_again, says_points


@dataclass(frozen=True)
class Entry:
    """A closed wave in the list: how far its response is, and whether there is a release to report on."""

    wave: Wave
    response: Response | None
    items: int
    is_released: bool

    @property
    def state(self) -> str:
        """none | draft | published"""
        if self.response is None:
            return "none"
        return "published" if self.response.is_published else "draft"


@dataclass(frozen=True)
class ToldItem:
    """One thing heard and done as pupils and families read it; `since` says what a later wave found, or nothing."""

    item: ResponseItem
    since: str = ""
    has_points: bool = False


def published_wave_ids() -> Collection[int]:
    """Waves of this school whose response is published."""
    return list(Response.objects.filter(published_at__isnull=False).values_list("wave_id", flat=True))


def entries(user: User) -> list[Entry]:
    """Closed waves, last closed first, with their responses; for governors the published ones only."""
    responses = {response.wave_id: response for response in visible_responses(user)}
    counts = dict(ResponseItem.objects.order_by().values_list("response_id").annotate(Count("pk")))
    closed = waves().filter(state=Wave.CLOSED).order_by("-closed_at", "-pk")
    if not is_staff(user):
        closed = closed.filter(pk__in=responses)
    ready = set(visible_releases(user).filter(state=ReleaseRecord.READY).values_list("wave_id", flat=True))
    return [
        Entry(
            wave, found := responses.get(wave.pk), counts.get(found.pk, 0) if found else 0, wave.pk in ready
        )
        for wave in closed
    ]


def unanswered() -> list[Wave]:
    """Waves with a ready release that still wait for a published response, newest first.

    A wave is left alone once a later one for some of the same people has been answered.
    """
    ready = ReleaseRecord.objects.filter(state=ReleaseRecord.READY).values("wave_id")
    answered = set(published_wave_ids())
    waiting: list[Wave] = []
    done: list[Wave] = []
    for wave in waves().filter(state=Wave.CLOSED, pk__in=ready).order_by("-closed_at", "-pk"):
        if wave.pk in answered:
            done.append(wave)
        elif not any(overlap(wave, later) for later in done):
            waiting.append(wave)
    return waiting


def told(response: Response) -> list[ToldItem]:
    """The items of a response with what later waves found of their plans.

    A later wave is spoken of once its own response is published, and this one's wave always.
    """
    items = list(response.items.select_related("plan__wave"))
    measured = histories({item.plan_id: item.plan for item in items if item.plan}.values())
    may_tell = {response.wave_id, *published_wave_ids()}
    return [_told(item, measured, may_tell) for item in items]


def plans_to_name(wave: Wave) -> QuerySet[Plan]:
    """Plans that a response to this wave may point to: any that is not about another audience, newest first."""
    others = [audience for audience, _ in Wave.AUDIENCES if audience != wave.audience]
    return plans().exclude(wave__audience__in=others).order_by("-starts_on", "-pk")


def _told(item: ResponseItem, measured: dict[int, list[Remeasured]], may_tell: Collection[int]) -> ToldItem:
    if item.plan is None:
        return ToldItem(item)
    again = newest(measured[item.plan.pk], may_tell)
    if again is None:
        return ToldItem(item, looking_again(item.plan))
    return ToldItem(item, in_plain_words(again.said), says_points(again.said))
