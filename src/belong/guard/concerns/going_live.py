"""Before pupils are asked in their own words: has a test alert reached the safeguarding lead, and been taken on?"""

from datetime import timedelta

from belong.base.clock import now
from belong.guard.concerns.rota import next_reading
from belong.guard.models import Concern, ConcernEntry
from belong.people import roles
from belong.people.models import Role, School

GOOD_FOR = timedelta(days=400)
UNTESTED = (
    "Nobody has tried yet whether an alert reaches the safeguarding lead. Send a test alert from the safeguarding "
    "rota, and let the safeguarding lead take it on."
)
UNREAD = "Nobody is on the rota to read what pupils write. Put a reader on the safeguarding rota."


def tested(school: School) -> bool:
    """Whether in the last year a test was told to a safeguarding lead, who took it on."""
    leads = Role.objects.current().filter(role=roles.DSL).values("person")
    taken = ConcernEntry.objects.filter(kind=ConcernEntry.ACKNOWLEDGED, actor__person__in=leads)
    told = ConcernEntry.objects.filter(kind=ConcernEntry.REMINDED)
    tests = Concern.objects.filter(kind=Concern.TEST, raised_at__gte=now() - GOOD_FOR)
    return bool(tests.filter(pk__in=taken.values("concern")).filter(pk__in=told.values("concern")).exists())


def what_is_missing(school: School) -> list[str]:
    """Why own words should not be asked for yet; empty where nothing stands in the way."""
    missing = [] if tested(school) else [UNTESTED]
    if not next_reading(school).is_rostered:
        missing.append(UNREAD)
    return missing
