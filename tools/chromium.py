"""Which Chromium the tests drive: the one that has no window where it is there, as it costs a quarter."""

import shutil

WITHOUT_WINDOW = "chromium-headless-shell"
PROGRAMS = (WITHOUT_WINDOW, "chromium", "chromium-browser", "google-chrome")


def program() -> str | None:
    """The path of the first of them that is installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
