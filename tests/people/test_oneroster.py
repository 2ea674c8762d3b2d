"""OneRoster as the specification has it, and as real systems write it."""

from datetime import date

import pytest

from belong.base.errors import Refused
from belong.people.roster.problems import Counts
from tests.people.files import (
    CLASSES,
    ENROLMENTS,
    ORGS,
    USERS_11,
    lines,
    notes,
    one_school,
    people,
    pupil,
    read,
    read_list,
    small,
    teacher,
    why,
)


def users(*rows: str) -> dict[str, str]:
    return small(**{"users.csv": lines(USERS_11, *rows)})


def kinds(found) -> dict[str, str]:
    return {row.source_id: row.kind for row in found.people}


def test_a_sound_1_1_set():
    found = one_school(read(small()))
    assert kinds(found) == {"p1": "pupil", "p2": "pupil", "t1": "staff"}
    assert people(found)["p1"] == {"given_name": "Amina", "family_name": "Yusuf", "year": "8"}
    assert [(row.name, row.kind, row.year) for row in found.groups] == [
        ("8H", "tutor_group", "8"),
        ("Maths 8", "class", "8"),
    ]
    assert sorted((row.group, row.person, row.part) for row in found.memberships) == [
        ("class:c1", "user:p1", "member"),
        ("class:c1", "user:p2", "member"),
        ("class:c1", "user:t1", "lead"),
        ("class:c2", "user:p1", "member"),
    ]
    assert found.ledger.counts() == Counts(read=10, taken=10)
    assert found.complete


def test_a_1_2_set_with_roles_and_profiles_apart():
    found = read(
        {
            "manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,bulk\n",
            "orgs.csv": ORGS,
            "users.csv": lines(
                "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,email,grades,"
                "userMasterIdentifier,preferredGivenName,preferredFamilyName,primaryOrgSourcedId,pronouns",
                "p1,,,true,u1,{UPN:B801200005001},Elizabeth,Okafor,,08,,Lizzie,,o1,she/her",
                "t1,,,TRUE,u2,,Mary,Ahmed,M.Ahmed@oak.test,,,,Ahmed-Jones,o1,",
            ),
            "roles.csv": lines(
                "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
                "r1,,,p1,primary,student,,,o1,",
                "r2,,,t1,primary,teacher,,,o1,",
                "r3,,,t1,secondary,siteAdministrator,,,o1,",
            ),
            "userProfiles.csv": "sourcedId,userSourcedId,username,password\nx,p1,lizzie,Hunter-2-Hunter\n",
        }
    )
    assert found.format == "OneRoster 1.2"
    assert people(found) == {
        "p1": {
            "given_name": "Elizabeth",
            "family_name": "Okafor",
            "preferred_name": "Lizzie",
            "year": "8",
            "upn": "B801200005001",
        },
        "t1": {"given_name": "Mary", "family_name": "Ahmed-Jones", "email": "m.ahmed@oak.test"},
    }
    assert [(row.person, row.role) for row in found.roles] == [("user:p1", "pupil"), ("user:t1", "teacher")]
    assert ("userProfiles.csv", "") in found.unused
    assert ("users.csv", "pronouns") in found.unused


def test_typed_over_headings_other_case_and_order():
    text = lines(
        "FAMILYNAME,Given_Name,ROLE,prefferedGivenName,sourcedid", "Okafor,Elizabeth,Student,Lizzie,p1"
    )
    files = small()
    del files["users.csv"]
    found = read(files | {"Users.CSV": text})
    assert people(found)["p1"]["preferred_name"] == "Lizzie"
    assert "“prefferedGivenName” was read as preferredgivenname." in notes(found)


def test_a_people_file_without_ids_is_refused_in_words():
    with pytest.raises(
        Refused, match=r"users.csv has no column for “sourcedid”. Its headings are: name, role"
    ):
        read(small(**{"users.csv": "name,role\nAnn,student"}))


def test_a_delta_lists_only_changes():
    found = read(
        users(
            pupil("p1", "Amina", "Yusuf", status="tobedeleted"), pupil("p2", "Ben", "Carter", status="active")
        )
        | {"manifest.csv": "propertyName,value\noneroster.version,1.1\nfile.users,delta\n"}
    )
    assert not found.complete
    assert {row.source_id: row.gone for row in found.people} == {"p1": True, "p2": False}


@pytest.mark.parametrize("status", ["active", "", "Active"])
def test_statuses_that_hold(status):
    assert not read(users(pupil("p1", "Amina", "Yusuf", status=status))).people[0].gone


def test_references_to_nobody_are_set_aside_with_their_line():
    found = read(
        small(
            **{
                "enrollments.csv": lines(
                    ENROLMENTS,
                    "e1,,,c1,o1,p1,student,,,",
                    "e2,,,c1,o1,ghost,student,,,",
                    "e3,,,c9,o1,p1,student,,,",
                )
            }
        )
    )
    assert why(found) == {
        ("enrollments.csv", 3): "No person ghost is in these files.",
        ("enrollments.csv", 4): "No class c9 is in these files.",
    }


def test_swapped_cells_are_set_aside_not_read():
    found = read(
        users(
            "p1,,,true,o1,student,u,,Amina,amina@oak.test,Yusuf,,08,x",
            "p2,,,true,student,o1,u,,Ben,Carter,,,08,x",
        )
        | {"enrollments.csv": lines(ENROLMENTS, "e1,,,p3,o1,c1,student,,,")}
        | {"demographics.csv": "sourcedId,birthDate,sex\np3,female,2013-04-22"}
    )
    assert "Columns look swapped" in why(found)["users.csv", 2]
    assert (
        why(found)["users.csv", 3]
        == "Columns look swapped on this line: “role” holds something that is not a role."
    )
    assert found.people == []


def test_swapped_class_and_person_and_swapped_demographics():
    found = read(
        small(**{"enrollments.csv": lines(ENROLMENTS, "e1,,,p1,o1,c1,student,,,")})
        | {"demographics.csv": "sourcedId,birthDate,sex\np1,female,2013-04-22\np2,2013-04-22,male"}
    )
    assert why(found) == {
        ("demographics.csv", 2): "Columns look swapped on this line: sex and date of birth.",
        ("enrollments.csv", 2): "Columns look swapped on this line: class and person.",
    }
    assert people(found)["p2"]["born"] == date(2013, 4, 22)


def test_a_password_that_slipped_under_a_name_is_not_read():
    shared = pupil("p1", "Amina", "Yusuf"), "p2,,,true,o1,student,u,,Secret-p1!,Carter,,,08,Ben"
    found = read(users(*shared))
    assert why(found)["users.csv", 3].startswith("The line repeats a password in another column")
    assert "Secret" not in str(found)


@pytest.mark.parametrize("password", ["abc123", "P@ssword", "x!y"])
def test_nor_is_one_that_nobody_shares(password):
    found = read(users(f"p2,,,true,o1,student,u,,{password},Carter,,,08,Ben"))
    assert (
        why(found)["users.csv", 2]
        == "Columns look swapped on this line: the cell under “givenName” is not a name."
    )


def test_pins_and_dates_as_passwords_cost_nobody_their_line():
    rows = (
        "Adno,Surname,Forename,DOB,PIN\n1234,Yusuf,Amina,22/04/2013,5678\n5678,Carter,Ben,23/04/2013,1234\n"
    )
    assert [row.source_id for row in read_list(rows).people] == ["1234", "5678"]


def test_messages_about_files_with_passwords_never_quote_a_cell():
    found = read(users("p1,,,true,o1,Secret-p9!,u,,Amina,Yusuf,,,08,student"))
    assert why(found)["users.csv", 2] == "The role is not one that belong knows."
    assert "Secret" not in str(found.ledger)


def test_ids_used_twice_and_missing():
    found = read(
        users(pupil("p1", "Amina", "Yusuf"), pupil("p1", "Ben", "Carter"), pupil("", "Cerys", "Pugh"))
    )
    assert why(found)["users.csv", 3] == "The id p1 was already used on line 2."
    assert why(found)["users.csv", 4] == "This line has no id, so nothing else in the files can point at it."
    assert people(found)["p1"]["given_name"] == "Amina"


def test_ids_a_spreadsheet_shortened():
    found = read(users(pupil("1.23E+11", "Amina", "Yusuf")))
    assert "shortened by a spreadsheet" in why(found)["users.csv", 2]


def test_zeros_lost_in_one_file_are_found_again_and_said():
    found = read(
        users(pupil("00123", "Amina", "Yusuf"))
        | {"enrollments.csv": lines(ENROLMENTS, "e1,,,c1,o1,123,student,,,")}
    )
    assert [row.person for row in found.memberships] == ["user:00123"]
    assert "zeros at the front" in notes(found)


def test_decimal_ids_in_a_whole_column_become_whole():
    found = read(users(pupil("101.0", "Amina", "Yusuf"), pupil("102.0", "Ben", "Carter")))
    assert sorted(people(found)) == ["101", "102"]
    assert "written as decimals" in notes(found)


def test_a_file_gives_nobody_more_than_teacher():
    found = read(users(teacher("h", "Ruth", "Head", "principal"), teacher("a", "Al", "Aide", "aide")))
    assert kinds(found) == {"h": "staff", "a": "staff"}
    assert [(row.person, row.role) for row in found.roles] == [("user:a", "teacher")]
    assert "“principal” (senior leader) came in as staff with no role yet" in notes(found)


def test_unknown_and_missing_roles():
    found = read(
        users(pupil("p1", "Amina", "Yusuf").replace("student", "wizard"), "x9,,,true,o1,,u,,No,Role,,,,")
    )
    assert "is not one that belong knows" in why(found)["users.csv", 2]
    assert why(found)["users.csv", 3] == "Nothing says whether this is a pupil, a member of staff or a carer."


def test_a_person_without_a_role_is_known_by_their_class():
    found = read(users("p1,,,true,o1,,u,,Amina,Yusuf,,,,", "t1,,,true,o1,,u,,Mary,Ahmed,,,,"))
    assert kinds(found) == {"p1": "pupil", "t1": "staff"}


def test_agents_link_carers_written_on_the_pupil_or_on_the_carer():
    found = read(
        users(
            pupil("p1", "Amina", "Yusuf", agents="g1,nobody"),
            pupil("p2", "Ben", "Carter"),
            teacher("g1", "Ada", "Yusuf", "parent"),
            teacher("g2", "Bo", "Carter", "guardian").replace(",,,,Secret", ",,p2,,Secret"),
        )
    )
    assert sorted((row.carer, row.pupil, row.relationship) for row in found.carers) == [
        ("user:g1", "user:p1", "parent"),
        ("user:g2", "user:p2", "guardian"),
    ]
    assert "An agent (carer or child) named here is not in these files" in notes(found)


@pytest.mark.parametrize(
    ("title", "type", "kind"),
    [
        ("8H", "homeroom", "tutor_group"),
        ("Registration 8H", "", "tutor_group"),
        ("Chess club", "", "club"),
        ("Ruby", "house", "house"),
        ("The White House", "scheduled", "class"),
        ("Creative form and colour", "", "class"),
    ],
)
def test_kinds_of_groups(title, type, kind):
    found = read(small(**{"classes.csv": lines(CLASSES, f"c1,,,{title},,,{type},o1,")}))
    assert found.groups[0].kind == kind


def test_classes_of_ended_terms_are_passed_over():
    found = read(
        small(
            **{
                "classes.csv": lines(
                    CLASSES, "c1,,,8H,08,,homeroom,o1,now", "c2,,,Maths 7,07,,scheduled,o1,before"
                ),
                "academicSessions.csv": lines(
                    "sourcedId,startDate,endDate", "before,2020-09-01,2021-07-20", "now,2020-09-01,2099-07-20"
                ),
            }
        )
    )
    assert [row.name for row in found.groups] == ["8H"]
    assert found.ledger.reasons_passed() == {"the class is over": 2}


def test_deprivation_columns_of_extensions_are_read():
    text = lines(
        "sourcedId,role,givenName,familyName,metadata.UPN,metadata.sen,metadata.pupilPremium",
        "p1,student,Amina,Yusuf,B801200005001,K,Y",
        "p2,student,Ben,Carter,,E,N",
    )
    found = read(small(**{"users.csv": text}))
    assert people(found)["p1"]["upn"] == "B801200005001"
    assert sorted((row.person, row.kind, row.value) for row in found.characteristics) == [
        ("user:p1", "pupil_premium", "yes"),
        ("user:p1", "sen", "K"),
        ("user:p2", "pupil_premium", "no"),
        ("user:p2", "sen", "E"),
    ]


def test_adults_keep_no_upn_and_pupils_no_address():
    found = read(
        users(
            pupil("p1", "Amina", "Yusuf").replace("Yusuf,,", "Yusuf,amina@oak.test,"),
            teacher("t1", "Mary", "Ahmed", email="m@oak.test"),
        )
    )
    assert "email" not in people(found)["p1"]
    assert people(found)["t1"]["email"] == "m@oak.test"


def test_vendors_number_pupils_and_staff_apart():
    found = read(
        {
            "School.csv": "SIS ID,Name\n1,Oak Park School\n",
            "Student.csv": "SIS ID,School SIS ID,First Name,Last Name\n7,1,Amina,Yusuf",
            "Teacher.csv": "SIS ID,School SIS ID,First Name,Last Name\n7,1,Mary,Ahmed",
            "Section.csv": "SIS ID,School SIS ID,Section Name\n5,1,8H Maths",
            "StudentEnrollment.csv": "Section SIS ID,SIS ID\n5,7",
            "TeacherRoster.csv": "Section SIS ID,SIS ID\n5,7",
        }
    )
    assert sorted((row.person, row.part) for row in found.memberships) == [
        ("student:7", "member"),
        ("teacher:7", "lead"),
    ]


def test_names_too_long_for_anybody_are_set_aside():
    assert "81 letters long" in why(read(users(pupil("p1", "A" * 81, "Yusuf"))))["users.csv", 2]
