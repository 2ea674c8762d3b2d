"""Answering as children meet it: on every size of screen, in every look, read aloud, by switch, from right to left."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import expect

from belong.ask import actions
from belong.ask.models import PooledSheet
from belong.ask.recordings.actions import keep_recording
from belong.people.models import Person
from tests.ask.conftest import plan
from tests.ask.test_answer_browser import card, start
from tests.base.files.making import wav
from tests.browser import DRESS, axe, rest, sign_in, targets, until

pytestmark = pytest.mark.browser

# A device with a voice of its own for English, and one that would send the words away.
VOICES = """
window.spoken = [];
const voice = (name, lang, localService) => ({ name, lang, localService, default: false, voiceURI: name });
const voices = [voice("far", "en-GB", false), voice("near", "en-US", true), voice("autre", "fr-FR", true)];
class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  getVoices: () => voices, cancel: () => {}, speaking: false,
  speak: (words) => { window.spoken.push([words.voice.name, words.text]); setTimeout(() => {
    words.dispatchEvent(new Event("start")); words.dispatchEvent(new Event("end")); }, 0); },
}) });
"""

PRESSED = """one => { window.pressed = [];
  new MutationObserver(() => window.pressed.push(String(one.getAttribute("aria-pressed")))).observe(one,
    { attributeFilter: ["aria-pressed"] }); }"""
"""What a button that stays down while it reads does, however slowly a test looks."""
FOCUSED = "(document.activeElement.closest('label') || document.activeElement).innerText.trim()"


@pytest.fixture
def core(cast, school):
    with scope(school=school):
        return actions.open_wave(cast.survey_lead, plan(cast))


@pytest.fixture
def picture(cast, school):
    """The picture version with its symbols, for a pupil of Year 1."""
    with scope(school=school):
        Person.objects.filter(pk=cast.pupils[0].pk).update(year="1")
        draft = plan(cast, "belong-picture", years=["1"], symbols=True)
        return actions.open_wave(cast.survey_lead, draft)


def fits(page) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px too wide at {page.viewport_size}"


SIZES = [(390, 844), (820, 1180), (1280, 900), (320, 256)]  # the last: 1280 × 1024 at 400 %


@pytest.mark.parametrize("look", ["light", "dark", "forced", "huge"])
def test_every_page_fits_every_screen(page, live, cast, school, core, look):
    if look == "forced":
        page.emulate_media(forced_colors="active")
    if look == "dark":
        page.emulate_media(color_scheme="dark")

    def walk() -> None:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            fits(page)
            targets(page)
        # In forced colours the device's own pairs are shown, and axe reads ours.
        if look == "light":
            axe(page, strict=True)
        elif look != "forced":
            axe(page, only=DRESS)

    page.goto(f"{live}/a/")
    walk()
    start(page, live, card(cast, core))
    if look == "huge":
        page.locator(".look > summary").click()
        for name, value in (("size", "huge"), ("letters", "wide"), ("lines", "wide"), ("font", "lexend")):
            page.locator(f"input[name=look-{name}][value={value}]").check()
        page.keyboard.press("Escape")
    walk()
    page.locator(".look > summary").click()
    targets(page)
    page.keyboard.press("Escape")
    for _ in range(21):
        page.locator(".question:visible [data-skip]").click()
    expect(page.locator("textarea:visible")).to_be_visible()
    walk()
    for _ in range(3):
        page.locator(".question:visible [data-skip]").click()
    walk()
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/a/done/**")
    walk()


def test_by_tab_alone_in_the_order_of_the_page_and_out_again(page, live, cast, core):
    """Read, answers, who sees and why, Back, rather not, Skip, Next: one key goes through and comes round."""
    page.add_init_script(VOICES)
    start(page, live, card(cast, core))
    page.locator(".question:visible [data-skip]").click()
    order = []
    for _ in range(8):
        page.keyboard.press("Tab")
        order.append(page.evaluate(FOCUSED))
    assert order[:7] == ["Read it to me", "Never", "Why we ask", "Back", "I’d rather not say", "Skip", "Next"]
    page.locator(".question:visible [data-skip]").focus()
    page.keyboard.press("Space")
    expect(page.locator("#where")).to_have_text("Question 3 of 24")


def test_read_aloud_by_the_devices_own_voice_and_by_no_other(page, live, cast, picture):
    page.add_init_script(VOICES)
    start(page, live, card(cast, picture))
    page.locator(".question:visible").get_by_role("button", name="Read it to me").click()
    until(page, "window.spoken.length === 4")
    assert page.evaluate("window.spoken") == [
        ["near", "I like the things we do here."],
        ["near", "No"],
        ["near", "Sometimes"],
        ["near", "Yes"],
    ]
    page.locator(".question:visible").get_by_role("button", name="Hear “Sometimes”").click()
    until(page, "window.spoken.length === 5")
    expect(page.locator(".tile input:checked")).to_have_count(0)
    expect(page.locator(".question:visible .symbol")).to_be_visible()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        fits(page)
        targets(page)
    axe(page, strict=True)
    page.evaluate("document.documentElement.lang = 'cy'")
    page.evaluate("speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    expect(page.get_by_role("button", name="Read it to me")).to_have_count(0)


def test_a_recording_is_heard_instead_even_where_the_device_has_no_voice(page, live, cast, school, picture):
    with scope(school=school):
        for spoken in ("item:picture-taking-part", *(f"answer:faces3:{code}" for code in (1, 2, 3))):
            keep_recording(
                cast.survey_lead,
                instrument_key="belong-picture",
                language="en",
                spoken=spoken,
                upload=SimpleUploadedFile("read.wav", wav(0.3), "audio/wav"),
            )
    asked = []
    page.on("request", lambda one: asked.append(one.url) if "/a/sound/" in one.url else None)
    start(page, live, card(cast, picture))
    button = page.locator(".question:visible").get_by_role("button", name="Read it to me")
    button.evaluate(PRESSED)
    button.click()
    until(page, "window.pressed.at(-1) === 'null'")
    assert page.evaluate("window.pressed") == ["true", "null"]
    assert len(set(asked)) == 4


@pytest.mark.parametrize("page", [390], indirect=True)
def test_from_right_to_left_half_way_with_every_answer_and_the_same_numbers(page, live, cast, school, core):
    """Arabic from the third question on: what was chosen still is, the scale is mirrored, the code is the same."""
    start(page, live, card(cast, core))
    for key in ("4", "2"):
        page.keyboard.press(key)
        page.keyboard.press("Enter")
    page.locator(".languages summary").click()
    page.locator(".languages button[value=ar]").click()
    page.wait_for_url("**/a/ar/questions/")
    expect(page.locator(".one-by-one")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#question-3")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    boxes = [tile.bounding_box()["x"] for tile in page.locator("#question-3 .tile").all()]
    assert boxes == sorted(boxes, reverse=True)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        fits(page)
        targets(page)
    axe(page, strict=True)
    page.keyboard.press("5")
    page.keyboard.press("Enter")
    while page.locator(".question:visible [data-skip]").count():
        page.locator(".question:visible [data-skip]").click()
    page.locator("[data-send]").click()
    page.wait_for_url("**/a/ar/done/**")
    with scope(school=school):
        sheet = PooledSheet.objects.get()
    assert sorted(sheet.answers.values()) == [2, 4, 5]
    assert sheet.how == {"language": "ar", "helper": False}


@pytest.mark.parametrize("page", [390], indirect=True)
def test_staff_answer_on_a_phone_in_calmer_dress(page, live, cast, school):
    """The same flow for adults: one question at a time, targets for a thumb, one face of letters."""
    with scope(school=school):
        draft = plan(cast, "belong-staff", "staff", title="Belonging at work", years=[])
        wave = actions.open_wave(cast.survey_lead, draft)
        link = next(
            one for one in actions.issue_links(cast.survey_lead, wave) if one.person == cast.tutor.person
        )
    fonts = set()
    page.on("request", lambda one: fonts.add(one.url) if one.url.endswith(".woff2") else None)
    start(page, live, reverse("ask:card", args=[link.token]))
    expect(page.locator("body")).to_have_class(re.compile("calm"))
    targets(page)
    fits(page)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # from under the row that stays in reach
    axe(page, strict=True)
    rest(page)
    names = {url.rpartition("/")[2] for url in fonts}
    assert not [name for name in names if name.startswith(("andika", "lexend"))]
    assert sum(Path(finders.find(f"web/fonts/{name}")).stat().st_size for name in names) <= 40_000


def test_the_start_with_help_by_keyboard(page, live, cast, core):
    page.goto(live + card(cast, core))
    axe(page, strict=True)
    page.locator(".helper > summary").press("Enter")
    page.get_by_label("The name of the adult who helps").fill("Mrs Khan")
    targets(page)
    page.get_by_label("The name of the adult who helps").press("Enter")
    expect(page.locator(".one-by-one")).to_be_visible()
    expect(page.locator(".question:visible .who-sees")).to_contain_text("Mrs Khan is helping you")


def test_recordings_are_kept_and_deleted_by_keyboard(page, live, cast, school, tmp_path):
    sign_in(page, cast.survey_lead)
    page.goto(f"{live}{reverse('ask:recordings')}")
    axe(page, strict=True)
    page.get_by_role("link", name=re.compile("English ?: Belonging in pictures")).click()
    axe(page, strict=True)
    page.get_by_role("link", name="Record the next one").click()
    axe(page, strict=True)
    file = tmp_path / "no.wav"
    file.write_bytes(wav())
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="Sometimes")).to_be_visible()
    page.get_by_role("link", name="Back to the list").click()
    for width in (390, 820, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)
    axe(page, strict=True)
