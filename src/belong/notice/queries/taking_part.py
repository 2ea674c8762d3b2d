"""Who takes part: a club, or a role one holds.

A role is a part a pupil has in any group (captain of a house, lead of a club, seat on a council) and being an
ambassador. Being a plain member of a group the school made itself is no sign of belonging: such groups gather pupils
for help as often as for fun, and this list must not read as one of them.
"""

from datetime import date
from typing import Any

from django.db.models import Q

from belong.base.among import among
from belong.notice.models import Ambassador
from belong.people.models import Group, Membership


def with_club_or_role(pupils: Any, on: date | None = None) -> set[int]:
    """Ids of those of the pupils (None: all) in a club or with a role on a date (default today); two queries."""
    club = Q(group__kind=Group.CLUB, part=Membership.MEMBER)
    part = Q(part__in=(Membership.LEAD, Membership.ASSISTANT))
    rows = Membership.objects.current(on).filter(club | part, among("person", pupils))
    shown = Ambassador.objects.current(on).filter(among("pupil", pupils))
    return set(rows.order_by().values_list("person_id", flat=True)) | set(
        shown.order_by().values_list("pupil_id", flat=True)
    )
