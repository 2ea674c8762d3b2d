"""The staff page: who is who, giving a role, ending one and taking that back."""

from datetime import timedelta

import pytest
from django_scopes import scope

from belong.base.clock import today
from belong.people import roles
from belong.people.models import Person, Role
from tests.conftest import make_person
from tests.people.test_pages import text


@pytest.fixture
def bells(cast):
    """Two members of staff with one title and family name."""
    with scope(school=cast.school):
        return [
            make_person(cast.school, Person.STAFF, given, "Bell", title="Mrs") for given in ("Ruth", "Ann")
        ]


def current(cast, person) -> list[str]:
    with scope(school=cast.school):
        return sorted(Role.objects.current().filter(person=person).values_list("role", flat=True))


def press(client, person, deed: str, role: str):
    return client.post(
        f"/people/staff/{person.pk}/{deed}/",
        {"role": role},
        headers={"referer": "http://testserver/people/staff/"},
    )


def test_two_of_one_name_are_told_apart(cast, client_as, bells):
    page = text(client_as(cast.head).get("/people/staff/?q=bell"))
    assert "Mrs Ann Bell" in page
    assert "Mrs Ruth Bell" in page
    assert "Role for Mrs Ruth Bell" in page


def test_a_role_is_given_by_name(cast, client_as, bells):
    client = client_as(cast.head)
    press(client, bells[0], "give", roles.SENCO)
    assert "Mrs Ruth Bell is now SENCO." in text(client.get("/people/staff/"))
    assert (current(cast, bells[0]), current(cast, bells[1])) == (["SENCO"], [])


def test_no_role_is_chosen_beforehand_and_none_is_refused_kindly(cast, client_as, bells):
    client = client_as(cast.head)
    assert '<option value="">Choose a role</option>' in client.get("/people/staff/").content.decode()
    press(client, bells[0], "give", "")
    assert "Choose a role for Mrs Ruth Bell first" in text(client.get("/people/staff/"))
    assert current(cast, bells[0]) == []


def test_an_ended_role_comes_back_as_it_was(cast, client_as, bells):
    since = today() - timedelta(days=400)
    with scope(school=cast.school):
        held = Role.objects.create(school=cast.school, person=bells[0], role=roles.TEACHER, since=since)
    client = client_as(cast.head)
    press(client, bells[0], "end", roles.TEACHER)
    assert current(cast, bells[0]) == []
    undo = f"/people/staff/{bells[0].pk}/give/?role=teacher"
    page = client.get("/people/staff/").content.decode()
    assert f'<form method="post" action="{undo}"' in page
    assert "Mrs Ruth Bell is no longer teacher." in page
    client.post(undo)
    with scope(school=cast.school):
        row = Role.objects.get(person=bells[0])
        assert (row.pk, row.since, row.until) == (held.pk, since, None)


def test_a_role_of_two_words_comes_back_too(cast, client_as):
    client = client_as(cast.head)
    press(client, cast.pastoral.person, "end", roles.PASTORAL_LEAD)
    undo = f"/people/staff/{cast.pastoral.person.pk}/give/?role=pastoral+lead"
    assert undo in client.get("/people/staff/").content.decode()
    client.post(undo)
    assert current(cast, cast.pastoral.person) == ["pastoral lead"]


def test_a_leader_is_asked_before_giving_up_their_own_role(cast, client_as):
    client = client_as(cast.head)
    assert "End your own role of senior leader?" in text(client.get("/people/staff/"))
    press(client, cast.tutor.person, "give", roles.SENIOR_LEADER)
    press(client, cast.head.person, "end", roles.SENIOR_LEADER)
    assert current(cast, cast.head.person) == []
    assert client.get("/people/staff/").status_code == 403


@pytest.mark.parametrize("part", ["technician", "tutor", "pastoral", "governor"])
def test_others_neither_give_nor_end(cast, client_as, bells, part):
    client = client_as(getattr(cast, part))
    assert press(client, bells[0], "give", roles.SENCO).status_code in (403, 404)
    assert client.post(f"/people/staff/{cast.head.person.pk}/end/?role=senior+leader").status_code in (
        403,
        404,
    )
    assert current(cast, bells[0]) == []
    assert current(cast, cast.head.person) == ["senior leader"]


def test_a_leader_is_shown_a_link_and_a_technician_has_it_mailed_to_its_owner(
    cast, client_as, bells, mailoutbox
):
    ruth, ann = bells
    shown = client_as(cast.head).post(f"/people/staff/{ruth.pk}/invite/").content.decode()
    assert "/sign-in/new/" in shown
    with scope(school=cast.school):
        Person.objects.filter(pk=ann.pk).update(email="ann.bell@oak.test")
    client = client_as(cast.technician)
    answer = client.post(f"/people/staff/{ann.pk}/invite/", follow=True).content.decode()
    assert "/sign-in/new/" not in answer
    assert "ann.bell@oak.test" in answer
    assert [mail.to for mail in mailoutbox] == [["ann.bell@oak.test"]]
    assert "/sign-in/new/" in mailoutbox[0].body


def test_without_an_address_a_technician_is_told_whom_to_ask(cast, client_as, bells, mailoutbox):
    client = client_as(cast.technician)
    back = {"referer": "http://testserver/people/staff/"}
    client.post(f"/people/staff/{bells[0].pk}/invite/", headers=back)
    assert "A senior leader can show them a link" in text(client.get("/people/staff/"))
    assert mailoutbox == []
