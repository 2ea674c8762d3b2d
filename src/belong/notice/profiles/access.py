"""Who may read and write a pupil's own page.

A part of the approved page is read by whom the pupil chose, and by nobody besides: not by a wider circle because they
hold a post. Where the pupil chose "just my tutor", that is the tutor of the day it was agreed. What the pupil means for
all staff goes no further than the adults who teach them or look after them until the family has agreed, too.
A draft is read by whoever drafts it and by the pupil. Rows of pupils who left are shown to nobody.
"""

from collections.abc import Mapping
from typing import Any

import rules
from django.db.models import Exists, OuterRef, Q, QuerySet

from belong.base.access import fetch
from belong.base.clock import today
from belong.guard.concerns.routes import visible_concerns
from belong.notice.models import Audience, ProfilePage, ProfilePart
from belong.notice.recognition.access import is_my_child
from belong.people import roles
from belong.people.access import is_a_pupil, is_carer, is_pastoral, is_staff, teaches_pupil
from belong.people.models import Group, Membership, Person, User
from belong.people.queries import year_label

YOUNGEST = ("N1", "N2", "R", "1", "2")
State = ProfilePage.State


@rules.predicate
def has_not_left(user: User, pupil: Person) -> bool:
    """The pupil is here, or is about to start."""
    return not pupil.is_leaver


@rules.predicate
def is_self(user: User, pupil: Person) -> bool:
    """The pupil themselves, signed in."""
    return user.person_id is not None and user.person_id == pupil.pk and user.has_role(roles.PUPIL)


@rules.predicate
def is_carer_of(user: User, pupil: Person) -> bool:
    """A carer whom the school lets see this child."""
    return bool(is_carer(user) and is_my_child(user, pupil))


@rules.predicate
def reads_a_part(user: User, pupil: Person) -> bool:
    """The pupil's page holds a part that is for this user."""
    return bool(visible_parts(user).filter(page__pupil=pupil).exists())


@rules.predicate
def is_for_user(user: User, part: ProfilePart) -> bool:
    """The part is on the page that is shared now, and the pupil chose that this user may read it."""
    page = part.page
    if page.state != State.APPROVED or page.pupil.is_leaver:
        return False
    if part.audience == Audience.STAFF and page.family_on is not None:
        return True
    if part.audience in (Audience.STAFF, Audience.TEACHERS):
        return bool(teaches_pupil(user, page.pupil) or is_pastoral(user, page.pupil))
    return bool(_as_tutor(user, part).exists())


@rules.predicate
def drafted_it(user: User, page: ProfilePage) -> bool:
    """The user drafted this version."""
    return user.person_id is not None and page.drafted_by_id == user.person_id


@rules.predicate
def is_not_shared_yet(user: User, page: ProfilePage) -> bool:
    """It is being written, or waits for the pupil."""
    return page.state in (State.DRAFT, State.WAITING)


@rules.predicate
def reads_its_concern(user: User, page: ProfilePage) -> bool:
    """The version is held back because of its words, and the user reads the concern that was raised about them."""
    reads = bool(visible_concerns(user).filter(pk=page.concern_id or 0).exists())
    return reads and page.state == State.HELD


@rules.predicate
def is_shared(user: User, page: ProfilePage) -> bool:
    """It is the page that is shared now."""
    return bool(page.state == State.APPROVED)


def _of(name: str, test: rules.predicates.Predicate) -> rules.predicates.Predicate:
    """A predicate about a pupil, asked of a version of the pupil's page."""
    return rules.predicate(lambda user, page: test(user, page.pupil), name=name)


# What asks the database comes first, so that a refusal takes the same time whether there is such a row or not.
_theirs = (teaches_pupil | is_pastoral) & is_a_pupil & has_not_left
_pupil_of_theirs = _of("may_draft", is_staff & _theirs)
_own_page = _of("is_self", is_self)
_pupil_here = _of("has_not_left", has_not_left)

PERMISSIONS: Mapping[str, rules.predicates.Predicate] = {
    "notice.view_profile": is_staff
    & (teaches_pupil | is_pastoral | reads_a_part)
    & is_a_pupil
    & has_not_left,
    "notice.view_profile_part": is_staff & is_for_user,
    "notice.draft_profile": is_staff & _theirs,
    "notice.own_profile": is_self & is_a_pupil & has_not_left,
    "notice.view_draft": _pupil_here & ((drafted_it & _pupil_of_theirs & is_not_shared_yet) | _own_page),
    "notice.answer_profile": _own_page & _pupil_here,
    "notice.approve_with_pupil": drafted_it & is_not_shared_yet & _pupil_of_theirs,
    "notice.note_family": _pupil_here & (_pupil_of_theirs | _of("is_carer_of", is_carer_of)) & is_shared,
    "notice.let_profile_through": _pupil_here & reads_its_concern,
    "notice.view_clinic": is_staff,
}


def visible_parts(user: User) -> QuerySet[ProfilePart]:
    """Every part for which `notice.view_profile_part` holds: the audience is asked in the query."""
    if not user.has_role(*roles.STAFF):
        return ProfilePart.objects.none()
    day = today()
    stays = Q(page__pupil__left_on__isnull=True) | Q(page__pupil__left_on__gt=day)
    shared = ProfilePart.objects.filter(stays, page__state=State.APPROVED)
    close = Q(audience__in=(Audience.STAFF, Audience.TEACHERS)) & _taught_or_looked_after(user)
    agreed = Q(audience=Audience.STAFF, page__family_on__isnull=False)
    return shared.filter(agreed | close | _for_tutors(user))


def visible_drafts(user: User) -> QuerySet[ProfilePage]:
    """Versions this adult drafts and has not yet shared, of pupils who are still theirs; by `notice.view_draft`."""
    mine = ProfilePage.objects.filter(drafted_by=user.person_id, state__in=(State.DRAFT, State.WAITING))
    if user.person_id is None or not user.has_role(*roles.STAFF):
        return mine.none()
    stays = Q(pupil__left_on__isnull=True) | Q(pupil__left_on__gt=today())
    return mine.filter(stays, _taught_or_looked_after(user, "pupil"))


def held_pages(user: User) -> QuerySet[ProfilePage]:
    """Versions for which `notice.let_profile_through` holds."""
    held = ProfilePage.objects.filter(state=State.HELD, concern__in=visible_concerns(user))
    return held.filter(Q(pupil__left_on__isnull=True) | Q(pupil__left_on__gt=today()))


def needs_company(pupil: Person) -> str:
    """Why a pupil approves together with an adult: they are young, or have no sign-in here; "" where they need not."""
    if pupil.year in YOUNGEST:
        return f"{pupil.first_name} is in {year_label(pupil.year)}"
    if not User.objects.filter(person=pupil, is_active=True).exists():
        return f"{pupil.first_name} has no sign-in here"
    return ""


def access_profile(user: User, pupil_id: int) -> Person:
    """A pupil whose page the user may open; else 404."""
    return fetch(user, "notice.view_profile", Person.objects.pupils(), pk=pupil_id)


def access_pupil_to_draft(user: User, pupil_id: int) -> Person:
    """A pupil with whom the user may write a page; else 404."""
    return fetch(user, "notice.draft_profile", Person.objects.pupils(), pk=pupil_id)


def access_page(user: User, verb: str, page_id: int) -> ProfilePage:
    """A version to which the user may do `verb`; else 404."""
    return fetch(user, verb, ProfilePage.objects.select_related("pupil", "drafted_by"), pk=page_id)


def _taught_or_looked_after(user: User, pupil: str = "page__pupil") -> Q:
    """A filter on rows about pupils whom the user teaches or has a pastoral role for."""
    pastoral = {role.group_id for role in user.current_roles if role.role in roles.PASTORAL}
    if None in pastoral:
        return ~Q(pk__in=[])
    inside = Membership.objects.current().filter(
        group__in=user.led_group_ids | pastoral, part=Membership.MEMBER
    )
    return Q(**{f"{pupil}__in": inside.values("person")})


def _tutored() -> Any:
    """Memberships of today in tutor groups."""
    return Membership.objects.current().filter(group__kind=Group.TUTOR_GROUP)


def _for_tutors(user: User) -> Q:
    """Parts for the pupil's tutor: of today where it goes on to the next one, else of the day it was agreed."""
    inside = _tutored().filter(
        part=Membership.MEMBER, group__in=user.led_group_ids, person=OuterRef("page__pupil")
    )
    leading = (
        _tutored().exclude(part=Membership.MEMBER).filter(person=user.person_id, group=OuterRef("group"))
    )
    since_then = Q(since__isnull=True) | Q(since__lte=OuterRef("page__approved_on"))
    led_then = leading.filter(Q(since__isnull=True) | Q(since__lte=OuterRef(OuterRef("page__approved_on"))))
    stayed = inside.filter(since_then, Exists(led_then))
    return Q(Exists(inside), audience=Audience.TUTORS) | Q(Exists(stayed), audience=Audience.TUTOR)


def _as_tutor(user: User, part: ProfilePart) -> QuerySet[Membership]:
    """The pupil's memberships by which the user is the tutor whom the part is for."""
    inside = _tutored().filter(
        part=Membership.MEMBER, group__in=user.led_group_ids, person=part.page.pupil_id
    )
    if part.audience == Audience.TUTORS:
        return inside
    then = Q(since__isnull=True) | Q(since__lte=part.page.approved_on)
    led = _tutored().exclude(part=Membership.MEMBER).filter(then, person=user.person_id)
    return inside.filter(then, group__in=led.values("group"))
