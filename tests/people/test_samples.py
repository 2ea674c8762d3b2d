"""The two vendor samples, as they come."""

from datetime import date

from belong.people import roster
from belong.people.roster import schools
from belong.people.roster.problems import Counts
from tests.people.files import SDS, UK, notes, one_school, people


def uk():
    return roster.read(roster.open_path(UK))


def sds():
    return roster.read(roster.open_path(SDS))


def test_the_british_sample_holds_two_schools_and_does_not_choose():
    found = schools.choices(uk())
    assert [(one.name, one.pupils, one.staff) for one in found] == [
        ("Contoso High School", 60, 7),
        ("Fabrikam High School", 26, 5),
    ]
    assert schools.obvious(found) is None
    assert schools.obvious(found, name="fabrikam high school").id == "10002"


def test_the_british_sample_reads_whole():
    found = uk()
    assert found.format == "School Data Sync"
    assert found.ledger.counts() == Counts(read=758, taken=758)
    assert [len(rows) for rows in (found.people, found.groups, found.memberships)] == [98, 28, 630]
    assert people(found)["13001"] == {
        "given_name": "Ora",
        "family_name": "Klein",
        "born": date(2000, 4, 2),
        "year": "9",
    }


def test_american_dates_are_told_by_the_column_itself():
    assert people(uk())["13003"]["born"] == date(1997, 12, 19)
    assert people(uk())["13002"]["born"] == date(1999, 11, 12)


def test_one_school_of_the_british_sample():
    found = one_school(uk(), "10001")
    assert [sum(row.kind == kind for row in found.people) for kind in ("pupil", "staff")] == [60, 7]
    assert found.ledger.counts() == Counts(read=758, taken=517, passed_over=241)
    assert found.ledger.reasons_passed()["belongs to Fabrikam High School"] == 31


def test_passwords_of_the_samples_are_nowhere():
    for path in (UK, SDS):
        tables = roster.open_path(path)
        assert any("assword" in name for table in tables for name in table.had_secrets)
        kept = str([table.to_json() for table in tables])
        assert "P@ss" not in kept + str(roster.read(tables))


def test_the_other_sample_is_about_one_school_with_pupils():
    found = one_school(sds())
    assert found.school == "School of TwoDotOne"
    assert {row.name: row.kind for row in found.people} == {
        "Jack Craig": "pupil",
        "Fred Hutch": "pupil",
        "Alice Smithee": "pupil",
        "Kristen Fein": "staff",
        "Jean Craig": "carer",
        "Bob Smithee": "carer",
    }
    assert found.ledger.counts() == Counts(read=44, taken=37, passed_over=7)


def test_the_other_sample_joins_its_files():
    found = one_school(sds())
    assert people(found)["114001"] == {
        "given_name": "Jack",
        "family_name": "Craig",
        "born": date(2001, 7, 2),
        "sex": "M",
        "year": "10",
    }
    assert [(row.name, row.kind) for row in found.groups] == [("Biology 10", "class")]
    assert sorted((row.part, row.person) for row in found.memberships) == [
        ("lead", "user:114007"),
        ("member", "user:114001"),
        ("member", "user:114003"),
        ("member", "user:114004"),
    ]
    assert [(row.carer, row.pupil, row.relationship) for row in found.carers] == [
        ("user:114002", "user:114001", "guardian"),
        ("user:114002", "user:114003", "relative"),
        ("user:114005", "user:114004", "guardian"),
    ]


def test_an_old_files_end_dates_do_not_empty_the_school():
    assert "Every end date in this file has passed (the latest is 11 June 2022), so none was used." in notes(
        sds()
    )


def test_american_codes_are_said_and_not_kept():
    found = sds()
    assert [(row.kind, row.value) for row in found.characteristics] == [("fsm_eligible", "yes")]
    assert "Values in this column are not ones belong knows; they were left out." in notes(found)
    assert "hispanic" not in notes(found)
    assert found.ledger.reasons_passed()["a flag without an English counterpart"] == 2
