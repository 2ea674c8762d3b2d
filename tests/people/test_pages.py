"""The pages People, Groups, one group and one person: who sees whom."""

import re

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from belong.base.access import allowed
from belong.people.access import visible_people
from belong.people.models import Group, Person
from tests.conftest import make_group, make_person

pytestmark = pytest.mark.alike

KEEPERS = ("technician", "head", "survey_lead")


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def shown(answer) -> list[str]:
    return [str(person) for person, _, _ in answer.context["rows"]]


class TestList:
    @pytest.mark.parametrize("part", KEEPERS)
    def test_keepers_of_the_roster_see_everyone(self, cast, client_as, part):
        answer = client_as(getattr(cast, part)).get("/people/")
        assert answer.context["page"].paginator.count == 24 + len(cast.users) - 3 + 1
        assert "Import a roster" in text(answer)

    def test_a_pastoral_lead_sees_pupils_only(self, cast, client_as):
        answer = client_as(cast.pastoral).get("/people/")
        assert answer.context["page"].paginator.count == 24
        assert "Import a roster" not in text(answer)

    @pytest.mark.parametrize("part", ["tutor", "governor", "analyst", "outside", "carer", "pupil"])
    def test_others_have_no_list(self, cast, client_as, part):
        assert client_as(getattr(cast, part)).get("/people/").status_code == 403

    def test_search_filter_and_sort(self, cast, client_as):
        client = client_as(cast.head)
        assert shown(client.get("/people/?q=amina+yus")) == ["Yusuf Amina", "Amina Yusuf"]
        assert shown(client.get("/people/?q=amina&year=8")) == ["Amina Yusuf"]
        inside = client.get(f"/people/?group={cast.other_group.pk}&kind=pupil&sort=first")
        assert shown(inside)[0] == "Brown Leo"
        assert inside.context["page"].paginator.count == 12
        by_year = shown(client.get("/people/?sort=year&kind=pupil"))
        assert by_year[:2] == ["Leo Brown", "Ben Carter"]

    def test_nobody_found_and_nonsense_in_the_address(self, cast, client_as):
        client = client_as(cast.head)
        assert "Nobody found" in text(client.get("/people/?q=zzz"))
        assert client.get("/people/?year=99&group=abc&page=nine").status_code == 200

    def test_a_new_school_is_told_how_to_begin(self, cast, client_as):
        with scopes_disabled():
            Person.objects.filter(school=cast.stranger.school).exclude(pk=cast.stranger.person.pk).delete()
        assert "Import a roster" in text(client_as(cast.stranger).get("/people/"))

    def test_leavers_are_not_listed(self, cast, client_as):
        with scopes_disabled():
            Person.objects.filter(pk=cast.pupils[0].pk).update(left_on="2020-01-01")
        assert shown(client_as(cast.head).get("/people/?q=amina&year=8")) == []


class TestGroups:
    def test_groups_with_leads_and_sizes(self, cast, client_as):
        said = text(client_as(cast.technician).get("/people/groups/"))
        assert "8H Mx Tutor 12" in said
        assert "9K Mx Other Tutor 12" in said

    def test_one_group(self, cast, client_as):
        said = text(client_as(cast.technician).get(f"/people/groups/{cast.tutor_group.pk}/"))
        assert "Tutor group, Year 8, 12 pupils" in said
        assert "Grace Hall" in said

    def test_a_tutor_opens_their_own_group_and_no_other(self, cast, client_as):
        client = client_as(cast.tutor)
        assert client.get(f"/people/groups/{cast.tutor_group.pk}/").status_code == 200
        assert client.get(f"/people/groups/{cast.other_group.pk}/").status_code == 404

    @pytest.mark.parametrize("part", ["governor", "analyst", "outside", "carer", "pupil", "stranger"])
    def test_others_open_none(self, cast, client_as, part):
        assert client_as(getattr(cast, part)).get(f"/people/groups/{cast.tutor_group.pk}/").status_code == 404

    def test_an_empty_group_says_so(self, cast, client_as):
        with scope(school=cast.school):
            group = make_group(cast.school, "Chess", "", [], kind=Group.CLUB)
        assert "Nobody in this group" in text(client_as(cast.head).get(f"/people/groups/{group.pk}/"))


class TestPerson:
    def test_groups_and_nothing_special(self, cast, client_as):
        answer = client_as(cast.technician).get(f"/people/{cast.pupils[0].pk}/")
        assert "Amina Yusuf" in text(answer)
        assert "8H tutor group" in text(answer)
        assert "Moments and more" not in text(answer)

    def test_roles_of_staff(self, cast, client_as):
        said = text(client_as(cast.head).get(f"/people/{cast.tutor.person.pk}/"))
        assert "8H tutor group, leads" in said
        assert "Roles teacher" in said

    def test_a_tutor_opens_own_pupils_only(self, cast, client_as):
        client = client_as(cast.tutor)
        assert client.get(f"/people/{cast.pupils[0].pk}/").status_code == 200
        assert client.get(f"/people/{cast.other_pupils[0].pk}/").status_code == 404
        assert client.get(f"/people/{cast.head.person.pk}/").status_code == 404

    @pytest.mark.parametrize("part", ["governor", "analyst", "outside", "carer", "pupil", "stranger"])
    def test_others_open_nobody(self, cast, client_as, part):
        assert client_as(getattr(cast, part)).get(f"/people/{cast.pupils[0].pk}/").status_code == 404

    def test_nobody_signed_in(self, cast):
        assert "/sign-in/" in Client().get(f"/people/{cast.pupils[0].pk}/")["Location"]


def test_the_list_holds_exactly_those_one_may_open(cast):
    """Law: being in `visible_people` is the same as `people.view_person`, for every role and every person."""
    with scope(school=cast.school):
        make_person(cast.school, Person.PUPIL, "Gone", "Away", left_on="2020-01-01")
        everyone = list(Person.objects.all())
        for name, user in cast.users.items():
            if name == "stranger":
                continue
            listed = set(visible_people(user).values_list("pk", flat=True))
            open_to = {person.pk for person in everyone if allowed(user, "people.view_person", person)}
            assert listed == open_to, name
    with scope(school=cast.stranger.school):
        assert {p.pk for p in visible_people(cast.stranger)} == {cast.stranger.person.pk}
