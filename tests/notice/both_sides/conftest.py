"""A wave that asks pupils whom they could turn to, answered and closed."""

from collections.abc import Callable

import pytest

from belong.ask import actions as ask
from belong.ask.models import Wave
from belong.ask.signals import wave_closed, wave_opened, wave_opening
from belong.notice.both_sides.tasks import wave_closed as both_sides_follow
from belong.people.models import Group, Membership, Person
from tests.ask.conftest import answer, plan


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Of all that follows when a wave closes, only what follows here."""
    for signal in (wave_opening, wave_opened, wave_closed):
        monkeypatch.setattr(signal, "receivers", [])
    wave_closed.connect(both_sides_follow)


@pytest.fixture
def asked(cast, in_school) -> Wave:
    """An open wave with the question for adults, read by the pupil's tutor and the pastoral lead."""
    draft = plan(cast, "trusted-adults", title="Adults you could turn to")
    return ask.open_wave(cast.head, draft, override_reason="For a test.")


@pytest.fixture
def turn_to(asked) -> Callable[..., None]:
    """`turn_to(pupil, cast.tutor, glad=4)`: the pupil names adults (none: nobody yet) and answers the other three."""

    def make(pupil: Person, *users, glad: int = 4, listened: int = 4, fair: int = 4) -> None:
        chosen = tuple(user.person_id for user in users)
        codes = {"adult-glad": glad, "adult-listened": listened, "adult-fair": fair}
        answer(asked, pupil, **{"turn-to": chosen}, **codes)

    return make


@pytest.fixture
def close(cast, asked, django_capture_on_commit_callbacks) -> Callable[[], Wave]:
    """Close the wave, with what follows."""

    def run() -> Wave:
        with django_capture_on_commit_callbacks(execute=True):
            ask.close_wave(cast.head, asked)
        asked.refresh_from_db()
        return asked

    return run


@pytest.fixture
def coach(cast, in_school) -> Person:
    """The other tutor also runs a club that Ben of 8H is in."""
    club = Group.objects.create(school=cast.school, kind=Group.CLUB, name="Chess")
    for person, part in ((cast.other_tutor.person, Membership.LEAD), (cast.pupils[1], Membership.MEMBER)):
        Membership.objects.create(school=cast.school, group=club, person=person, part=part)
    return cast.other_tutor.person
