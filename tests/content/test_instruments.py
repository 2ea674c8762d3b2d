"""Our own questionnaires: structure, wording and who may see the answers."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from belong.content import names, read
from belong.measure.instrument import load
from tests.content.wording import grade, words

OURS = ("belong-core", "belong-pulse", "belong-picture", "belong-staff", "belong-family")
PARTS = ["adults", "peers", "taking-part", "place", "listened"]
ASPECTS = {"connected", "safe", "valued", "purpose"}
NEGATIVE = re.compile(
    r"\b(not|never|no|nobody|without|left \w+ out|alone|lonely|scared|worried|\w+n['’]t)\b", re.I
)
TURNED_ROUND = {"belong-core": ["peers-2"]}


@pytest.mark.parametrize("key", OURS)
def test_each_keeps_the_five_parts_and_all_four_aspects(key: str) -> None:
    instrument = load(key)
    assert [part.id for part in instrument.parts] == PARTS
    assert {item.aspect for item in instrument.scored_items} == ASPECTS
    assert all(instrument.items_of(part) for part in PARTS)
    assert all(part.title["en"] and part.about["en"] for part in instrument.parts)


def test_core_has_one_question_in_each_cell_of_parts_by_aspects() -> None:
    core = load("belong-core")
    cells = Counter((item.part, item.aspect) for item in core.scored_items)
    assert cells == {(part, aspect): 1 for part in PARTS for aspect in ASPECTS}


def test_no_two_neighbours_in_core_are_on_the_same_part() -> None:
    scored = load("belong-core").scored_items
    assert all(before.part != after.part for before, after in pairwise(scored))


def test_pulse_is_five_questions_of_core_word_for_word() -> None:
    core, pulse = load("belong-core"), load("belong-pulse")
    assert sorted(item.part or "" for item in pulse.items) == sorted(PARTS)
    assert [item.hash for item in pulse.items] == [core.item(item.id).hash for item in pulse.items]
    assert not any(item.reverse for item in pulse.items)


def test_sizes() -> None:
    assert len(load("belong-core").items) == 24
    assert len(load("belong-pulse").items) == 5
    assert 5 <= len(load("belong-picture").items) <= 6
    for key in ("belong-staff", "belong-family"):
        instrument = load(key)
        assert {2 <= len(instrument.items_of(part)) <= 4 for part in PARTS} == {True}
        assert Counter(item.kind for item in instrument.items)["open"] == 2


@pytest.mark.parametrize("key", OURS)
def test_open_answers_are_confidential_and_fixed_ones_pooled_but_for_one_named(key: str) -> None:
    instrument = load(key)
    for item in instrument.items:
        expected = {"open": "confidential", "choice": "named"}.get(item.kind, "pooled")
        assert item.visibility == expected, item.id
    assert [item.id for item in instrument.items if item.visibility == "named"] == (
        ["check-in"] if key == "belong-core" else []
    )


@pytest.mark.parametrize("key", OURS)
def test_every_question_says_why_and_has_a_short_name(key: str) -> None:
    for item in load(key).items:
        assert item.text["en"], item.id
        assert item.why["en"].endswith((".", "?")), item.id
        assert 1 <= len(words(item.label["en"])) <= 9, item.id


def test_honesty_open_and_choice_are_never_scored() -> None:
    core = load("belong-core")
    unscored = [item for item in core.items if not item.scored]
    assert Counter(item.kind for item in unscored) == {"honesty": 1, "open": 2, "choice": 1}
    assert all(item.part is None for item in unscored)


@pytest.mark.parametrize("key", OURS)
def test_wording_is_positive_but_for_those_turned_round_on_purpose(key: str) -> None:
    instrument = load(key)
    scored = instrument.scored_items
    assert [item.id for item in scored if item.reverse] == TURNED_ROUND.get(key, [])
    assert [item.id for item in scored if NEGATIVE.search(item.text["en"])] == TURNED_ROUND.get(key, [])


@pytest.mark.parametrize("key", ["belong-core", "belong-pulse", "belong-picture"])
def test_pupils_questions_are_easy_to_read(key: str) -> None:
    too_hard = {
        item.id: round(grade(item.text["en"]), 1) for item in load(key).items if grade(item.text["en"]) > 5
    }
    assert too_hard == {}
    assert [item.id for item in load(key).items if grade(item.why["en"]) > 6] == []


@pytest.mark.parametrize("key", ["belong-staff", "belong-family"])
def test_adults_questions_are_plain(key: str) -> None:
    assert {item.id: grade(item.text["en"]) for item in load(key).items if grade(item.text["en"]) > 9} == {}


def test_the_youngest_get_ten_words_and_three_faces_with_words() -> None:
    for item in load("belong-picture").items:
        assert len(words(item.text["en"])) <= 10
        assert item.scale is not None
        assert 3 <= len(item.scale.faces) <= 4
        assert len(item.scale.words()) == len(item.scale.faces)


WINDOWS = {
    "belong-core": "In the last week, ",
    "belong-staff": "In the last week, ",
    "belong-family": "This half-term, ",
}


@pytest.mark.parametrize(("key", "window"), WINDOWS.items())
def test_scored_questions_state_their_time(key: str, window: str) -> None:
    assert [item.id for item in load(key).scored_items if not item.text["en"].startswith(window)] == []


@pytest.mark.parametrize("key", OURS)
def test_a_smile_always_stands_on_the_good_side(key: str) -> None:
    for item in load(key).scored_items:
        assert item.scale is not None
        faces = [item.scale.faces[code - 1] for code in item.scale.codes]
        assert faces == sorted(faces, reverse=item.reverse), item.id
        assert item.scale.favourable[-1] == item.scale.size


def test_every_questionnaire_of_ours_explains_its_choices() -> None:
    explained = {id.partition(".")[0] for id in read("texts/instrument-notes")}
    assert explained == set(OURS)
    assert set(OURS) <= set(names("instruments"))
