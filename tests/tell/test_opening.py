"""Ask less: the next wave waits for the answer to the last, and Today says who is waiting."""

from datetime import timedelta

import pytest

from belong.ask.actions import draft_wave, open_wave
from belong.ask.models import Wave
from belong.base.clock import today
from belong.base.errors import Refused
from belong.base.today import items_for
from belong.tell.actions import unpublish_response
from tests.tell.build import AUTUMN, SPRING, make_wave
from tests.tell.conftest import respond

REASON = "“Spring wave” has no published response yet. Publish what you heard and did first."


@pytest.fixture
def draft(cast, story):
    def make(**more) -> Wave:
        fields = {
            "title": "Summer wave",
            "audience": Wave.PUPILS,
            "instrument_key": "belong-core",
            "opens_on": today(),
            "closes_on": today() + timedelta(days=10),
            "years": ["8", "9"],
        }
        return draft_wave(cast.survey_lead, **(fields | more))

    return make


def test_a_wave_waits_for_the_answer_to_the_last_one(cast, draft, client_as):
    wave = draft()
    assert REASON in client_as(cast.survey_lead).get(f"/ask/{wave.pk}/").content.decode()
    with pytest.raises(Refused) as refusal:
        open_wave(cast.survey_lead, wave, override_reason="I want to")
    assert REASON in refusal.value.reason
    wave.refresh_from_db()
    assert wave.is_draft


def test_a_leader_may_open_it_with_a_reason(cast, draft):
    wave = open_wave(cast.head, draft(), override_reason="A new inspection year.")
    assert wave.is_open
    assert wave.override_reason == "A new inspection year."


def test_a_published_response_lets_it_open(cast, draft, story):
    response = respond(cast, story.spring)
    assert open_wave(cast.survey_lead, draft()).is_open
    assert unpublish_response(cast.head, response=response).published_at is None


def test_other_people_are_not_kept_waiting(cast, draft, story):
    Wave.objects.filter(pk__in=(AUTUMN, SPRING)).update(years=["10", "11"])
    assert open_wave(cast.survey_lead, draft()).is_open


def test_only_the_last_wave_counts(cast, draft, story):
    respond(cast, story.spring)
    assert not hasattr(story.autumn, "response")
    assert open_wave(cast.survey_lead, draft()).is_open


def owed(user) -> list[tuple[str, str]]:
    return [(item.title, item.url) for item in items_for(user) if item.kind == "tell"]


def test_today_names_the_people_who_wait_until_they_have_their_answer(cast, story):
    spring = ("Answer the pupils you asked: Spring wave", f"/tell/{SPRING}/edit/")
    autumn = ("Answer the pupils you asked: Autumn wave", f"/tell/{AUTUMN}/edit/")
    assert owed(cast.head) == owed(cast.survey_lead) == [autumn, spring]
    assert owed(cast.tutor) == owed(cast.governor) == []
    respond(cast, story.spring)
    assert owed(cast.head) == []


def test_a_wave_whose_release_is_not_ready_is_not_owed_yet(cast, in_school):
    make_wave(cast.school, AUTUMN)
    assert owed(cast.head) == []
