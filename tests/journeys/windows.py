"""Everybody of a journey in a window of their own, with their own cookies."""

import re
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser import DESK, PATIENCE, rest, watch, watch_of
from tests.look import LOOK, shoot

PHONE = {"width": 390, "height": 844}


class Windows:
    """Opens browser windows on one running site and remembers what they did wrong."""

    def __init__(self, browser: Browser, live: str) -> None:
        self.browser, self.live = browser, live
        self.pages: dict[str, Page] = {}
        self.taken = 0

    def open(self, who: str, *, phone: bool = False, **options: Any) -> Page:
        """A new window for somebody; `options` are those of a Playwright context."""
        viewport = PHONE if phone else DESK
        context = self.browser.new_context(
            viewport=viewport, locale="en-GB", base_url=self.live, reduced_motion="reduce", **options
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        watch(page)
        self.pages[who] = page
        return page

    def look(self, page: Page, name: str, *, heading: str | re.Pattern[str] = "") -> None:
        """The page has one main heading (with these words); with LOOK=1 it is photographed.

        Accessibility is checked page by page in the tests of each room.
        """
        expect(page.locator("h1")).to_have_count(1)
        if heading:
            expect(page.locator("h1")).to_contain_text(heading)
        rest(page)  # keys pressed before the scripts are there go nowhere
        if LOOK:
            self.taken += 1
            shoot(page, f"journey-{self.taken:02d}-{name}")

    def troubles(self) -> list[str]:
        """What the pages did that they should not have done, with whose window it was."""
        return [f"{who}: {one}" for who, page in self.pages.items() for one in watch_of(page).left()]

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()
