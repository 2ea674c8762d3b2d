"""What an import would do to a school that has people already, and what it then does."""

from datetime import date, timedelta

import pytest
from django_scopes import scope, scopes_disabled

from belong.base.clock import today
from belong.base.models import AuditEntry
from belong.people.models import (
    CarerLink,
    Characteristic,
    Group,
    Membership,
    Person,
    Role,
    RosterImportRow,
)
from belong.people.queries import leads, members, pupils_on_roll, tutor_groups
from belong.people.roster.lists import Mapping, guess
from tests.people.files import (
    ENROLMENTS,
    SDS,
    UK,
    USERS_11,
    folder_zip,
    lines,
    notes,
    one_school,
    read,
    read_list,
    small,
    teacher,
    why,
)
from tests.people.importing import put

HEADS = "Adno,UPN,Surname,Forename,DOB,Year,Reg"


def listed(*rows: str, complete: bool = False, heads: str = HEADS):
    """A list of pupils, read by its guessed mapping."""
    from belong.people import roster

    table = roster.open_bytes("list.csv", lines(heads, *rows).encode())[0]
    mapping = guess(table)
    return roster.read([table], Mapping(mapping.who, mapping.columns, complete))


def names(rows) -> list[str]:
    return sorted(str(row) for row in rows)


def by_id(id: str) -> Person:
    return Person.objects.get(source_id=id)


class TestFirstImport:
    def test_people_groups_places_and_roles(self, in_school):
        put(in_school, one_school(read(small())))
        assert names(pupils_on_roll()) == ["Amina Yusuf", "Ben Carter"]
        (group,) = tutor_groups()
        assert (group.name, group.year) == ("8H", "8")
        assert names(members(group)) == ["Amina Yusuf", "Ben Carter"]
        assert names(leads(group)) == ["Mary Ahmed"]
        assert sorted(Role.objects.values_list("person__given_name", "role")) == [
            ("Amina", "pupil"),
            ("Ben", "pupil"),
            ("Mary", "teacher"),
        ]

    def test_nobody_knows_since_when_anyone_is_here(self, in_school):
        put(in_school, one_school(read(small())))
        assert set(Person.objects.values_list("joined_on", flat=True)) == {None}

    def test_both_samples(self, in_school):
        put(in_school, one_school(read(_files(UK)), "10001"))
        assert (pupils_on_roll().count(), Group.objects.count(), Membership.objects.count()) == (60, 14, 434)
        assert by_id("13002").born == date(1999, 11, 12)

    def test_carers_see_nothing_until_the_school_says_so(self, in_school):
        put(in_school, one_school(read(_files(SDS))))
        assert set(CarerLink.objects.values_list("may_see", flat=True)) == {False}


def _files(folder):
    return {file.name: file.read_bytes() for file in folder.glob("*.csv")}


@pytest.mark.parametrize("folder", [UK, SDS])
def test_the_second_import_changes_nothing(in_school, folder):
    put(in_school, one_school(read(_files(folder)), "" if folder == SDS else "10001"))
    before = _everything()
    again = put(in_school, one_school(read(_files(folder)), "" if folder == SDS else "10001"))
    assert again.is_empty
    assert _everything() == before


def _everything():
    tables = (Person, Group, Membership, Role, Characteristic, CarerLink)
    return [list(model.objects.order_by("id").values()) for model in tables]


class TestWhoIsWho:
    def test_by_id(self, in_school):
        put(in_school, listed("1,,Yusuf,Amina,22/04/2013,8,8H"))
        made = put(in_school, listed("1,,Yusuf-Ali,Amina,22/04/2013,8,8H"))
        (changed,) = made.changed
        assert changed.fields == {"family_name": ("Yusuf", "Yusuf-Ali")}
        assert by_id("1").family_name == "Yusuf-Ali"

    def test_by_upn_when_the_system_and_its_ids_change(self, in_school):
        put(in_school, listed("1,B801200005001,Yusuf,Amina,,8,8H"))
        put(in_school, listed("A-77,B801200005001,Yusuf,Amina,,8,8H"))
        assert names(pupils_on_roll()) == ["Amina Yusuf"]
        assert by_id("A-77").upn == "B801200005001"

    def test_by_name_and_birthday_without_ids(self, in_school):
        put(in_school, listed("1,,Yusuf,Amina,22/04/2013,8,8H"))
        made = put(in_school, listed(",,YUSUF,amina,22/04/2013,9,9H"))
        assert (len(made.added), len(made.changed)) == (0, 1)
        assert by_id("1").year == "9"

    def test_two_children_of_one_name_and_birthday_are_never_mixed_up(self, in_school):
        put(in_school, listed("1,,Yusuf,Amina,22/04/2013,8,8H", "2,,Yusuf,Amina,22/04/2013,8,8K"))
        made = put(in_school, listed(",,Yusuf,Amina,22/04/2013,9,9H"))
        assert why(made) == {("list.csv", 2): "2 people here have this name and date of birth."}
        assert made.is_empty

    def test_a_name_alone_matches_with_a_word_of_warning(self, in_school):
        put(in_school, listed("1,,Yusuf,Amina,,8,8H"))
        made = put(in_school, listed(",,Yusuf,Amina,,8,8K"))
        assert made.added == []
        assert "Matched by name alone." in notes(made)

    def test_a_name_alone_does_not_match_across_the_school(self, in_school):
        put(in_school, listed("1,,Yusuf,Amina,,8,8H"))
        assert len(put(in_school, listed(",,Yusuf,Amina,,11,11H")).added) == 1

    def test_an_id_that_now_stands_for_somebody_else_is_set_aside(self, in_school):
        put(in_school, listed("1,,Yusuf,Amina,22/04/2013,8,8H"))
        made = put(in_school, listed("1,,Nowak,Ewa,01/05/2014,8,8H", complete=True))
        assert "belongs to somebody with another name" in why(made)["list.csv", 2]
        assert made.left == []
        assert by_id("1").given_name == "Amina"

    def test_ids_that_lost_their_zeros_still_find_their_people(self, in_school):
        put(in_school, listed("00123,,Yusuf,Amina,,8,8H"))
        made = put(in_school, listed("123,,Yusuf,Amina,,8,8H"))
        assert made.is_empty
        assert "lost their zeros at the front" in notes(made)

    def test_a_upn_that_is_another_pupils_is_left_out(self, in_school):
        put(in_school, listed("1,B801200005001,Yusuf,Amina,22/04/2013,8,8H"))
        made = put(
            in_school, listed("2,,Carter,Ben,22/05/2013,8,8H", "1,B801200005001,Yusuf,Amina,22/04/2013,8,8H")
        )
        assert len(made.added) == 1
        again = listed("2,B801200005001,Carter,Ben,22/05/2013,8,8H", "1,,Yusuf,Amina,22/04/2013,8,8H")
        assert "belongs to another pupil here" in notes(put(in_school, again))
        assert by_id("2").upn == ""

    def test_staff_added_by_hand_are_found_by_their_address(self, cast):
        with scope(school=cast.school):
            files = small(
                **{"users.csv": lines(USERS_11, teacher("t1", "Mary", "Tutor", email="tutor@oak.test"))}
            )
            put(cast.school, one_school(read(files)))
            cast.tutor.person.refresh_from_db()
            assert (cast.tutor.person.source_id, cast.tutor.person.given_name) == ("t1", "Mary")

    def test_an_office_address_does_not_make_two_people_one(self, in_school):
        staff = "Title,Forename,Surname,Email,Role"
        put(in_school, listed("Mrs,Mary,Ahmed,office@oak.test,Teacher", heads=staff))
        made = put(in_school, listed("Mr,Al,Cole,office@oak.test,Teacher", heads=staff))
        assert len(made.added) == 1


class TestGroups:
    def test_a_pupil_moves_from_one_tutor_group_to_another(self, in_school):
        put(in_school, listed("1,,Yusuf,Amina,,8,8H", "2,,Carter,Ben,,8,8H"))
        put(in_school, listed("1,,Yusuf,Amina,,8,8K"))
        inside = {group.name: names(members(group)) for group in tutor_groups()}
        assert inside == {"8H": ["Ben Carter"], "8K": ["Amina Yusuf"]}
        assert Membership.objects.get(person=by_id("1"), group__name="8H").until == today()

    def test_a_complete_roster_ends_what_it_no_longer_names(self, in_school):
        put(in_school, one_school(read(small())))
        fewer = small(
            **{"enrollments.csv": lines(ENROLMENTS, "e1,,,c1,o1,p1,student,,,", "e3,,,c1,o1,t1,teacher,,,")}
        )
        put(in_school, one_school(read(fewer)))
        current = Membership.objects.current().values_list("person__given_name", "group__name")
        assert sorted(current) == [("Amina", "8H"), ("Mary", "8H")]

    def test_a_closed_class_keeps_no_places(self, in_school):
        put(in_school, one_school(read(small())))
        files = small(**{"classes.csv": small()["classes.csv"].rsplit("\r\n", 1)[0]})
        put(in_school, one_school(read(files)))
        assert [group.name for group in Group.objects.current()] == ["8H"]
        assert not Membership.objects.current().filter(group__name="Maths 8").exists()

    def test_a_line_that_cannot_be_read_takes_no_place_away(self, in_school):
        put(in_school, one_school(read(small())))
        broken = small()["enrollments.csv"].replace("e4,,,c2,o1,p1,student", "e4,,,c2,o1,p1,wizard")
        made = put(in_school, one_school(read(small(**{"enrollments.csv": broken}))))
        assert made.groups.ended == {}
        assert len(made.set_aside) == 1

    def test_clubs_the_school_made_itself_are_left_alone(self, in_school):
        put(in_school, one_school(read(small())))
        club = Group.objects.create(school=in_school, kind=Group.CLUB, name="Chess")
        Membership.objects.create(school=in_school, group=club, person=by_id("p1"))
        assert put(in_school, one_school(read(small()))).is_empty

    def test_a_list_and_oneroster_mean_the_same_tutor_group(self, in_school):
        put(in_school, listed("p1,,Yusuf,Amina,,8,8H", "p2,,Carter,Ben,,8,8H"))
        put(in_school, one_school(read(small())))
        assert [(group.name, group.source_id) for group in tutor_groups()] == [("8H", "c1")]
        put(in_school, listed("p1,,Yusuf,Amina,,8,8H", "p2,,Carter,Ben,,8,8H"))
        assert [(group.name, group.source_id) for group in tutor_groups()] == [("8H", "c1")]

    @pytest.mark.parametrize(
        "called", ["Mrs Ahmed", "Mary Ahmed", "M Ahmed", "m@oak.test", "Ahmed, Mary", "S1"]
    )
    def test_tutors_named_in_a_pupil_list_are_found_among_the_staff(self, in_school, called):
        staff = listed(
            "S1,Mrs,Mary,Ahmed,m@oak.test,Teacher", heads="Staff Code,Title,Forename,Surname,Email,Role"
        )
        put(in_school, staff)
        pupils = listed(f'1,Yusuf,Amina,8,8H,"{called}"', heads="Adno,Surname,Forename,Year,Reg,Tutor")
        put(in_school, pupils)
        assert names(leads(tutor_groups().get())) == ["Mrs Ahmed"]
        assert put(in_school, pupils).is_empty

    def test_a_tutor_nobody_knows_is_said(self, in_school):
        made = put(
            in_school, listed("1,Yusuf,Amina,8,8H,Mr Nobody", heads="Adno,Surname,Forename,Year,Reg,Tutor")
        )
        assert "“Mr Nobody” is not among the staff here" in notes(made)


class TestCharacteristics:
    HEADS = "Adno,Surname,Forename,SEN Status,FSM,Ever 6,PP"

    def test_kept_apart_with_dates(self, in_school):
        put(in_school, listed("1,Yusuf,Amina,K,Y,N,Y", heads=self.HEADS))
        rows = Characteristic.objects.values_list("kind", "value", "since", "until")
        assert sorted(rows) == [
            ("fsm6", "no", today(), None),
            ("fsm_eligible", "yes", today(), None),
            ("pupil_premium", "yes", today(), None),
            ("sen", "K", today(), None),
        ]

    def test_a_new_value_begins_and_the_old_one_ends(self, in_school):
        put(in_school, listed("1,Yusuf,Amina,K,,,", heads=self.HEADS))
        Characteristic.objects.update(since=today() - timedelta(days=90))
        put(in_school, listed("1,Yusuf,Amina,E,,,", heads=self.HEADS))
        rows = Characteristic.objects.order_by("id").values_list("value", "until")
        assert list(rows) == [("K", today()), ("E", None)]

    def test_a_correction_on_the_same_day_is_a_correction(self, in_school):
        put(in_school, listed("1,Yusuf,Amina,K,,,", heads=self.HEADS))
        put(in_school, listed("1,Yusuf,Amina,N,,,", heads=self.HEADS))
        assert list(Characteristic.objects.values_list("value", "until")) == [("N", None)]


def test_a_role_ended_by_hand_is_not_given_again(in_school):
    put(in_school, one_school(read(small())))
    Role.objects.filter(person=by_id("t1")).update(until=today())
    assert put(in_school, one_school(read(small()))).is_empty


def test_another_school_is_never_touched(cast):
    with scopes_disabled():
        elsewhere = cast.stranger.school
        before = list(Person.objects.filter(school=elsewhere).values())
    with scope(school=cast.school):
        put(cast.school, one_school(read(small())))
    with scope(school=elsewhere):
        made = put(elsewhere, one_school(read(small())))
        assert len(made.added) == 3
        assert made.left == []
    with scopes_disabled():
        assert list(Person.objects.filter(school=elsewhere, source_id="").values()) == before
        assert Person.objects.filter(source_id="p1").count() == 2


def test_the_number_of_queries_does_not_grow_with_the_school(in_school, django_assert_max_num_queries):
    rows = [f"{n},,Family{n},Given{n},,8,8H" for n in range(300)]
    with django_assert_max_num_queries(40):
        put(in_school, listed(*rows))
    with django_assert_max_num_queries(25):
        assert put(in_school, listed(*rows)).is_empty


def test_the_history_holds_field_names_and_no_values(in_school):
    put(in_school, listed("1,,Yusuf,Amina,22/04/2013,8,8H"))
    put(in_school, listed("1,,Yusuf-Ali,Amina,22/04/2013,9,9H"))
    row = RosterImportRow.objects.get(kind=RosterImportRow.CHANGED)
    assert row.fields == ["family_name", "year"]
    entry = AuditEntry.objects.first()
    assert entry.verb == "people.import_roster"
    assert all(isinstance(value, int) for value in entry.facts.values())


def test_new_pupils_of_a_known_school_joined_today(in_school):
    put(in_school, listed("1,,Yusuf,Amina,,8,8H"))
    put(in_school, listed("2,,Carter,Ben,,8,8H"))
    assert (by_id("1").joined_on, by_id("2").joined_on) == (None, today())


def test_a_zip_uploaded_is_the_folder_read(in_school):
    from belong.people import roster

    found = roster.read(roster.open_bytes("sds.zip", folder_zip(SDS)))
    assert len(put(in_school, one_school(found)).added) == 6
    assert read_list("Surname,Forename,UPN\nHall,Grace,").people[0].name == "Grace Hall"
