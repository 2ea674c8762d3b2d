"""What the register puts on Today: the small things an adult means to do."""

from django.urls import reverse

from belong.base.clock import today
from belong.base.today import TodayItem
from belong.notice import words
from belong.notice.register.queries import Meant, due_intentions
from belong.people.models import User

INTENTION = "intention"


def meant_for_today(user: User) -> list[TodayItem]:
    """Own intentions whose day has come; one query."""
    return [_item(one) for one in due_intentions(user)]


def _item(one: Meant) -> TodayItem:
    row = one.intention
    late = f" Since {words.day(row.due_on)}." if row.due_on < today() else ""
    return TodayItem(
        INTENTION,
        row.pupil.display_name,
        reverse("notice:intention", args=[row.pk]),
        f"{one.title}.{late}",
        due=row.due_on,
        order=25,
        action_label="Done",
        post_url=reverse("notice:intention-done", args=[row.pk]),
    )
