"""The practice library: complete, linked, measurable and honest."""

from collections import Counter

import pytest

from belong.content import names, read
from belong.measure.instrument import load
from belong.people.roles import ALL

KEYS = names("practices")
PARTS = {"adults", "peers", "taking-part", "place", "listened"}
NAMING = {"key", "title", "number", "summary", "related"}
SORTING = {"parts", "aspects", "audience", "ages", "phase", "who", "time", "cost"}
DOING = {"steps", "say", "watch_out", "adapt", "evidence", "measure"}
STUDY = {"rating", "claim", "design", "n", "effect", "limits", "citation"}


def test_there_are_enough_for_every_part() -> None:
    assert len(KEYS) >= 24
    per_part = Counter(part for key in KEYS for part in read(f"practices/{key}")["parts"])
    assert set(per_part) == PARTS
    assert min(per_part.values()) >= 4
    leading = Counter(read(f"practices/{key}")["parts"][0] for key in KEYS)
    assert min(leading[part] for part in PARTS) >= 3


@pytest.mark.parametrize("key", KEYS)
def test_fields(key: str) -> None:
    practice = read(f"practices/{key}")
    assert set(practice) == NAMING | SORTING | DOING
    assert practice["key"] == key
    assert 1 <= practice["number"] <= 68
    assert 0 < len(practice["parts"]) <= 3
    assert set(practice["parts"]) <= PARTS
    assert set(practice["aspects"]) <= {"connected", "safe", "valued", "purpose"}
    assert set(practice["audience"]) <= {"pupils", "staff", "families"}
    assert set(practice["phase"]) <= {"primary", "secondary"}
    assert set(practice["who"]) <= set(ALL)
    low, high = practice["ages"]
    assert 3 <= low < high <= 18
    assert set(practice["time"]) == {"setup_minutes", "weekly_minutes", "weeks"}
    assert all(isinstance(amount, int) and amount > 0 for amount in practice["time"].values())
    assert practice["cost"]["level"] in ("none", "low", "medium", "high")
    assert practice["cost"]["about"]["en"]
    assert set(practice["adapt"]) == {"send", "eal", "primary"}


@pytest.mark.parametrize("key", KEYS)
def test_it_can_be_done_from_the_page(key: str) -> None:
    practice = read(f"practices/{key}")
    assert 60 <= len(practice["summary"]["en"]) <= 400
    assert 5 <= len(practice["steps"]["en"]) <= 8
    assert len(practice["say"]["en"]) >= 2
    assert len(practice["watch_out"]["en"]) >= 3
    sentences = [*practice["steps"]["en"], *practice["say"]["en"], *practice["watch_out"]["en"]]
    assert [text for text in sentences if len(text) > 330 or text[-1] not in ".?!"] == []
    assert all(len(text["en"]) > 20 for text in practice["adapt"].values())


@pytest.mark.parametrize("key", KEYS)
def test_evidence_names_its_study_and_its_limits_or_claims_no_effect(key: str) -> None:
    entries = read(f"practices/{key}")["evidence"]
    assert entries
    for entry in entries:
        assert entry["rating"] in ("strong", "some", "early", "practice-knowledge")
        assert entry["claim"]["en"]
        assert len(entry["limits"]["en"]) > 30
        if entry["rating"] == "practice-knowledge":
            assert not {"effect", "n", "design"} & set(entry)
        else:
            assert set(entry) - {"doi"} == STUDY
            assert any(year in entry["citation"] for year in map(str, range(1980, 2027)))
    ranks = ["strong", "some", "early", "practice-knowledge"]
    order = [ranks.index(entry["rating"]) for entry in entries]
    assert order == sorted(order)


@pytest.mark.parametrize("key", KEYS)
def test_it_can_be_measured_again(key: str) -> None:
    practice = read(f"practices/{key}")
    measure = practice["measure"]
    instrument = load(measure["instrument"])
    scored = {item.id: item.part for item in instrument.scored_items}
    assert set(measure["items"]) <= set(scored)
    assert measure["part"] in practice["parts"]
    assert measure["part"] in {scored[item] for item in measure["items"]}
    assert 4 <= measure["after_weeks"] <= 60
    assert measure["how"]["en"]
    assert set(instrument.audience) <= set(practice["audience"])


@pytest.mark.parametrize("key", KEYS)
def test_related_practices_exist(key: str) -> None:
    related = read(f"practices/{key}")["related"]
    assert len(related) == len(set(related)) >= 2
    assert set(related) <= set(KEYS) - {key}


def test_every_practice_is_reached_from_another() -> None:
    linked = {other for key in KEYS for other in read(f"practices/{key}")["related"]}
    assert linked == set(KEYS)


def test_the_same_work_is_cited_the_same_way() -> None:
    cited = [entry for key in KEYS for entry in read(f"practices/{key}")["evidence"] if entry.get("doi")]
    by_doi: dict[str, set[str]] = {}
    for entry in cited:
        by_doi.setdefault(entry["doi"], set()).add(entry["citation"])
    assert {doi: works for doi, works in by_doi.items() if len(works) > 1} == {}
