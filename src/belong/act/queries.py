"""Reading plans. Every function runs inside a school scope."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from belong.act.models import Plan
from belong.ask.models import Wave
from belong.people.models import Person


@dataclass(frozen=True)
class Watch:
    """A gap that a plan set out to narrow, for the release that measures it again."""

    plan_id: int
    wave_id: int
    measure: str
    cut: str
    group: str


def plans() -> QuerySet[Plan]:
    """All plans with owner, wave and how many steps are done: those under way first, by the day to look again."""
    done = Count("steps", filter=Q(steps__done_on__isnull=False))
    rows = Plan.objects.select_related("owner", "wave")
    return rows.annotate(step_count=Count("steps"), done_count=done).order_by("state", "review_on", "id")


def plans_of(person: Person) -> QuerySet[Plan]:
    """Plans under way in one person's hands."""
    return plans().filter(owner=person, state=Plan.ACTIVE)


def plans_with(practice_key: str) -> QuerySet[Plan]:
    """Plans that use a practice."""
    return plans().filter(practice_key=practice_key)


def plans_shown(show: str, person: Person | None, words: str = "") -> QuerySet[Plan]:
    """Plans as the list shows them: `mine`, `active`, `ended`, or all; with `words` in the title."""
    rows = plans()
    if show == "mine":
        rows = rows.filter(owner=person) if person else rows.none()
    elif show == Plan.ACTIVE:
        rows = rows.filter(state=Plan.ACTIVE)
    elif show == "ended":
        rows = rows.exclude(state=Plan.ACTIVE)
    return rows.filter(title__icontains=words) if words else rows


def plans_for_gap(wave: Wave, measure: str, cut: str, group: str) -> QuerySet[Plan]:
    """Plans made for one released gap."""
    return plans().filter(wave=wave, measure=measure, cut=cut, group=group)


def plans_for_wave(wave: Wave) -> QuerySet[Plan]:
    """Plans made from one wave's release."""
    return plans().filter(wave=wave)


def plans_watching(wave: Wave) -> list[Watch]:
    """Gaps that `wave` measures again: of plans made from earlier waves of its audience and begun before it opened.

    A plan stopped before the wave is watched too: what happened after stopping is also an answer.
    """
    rows = Plan.objects.exclude(measure="").filter(wave__audience=wave.audience, starts_on__lte=wave.opens_on)
    rows = rows.exclude(wave=wave).order_by("id")
    return [Watch(plan.pk, plan.wave_id, plan.measure, plan.cut, plan.group) for plan in rows if plan.wave_id]
