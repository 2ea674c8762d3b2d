"""What pupils' own pages put on Today: those that somebody has to read before they are shared."""

from django.urls import reverse

from belong.base.today import TodayItem
from belong.notice.profiles.access import held_pages
from belong.people import roles
from belong.people.models import User

HELD = "held"


def held_back(user: User) -> list[TodayItem]:
    """For whoever reads the concern about it: a page that waits. Nothing for anybody else, and no words."""
    if not user.has_role(*roles.PASTORAL, roles.GOVERNOR):
        return []
    return [
        TodayItem(
            HELD,
            page.pupil.display_name,
            reverse("notice:held-profile", args=[page.pk]),
            "Their own page waits until somebody has read it",
            order=6,
            action_label="Read it",
        )
        for page in held_pages(user).select_related("pupil")
    ]
