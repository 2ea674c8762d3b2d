"""In which language a sheet was answered stays with it when the wave closes, and a release counts drafts from it."""

from uuid import uuid4

from belong.ask import actions
from belong.ask.how import How
from belong.ask.languages.actions import note_check
from belong.ask.models import PooledRow
from belong.ask.queries.rows import drafts_among
from belong.base.clock import today
from tests.ask.conftest import plan


def test_drafts_are_counted_by_what_they_were_when_the_wave_opened(cast, in_school, close):
    note_check(cast.survey_lead, "cy", checked_by="Ffion Rees", checked_on=today())
    wave = actions.open_wave(cast.survey_lead, plan(cast))
    for pupil, code in zip(cast.pupils[:4], ("en", "pl", "cy", "ar"), strict=True):
        actions.submit_sheet(wave, pupil, {"adults-1": 4}, uuid4(), (), How(language=code))
    note_check(cast.survey_lead, "pl", checked_by="Ewa Nowak", checked_on=today())
    closed = close(wave)
    assert drafts_among(closed) == (2, 4)
    assert sorted(row.how["language"] for row in PooledRow.objects.all()) == ["ar", "cy", "en", "pl"]
