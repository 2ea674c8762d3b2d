"""Lists from schools' systems: guessed columns, ticked columns, workbooks, totals."""

from datetime import date

import pytest

from belong.base.errors import Refused
from belong.people import roster
from belong.people.roster import lists
from belong.people.roster.lists import Mapping
from tests.people.files import Day, notes, people, read_list, why, xlsx

SIMS = (
    "Adno,UPN,Legal Surname,Legal Forename,Preferred Forename,DOB,Gender,Year,Reg,PP,SEN Status,Password\n"
    "001234,B801200005001,O'Neill,Siân,,12/05/2013,F,Year  8,8H,T,K,abc-1\n"
    "001235,V330200120001,Khan,Alistair,Ali,22/02/2013,M,Y8,8H,,,abc-2\n"
)


def guess(text: str) -> Mapping:
    return lists.guess(roster.open_bytes("list.csv", text.encode())[0])


def test_a_sims_list_is_mapped_by_itself():
    assert {heading: name for heading, name in guess(SIMS).columns.items() if name} == {
        "Adno": "source_id",
        "UPN": "upn",
        "Legal Surname": "family_name",
        "Legal Forename": "given_name",
        "Preferred Forename": "preferred_name",
        "DOB": "born",
        "Gender": "sex",
        "Year": "year",
        "Reg": "tutor_group",
        "PP": "pupil_premium",
        "SEN Status": "sen",
    }


def test_a_sims_list_reads():
    found = read_list(SIMS)
    assert people(found) == {
        "001234": {
            "given_name": "Siân",
            "family_name": "O'Neill",
            "born": date(2013, 5, 12),
            "sex": "F",
            "year": "8",
            "upn": "B801200005001",
        },
        "001235": {
            "given_name": "Alistair",
            "family_name": "Khan",
            "preferred_name": "Ali",
            "born": date(2013, 2, 22),
            "sex": "M",
            "year": "8",
            "upn": "V330200120001",
        },
    }
    assert [(row.name, row.kind, row.year) for row in found.groups] == [("8H", "tutor_group", "8")]
    assert len(found.memberships) == 2
    assert ("list.csv", "Password") in found.unused


def test_a_column_of_ticks_means_no_where_it_is_blank_and_sen_does_not():
    found = read_list(SIMS)
    assert sorted((row.person, row.kind, row.value) for row in found.characteristics) == [
        ("pupil:001234", "pupil_premium", "yes"),
        ("pupil:001234", "sen", "K"),
        ("pupil:001235", "pupil_premium", "no"),
    ]
    assert "Only yes stands in this column, so a blank was read as no." in notes(found)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (SIMS, "pupil"),
        ("Staff Code,Title,Forename,Surname,Work Email\nAB,Mrs,Mary,Ahmed,m@oak.test", "staff"),
        ("Forename,Surname,Relationship,Child UPN\nAda,Yusuf,Mother,B801200005001", "carer"),
        ("Name,Class\nAmina Yusuf,Oak", "pupil"),
    ],
)
def test_who_is_in_a_list(text, who):
    assert guess(text).who == who


def test_a_nameless_upn_column_is_known_by_its_cells():
    assert (
        guess("No,Pupil,Code 2\n1,Amina Yusuf,B801200005001\n2,Ben Carter,V330200120001").columns["Code 2"]
        == "upn"
    )


def test_the_smallest_list_of_a_class():
    found = read_list('Name,Class\nAmina Yusuf,Oak\n"Carter, Ben",Oak\n,\nTotal: 2,\n')
    assert [row.name for row in found.people] == ["Amina Yusuf", "Ben Carter"]
    assert why(found) == {
        ("list.csv", 5): "Columns look swapped on this line: the cell under “Name” is not a name."
    }
    assert [(row.name, row.kind) for row in found.groups] == [("Oak", "tutor_group")]


def test_totals_and_titles_are_no_children():
    found = read_list("Surname,Forename,DOB,Reg\nYusuf,Amina,12/05/2013,8H\nTotal,,,\n28,,,\n")
    assert [row.name for row in found.people] == ["Amina Yusuf"]
    assert "looks like a total" in why(found)["list.csv", 3]


def test_a_workbook_with_dates_and_numbers():
    rows = [["Adno", "Surname", "Forename", "DOB", "Year"], [1234, "Yusuf", "Amina", Day(41386), 8]]
    found = read_list(xlsx(rows), "pupils.xlsx")
    assert people(found) == {
        "1234": {"given_name": "Amina", "family_name": "Yusuf", "born": date(2013, 4, 22), "year": "8"}
    }
    assert found.people[0].where.line == 2


def test_groups_that_a_spreadsheet_turned_into_dates_are_said():
    found = read_list("Surname,Forename,Reg\nYusuf,Amina,07-Jan\nCarter,Ben,7-1\n")
    assert [group.name for group in found.groups] == ["7-1"]
    assert "turned this group's name into a date" in notes(found)


def test_the_same_child_twice():
    found = read_list(SIMS + "009999,B801200005001,Twin,Tam,,12/05/2013,F,8,8H,T,K,x\n")
    assert why(found) == {("list.csv", 4): "The UPN is the same as on line 2."}


def test_a_wrong_upn_does_not_cost_the_child_their_place():
    found = read_list("UPN,Surname,Forename\nA801200005001,Yusuf,Amina\n1.2E+12,Carter,Ben")
    assert [row.name for row in found.people] == ["Amina Yusuf", "Ben Carter"]
    assert "check letter that does not fit" in notes(found)
    assert "shortened by a spreadsheet" in notes(found)


def test_leavers_in_a_list():
    found = read_list(
        "Adno,Surname,Forename,UPN,Date of Leaving,Status\n"
        "1,Yusuf,Amina,,21/07/2020,\n2,Carter,Ben,,,Leaver\n3,Pugh,Cerys,,,On roll"
    )
    assert [row.gone for row in found.people] == [True, True, False]


def test_staff_come_in_as_teachers_only_where_the_list_says_teacher():
    found = read_list(
        "Staff Code,Title,Forename,Surname,Role\n"
        "A,Mrs,Mary,Ahmed,Class teacher\nB,Mr,Al,Cole,Headteacher\nC,Dr,Bo,Dee,Piano tuner"
    )
    assert [(row.person, row.role) for row in found.roles] == [("staff:A", "teacher")]
    assert "“Headteacher” (senior leader) came in as staff with no role yet" in notes(found)
    assert people(found)["A"]["title"] == "Mrs"


def test_carers_point_at_children_and_what_they_may_see():
    found = read_list(
        "Forename,Surname,Relationship,Pupil Adno,May See\nAda,Yusuf,Mother,12,Yes\nBo,Yusuf,Father,12,No\nCy,X,Aunt,,"
    )
    assert [(row.pupil, row.relationship, row.may_see) for row in found.carers] == [
        ("held:12", "mother", True),
        ("held:12", "father", False),
    ]
    assert why(found) == {("list.csv", 4): "This line names no child."}


@pytest.mark.parametrize(
    ("mapping", "word"),
    [
        (Mapping("pupil", {"A": "upn"}), "No column holds a name"),
        (Mapping("pupil", {"A": "given_name", "B": "given_name"}), "Two columns are both “First name”"),
        (Mapping("carer", {"A": "full_name"}), "needs a column with the child's"),
    ],
)
def test_mappings_that_cannot_work(mapping, word):
    with pytest.raises(Refused, match=word):
        read_list("A,B\n1,2", mapping=mapping)


def test_a_fingerprint_is_the_headings_in_any_order():
    one, two, other = (
        roster.open_bytes("l.csv", text.encode())[0]
        for text in ("UPN,Surname\n1,2", "surname, UPN \n5,6", "UPN,Name\n1,2")
    )
    assert lists.fingerprint(one) == lists.fingerprint(two) != lists.fingerprint(other)
