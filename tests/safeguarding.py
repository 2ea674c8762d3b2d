"""A school whose safeguarding works: somebody reads at any hour, and a test alert was taken on."""

from datetime import time

from belong.base.clock import now
from belong.guard.concerns.record import add, new_reference
from belong.guard.models import Concern, ConcernEntry, Shift
from belong.people.models import User

ALWAYS = (time(0), time(23, 59, 59))


def put_on_rota(reader: User, hours: tuple[time, time] = ALWAYS, days: range = range(7)) -> None:
    """The person behind a sign-in reads what pupils write on these weekdays, in these hours."""
    Shift.objects.bulk_create(
        Shift(school=reader.school, person=reader.person, weekday=day, starts=hours[0], ends=hours[1])
        for day in days
    )


def try_the_way(dsl: User) -> Concern:
    """A test alert that was told to the safeguarding lead, who took it on."""
    concern = Concern.objects.create(
        school=dsl.school, reference=new_reference(), kind=Concern.TEST, raised_at=now()
    )
    add(concern, ConcernEntry.RAISED, urgent=True, words={"pieces": []})
    add(
        concern,
        ConcernEntry.REMINDED,
        step=100,
        to=[dsl.person_id],
        due=now().isoformat(),
        late=False,
        mailed=1,
    )
    add(concern, ConcernEntry.ACKNOWLEDGED, actor=dsl)
    add(concern, ConcernEntry.DECIDED, actor=dsl, outcome=ConcernEntry.SORTED)
    return concern
