"""`./run shots`: the pictures of the documents, taken from the demo school.

./run shots                 docs/pictures
./run shots FOLDER PATH…    any pages, as the head, into a folder, on a phone and on a desk
"""

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.server import Served, served

WIDE, PHONE = {"width": 1280, "height": 1000}, {"width": 390, "height": 844}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
PICTURES = Path("docs/pictures")


def browser_page(browser: Browser, server: Served, user: str, size: dict[str, int]) -> Page:
    """A page signed in as one of the demo cast."""
    page = browser.new_page(viewport=size, device_scale_factor=1)
    page.goto(f"{server.url}/sign-in/")
    page.locator(f'form:has(input[value="{user}"]) button').first.click()
    return page


def newest_release(page: Page, server: Served) -> str:
    """The address of the first wave on the See page that has a release."""
    page.goto(f"{server.url}/see/")
    links = re.findall(r'href="(/see/\d+/)"', page.content())
    return f"{server.url}{links[0]}"


def documents(browser: Browser, server: Served) -> None:
    """The three pictures of the README."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page = browser_page(browser, server, "head", WIDE)
    page.goto(newest_release(page, server))
    page.screenshot(path=PICTURES / "overview-wide.png")
    page = browser_page(browser, server, "tutor", PHONE)
    page.goto(f"{server.url}/group/")
    page.screenshot(path=PICTURES / "group-phone.png")
    page = browser_page(browser, server, "survey", PHONE)
    page.goto(f"{server.url}/ask/")
    wave = re.findall(r'href="(/ask/\d+/)"', page.content())[0]
    page.goto(f"{server.url}{wave}try/")
    page.screenshot(path=PICTURES / "answer-phone.png")


def any_pages(browser: Browser, server: Served, folder: Path, words: list[str]) -> None:
    """Whole pages, phone and desk; `user:path` signs in as somebody else than the head."""
    folder.mkdir(parents=True, exist_ok=True)
    for word in words:
        user, _, path = word.rpartition(":")
        for name, size in (("wide", WIDE), ("phone", PHONE)):
            page = browser_page(browser, server, user or "head", size)
            page.goto(server.url + path)
            file = re.sub(r"\W+", "-", path).strip("-") or "home"
            page.screenshot(path=folder / f"{user or 'head'}-{file}-{name}.png", full_page=True)
            page.close()


def main(words: list[str]) -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        print("please install chromium (Debian: sudo apt-get install chromium)", file=sys.stderr)
        return 2
    with served() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        if words:
            any_pages(browser, server, Path(words[0]), words[1:])
        else:
            documents(browser, server)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
