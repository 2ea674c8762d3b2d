"""Dates, years, UPNs and names, cell by cell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belong.people.roster import codes, dates, upn, values

DAYS = st.dates(date(1930, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("number", ["B801200005001", "V330200120001", "Q838200120001", "U33020012001A"])
def test_sound_upns(number):
    assert upn.fault(number) == ""
    assert upn.is_temporary(number) == number.endswith("A")


def test_a_wrong_check_letter():
    assert upn.fault("A801200005001") == "has a check letter that does not fit its digits"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("B80120000500", "12 characters"),
        ("1801200005001", "is not a letter"),
        ("I801200005001", "is not a letter"),
    ],
)
def test_upns_of_the_wrong_shape(text, word):
    assert word in upn.fault(text)


def test_printed_upns_come_in_blocks():
    assert upn.fault(upn.tidy("b801 2000-05001")) == ""


@given(st.integers(0, 10**12 - 1), st.integers(1, 12), st.integers(1, 9))
def test_one_wrong_digit_never_passes(serial, place, shift):
    digits = f"{serial:012d}"
    sound = upn.check_letter(digits) + digits
    assert upn.fault(sound) == ""
    wrong = sound[:place] + str((int(sound[place]) + shift) % 10) + sound[place + 1 :]
    assert upn.fault(wrong) != ""


@given(st.lists(DAYS, min_size=1, max_size=30))
def test_a_day_first_column_with_one_plain_case_is_read_whole(days):
    days.append(date(2013, 4, 22))
    column = [f"{day.day}/{day.month}/{day.year}" for day in days]
    order = dates.settle({"dob": column})["dob"]
    assert order == dates.Order(dates.DAY_FIRST, "own")
    assert [dates.parse(text, order.order) for text in column] == days


@given(st.lists(DAYS, min_size=1, max_size=30))
def test_a_month_first_column_with_one_plain_case_is_read_whole(days):
    days.append(date(2013, 4, 22))
    column = [f"{day.month}/{day.day}/{day.year}" for day in days]
    order = dates.settle({"dob": column})["dob"]
    assert order == dates.Order(dates.MONTH_FIRST, "own")
    assert [dates.parse(text, order.order) for text in column] == days


def test_a_silent_column_follows_the_others_else_the_british_way():
    other = ["6/30/2018"]
    assert dates.settle({"dob": ["4/2/2000"], "ends": other})["dob"] == dates.Order(
        dates.MONTH_FIRST, "others"
    )
    assert dates.settle({"dob": ["4/2/2000"]})["dob"] == dates.Order(dates.DAY_FIRST, "none")


def test_a_column_of_both_kinds_is_not_guessed_at():
    order = dates.settle({"dob": ["22/4/2013", "4/22/2013", "4/2/2013"]})["dob"].order
    assert order == dates.MIXED
    assert dates.parse("22/4/2013", order) == date(2013, 4, 22) == dates.parse("4/22/2013", order)
    assert dates.parse("4/2/2013", order) is None
    assert dates.parse("4/4/2013", order) == date(2013, 4, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2013-04-22",
        "2013/4/22",
        "20130422",
        "2013-04-22T00:00:00Z",
        "2013-04-22 09:30",
        "22/04/2013",
        "22.4.2013",
        "22-04-13",
        "22 April 2013",
        "22-Apr-13",
        "22nd Apr 2013",
        "April 22, 2013",
        "Mon 22 April 2013",
        "41386",
    ],
)
def test_one_day_in_many_spellings(text):
    assert dates.parse(text) == date(2013, 4, 22)


@pytest.mark.parametrize(
    "text", ["", "31/02/2013", "13/13/2013", "soon", "0", "99999", "2013", "April", "00/00/0000"]
)
def test_what_is_no_date(text):
    assert dates.parse(text) is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_date_reader(text):
    found = dates.parse(text)
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Year 7", "7"),
        ("7", "7"),
        ("Y7", "7"),
        ("07", "7"),
        ("Yr 7", "7"),
        ("7.0", "7"),
        ("Year Group 7", "7"),
        ("Curriculum Year 12", "12"),
        ("Reception", "R"),
        ("R", "R"),
        ("0", "R"),
        ("KG", "R"),
        ("N2", "N2"),
        ("Nursery", "N2"),
        ("PK", "N2"),
        ("Year 99", None),
        ("PS1", None),
        ("eight", None),
    ],
)
def test_years(text, year):
    assert codes.year(text) == year


@pytest.mark.parametrize(
    ("name", "year"),
    [("8H", "8"), ("10-2", "10"), ("Y7 Oak", "7"), ("Oak", ""), ("2026 leavers", ""), ("07B", "7")],
)
def test_years_in_the_names_of_tutor_groups(name, year):
    assert codes.year_of_group(name) == year


@pytest.mark.parametrize(
    ("text", "said"), [("TRUE", True), ("Y", True), ("✓", True), ("F", False), ("0", False), ("maybe", None)]
)
def test_yes_and_no(text, said):
    assert codes.flag(text) is said


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("sen", "K - SEN support", "K"),
        ("sen", "EHCP", "E"),
        ("sen", "Z", None),
        ("ethnicity", "White - British", "WBRI"),
        ("ethnicity", "APKN", "APKN"),
        ("ethnicity", "asian", None),
        ("pupil_premium", "T", "yes"),
        ("fsm_eligible", "N", "no"),
    ],
)
def test_characteristics(kind, text, value):
    assert codes.characteristic(kind, text) == value


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Smith, Anna May", ("Anna May", "Smith")),
        ("Anna May Smith", ("Anna May", "Smith")),
        ("Björk", ("Björk", "")),
    ],
)
def test_whole_names(text, names):
    assert values.split_name(text) == names


@pytest.mark.parametrize("text", ["ann@school.test", "P@ssword1", "https://x", "12345", "a=b"])
def test_what_cannot_be_a_name(text):
    assert values.cannot_be_a_name(text)


@pytest.mark.parametrize(
    "text", ["Siân", "O'Neill", "Jean-Luc", "de la Cruz", "Ng", "李", "D’Arcy (Jr.)", "Ann2"]
)
def test_what_can_be_a_name(text):
    assert not values.cannot_be_a_name(text)


def test_ids_that_a_spreadsheet_shortened():
    assert values.is_scientific("1.23457E+11")
    assert not values.is_scientific("E12")
