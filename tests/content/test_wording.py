"""What every file of content must keep to, whatever it holds."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from belong.content import folder, names, read
from belong.measure.instrument import load
from tests.content.wording import FORBIDDEN, NOT_BRITISH, grade, prose, syllables

FOLDERS = ("assessment", "instruments", "practices", "strategies", "greeting", "codes", "texts")
EVERY = [f"{name}/{key}" for name in FOLDERS for key in names(name)]
PLACEHOLDERS = {
    "adult",
    "carer",
    "child",
    "names",
    "threshold",
    "twice",
    "detail",
    "groups",
    "helper",
    "school",
    "contact",
    "when",
    "from",
    "day",
    "last",
    "link",
    "minutes",
    "over",
    "person",
    "place",
    "time",
    "title",
}


def test_syllables_and_grade_agree_with_counting_by_hand() -> None:
    by_hand = {
        "school": 1,
        "adult": 2,
        "noticed": 2,
        "included": 3,
        "people": 2,
        "makes": 1,
        "places": 2,
        "safe": 1,
        "idea": 2,
    }
    assert {word: syllables(word) for word in by_hand} == by_hand
    # 10 words, 1 sentence, 13 syllables
    assert grade("In the last week, other pupils left me out again.") == pytest.approx(
        3.9 + 11.8 * 1.3 - 15.59
    )


@pytest.mark.parametrize("name", EVERY)
def test_no_word_that_ranks_or_blames_and_british_spelling(name: str) -> None:
    faults = [
        found[0]
        for text in prose(read(name))
        for rule in (FORBIDDEN, NOT_BRITISH)
        for found in rule.finditer(text)
    ]
    assert faults == []


@pytest.mark.parametrize("name", EVERY)
def test_files_are_clean_text(name: str) -> None:
    place, _, own = name.partition("/")
    raw = folder(place).joinpath(f"{own}.yaml").read_text("utf-8")
    assert raw.endswith("\n")
    assert re.findall(r"[\t\u00a0\u200b\ufeff]|[ ]+\n", raw) == []
    assert all(text == text.strip() or text.endswith("\n") for text in prose(read(name)))


@pytest.mark.parametrize("key", names("texts"))
def test_texts_are_ids_with_text_by_language(key: str) -> None:
    found = list(leaves(read(f"texts/{key}")))
    assert found
    for id, text in found:
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", id), id
        assert all(isinstance(words, str) and words for words in text.values()), id
        assert set(re.findall(r"\{(\w+)\}", text["en"])) <= PLACEHOLDERS, id


def leaves(texts: dict[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Texts by language with their ids; texts may stand in groups, and a file may say its key."""
    for id, below in texts.items():
        if not above and id == "key":
            continue
        assert isinstance(below, dict), id
        if "en" in below:
            yield f"{above}{id}", below
        else:
            yield from leaves(below, f"{above}{id}.")


def test_each_kind_of_visibility_speaks_to_children_youths_and_adults() -> None:
    lines = read("texts/visibility")
    for kind in ("named", "confidential", "pooled", "unlinked"):
        assert {f"{kind}-young", f"{kind}-older", f"{kind}-adult"} <= set(lines)
        assert grade(lines[f"{kind}-young"]["en"].replace("{names}", "Mrs Ahmed")) <= 6
        assert "anonymous" not in " ".join(
            lines[f"{kind}-{age}"]["en"].lower() for age in ("young", "older", "adult")
        )
    assert "{names}" in lines["named-young"]["en"]
    assert "{names}" in lines["confidential-older"]["en"]


GRADES = {"4-7": 2, "8-11": 4, "12-18": 6.5, "staff": 7, "family": 6}


@pytest.mark.parametrize(("age", "limit"), GRADES.items())
def test_notices_read_at_the_age_they_are_for(age: str, limit: float) -> None:
    notice = read("texts/notices")[f"notice-{age}"]["en"]
    assert grade(notice.replace("{contact}", "Mr Cole").replace("{school}", "Oak Park")) <= limit
    assert re.search(r"safe|danger|hurt", notice)


def test_help_is_at_hand_and_the_end_is_the_same_for_all() -> None:
    lines = read("texts/help")
    assert lines["childline-number"]["en"] == "0800 1111"
    assert all(
        lines[f"{name}-number"]["en"] in lines[name]["en"]
        for name in ("childline", "shout", "samaritans", "nspcc")
    )
    assert "Childline on 0800 1111" in read("texts/endings")["check-in-asked"]["en"]


def test_every_caveat_and_symbol_has_a_short_and_a_long_form() -> None:
    caveats = read("texts/caveats")
    assert {id.removesuffix("-short") for id in caveats} == {
        id for id in caveats if not id.endswith("-short")
    }
    assert {f"{id.removesuffix('-short')}-short" for id in caveats} == {
        id for id in caveats if id.endswith("-short")
    }
    symbols = read("texts/symbols")
    assert all(symbols[sign]["en"] and symbols[f"{sign}-label"]["en"] for sign in ("c", "x", "z", "low", "u"))


def test_parts_and_aspects_speak_to_pupils_families_and_heads() -> None:
    texts = read("texts/parts")
    assert list(texts["parts"]) == ["adults", "peers", "taking-part", "place", "listened"]
    assert list(texts["aspects"]) == ["connected", "safe", "valued", "purpose"]
    readers = {"title", "pupils", "families", "heads"}
    assert all(set(entry) == readers for group in texts.values() for entry in group.values())
    titles = {part.id: part.title["en"] for part in load("belong-core").parts}
    assert {id: entry["title"]["en"] for id, entry in texts["parts"].items()} == titles


@pytest.mark.parametrize(
    "name",
    ["practices/../texts/help", "/etc/passwd", "practices/nothing", "texts", "", "practices/", "Texts/help"],
)
def test_a_name_from_an_address_bar_cannot_leave_the_folder(name: str) -> None:
    with pytest.raises(KeyError):
        read(name)
