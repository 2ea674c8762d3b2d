"""What is due today in the ask room: classes to get answering, waves about to close, words to read."""

from datetime import timedelta

from django.urls import reverse

from belong.ask.access import CLASS_KINDS
from belong.ask.models import Wave
from belong.ask.queries import open_waves, unread, wave_progress
from belong.ask.queries.waves import waiting_for
from belong.ask.questionnaire import instrument_of, minutes
from belong.base import clock
from belong.base.access import allowed
from belong.base.today import TodayItem
from belong.people.models import Group, User

SOON = timedelta(days=3)
READ_WITHIN = timedelta(days=60)


def due(user: User) -> list[TodayItem]:
    """Items of the ask room for the Today page."""
    if not allowed(user, "ask.view_waves"):
        return []
    waves = list(open_waves())
    items = _to_read(user) + _to_answer(user)
    for wave in waves:
        if wave.is_for_pupils and wave.takes_answers:
            items += _classes(user, wave)
    if allowed(user, "ask.manage_waves"):
        items += [_closing(wave) for wave in waves if wave.closes_on <= clock.today() + SOON]
    return items


def _to_read(user: User) -> list[TodayItem]:
    """Answers to this reader by name, and words in confidence, that the reader has not seen yet."""
    named, texts = unread(user, clock.today() - READ_WITHIN)
    titles = dict(Wave.objects.filter(pk__in={*named, *texts}).values_list("id", "title"))
    spoken = [
        TodayItem(
            kind="ask.named",
            title=f"{count} {'pupil has' if count == 1 else 'pupils have'} answered you: {titles[wave_id]}",
            detail="Your name stood beside the question.",
            url=reverse("ask:named", args=[wave_id]),
            order=5,
            action_label="Read",
        )
        for wave_id, count in named.items()
    ]
    return spoken + [
        TodayItem(
            kind="ask.texts",
            title=f"{count} {'person has' if count == 1 else 'people have'} written in confidence: {titles[wave_id]}",
            detail="Somebody may need you.",
            url=reverse("ask:texts", args=[wave_id]),
            order=10,
            action_label="Read",
        )
        for wave_id, count in texts.items()
    ]


def _to_answer(user: User) -> list[TodayItem]:
    """Questions for staff that this person has not answered yet; the page has one button to start."""
    return [
        TodayItem(
            kind="ask.answer",
            title=f"Questions for you: {wave.title}",
            detail=f"About {minutes(instrument_of(wave).items, adults=True)} minutes. Nobody sees who has answered.",
            url=reverse("ask:begin", args=[wave.pk]),
            due=wave.closes_on,
            order=33,
            action_label="Answer",
        )
        for wave in (waiting_for(user.person) if user.person is not None else ())
    ]


def _classes(user: User, wave: Wave) -> list[TodayItem]:
    """One line for each of the user's own classes in which somebody has not answered yet."""
    mine = Group.objects.current().filter(id__in=user.led_group_ids, kind__in=CLASS_KINDS)
    progress = wave_progress(wave, mine) if user.led_group_ids else None
    return [
        TodayItem(
            kind="ask.class",
            title=f"{one.name}: {wave.title}",
            detail=f"{one.answered} of {one.of} have answered",
            url=reverse("ask:class", args=[wave.pk, one.group_id]),
            due=wave.closes_on,
            order=30,
            action_label="Get the class answering",
        )
        for one in (progress.classes if progress else ())
        if one.answered < one.of
    ]


def _closing(wave: Wave) -> TodayItem:
    late = wave.closes_on < clock.today()
    return TodayItem(
        kind="ask.closing",
        title=f"{wave.title} {'is past its last day' if late else 'closes soon'}",
        detail="Close it to see the results." if late else "Which classes have not answered yet?",
        url=reverse("ask:wave", args=[wave.pk]),
        due=wave.closes_on,
        order=20 if late else 35,
        action_label="Look",
    )
