"""Reading pupils' own pages: always through `visible_parts`, so that nobody sees more than the pupil chose."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from belong.base.among import among
from belong.base.clock import today
from belong.notice.models import Audience, ProfileField, ProfilePage, ProfilePart
from belong.notice.profiles.access import visible_parts
from belong.notice.profiles.words import SUPPORTS
from belong.people.models import Person, User
from belong.people.queries import tutor_group_of

JOINED_WITHIN, STARTS_WITHIN = timedelta(weeks=6), timedelta(weeks=8)
ORDER = list(ProfileField.values)
State = ProfilePage.State


@dataclass(frozen=True)
class Reading:
    """One pupil's page as one adult may read it; no parts where nothing in it is for them."""

    pupil: Person
    page: ProfilePage | None
    parts: tuple[ProfilePart, ...]
    group: str = ""


def with_profile(pupils: Collection[int] | Any) -> set[int]:
    """Ids of those of some pupils (ids, rows or a query; None: all) whose page is approved and shared; one query.

    That there is one, not what it says or to whom.
    """
    shared = ProfilePage.objects.filter(among("pupil", pupils), state=State.APPROVED).order_by()
    return set(shared.values_list("pupil_id", flat=True))


def readings(user: User, pupils: Iterable[Person]) -> list[Reading]:
    """The pages of some pupils as the user may read them, in the order given; two queries."""
    pupils = list(pupils)
    found = visible_parts(user).filter(page__pupil__in=pupils).select_related("page")
    parts: dict[int, list[ProfilePart]] = {}
    for part in found:
        parts.setdefault(part.page.pupil_id, []).append(part)
    groups = tutor_group_of([pupil.pk for pupil in pupils])
    made = []
    for pupil in pupils:
        mine = sorted(parts.get(pupil.pk, ()), key=lambda part: ORDER.index(part.field))
        page = mine[0].page if mine else None
        name = groups[pupil.pk].name if pupil.pk in groups else ""
        made.append(Reading(pupil, page, tuple(mine), name))
    return made


def newcomers(years: Collection[str] = ()) -> list[Person]:
    """Pupils who joined in the last six weeks or start in the next eight, soonest to start first; one query."""
    day = today()
    stays = Q(left_on__isnull=True) | Q(left_on__gt=day)
    found = Person.objects.pupils().filter(
        stays, joined_on__gt=day - JOINED_WITHIN, joined_on__lte=day + STARTS_WITHIN
    )
    if years:
        found = found.filter(year__in=years)
    return list(found.order_by("-joined_on", "family_name", "given_name", "id"))


def is_about_to_start(pupil: Person, day: date) -> bool:
    """Has a day to start, and it has not come."""
    return pupil.joined_on is not None and pupil.joined_on > day


def current_page(pupil: Person) -> ProfilePage | None:
    """The version that is shared now, if there is one."""
    return ProfilePage.objects.filter(pupil=pupil, state=State.APPROVED).select_related("pupil").first()


def parts_of(page: ProfilePage) -> list[ProfilePart]:
    """The parts of a version that say something, in their order."""
    found = [part for part in page.parts.all() if part.text or part.supports]
    return sorted(found, key=lambda part: ORDER.index(part.field))


def is_for_all(page: ProfilePage) -> bool:
    """Whether a part of the version is meant for all staff."""
    return bool(page.parts.filter(audience=Audience.STAFF).exists())


def supports_in_words(part: ProfilePart) -> list[str]:
    """`["Tell me beforehand what you will ask", …]`: those ticked, in our order."""
    return [str(label) for key, label in SUPPORTS.items() if key in part.supports]


def draft_by(pupil: Person, adult: Person | None) -> ProfilePage | None:
    """What somebody (the pupil, or an adult) is writing for this pupil and has not shared."""
    if adult is None:
        return None
    open_states = (State.DRAFT, State.WAITING, State.HELD)
    return ProfilePage.objects.filter(pupil=pupil, drafted_by=adult, state__in=open_states).first()


def waiting_for(pupil: Person) -> list[ProfilePage]:
    """Pages that adults wrote and that wait for this pupil's yes."""
    return list(ProfilePage.objects.filter(pupil=pupil, state=State.WAITING).select_related("drafted_by"))


def earlier_pages(pupil: Person) -> list[ProfilePage]:
    """What was shared before, newest first, with its parts; for the pupil alone."""
    before = ProfilePage.objects.filter(pupil=pupil, state__in=(State.REPLACED, State.WITHDRAWN))
    return list(before.prefetch_related("parts").order_by("-approved_on", "-id"))
