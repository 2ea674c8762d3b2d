"""The released story of `tests.tell.build`, and a plan of the school's own without a gap."""

from datetime import date

import pytest

from belong.act.actions import make_plan
from belong.act.models import Plan
from tests.tell.build import Told, make_story


@pytest.fixture
def story(cast, in_school) -> Told:
    return make_story(cast.school, cast.head)


@pytest.fixture
def own_plan(cast, in_school) -> Plan:
    """Led by the tutor, who holds no pastoral role."""
    return make_plan(
        cast.head,
        title="A bench in every corridor",
        owner=cast.tutor.person,
        starts_on=date(2026, 1, 5),
        review_on=date(2026, 6, 1),
        steps=[("Measure the corridors", None), ("Ask the site team", date(2026, 2, 1))],
    )
