"""The demo school, made small: everything in it really happened through the program's own actions."""

from dataclasses import replace

import pytest
from django.test import Client
from django_scopes import scope

from belong.act.models import Plan
from belong.ask.models import Wave
from belong.people.models import Person, School
from belong.see.models import ReleaseRecord
from belong.site.demo import build, schools
from belong.site.demo.cast import DEMO_PASSWORD, DEMO_USERS
from belong.tell.models import Response


@pytest.fixture
def demo(db, monkeypatch, settings):
    """Both demo schools, the secondary with two tutor groups a year."""
    settings.DEMO = True
    whole = schools.secondary
    monkeypatch.setattr(schools, "secondary", lambda rng: replace(whole(rng), forms_per_year=2))
    build.build()
    return School.objects.get(slug="oak-park")


@pytest.mark.once
def test_the_demo_is_whole_and_everyone_in_its_cast_can_be_tried(demo):
    """One build serves every check: it takes seconds."""
    assert build.is_complete()
    assert all(school.is_demo for school in School.objects.all())
    with scope(school=demo):
        _check_the_story()
    page = Client().get("/sign-in/").content.decode()
    for user in DEMO_USERS:
        assert user.name in page
        _check_sign_in(user.username)
    build.throw_away()
    assert not School.objects.filter(is_demo=True).exists()


def _check_the_story() -> None:
    """Releases are ready, every closed wave was answered, the two plans stand on their gaps, pupils came and went."""
    built = ReleaseRecord.objects.values_list("wave__instrument_key", "state")
    # Whom pupils could turn to, and whom they like to be with, is said to named people and is not for counting.
    about_people = ("trusted-adults", "friends")
    assert {state for _, state in built} == {"ready"}
    assert not {key for key, _ in built} & set(about_people)
    assert Wave.objects.filter(state=Wave.OPEN).count() == 1
    answered = Response.objects.exclude(published_at=None).count()
    assert answered == Wave.objects.filter(state=Wave.CLOSED).exclude(instrument_key__in=about_people).count()
    measures = [plan.gap_at_start["measure"] for plan in Plan.objects.order_by("pk")]
    assert measures == ["part:adults", "part:taking-part"]
    assert Person.objects.pupils().exclude(left_on=None).exists()


def _check_sign_in(username: str) -> None:
    client = Client()
    assert client.login(username=username, password=DEMO_PASSWORD), username
    page = client.get("/", follow=True)
    assert page.status_code == 200, username
    assert "Demonstration" in page.content.decode(), username
