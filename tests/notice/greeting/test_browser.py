"""Greeting in a real browser: one tap at the door on a phone, and a name recorded and heard."""

import io
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from belong.base.clock import today
from belong.notice.greeting import actions
from belong.notice.models import Moment, NameSound, TalkUp
from belong.people.models import Person
from tests.base.files.making import wav
from tests.browser import axe, sign_in, until

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "permissions": ["microphone"]}
# A microphone that hums: the test machine has none.
HUM = """
navigator.mediaDevices.getUserMedia = async () => {
  const began = performance.now(), sound = new AudioContext();
  const out = sound.createMediaStreamDestination(), note = sound.createOscillator();
  note.connect(out);
  note.start();
  await sound.resume();
  window.hummed = () => (performance.now() - began) / 1000;
  return out.stream;
};
"""


@pytest.fixture
def morning(cast, in_school):
    """Hugo is new, Ben is back, a colleague left a line about Cerys, Amina said her name aloud."""
    amina, ben, cerys, *_, hugo = cast.pupils[:8]
    new = {"joined_on": today() - timedelta(days=3), "said_like": "OO-go SIL-va", "home_language": "pt"}
    Person.objects.filter(pk=hugo.pk).update(**new)
    actions.mark_back(cast.tutor, pupil=ben)
    actions.talk_up(
        cast.pastoral, pupil=cerys, line="Played the cornet on Friday, by heart. Ask her what it was."
    )
    actions.keep_sound(cast.pupil, pupil=amina, upload=io.BytesIO(wav()))
    return cast


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_tap_at_the_door_greets_and_undo_takes_it_back(page, live, morning):
    amina, _, cerys = morning.pupils[:3]
    sign_in(page, morning.tutor)
    page.goto(f"{live}/greet/")
    expect(page.locator(".door-card h3").first).to_contain_text("Ben Carter")
    axe(page, strict=True)

    card = page.locator(f"#greet-{cerys.pk}")
    expect(card).to_contain_text("Played the cornet")
    page.get_by_role("button", name="Greeted Cerys Pugh").press("Enter")
    expect(card.get_by_text("Greeted", exact=True)).to_be_visible()
    assert Moment.objects.filter(pupil=cerys, kind="greeting").count() == 1
    assert TalkUp.objects.get().used_by == morning.tutor.person
    card.get_by_role("button", name="Take back the greeting").click()
    expect(card).to_contain_text("Played the cornet")
    assert not Moment.objects.filter(pupil=cerys).exists()

    with page.expect_response("**/name/sound/") as heard:
        page.get_by_role("link", name=f"Hear how to say {amina.display_name}").click()
    assert heard.value.status in (200, 206)


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_pupil_records_their_name_listens_and_keeps_it(page, live, cast, in_school):
    page.add_init_script(HUM)
    sign_in(page, cast.pupil)
    page.goto(f"{live}/me/")
    page.get_by_role("link", name="Show how it is said").click()
    axe(page, strict=True)
    expect(page.get_by_role("button", name="Keep it")).to_be_hidden()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Recording. Say the name slowly")).to_be_visible()
    until(page, "window.hummed() > 0.9")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Listen. Is it right?")).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Record it again")).to_be_visible()
    kept = NameSound.objects.get(pupil=cast.pupil.person)
    assert kept.mime in ("audio/webm", "audio/mp4")
    assert 0.3 < kept.seconds < 10
