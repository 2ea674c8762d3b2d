"""Short ways to fill the notice room's tables as of days ago."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from belong.base.clock import now, today
from belong.notice.models import (
    KnownBy,
    Moment,
    ProfilePage,
    Recognition,
    Relationship,
    RelationshipChange,
    State,
    Trait,
)
from belong.people.models import Group, Membership, Person, User


def ago(days: int) -> date:
    return today() - timedelta(days=days)


@pytest.fixture
def noted(cast, in_school) -> Callable[..., Moment]:
    """`noted(cast.tutor, pupil, days=3, kind="praise")`: a moment noted that many days ago."""

    def make(user: User, pupil: Person, days: int = 0, kind: str = "greeting", note: str = "") -> Moment:
        return Moment.objects.create(
            school=cast.school,
            adult=user.person,
            pupil=pupil,
            kind=kind,
            note=note,
            on=ago(days),
            recorded_at=now() - timedelta(days=days),
            submission=uuid4(),
        )

    return make


@pytest.fixture
def stands(cast, in_school) -> Callable[..., Relationship]:
    """`stands(cast.tutor, pupil, "restore", set_days=7, review_in=0)`: a relationship with its one change."""

    def make(
        user: User,
        pupil: Person,
        state: str = State.MAINTAIN,
        set_days: int = 0,
        review_in: int = 42,
        reason: str = "",
    ) -> Relationship:
        days = {"set_on": ago(set_days), "review_on": ago(-review_in)}
        fields = {"state": state, "reason": reason, **days, "school": cast.school}
        row = Relationship.objects.create(adult=user.person, pupil=pupil, **fields)
        at = now() - timedelta(days=set_days)
        RelationshipChange.objects.create(relationship=row, at=at, **fields)
        return row

    return make


@pytest.fixture
def knows(cast, in_school) -> Callable[..., KnownBy]:
    """`knows(cast.tutor, pupil, "Loves chess")`: the adult recorded knowing the pupil."""

    def make(user: User, pupil: Person, line: str = "") -> KnownBy:
        return KnownBy.objects.create(
            school=cast.school, adult=user.person, pupil=pupil, noted_on=today(), line=line
        )

    return make


@pytest.fixture
def join_club(cast, in_school) -> Callable[[Person], Membership]:
    """`join_club(pupil)`: in the chess club from now on."""

    def make(pupil: Person) -> Membership:
        club, _ = Group.objects.get_or_create(school=cast.school, kind=Group.CLUB, name="Chess club")
        return Membership.objects.create(school=cast.school, group=club, person=pupil)

    return make


@pytest.fixture
def recognise(cast, in_school) -> Callable[..., Recognition]:
    """`recognise(pupil, days=3)`: kindness seen in the pupil that many days ago, and approved."""

    def make(pupil: Person, days: int = 0, state: str = Recognition.APPROVED, **more) -> Recognition:
        trait, _ = Trait.objects.get_or_create(school=cast.school, name="Kindness")
        facts = {"school": cast.school, "source": "staff", "by": cast.tutor.person, "trait": trait, **more}
        return Recognition.objects.create(pupil=pupil, on=ago(days), recorded_at=now(), state=state, **facts)

    return make


@pytest.fixture
def share_profile(cast, in_school) -> Callable[[Person], ProfilePage]:
    """`share_profile(pupil)`: a page of the pupil's own, approved by them."""

    def make(pupil: Person) -> ProfilePage:
        facts = {"school": cast.school, "drafted_by": cast.tutor.person, "drafted_on": ago(9)}
        return ProfilePage.objects.create(pupil=pupil, state="approved", approved_on=ago(8), **facts)

    return make


@pytest.fixture
def lively(cast, noted, stands, knows, join_club):
    """The group of the worked screen: new pupils, quiet ones, each state, filled and empty places."""
    amina, ben, cerys, daniel, ewa, farhan, grace, hugo, isla, *rest = cast.pupils
    Person.objects.filter(pk=daniel.pk).update(joined_on=ago(10), said_like="oh-KAH-for")
    Person.objects.filter(pk=hugo.pk).update(joined_on=ago(3), preferred_name="Hugo")
    for pupil in (amina, cerys, farhan, grace, isla, *rest):
        stands(cast.tutor, pupil, State.MAINTAIN, set_days=20)
        noted(
            cast.tutor, pupil, days=2 + pupil.pk % 5, kind="praise", note="Waited for a friend who was lost."
        )
        knows(cast.tutor, pupil)
        join_club(pupil)
    stands(cast.tutor, ben, State.RESTORE, set_days=7, review_in=0, reason="We fell out over the trip.")
    noted(cast.tutor, ben, days=8)
    knows(cast.pastoral, ben, "His grandmother is at home.")
    stands(cast.tutor, daniel, State.ESTABLISH, set_days=9)
    noted(cast.other_tutor, daniel, days=4)
    stands(cast.tutor, ewa, State.MAINTAIN, set_days=50, review_in=-3)
    noted(cast.tutor, ewa, days=31)
    return cast
