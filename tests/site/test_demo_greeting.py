"""What the demo schools show of greeting and of the place they are in."""

import io

import numpy as np
import pytest

from belong.base.clock import today
from belong.base.files import check_sound
from belong.notice.models import BackToday, LocalDay, LocalPage, NameSound, TalkUp
from belong.site.demo import notice_greeting, notice_local
from belong.site.demo.calendar import Calendar
from belong.site.demo.schools import Town


@pytest.fixture
def town(cast, in_school) -> Town:
    return Town(cast.school, np.random.default_rng(1), ("8",), 1, 12)


def test_a_secondary_school_has_names_said_aloud_somebody_back_and_lines_that_wait(town):
    notice_greeting.play(town, Calendar(today()))
    assert NameSound.objects.count() == 3
    assert BackToday.objects.get().pupil.given_name == "Isla"
    assert TalkUp.objects.filter(until__gte=today(), used_on=None).count() == 3
    assert check_sound(io.BytesIO(notice_greeting.hum())).seconds == 1.2


def test_a_primary_school_has_names_recorded_with_the_teacher(town):
    town.school.phase = "primary"
    notice_greeting.play(town, Calendar(today()))
    assert {sound.by.given_name for sound in NameSound.objects.all()} == {"Tutor", "Other_Tutor"}


def test_the_place_has_pages_drawings_and_days_to_come(town):
    notice_local.play(town, Calendar(today()))
    assert LocalPage.objects.count() == 7
    assert LocalPage.objects.filter(has_photo=True).count() == 3
    assert LocalDay.objects.filter(on__gt=today()).count() == 3
