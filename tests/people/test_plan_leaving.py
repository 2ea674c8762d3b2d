"""Comparing a roster with what is here: who leaves, and their carers."""

import pytest
from django.contrib.sessions.models import Session
from django_scopes import scope

from belong.base.errors import Refused
from belong.people import roles
from belong.people.models import (
    CarerLink,
    Membership,
    Person,
    Role,
    User,
)
from belong.people.queries import pupils_on_roll
from belong.people.roster import plan
from tests.people.files import (
    SDS,
    USERS_11,
    lines,
    notes,
    one_school,
    pupil,
    read,
    small,
)
from tests.people.importing import put
from tests.people.test_plan import (
    _files,
    by_id,
    listed,
    names,
)


class TestLeaving:
    def roster(self, *ids: str):
        return listed(*[f"{id},,Family{id},Given{id},,8,8H" for id in ids], complete=True)

    def many(self, count: int):
        return self.roster(*map(str, range(count)))

    def test_whoever_a_complete_list_does_not_name_has_left(self, in_school):
        put(in_school, self.many(12))
        made = put(in_school, self.many(11))
        assert [one.person.source_id for one in made.left] == ["11"]
        gone = by_id("11")
        assert gone.is_leaver
        assert not Membership.objects.current().filter(person=gone).exists()

    def test_a_part_of_a_list_sends_nobody_away(self, in_school):
        put(in_school, self.many(12))
        assert put(in_school, listed("1,,Family1,Given1,,8,8H")).left == []

    def test_one_in_ten_goes_and_more_than_one_in_ten_stops(self, in_school):
        put(in_school, self.many(20))
        assert plan.make(in_school, self.many(18)).stop == ""
        made = plan.make(in_school, self.many(17))
        assert made.stop == "3 of 20 pupils (15 %) would leave."
        for wrong in (None, 2, 4):
            with pytest.raises(Refused, match="3 of 20 pupils"):
                put(in_school, self.many(17), confirmed=wrong or 0)
        assert pupils_on_roll().count() == 20
        put(in_school, self.many(17), confirmed=3)
        assert pupils_on_roll().count() == 17

    def test_a_line_set_aside_sends_nobody_away(self, in_school):
        put(in_school, self.many(4))
        made = plan.make(
            in_school,
            listed(
                *[f"{n},,Family{n},Given{n},,8,8H" for n in range(3)], "3,,@x,Given3,,8,8H", complete=True
            ),
        )
        assert made.left == []

    def test_a_child_who_comes_back_is_the_same_child(self, in_school):
        put(in_school, self.many(12))
        put(in_school, self.many(11))
        made = put(in_school, self.many(12))
        assert [(one.person.source_id, one.back) for one in made.changed] == [("11", True)]
        assert by_id("11").left_on is None
        assert Role.objects.current().filter(person=by_id("11"), role=roles.PUPIL).exists()

    def test_leavers_of_a_delta(self, in_school):
        put(in_school, one_school(read(small())))
        delta = {
            "manifest.csv": "propertyName,value\nfile.users,delta\n",
            "users.csv": lines(USERS_11, pupil("p2", "Ben", "Carter", status="tobedeleted")),
            "orgs.csv": small()["orgs.csv"],
        }
        made = put(in_school, one_school(read(delta)))
        assert [str(one.person) for one in made.left] == ["Ben Carter"]
        assert names(pupils_on_roll()) == ["Amina Yusuf"]

    def test_a_leavers_sign_in_and_open_session_end_with_the_import(self, in_school, client_as):
        put(in_school, self.many(12))
        leaver, stays = (
            User.objects.create_user(name, "correct horse battery", school=in_school, person=by_id(id))
            for name, id in (("leaver", "11"), ("stays", "10"))
        )
        gone, here = client_as(leaver), client_as(stays)
        assert Session.objects.count() == 2
        put(in_school, self.many(11))
        leaver.refresh_from_db()
        assert not leaver.is_active
        assert not leaver.has_usable_password()
        assert list(Session.objects.values_list("pk", flat=True)) == [here.session.session_key]
        assert gone.get("/").status_code == 302

    def test_a_carer_leaves_with_the_last_of_their_children(self, in_school):
        put(in_school, self.many(12))
        put(
            in_school,
            listed(
                "Ada,Family11,Mother,11",
                "Bo,Family1,Father,1",
                heads="Forename,Surname,Relationship,Pupil Adno",
            ),
        )
        made = put(in_school, self.many(11))
        assert names(one.person for one in made.left) == ["Ada Family11", "Given11 Family11"]
        assert {one.why for one in made.left} == {"not in the file", "all their children leave"}

    def test_nobody_locks_themselves_out(self, cast):
        with scope(school=cast.school):
            for person in Person.objects.filter(kind=Person.STAFF):
                Person.objects.filter(pk=person.pk).update(source_id=f"old-{person.pk}")
            made = plan.make(cast.school, one_school(read(small())), cast.technician)
            stay = {"Mx Head", "Mx Technician"}
            assert stay.isdisjoint(str(one.person) for one in made.left)
            assert "Mx Head is not in the file but stays: somebody must stay senior leader." in notes(made)
            assert "Mx Technician is not in the file but stays: you are importing." in notes(made)

    def test_staff_added_by_hand_stay(self, cast):
        with scope(school=cast.school):
            made = plan.make(cast.school, one_school(read(small())))
            assert {one.person.kind for one in made.left} == {"pupil"}


class TestCarers:
    HEADS = "Forename,Surname,Relationship,Pupil Adno,May See"

    def test_one_mother_of_two(self, in_school):
        put(in_school, listed("1,,Yusuf,Amina,,8,8H", "2,,Yusuf,Ali,,7,7H"))
        heads = "Email," + self.HEADS
        rows = "a@x.test,Ada,Yusuf,Mother,1,Yes", "a@x.test,Ada,Yusuf,Mother,2,No"
        put(in_school, listed(*rows, heads=heads))
        assert Person.objects.carers().count() == 1
        assert sorted(CarerLink.objects.values_list("pupil__given_name", "may_see")) == [
            ("Ali", False),
            ("Amina", True),
        ]
        assert put(in_school, listed(*rows, heads=heads)).is_empty

    def test_two_mothers_of_one_name_stay_two(self, in_school):
        put(in_school, listed("1,,Yusuf,Amina,,8,8H", "2,,Khan,Ali,,7,7H"))
        rows = "Ada,Smith,Mother,1,Yes", "Ada,Smith,Mother,2,Yes"
        put(in_school, listed(*rows, heads=self.HEADS))
        assert Person.objects.carers().count() == 2
        assert put(in_school, listed(*rows, heads=self.HEADS)).is_empty

    def test_a_link_the_files_no_longer_hold_is_taken_away(self, in_school):
        files = _files(SDS)
        put(in_school, one_school(read(files)))
        files["relationships.csv"] = files["relationships.csv"].replace(b"114003,114002,relative\r\n", b"")
        put(in_school, one_school(read(files)))
        assert sorted(CarerLink.objects.values_list("pupil__given_name", flat=True)) == ["Alice", "Jack"]
