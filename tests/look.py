"""Pictures of pages for people to look at: `shoot(page, "today")` writes var/look/today-390.png and -1280.

Only with LOOK=1: a picture of a whole page costs a test more than most of what it proves.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

LOOK = bool(os.environ.get("LOOK"))
HERE = Path(__file__).resolve().parent.parent / "var" / "look"


def shoot(
    page: Page, name: str, widths: Sequence[int] = (390, 1280), *, dark: bool = False, whole: bool = True
) -> list[Path]:
    """With LOOK=1: photograph the page as it stands at each width in px; returns the files.

    `dark` asks for the dark theme, `whole` for the full height instead of one window.
    """
    if not LOOK:
        return []
    HERE.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
    files = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844 if width < 700 else 900})
        page.evaluate("document.fonts.ready")
        file = HERE / f"{name}-{width}{'-dark' if dark else ''}.png"
        page.screenshot(path=file, full_page=whole)
        files.append(file)
    page.emulate_media(color_scheme=None)
    if before:
        page.set_viewport_size(before)
    return files
