"""What stylesheets and templates promise: readable pairs, one dark theme, logical sides, nothing inline."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "src" / "belong" / "web"
SOURCE = WEB.parent
SHEETS = sorted(SOURCE.glob("*/static/**/*.css"))
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
TOKENS = (WEB / "static/web/tokens.css").read_text(encoding="utf-8")

# On which grounds each ink is read; 4.5 for words, 3 for marks and edges (WCAG 1.4.3, 1.4.11).
WORDS = {
    "ink": (
        "paper",
        "sheet",
        "sunk",
        "accent-wash",
        "warm-wash",
        "plum-wash",
        "stop-wash",
        "skin",
        "skin-warm",
    ),
    "quiet": ("paper", "sheet", "sunk"),
    "accent": ("paper", "sheet", "sunk", "accent-wash"),
    "accent-ink": ("accent", "accent-deep", "ramp-5", "ramp-6", "ramp-7"),
    "plum": ("sheet", "plum-wash"),
    "stop": ("paper", "sheet", "stop-wash"),
    "paper": ("ink",),
    "undo": ("ink",),
}
MARKS = {
    "edge": ("paper", "sheet"),
    "focus": ("paper", "sheet", "sunk", "accent-wash", "warm-wash"),
    "data": ("paper", "sheet"),
}


def blocks(selector: str) -> dict[str, str]:
    """The custom properties of the first block that opens with exactly `selector`."""
    found = re.search(re.escape(selector) + r"\s*\{([^}]*)\}", TOKENS)
    assert found, selector
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", found[1]))


LIGHT = blocks("  :root")
DARK = blocks(':root[data-theme="dark"]')
ACCENTS = re.findall(r':root\[data-theme="dark"\]\[data-accent="(\w+)"\]', TOKENS)


def themes() -> dict[str, dict[str, str]]:
    found = {"light": LIGHT, "dark": {**LIGHT, **DARK}}
    for name in ACCENTS:
        found[f"light {name}"] = {**LIGHT, **blocks(f'  :root[data-accent="{name}"]')}
        found[f"dark {name}"] = {
            **found["dark"],
            **blocks(f':root[data-theme="dark"][data-accent="{name}"]'),
        }
    return found


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", themes())
def test_every_pair_of_colours_is_readable(theme):
    colours = themes()[theme]
    ramp_words = {"ink": ("ramp-1", "ramp-2", "ramp-3")}
    poor = [
        f"{ink} on {ground}: {contrast(colours[ink], colours[ground]):.2f}"
        for pairs, least in ((WORDS, 4.5), (ramp_words, 4.5), (MARKS, 3.0))
        for ink, grounds in pairs.items()
        for ground in grounds
        if contrast(colours[ink], colours[ground]) < least
    ]
    assert poor == []


def test_the_two_ways_to_the_dark_theme_are_one():
    assert blocks(':root:not([data-theme="light"])') == DARK
    assert len(ACCENTS) == 5
    for name in ACCENTS:
        by_device = blocks(f':root[data-accent="{name}"]:not([data-theme="light"])')
        assert by_device == blocks(f':root[data-theme="dark"][data-accent="{name}"]')


def test_every_token_used_exists():
    defined = set(re.findall(r"--([\w-]+):", "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)))
    used = {
        name for sheet in SHEETS for name in re.findall(r"var\(--([\w-]+)", sheet.read_text(encoding="utf-8"))
    }
    assert used - defined == set()


def test_only_logical_sides():
    physical = re.compile(
        r"(?<![\w-])((margin|padding|border|inset)-(left|right|top|bottom)|(left|right|top|bottom|float|clear)\s*:|"
        r"text-align:\s*(left|right)|(?<!-)(width|height|min-width|max-width)\s*:)"
    )
    found = []
    for sheet in SHEETS:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
        for number, line in enumerate(text.splitlines(), 1):
            bare = re.sub(r"\((max|min)-(width|height):[^)]*\)", "", line).replace("float: inline-start", "")
            if physical.search(bare):
                found.append(f"{sheet.name}:{number}: {line.strip()[:90]}")
    assert found == []


def test_nothing_inline_in_templates():
    """The Content-Security-Policy would drop it; found here it is found early."""
    forbidden = re.compile(
        r"\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:|src=[\"']https?:", re.I
    )
    found = []
    for template in TEMPLATES:
        text = re.sub(
            r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}",
            "",
            template.read_text(encoding="utf-8"),
            flags=re.S,
        )
        text = text.replace("http://www.w3.org/", "")
        for hit in forbidden.finditer(text):
            found.append(
                f"{template.relative_to(SOURCE)}: …{text[max(0, hit.start() - 20) : hit.end() + 40]!r}"
            )
    assert found == []


def test_stylesheets_stay_small_enough_to_read():
    sizes = {sheet.name: len(sheet.read_text(encoding="utf-8").splitlines()) for sheet in SHEETS}
    assert {name: lines for name, lines in sizes.items() if lines > 400} == {}
    scripts = {
        s.name: len(s.read_text(encoding="utf-8").splitlines()) for s in SOURCE.glob("web/static/**/*.js")
    }
    assert {name: lines for name, lines in scripts.items() if lines > 120} == {}
