"""Tests wait for what they look at: not for so many milliseconds, nor in ways that only a quick machine gets through.

`wait_for_function` polls with eval, which the content policy forbids: it holds only where its first look does.
`is_visible` and its like look once. `tests.browser.until` and `expect` do neither.
"""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
HASTY = re.compile(
    r"\.(wait_for_function|wait_for_timeout|is_visible|is_hidden|is_checked|is_enabled|is_disabled)\(|networkidle"
)
WAITS = {"browser.py", "hardening/test_waiting.py"}


def test_no_browser_test_depends_on_how_quick_the_machine_is():
    found = [
        f"{file.relative_to(TESTS)}:{at}: {line.strip()}"
        for file in sorted(TESTS.rglob("*.py"))
        if str(file.relative_to(TESTS)) not in WAITS
        for at, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if HASTY.search(line)
    ]
    assert found == []
