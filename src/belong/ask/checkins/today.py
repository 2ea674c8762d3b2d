"""What check-ins put on Today: answers to read, first those with a low face; classes to get answering."""

from datetime import timedelta

from django.urls import reverse

from belong.ask.access import CLASS_KINDS
from belong.ask.checkins.queries import Waiting, counts, groups_of, waiting_for
from belong.ask.models import CheckIn, Wave
from belong.base.clock import today
from belong.base.today import TodayItem
from belong.people import roles
from belong.people.models import Group, User

READ_WITHIN = timedelta(days=21)
LOW, NEW, CLASS = 7, 28, 31


def due(user: User) -> list[TodayItem]:
    """For adults: what was told to them in check-ins and is unread, and their own classes in an open round."""
    if user.person_id is None or not user.has_role(*roles.STAFF) or not CheckIn.objects.exists():
        return []
    return [_to_read(one) for one in _one_each(waiting_for(user, today() - READ_WITHIN))] + _classes(user)


def _one_each(waiting: list[Waiting]) -> list[Waiting]:
    """One line for each check-in: the newest round with a low face, else the newest."""
    first: dict[int | None, Waiting] = {}
    for one in sorted(waiting, key=lambda one: (one.low == 0, -one.wave.opens_on.toordinal())):
        first.setdefault(one.wave.check_in_id, one)
    return list(first.values())


def _to_read(waiting: Waiting) -> TodayItem:
    wave = waiting.wave
    pupils = "1 pupil has" if waiting.pupils == 1 else f"{waiting.pupils} pupils have"
    low = "One face is low." if waiting.low == 1 else f"{waiting.low} of them with a low face."
    return TodayItem(
        kind="ask.check-in",
        title=f"{pupils} checked in with you: {wave.title}",
        detail=low if waiting.low else "Nothing to worry about so far: look when you have a minute.",
        url=f"{reverse('ask:check-in', args=[wave.check_in_id])}?round={wave.pk}",
        order=LOW if waiting.low else NEW,
        action_label="Read",
    )


def _classes(user: User) -> list[TodayItem]:
    """A line for each own class in which somebody has not answered the open round; a number and never who."""
    if not user.led_group_ids:
        return []
    day = today()
    rounds = Wave.askings.filter(
        check_in__isnull=False, state=Wave.OPEN, opens_on__lte=day, closes_on__gte=day
    ).select_related("check_in__group", "school")
    mine = Group.objects.current().filter(pk__in=user.led_group_ids, kind__in=CLASS_KINDS)
    led = {group.pk: group for group in mine}
    return [
        TodayItem(
            kind="ask.check-in.class",
            title=f"{one.name}: {wave.title}",
            detail=f"{one.answered} of {one.of} have answered",
            url=reverse("ask:check-in", args=[wave.check_in_id]),
            due=wave.closes_on,
            order=CLASS,
            action_label="Get the class answering",
        )
        for wave in rounds
        for one in counts(wave, [group for group in groups_of(wave.check_in) if group.pk in led])
        if one.answered < one.of
    ]
