"""Code sets agree with the lists they come from and with each other."""

import re

import pytest

from belong.content import names, read
from belong.people.roles import ALL

ETHNICITY = [
    "WBRI",
    "WIRI",
    "WIRT",
    "WROM",
    "WOTH",
    "MWBC",
    "MWBA",
    "MWAS",
    "MOTH",
    "AIND",
    "APKN",
    "ABAN",
    "AOTH",
    "BCRB",
    "BAFR",
    "BOTH",
    "CHNE",
    "OOTH",
    "REFU",
    "NOBT",
]
ATTENDANCE = {
    "present": "/ \\ L",
    "elsewhere": "K V P W B D",
    "authorised": "C C1 C2 M T R I J1 S E X",
    "unauthorised": "G N O U",
    "not-possible": "Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 Z #",
}


def plain(text: str) -> str:
    return re.sub(r"[^a-z0-9+✓-]|-(?=.)", "", text.lower()) or text


def codes(key: str) -> list[str]:
    return [code["code"] for code in read(f"codes/{key}")["codes"]]


@pytest.mark.parametrize("key", names("codes"))
def test_each_says_what_it_is_and_where_from(key: str) -> None:
    data = read(f"codes/{key}")
    assert data["key"] == key
    assert data["title"]["en"]
    assert data["source"]
    assert re.fullmatch(r"20\d\d-\d\d(-\d\d)?", data["as_of"])


def test_codes_are_those_in_use() -> None:
    assert codes("ethnicity") == ETHNICITY
    assert codes("sen-provision") == ["E", "K", "N"]
    assert codes("nc-years") == ["N1", "N2", "R", *map(str, range(1, 15)), "X"]
    assert codes("sex") == ["F", "M", "X", ""]
    found: dict[str, list[str]] = {}
    for code in read("codes/attendance")["codes"]:
        found.setdefault(code["category"], []).append(code["code"])
    assert found == {category: listed.split() for category, listed in ATTENDANCE.items()}


def test_every_group_has_a_name_and_not_knowing_is_no_group() -> None:
    for key, field in (("ethnicity", "groups"), ("ethnicity", "fine"), ("sen-provision", "groups")):
        data = read(f"codes/{key}")
        used = {code["group" if field == "groups" else field] for code in data["codes"]} - {None}
        assert used == set(data[field])
    nothing_known = [code["code"] for code in read("codes/ethnicity")["codes"] if code["group"] is None]
    assert nothing_known == ["REFU", "NOBT"]


@pytest.mark.parametrize("key", ["sen-provision", "ethnicity", "nc-years", "sex", "roster-roles"])
def test_a_spelling_means_one_thing(key: str) -> None:
    data = read(f"codes/{key}")
    seen: dict[str, int] = {}
    for at, code in enumerate(data.get("codes") or data["roles"]):
        for spelling in code["spellings"]:
            assert seen.setdefault(plain(spelling), at) == at, spelling


def test_characteristics_point_to_code_sets_and_carry_the_break_of_2026() -> None:
    kinds = {kind["code"]: kind for kind in read("codes/characteristics")["kinds"]}
    assert {
        "sen",
        "ethnicity",
        "fsm_eligible",
        "fsm6",
        "pupil_premium",
        "looked_after",
        "eal",
        "joined_this_year",
    } <= set(kinds)
    assert all(kind["values"] == "flag" or kind["values"] in names("codes") for kind in kinds.values())
    assert kinds["fsm_eligible"]["break"] == "2026-09-01"
    assert "break" not in kinds["pupil_premium"]
    assert not {"religion", "sexuality"} & set(kinds)


def test_a_file_never_makes_anyone_a_leader() -> None:
    roles = read("codes/roster-roles")["roles"]
    assert {row["role"] for row in roles} == {"pupil", "carer", "teacher", None}
    assert {row["suggest"] for row in roles if row.get("suggest")} <= set(ALL)
    one_roster = {"administrator", "aide", "guardian", "parent", "proctor", "relative", "student", "teacher"}
    assert one_roster <= {spelling for row in roles for spelling in row["spellings"]}


@pytest.mark.parametrize("which", ["pupils", "staff", "carers"])
def test_a_heading_means_one_field_in_each_kind_of_list(which: str) -> None:
    seen: dict[str, str] = {}
    for field, about in read("codes/mis-columns")["fields"].items():
        for heading in about["headings"] if which in about["lists"] else []:
            assert seen.setdefault(plain(heading), field) == field, heading


def test_headings_that_schools_use_are_known_and_secrets_are_not() -> None:
    fields = read("codes/mis-columns")["fields"]
    of_pupils = {field: about["headings"] for field, about in fields.items() if "pupils" in about["lists"]}
    known = {plain(heading): field for field, headings in of_pupils.items() for heading in headings}
    wanted = {
        "Adno": "source_id",
        "UPN": "upn",
        "Legal Surname": "family_name",
        "Preferred Forename": "preferred_name",
        "Reg Group": "tutor_group",
        "Year taught in": "year",
        "DOB": "born",
        "Gender": "sex",
        "PP": "pupil_premium",
        "FSM Ever 6": "fsm6",
        "SEN Status": "sen",
        "Ethnicity": "ethnicity",
        "EAL": "eal",
        "First Language": "home_language",
        "House": "house",
        "E-mail address": "email",
    }
    assert {heading: known.get(plain(heading)) for heading in wanted} == wanted
    assert not any(re.search(r"pass|pin$|secret", heading) for heading in known)
