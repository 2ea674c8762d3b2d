"""A school with two of its own words, and short ways to recognise somebody."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from belong.base.clock import now, today
from belong.notice.models import Recognition, Trait
from belong.people.models import Person


@pytest.fixture
def kindness(cast, in_school) -> Trait:
    return Trait.objects.create(school=cast.school, name="Kindness", about="Doing good unasked.", order=0)


@pytest.fixture
def courage(cast, in_school) -> Trait:
    return Trait.objects.create(school=cast.school, name="Courage", kind="trait", order=1)


@pytest.fixture
def recognised(cast, kindness) -> Callable[..., Recognition]:
    """`recognised(pupil, by=cast.tutor.person, state="approved", words="Waited for a friend.")`."""

    def make(pupil: Person, by: Person | None = None, days: int = 0, **more) -> Recognition:
        fields = {"source": "staff", "state": "approved", "words": "Waited for a friend.", "trait": kindness}
        return Recognition.objects.create(
            school=cast.school,
            pupil=pupil,
            by=by or cast.tutor.person,
            on=today() - timedelta(days=days),
            recorded_at=now() - timedelta(days=days),
            **(fields | more),
        )

    return make
