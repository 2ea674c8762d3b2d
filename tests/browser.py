"""A real browser for tests: fixtures `page` and `live`, and `sign_in`, `axe`, `allow`, `rest`, `until`.

    @pytest.mark.browser
    def test_tutor_notes_a_moment(page, live, cast):
        sign_in(page, cast.tutor)
        page.goto(live + "/group/")
        axe(page)

A test fails if the page writes an error to its console or asks any machine but the live server for
anything. `@pytest.mark.parametrize("page", [390], indirect=True)` gives a phone's width (or {"viewport": …,
any other option of a Playwright context}).

A machine may be slow: look at a page with `expect(...)`, or `until(...)` where no locator can say it; never with
a look that does not wait, never with a pause of so many milliseconds (tests/hardening/test_waiting.py).
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import axe_playwright_python
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from belong.people.confirming import SESSION_KEY
from tools import chromium

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000  # milliseconds: a busy machine is no fault of the page
expect.set_options(timeout=PATIENCE)
DESK = {"width": 1280, "height": 900}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
DRESS = ("color-contrast", "target-size")
"""What can differ between light and dark, large letters and small, and from one direction of writing to the other."""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Watch:
    """What a page did that it should not have done."""

    troubles: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def note(self, trouble: str) -> None:
        self.troubles.append(trouble)

    def left(self) -> list[str]:
        return [one for one in self.troubles if not any(words in one for words in self.allowed)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium.program()
    if program is None:
        pytest.fail("Browser tests need Chromium: install it with `apt-get install chromium`.", pytrace=False)
    # Playwright runs an event loop in this thread; Django would refuse its database there.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def live(live_server) -> str:
    """The address of a running site, without a slash at the end."""
    return live_server.url


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh window with no cookies; what it did wrong is reported when the test ends."""
    options: dict[str, Any] = {"viewport": DESK, "locale": "en-GB", "reduced_motion": "reduce"}
    asked = getattr(request, "param", None)
    if isinstance(asked, int):
        options["viewport"] = {"width": asked, "height": 844}
    elif asked:
        options.update(asked)
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    watch(page)
    yield page
    troubles = watch_of(page).left()
    context.close()
    assert troubles == [], "The page misbehaved:\n" + "\n".join(troubles)


def watch(page: Page) -> None:
    """Note what a page does that it should not; `watch_of(page).left()` tells it."""
    noted = Watch()
    page.watch = noted  # type: ignore[attr-defined]
    page.on(
        "console", lambda message: noted.note(f"console: {message.text}") if message.type == "error" else None
    )
    page.on("pageerror", lambda error: noted.note(f"script: {error}"))
    page.on("request", lambda request: _note_stranger(noted, request.url))


def _note_stranger(watch: Watch, url: str) -> None:
    parts = urlparse(url)
    if parts.scheme not in ("data", "blob", "about") and parts.hostname not in ("localhost", "127.0.0.1"):
        watch.note(f"asked another machine: {url}")


def watch_of(page: Page) -> Watch:
    return page.watch  # type: ignore[attr-defined]


def allow(page: Page, words: str) -> None:
    """Expect a trouble with these words, such as "404" where a test opens a page that is not there."""
    watch_of(page).allowed.append(words)


def sign_in(page: Page, user: Any) -> None:
    """Sign the window in as `user` by a session of its own, without the form; nothing asks again who it is."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[SESSION_KEY] = int(time.time())
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/", "httpOnly": True}]
    )


def until(page: Page, so: str | Callable[[], Any]) -> None:
    """Wait until a script of the page, or something in the test, says something true.

    Unlike `page.wait_for_function` this asks from outside: the page's content policy lets nothing poll with eval.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not (_said(page, so) if isinstance(so, str) else so()):
        assert time.monotonic() < end, f"{page.url}: this never came: {so}"
        page.wait_for_timeout(50)


def _said(page: Page, script: str) -> Any:
    """What a script says, or None while one page makes way for the next."""
    try:
        return page.evaluate(script)
    except Error as error:
        if "context was destroyed" in error.message or "navigation" in error.message:
            return None
        raise


def rest(page: Page) -> None:
    """Wait until the page stands still: all of it there with its letters, nothing asked for, nothing moving."""
    page.wait_for_load_state("load")
    until(page, _STILL)


_STILL = """async () => {
  await document.fonts.ready;
  return document.readyState === "complete"
    && !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")
    && document.getAnimations().every((one) => one.playState !== "running"
      || one.effect.getComputedTiming().endTime === Infinity);
}"""


def axe(
    page: Page, *, without: tuple[str, ...] = (), strict: bool = False, only: tuple[str, ...] = ()
) -> None:
    """Fail with every breach of WCAG 2.2 AA that axe finds on the page as it stands, in readable lines.

    `strict` adds what axe calls best practice: landmarks, order of headings. `only` these rules are looked at: for a
    page that was looked at in whole, in another dress (`DRESS`).
    """
    rest(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    rules = {name: {"enabled": False} for name in without} | {"target-size": {"enabled": True}}
    tags = [*AXE_TAGS, "best-practice"] if strict else AXE_TAGS
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if only:
        options["runOnly"] = {"type": "rule", "values": list(only)}
    else:
        options |= {"runOnly": {"type": "tag", "values": tags}, "rules": rules}
    found = page.evaluate("options => axe.run(document, options)", options)
    lines = [
        f"{one['id']}: {one['help']}\n    " + "\n    ".join(_where(node) for node in one["nodes"][:6])
        for one in found["violations"]
    ]
    assert lines == [], f"{page.url} is not accessible:\n" + "\n".join(lines)


def targets(page: Page, least: int = 48) -> None:
    """Fail with everything to press on the page as it stands that is less than `least` px high or wide.

    A radio or a tick box counts as its label, which is what a finger meets.
    """
    small = page.evaluate(_SMALL, least)
    assert small == [], f"{page.url} has targets under {least} px:\n" + "\n".join(small)


_SMALL = """least => [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
  .filter(one => one.type !== "hidden" && !one.disabled && one.checkVisibility({ visibilityProperty: true }))
  .map(one => one.closest("label") || one)
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && (box.width < least - .5 || box.height < least - .5))
  .map(([one, box]) => `${Math.round(box.width)} × ${Math.round(box.height)}  ${one.outerHTML.slice(0, 120)}`)"""


def _where(node: dict[str, Any]) -> str:
    why = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
    return f"{node['html'][:160]} – {'; '.join(why[:2])}"
