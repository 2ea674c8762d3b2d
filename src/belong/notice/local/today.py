"""What is on round here this week, on the Today page of adults who lead a group."""

from django.urls import reverse

from belong.base.clock import today
from belong.base.today import TodayItem
from belong.notice import words
from belong.notice.local.queries import SOON, coming
from belong.people import roles
from belong.people.models import User

LOCAL = "local"
ORDER = 75
AT_MOST = 3


def this_week(user: User) -> list[TodayItem]:
    """Festivals and days that are on or begin within a week: three at most, soonest first. One query."""
    if not user.has_role(*roles.STAFF) or not user.led_group_ids:
        return []
    items = []
    for day in coming(user, SOON)[:AT_MOST]:
        when = "Today" if day.on <= today() else words.upper_first(words.day(day.on))
        hook = f" {day.page.lesson_hook}" if day.page.lesson_hook else ""
        url = reverse("notice:local-page", args=[day.page_id])
        items.append(TodayItem(LOCAL, day.page.title, url, f"{when}.{hook}", due=day.on, order=ORDER))
    return items
