"""An open pupils' wave, ways into it, and a sheet to send."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from belong.ask import actions
from belong.ask.models import ClassSession, Wave
from belong.ask.passes import SheetPass
from belong.ask.readers import readers_for
from belong.ask.signals import wave_closed, wave_opened, wave_opening
from belong.base.clock import today


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """The ask room without the rooms above it: what they answer to its signals is tested with them."""
    for signal in (wave_opening, wave_opened, wave_closed):
        monkeypatch.setattr(signal, "receivers", [])


def plan(cast, instrument="belong-core", audience="pupils", years=("8", "9"), **more) -> Wave:
    """A draft by the survey lead, from today for two weeks; call inside the school's scope."""
    fields = {
        "title": "How is school?",
        "audience": audience,
        "instrument_key": instrument,
        "years": list(years),
        "opens_on": today(),
        "closes_on": today() + timedelta(days=13),
    }
    return actions.draft_wave(cast.survey_lead, **(fields | more))


@pytest.fixture
def draft(cast, in_school, built_once) -> Wave:
    return built_once(f"a draft {_heard_by()}", lambda: plan(cast), cast)


@pytest.fixture
def wave(cast, draft, built_once) -> Wave:
    name = f"a wave {_heard_by()}"
    return built_once(name, lambda: actions.open_wave(cast.survey_lead, draft), cast, draft)


def _heard_by() -> list[int]:
    """How many in the rooms above listen: what they do belongs to the wave."""
    return [len(signal.receivers) for signal in (wave_opening, wave_opened, wave_closed)]


@pytest.fixture
def close(cast, django_capture_on_commit_callbacks):
    """`close(wave)`: closed, with the jobs that follow done."""

    def run(wave: Wave) -> Wave:
        with django_capture_on_commit_callbacks(execute=True):
            closed = actions.close_wave(cast.survey_lead, wave)
        closed.refresh_from_db()
        return closed

    return run


@pytest.fixture
def card_of(cast, wave):
    """`card_of(pupil)`: the address of a new card."""

    def issue(pupil) -> str:
        group = cast.tutor_group if pupil in cast.pupils else cast.other_group
        card = actions.issue_card(cast.survey_lead, wave, group, pupil.pk)
        return reverse("ask:card", args=[card.token])

    return issue


@pytest.fixture
def session(cast, wave) -> ClassSession:
    return actions.open_class_session(cast.tutor, wave, cast.tutor_group)


def begin(address: str, client: Client | None = None) -> Client:
    """A browser that scanned a card and pressed Start."""
    client = client or Client()
    client.post(address)
    return client


def sheet_on(client: Client) -> dict[str, str]:
    """The hidden fields of the questionnaire this browser sees, ready to be filled in and posted."""
    page = client.get(reverse("ask:questions"))
    assert page.status_code == 200
    sealed = re.search(r'name="pass" value="([^"]+)"', page.content.decode())
    assert sealed is not None
    return {"pass": html.unescape(sealed.group(1))}


def sheet_for(wave: Wave, pupil, readers=()) -> dict[str, str]:
    """The same hidden fields, without a browser."""
    return {"pass": SheetPass(wave.pk, pupil.pk, readers=tuple(readers)).sign()}


def send(client: Client, sheet: dict[str, str], *, script: bool = True):
    """Post a sheet as the page's script does, or as a plain form."""
    headers = {"Accept": "application/json"} if script else {"Accept": "text/html"}
    return client.post(reverse("ask:answers"), sheet, headers=headers)


def answer(wave: Wave, person, **given) -> None:
    """The person's sheet, as the page would send it: `answer(wave, pupil, **{"adults-1": 4})`."""
    readers = [reader.pk for reader in readers_for(wave, person)]
    actions.submit_sheet(wave, person, given, uuid4(), readers)
