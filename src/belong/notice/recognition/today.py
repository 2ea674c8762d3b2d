"""What recognition puts on the Today page: that something kind waits to be looked through."""

from django.urls import reverse

from belong.base.today import TodayItem
from belong.notice import words
from belong.notice.models import Recognition
from belong.notice.recognition.access import to_look_through
from belong.people import roles
from belong.people.models import User

WAITING = "recognition"
ORDER = 36


def waiting(user: User) -> list[TodayItem]:
    """For tutors and pastoral leads: one line for all that waits, with whom it is about where it is one."""
    if user.person_id is None or not user.has_role(*roles.STAFF):
        return []
    rows = to_look_through(user).filter(state=Recognition.WAITING).order_by("recorded_at", "id")
    names = list(rows.values_list("pupil__given_name", "pupil__preferred_name")[:100])
    if not names:
        return []
    given, preferred = names[0]
    one = f"Something good about {preferred or given}"
    title = one if len(names) == 1 else f"{words.upper_first(words.number(len(names)))} kind things to read"
    detail = "Somebody sent it. Read it, then it is shown."
    return [
        TodayItem(WAITING, title, reverse("notice:recognition"), detail, order=ORDER, action_label="Read")
    ]
