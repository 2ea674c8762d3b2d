"""Bytes to rows: encodings, separators, quotation marks and ragged lines, without losing a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belong.base.errors import Refused
from belong.people import roster
from belong.people.roster.tables import Table

LIST = "UPN,Surname,Forename\r\n,O’Neill,Siân\r\n,Müller,Zoë"


def opened(data: bytes | str) -> Table:
    return roster.open_bytes("list.csv", data.encode() if isinstance(data, str) else data)[0]


def cells(table: Table) -> list[list[str]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_gives_the_same_rows(encoding):
    table = opened(LIST.encode(encoding))
    assert table.headings == ["UPN", "Surname", "Forename"]
    assert cells(table) == [["", "O’Neill", "Siân"], ["", "Müller", "Zoë"]]


def test_a_guessed_encoding_is_said():
    assert "read as Windows" in opened(LIST.encode("cp1252")).notes[0][2]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_separator(delimiter):
    text = "UPN,Surname,Forename\n,Hall,Grace\n,Reid,Isla".replace(",", delimiter)
    assert cells(opened(text)) == [["", "Hall", "Grace"], ["", "Reid", "Isla"]]


def test_excels_own_separator_line():
    assert cells(opened("sep=;\r\nSurname;Forename\r\nHall, Jones;Grace")) == [["Hall, Jones", "Grace"]]


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_line_endings_with_and_without_the_last(ending):
    text = ending.join(["Surname,Forename", "Hall,Grace", "Reid,Isla"])
    assert (
        [row.line for row in opened(text).rows] == [2, 3] == [row.line for row in opened(text + ending).rows]
    )


def test_titles_above_the_headings():
    table = opened("Pupils 2026,,\n,,\nSurname,Forename,UPN\nHall,Grace,")
    assert table.headings == ["Surname", "Forename", "UPN"]
    assert table.rows[0].line == 4
    assert "above the headings" in table.notes[0][2]


def test_a_quoted_line_break_is_one_cell_and_lines_still_count():
    table = opened('Surname,Forename,Note\nHall,Grace,"two\nlines"\nReid,Isla,x')
    assert cells(table)[0][2] == "two lines"
    assert table.rows[1].line == 4


def test_a_quotation_mark_that_never_closes_costs_one_line_only():
    table = opened('Surname,Forename\nHall,"Grace\nReid,Isla\nSilva,Hugo')
    assert [(row.line, row.fault) for row in table.rows if row.fault] == [
        (2, "opens a quotation mark that never closes")
    ]
    assert cells(table)[1:] == [["Reid", "Isla"], ["Silva", "Hugo"]]


def test_a_quotation_mark_inside_a_name_is_part_of_it():
    assert cells(opened('Surname,Forename\nHall,Grace "Gigi"\nReid,Isla')) == [
        ["Hall", 'Grace "Gigi"'],
        ["Reid", "Isla"],
    ]


def test_lines_with_too_many_cells_have_a_fault_and_short_ones_are_filled():
    table = opened("Surname,Forename,UPN\nHall,Grace,,,\nReid,Isla,x,surprise\nSilva")
    assert [bool(row.fault) for row in table.rows] == [False, True, False]
    assert "4 cells under 3 headings" in table.rows[1].fault
    assert table.rows[2].cells == ["Silva", "", ""]


def test_blank_and_doubled_headings():
    table = opened("Surname,,Forename,Surname\nHall,x,Grace,Jones")
    assert table.headings == ["Surname", "Forename", "Surname (2)"]
    said = " ".join(note[2] for note in table.notes)
    assert "Column 2 has no heading" in said
    assert "stands twice" in said


def test_names_read_once_in_the_wrong_encoding_are_put_right_and_said():
    table = opened("Surname,Forename\nGarcÃ­a,JosÃ©")
    assert cells(table) == [["García", "José"]]
    assert "garbled" in table.notes[0][2]


def test_blank_lines_are_no_lines():
    assert [row.line for row in opened("Surname,Forename\n\n,,\n  \nHall,Grace\n").rows] == [5]


@pytest.mark.parametrize(
    "heading", ["Password", "password", "PassWord ", "User Password", "PIN", "Passcode", "pwd"]
)
def test_secret_columns_are_gone_before_anything_sees_them(heading):
    table = opened(f"Surname,{heading},Forename\nHall,Tr0ub4dor,Grace")
    assert table.headings == ["Surname", "Forename"]
    assert "Tr0ub4dor" not in str(table.to_json())


def test_a_secret_pushed_along_by_a_stray_comma_is_gone_too():
    table = opened("Adno,Surname,Password,Forename\n1,Hall, Jones,Tr0ub4dor,Grace\n2,Reid,Secret-2,Isla")
    assert table.rows[0].cells == ["1", "Hall", ""]
    assert "Tr0ub4dor" not in str(table.to_json())


def test_a_table_survives_being_kept():
    table = opened('Surname,Password,Forename\nHall,Tr0ub,"Gra\nce"\nTr0ub,Hall,x,y\nReid,"Isla')
    assert Table.from_json(table.to_json()) == table


@given(st.binary(max_size=400))
def test_any_bytes_either_open_or_are_refused_in_words(data):
    try:
        tables = roster.open_bytes("x.csv", data)
    except Refused:
        return
    assert all(len(row.cells) == len(tables[0].headings) for row in tables[0].rows)
