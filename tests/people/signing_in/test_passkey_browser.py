"""Passkeys in a real browser, with a device of Chromium's own that has a finger always ready."""

import re

import pytest
from playwright.sync_api import expect

from belong.people.signing_in.factors import factors_of
from tests.browser import axe
from tests.look import shoot
from tests.people.signing_in.conftest import PASSWORD, code, trail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_device(page):
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def sign_in_by_hand(page, live):
    page.goto(live + "/sign-in/?next=/see/")
    page.get_by_label("User name or e-mail").fill("tutor")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_made_and_then_signs_in_by_itself(page, live, cast):
    give_device(page)
    sign_in_by_hand(page, live)
    expect(page.get_by_role("heading", name="One more thing before you begin")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="A passkey on this device").click()
    axe(page)
    page.get_by_label("A name for it").fill("School laptop")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    axe(page)
    page.get_by_role("button", name="I have kept them").click()
    page.wait_for_url(live + "/see/")
    assert [str(one) for one in factors_of(cast.tutor)] == ["School laptop"]

    page.goto(live + "/your-sign-in/")
    expect(page.get_by_text("Passkey: School laptop")).to_be_visible()
    axe(page)
    page.goto(live + "/your-sign-in/where/")
    axe(page)
    page.locator("details.menu.push summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(live + "/sign-in/")
    page.goto(live + "/sign-in/?next=/see/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(live + "/see/")
    assert [entry.facts["by"] for entry in trail("sign_in")] == ["password", "passkey"]

    page.context.clear_cookies()
    sign_in_by_hand(page, live)
    page.get_by_role("heading", name="The second step").wait_for()
    axe(page)
    page.get_by_role("button", name="Use the passkey").click()
    page.wait_for_url(live + "/see/")

    page.goto(live + "/sign-in/again/?next=/your-sign-in/")
    axe(page)
    page.get_by_role("button", name="Use the passkey").click()
    page.wait_for_url(live + "/your-sign-in/")
    assert trail("confirm")[0].facts == {"by": "passkey"}


@pytest.mark.parametrize("page", [390], indirect=True)
def test_an_app_is_set_up_on_a_phone(page, live, cast):
    sign_in_by_hand(page, live)
    page.get_by_role("link", name="An app that shows codes").click()
    letters = page.locator(".secret-letters").inner_text()
    assert re.fullmatch(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", letters)
    box = page.locator(".qr").bounding_box()
    assert box["width"] > 150
    axe(page)
    shoot(page, "sign-in-app-390")
    page.get_by_label("Type the six figures").fill(code(letters.replace(" ", "")))
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    expect(page.locator(".paper-codes li")).to_have_count(10)


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_a_password_and_a_code_do(page, live, cast):
    sign_in_by_hand(page, live)
    expect(page.get_by_role("heading", name="One more thing before you begin")).to_be_visible()
    page.goto(live + "/your-sign-in/passkey/")
    expect(page.get_by_text("This browser cannot make passkeys here")).to_be_visible()
    expect(page.get_by_role("button", name="Make the passkey")).to_be_hidden()
