"""Who was heard after asking for an adult: one of the named routes of a pupil's voice."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from belong.base.among import among
from belong.guard.models import Concern, ConcernEntry


def asked_and_heard(pupils: Collection[int] | Any, since: date, until: date | None = None) -> set[int]:
    """Ids of those who asked for an adult since a day (and by `until`), where an adult has taken it on; one query.

    Not before it was taken on, so that nobody learns of it before the safeguarding lead has; and never where it is
    about an adult here. `pupils` are ids, a query for ids, or None for all. It says that, not what, when or to whom.
    """
    entries = ConcernEntry.objects.order_by()
    taken = entries.filter(kind=ConcernEntry.ACKNOWLEDGED).values("concern")
    about = entries.filter(kind=ConcernEntry.ABOUT).values("concern")
    asked = Concern.objects.filter(
        among("person", pupils), kind=Concern.ASKED, raised_at__gte=_midnight(since), pk__in=taken
    ).exclude(pk__in=about)
    if until is not None:
        asked = asked.filter(raised_at__lt=_midnight(until + timedelta(days=1)))
    return set(asked.order_by().values_list("person_id", flat=True))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
