"""The line about empty places over time, for the list of pupils nobody has noticed yet."""

from django.urls import reverse

from belong.base.access import allowed
from belong.notice.over_time import OverTime
from belong.people.models import User
from belong.see.access import visible_noticing
from belong.see.models import NoticingRelease
from belong.see.noticing.queries import read_date
from belong.see.noticing.words import few_empty


def empty_places(user: User) -> OverTime | None:
    """What the newest release says about empty places; None where there is none to read."""
    if not allowed(user, "see.list_noticing"):
        return None
    ready = visible_noticing(user).filter(kind=NoticingRelease.NOTICED, state=NoticingRelease.READY)
    row = ready.order_by("-on").first()
    if row is None or not (said := few_empty(read_date(row, user))):
        return None
    return OverTime(said, reverse("see:noticing-table", args=[row.on.isoformat(), "places"]))
