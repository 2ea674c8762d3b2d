"""What this part puts on Today: promises due, observations to read, children to look at, notes that did not arrive."""

from datetime import date

from django.urls import reverse

from belong.base.today import TodayItem
from belong.notice.models import Aspect, Moment
from belong.notice.noting import words
from belong.notice.noting.circle_backs import due_now
from belong.notice.noting.notes_home import not_arrived
from belong.notice.noting.observations import waiting_for
from belong.notice.noting.usual import open_prompts
from belong.notice.words import day, number
from belong.people import roles
from belong.people.models import User

CIRCLE_BACK, OBSERVATION, PROMPT, NOTE_HOME = "circle_back", "observation", "own_usual", "note_home"
ORDER = {PROMPT: 6, OBSERVATION: 8, CIRCLE_BACK: 15, NOTE_HOME: 45}
AT_MOST = 5


def own(user: User) -> list[TodayItem]:
    """For every adult: whom they said they would come back to, and notes home that did not reach a family."""
    if user.person_id is None or not user.has_role(*roles.STAFF):
        return []
    queue = reverse("notice:circle-backs")
    promises = [
        _item(CIRCLE_BACK, row.pupil.display_name, queue, f"You said by {day(row.due_on)}", due=row.due_on)
        for row in due_now(user)
    ]
    letters = [
        _item(
            NOTE_HOME,
            note.moment.pupil.display_name,
            reverse("notice:note-home", args=[note.pk]),
            "Did not arrive everywhere. It can go on paper",
        )
        for note in not_arrived(user)
    ]
    return [*_cap(promises, queue), *_cap(letters, reverse("notice:notes-home"))]


def for_pastoral_lead(user: User) -> list[TodayItem]:
    """For a pastoral lead: observations nobody has marked as seen, and children to look at."""
    if not user.has_role(roles.PASTORAL_LEAD):
        return []
    page = reverse("notice:observations")
    numbers = list(waiting_for(user).values_list("pk", flat=True))
    rows = Moment.objects.filter(pk__in=numbers[:AT_MOST]).select_related("pupil", "adult").defer("note")
    waiting = [
        _item(OBSERVATION, row.pupil.display_name, page, _observed(row), due=row.on)
        for row in rows.order_by("on", "recorded_at", "id")
    ]
    if (more := len(numbers) - AT_MOST) > 0:
        waiting.append(TodayItem(OBSERVATION, f"And {number(more)} more", page, order=ORDER[OBSERVATION]))
    prompts = [
        _item(
            PROMPT,
            row.pupil.display_name,
            reverse("notice:prompt", args=[row.pk]),
            words.prompt(row),
            due=row.since,
        )
        for row in open_prompts(user)
    ]
    return [*prompts, *waiting]


def _observed(row: Moment) -> str:
    about = f"{Aspect(row.aspect).label}. " if row.aspect else ""
    return f"{about}{row.adult.display_name}, {day(row.on)}"


def _item(kind: str, title: str, url: str, detail: str, due: date | None = None) -> TodayItem:
    label = {PROMPT: "Look", OBSERVATION: "Read"}.get(kind, "Open")
    return TodayItem(kind, title, url, detail, due=due, order=ORDER[kind], action_label=label)


def _cap(items: list[TodayItem], url: str) -> list[TodayItem]:
    if len(items) <= AT_MOST:
        return items
    rest = f"And {number(len(items) - AT_MOST)} more"
    return [*items[:AT_MOST], TodayItem(items[0].kind, rest, url, order=items[0].order)]
