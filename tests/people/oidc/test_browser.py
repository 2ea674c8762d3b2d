"""The whole way in a real browser: the content policy lets it leave, the cookie is there when it comes back."""

import time

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django_scopes import scope
from playwright.sync_api import expect

from belong.people.models import SignInProvider
from belong.people.staffing import make_sign_in
from tests.browser import allow, axe, sign_in
from tests.people.oidc.conftest import KINDS, link, set_up

pytestmark = pytest.mark.browser


@pytest.fixture
def there(cast, remote, live):
    """Both kinds set up, the tutor's Google account linked."""
    with scope(school=cast.school):
        for kind in KINDS:
            set_up(cast.school, kind)
        link(cast.tutor, remote, "google")
    return cast


def test_a_tutor_signs_in_with_google(page, live, there, remote):
    page.goto(f"{live}/sign-in/with/oak-park/")
    axe(page)
    page.get_by_role("link", name="Sign in with Google").click()
    page.wait_for_url(f"{live}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.goto(f"{live}/your-sign-in/accounts/")
    axe(page)
    page.get_by_role("link", name="Link my Microsoft account").click()
    page.get_by_text("You can now sign in with Microsoft").wait_for()


def test_somebody_invited_chooses_google(page, live, there, remote):
    """The button on the page of the one-time link is a link, so the policy on forms does not stand in its way."""
    remote.rules(account={"sub": "2002"})
    with scope(school=there.school):
        there.senco.set_unusable_password()
        there.senco.save()
        path = make_sign_in(there.head, person=there.senco.person)
    page.goto(f"{live}{path}")
    axe(page)
    page.get_by_role("link", name="Use your Google account").click()
    page.get_by_text("From now on you sign in with Google").wait_for()


def test_a_stranger_is_told_kindly(page, live, there, remote):
    allow(page, "403")
    remote.rules(account={"sub": "nobody"})
    page.goto(f"{live}/sign-in/with/oak-park/")
    page.get_by_role("link", name="Sign in with Microsoft").click()
    page.get_by_role("heading", name="We do not know this account yet").wait_for()
    axe(page)


def test_setting_it_up_and_trying_it(page, live, cast, remote):
    sign_in_confirmed(page, cast.technician)
    page.goto(f"{live}/people/sign-in-with/")
    axe(page)
    page.get_by_role("link", name="Set up Google").click()
    axe(page)
    page.get_by_label("The school’s Google domain").fill("oakpark.sch.uk")
    page.get_by_label("Client ID").fill("1-a.apps.googleusercontent.com")
    page.get_by_label("Client secret").fill("a secret")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Now try it").wait_for()
    with scope(school=cast.school):
        SignInProvider.objects.all().delete()
        set_up(cast.school, "google")
    page.get_by_role("link", name="Try it").click()
    page.get_by_role("heading", name="It works").wait_for()
    axe(page)


def sign_in_confirmed(page, user) -> None:
    """Signed in, having given the password just now."""
    sign_in(page, user)
    key = next(c["value"] for c in page.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME)
    session = SessionStore(key)
    session["confirmed_at"] = int(time.time())
    session.save()
