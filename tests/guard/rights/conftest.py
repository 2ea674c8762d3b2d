"""A school with something about a pupil in every room."""

import time
from datetime import timedelta
from uuid import UUID

import pytest

from belong.ask import actions as ask
from belong.base.clock import frozen, now, today
from belong.notice import actions as notice
from belong.people.confirming import SESSION_KEY
from belong.people.models import Characteristic
from tests.ask.conftest import answer, plan


@pytest.fixture
def amina(cast, in_school):
    """A pupil with a characteristic, moments, a relationship, somebody who knows her, and her own PIN."""
    pupil = cast.pupils[0]
    Characteristic.objects.create(school=cast.school, person=pupil, kind="ethnicity", value="white and asian")
    tell = {"pupils": [pupil], "on": today()}
    notice.record_moment(
        cast.tutor, kind="praise", note="held the door for Ben", submission=UUID(int=1), **tell
    )
    notice.record_moment(cast.tutor, kind="greeting", note="", submission=UUID(int=2), **tell)
    notice.set_state(cast.tutor, pupil=pupil, state="restore", reason="we fell out over the trip")
    notice.record_knowing(cast.tutor, pupil=pupil, line="likes frogs")
    ask.make_pin(cast.survey_lead, cast.tutor_group, pupil.pk)
    return pupil


@pytest.fixture
def asked(cast, in_school, amina):
    """An open wave that Amina and the others answered in words and by name."""
    wave = ask.open_wave(cast.head, plan(cast, title="Spring"), override_reason="First wave.")
    for pupil in cast.pupils:
        answer(
            wave,
            pupil,
            **{"check-in": 2, "open-helps": f"a quiet place, says {pupil.given_name}", "adults-1": 4},
        )
    return wave


@pytest.fixture
def closed(cast, asked):
    """The same wave, closed."""
    return ask.close_wave(cast.head, asked)


def days_ago(days: int):
    """A block in which it is so many days earlier."""
    return frozen(now() - timedelta(days=days))


@pytest.fixture
def unsure(client_as):
    """`unsure(cast.dsl)`: a browser of somebody who gave their password an hour ago."""

    def sign_in(user):
        client = client_as(user)
        session = client.session
        session[SESSION_KEY] = int(time.time()) - 3600
        session.save()
        return client

    return sign_in
