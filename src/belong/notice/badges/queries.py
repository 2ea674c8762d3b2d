"""What the pages of badges, a pupil's own page and other parts of the room ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from belong.base.access import allowed
from belong.base.among import among
from belong.notice.badges.access import visible_awards
from belong.notice.models import Award, Badge, StatusList
from belong.people.access import visible_pupils
from belong.people.models import Person, School, User
from belong.people.queries import YEAR_ORDER, year_label


def awards_of(pupil: Person) -> list[Award]:
    """The badges a pupil holds, newest first; withdrawn ones are not among them. One query."""
    standing = Award.objects.filter(pupil=pupil, revoked_on__isnull=True)
    return list(standing.select_related("badge", "by"))


def badges_recognised_since(pupils: Iterable[Person | int] | None, since: date) -> set[int]:
    """Ids of those of the pupils (None: all) who hold a badge given on or after a day. One query."""
    standing = Award.objects.filter(among("pupil", pupils), on__gte=since, revoked_on__isnull=True)
    return set(standing.order_by().values_list("pupil_id", flat=True).distinct())


@dataclass(frozen=True)
class Listed:
    """A badge on the list: how many of the viewer's own pupils hold it, and whether the viewer may give it."""

    badge: Badge
    holders: int
    may_give: bool


def badge_list(user: User) -> tuple[list[Listed], list[Listed]]:
    """The badges on offer and those put away; constant number of queries."""
    held = (
        visible_awards(user).filter(revoked_on__isnull=True).order_by().values("badge").annotate(n=Count("*"))
    )
    counts = {row["badge"]: row["n"] for row in held}
    rows = [
        Listed(
            badge,
            counts.get(badge.pk, 0),
            badge.retired_on is None and allowed(user, "notice.give_badge", badge),
        )
        for badge in Badge.objects.select_related("trait").defer("picture")
    ]
    return [row for row in rows if not row.badge.retired_on], [row for row in rows if row.badge.retired_on]


def awards_to_see(user: User, badge: Badge) -> QuerySet[Award]:
    """Who holds or held a badge, as far as the viewer may see, newest first."""
    return visible_awards(user).filter(badge=badge).select_related("pupil", "by", "revoked_by")


def pupils_without(user: User, badge: Badge) -> list[Person]:
    """The viewer's pupils who do not hold a badge, by name."""
    holding = Award.objects.filter(badge=badge, revoked_on__isnull=True).values("pupil")
    rest = visible_pupils(user).filter(~Q(pk__in=holding))
    return list(rest.order_by("family_name", "given_name"))


def by_year(pupils: Iterable[Person]) -> list[tuple[str, list[Person]]]:
    """Pupils under the name of their year, the youngest year first."""
    order = {year: at for at, year in enumerate(YEAR_ORDER)}
    years: dict[str, list[Person]] = {}
    for pupil in sorted(pupils, key=lambda one: order.get(one.year, len(order))):
        years.setdefault(pupil.year, []).append(pupil)
    return [(year_label(year) if year else "No year", rows) for year, rows in years.items()]


def status_lists(school: School) -> list[StatusList]:
    """The lists in which badges that left the school stand."""
    return list(StatusList.objects.filter(school=school).select_related("school"))
