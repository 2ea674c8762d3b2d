"""The faces for other scripts: within their budget, every letter of a translation in one of them, licences beside."""

import re
from pathlib import Path

import pytest

from belong.ask.languages.editing import shipped
from belong.content.translations import ENGLISH, OTHER_SCRIPTS, languages

WEB = Path("src/belong/web/static/web")
BUDGETS = {"ar": 60_000, "ur": 170_000, "bn": 50_000, "pa": 50_000, "uk": 40_000}
FAMILIES = {
    "ar": "Noto Naskh Arabic",
    "ur": "Noto Nastaliq Urdu",
    "bn": "Noto Sans Bengali",
    "pa": "Noto Sans Gurmukhi",
    "uk": "Andika",
}
CODES = [one.code for one in languages() if one.code != ENGLISH]
FACE = re.compile(r'font-family: "?([^";]+)"?;.*?url\("(fonts/[^"]+)"\).*?unicode-range: ([^;]+);')
UNSEEN = {0x2060, 0x200B, 0x00AD, 0x0A}


def faces(sheet: str) -> list[tuple[str, Path, set[int]]]:
    """Family, file and letters of every face in a stylesheet."""
    return [
        (family, WEB / file, _letters(ranges))
        for family, file, ranges in FACE.findall((WEB / sheet).read_text())
    ]


def _letters(ranges: str) -> set[int]:
    found: set[int] = set()
    for one in ranges.replace("U+", "").split(","):
        first, _, last = one.strip().partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


@pytest.mark.parametrize("code", sorted(BUDGETS))
def test_a_script_keeps_to_its_budget(code):
    files = [file for family, file, _ in faces("scripts.css") if family == FAMILIES[code]]
    assert files
    assert sum(file.stat().st_size for file in files) <= BUDGETS[code]


def test_every_other_script_has_a_budget():
    assert set(BUDGETS) == OTHER_SCRIPTS


@pytest.mark.parametrize("code", CODES)
def test_every_letter_of_a_translation_is_in_a_face_of_its_page(code):
    latin = [letters for family, _, letters in faces("fonts.css") if family == "Andika"]
    own = [letters for family, _, letters in faces("scripts.css") if family == FAMILIES.get(code)]
    known = set().union(*latin, *own)
    used = {ord(letter) for words in shipped(code).values() for letter in words} - UNSEEN
    assert {f"U+{letter:04X}" for letter in used - known} == set()


def test_names_of_languages_weigh_almost_nothing():
    files = {file for _, file, _ in faces("languages.css")}
    assert len(files) == 4
    assert sum(file.stat().st_size for file in files) < 10_000


def test_every_file_has_its_licence_beside():
    for family in (
        "andika",
        "noto-naskh-arabic",
        "noto-nastaliq-urdu",
        "noto-sans-bengali",
        "noto-sans-gurmukhi",
    ):
        assert "SIL Open Font License" in (WEB / "fonts" / f"OFL-{family}.txt").read_text("utf-8")
