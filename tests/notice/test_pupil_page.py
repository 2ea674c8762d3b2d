"""A pupil's page: what each viewer may see of it, and the adults who know the child."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from belong.base.clock import today
from belong.base.errors import Refused
from belong.notice import actions
from belong.notice.models import KnownBy
from belong.people.models import Membership, Person

pytestmark = pytest.mark.alike

SPECIAL = ("Female", "Girl", "ethnicity", "fsm", "SEN", "looked after")


def page_of(client, pupil) -> str:
    return client.get(f"/pupils/{pupil.pk}/").content.decode()


def test_one_tap_says_i_know_them_well(cast, in_school, client_as):
    amina = cast.pupils[0]
    client = client_as(cast.tutor)
    page = client.post(f"/pupils/{amina.pk}/knowing/", follow=True).content.decode()
    assert KnownBy.objects.get().adult == cast.tutor.person
    assert "Noted: you know Amina well." in page
    assert f"/pupils/{amina.pk}/knowing/undo/" in page


def test_a_second_tap_changes_nothing_but_the_line(cast, in_school, client_as):
    amina = cast.pupils[0]
    client = client_as(cast.tutor)
    client.post(f"/pupils/{amina.pk}/knowing/")
    client.post(f"/pupils/{amina.pk}/knowing/", {"line": "Loves chess."})
    known = KnownBy.objects.get()
    assert (known.line, known.noted_on) == ("Loves chess.", today())


def test_it_can_be_taken_back(cast, in_school, client_as, knows):
    amina = cast.pupils[0]
    knows(cast.tutor, amina)
    client_as(cast.tutor).post(f"/pupils/{amina.pk}/knowing/undo/")
    assert not KnownBy.objects.exists()
    with pytest.raises(Refused, match="already been taken back"):
        actions.undo_knowing(cast.tutor, pupil=amina)


def test_the_name_is_for_all_who_see_the_child_and_the_line_for_the_few(cast, in_school, client_as, knows):
    amina = cast.pupils[0]
    knows(cast.head, amina, "Her grandmother is at home.")
    seen = {
        who: page_of(client_as(getattr(cast, who)), amina)
        for who in ("head", "tutor", "pastoral", "senco", "dsl")
    }
    assert all("Mx Head" in page for page in seen.values())
    assert {who for who, page in seen.items() if "Her grandmother" in page} == {"head", "tutor", "pastoral"}


def test_an_adult_who_left_is_not_named(cast, in_school, client_as, knows):
    amina = cast.pupils[0]
    knows(cast.other_tutor, amina)
    Person.objects.filter(pk=cast.other_tutor.person_id).update(left_on=today())
    assert "Nobody has said so yet." in page_of(client_as(cast.tutor), amina)


def test_groups_clubs_and_the_timeline(cast, in_school, client_as, join_club, noted):
    amina = cast.pupils[0]
    join_club(amina)
    noted(cast.other_tutor, amina, days=3, kind="work", note="Her map is in the hall.")
    page = page_of(client_as(cast.tutor), amina)
    for words in ("8H", "Chess club", "Work on display", "Her map is in the hall.", "Mx Other Tutor"):
        assert words in page


def test_undo_is_offered_for_own_recent_moments_only(cast, in_school, client_as, noted):
    amina = cast.pupils[0]
    recent, old = noted(cast.tutor, amina), noted(cast.tutor, amina, days=1)
    others = noted(cast.pastoral, amina)
    page = page_of(client_as(cast.tutor), amina)
    offered = [moment for moment in (recent, old, others) if f"/moments/{moment.submission}/undo/" in page]
    assert offered == [recent]


def test_a_long_timeline_comes_in_pages(cast, in_school, client_as, noted):
    for n in range(25):
        noted(cast.tutor, cast.pupils[0], days=n, note=f"Day {n:02}")
    client = client_as(cast.tutor)
    first, second = (
        page_of(client, cast.pupils[0]),
        client.get(f"/pupils/{cast.pupils[0].pk}/?page=2").content.decode(),
    )
    assert ("Day 19" in first, "Day 20" in first) == (True, False)
    assert ("Day 19" in second, "Day 20" in second) == (False, True)


def test_nothing_special_is_on_the_page(cast, in_school, client_as):
    page = page_of(client_as(cast.tutor), cast.pupils[0])
    assert "Amina Yusuf" in page
    assert [word for word in SPECIAL if word in page] == []


def test_other_classes_and_schools_get_the_404_of_nobody(cast, client_as):
    paths = ("", "moment/", "state/", "review/", "knowing/", "knowing/undo/")
    for who, path in product(("other_tutor", "stranger"), paths):
        client = client_as(getattr(cast, who))
        method = client.get if path in ("", "moment/") else client.post
        there = method(f"/pupils/{cast.pupils[0].pk}/{path}", {"state": "maintain"})
        nowhere = method(f"/pupils/999999/{path}", {"state": "maintain"})
        assert (there.status_code, there.content) == (404, nowhere.content)


def test_who_may_open_the_page(cast, client_as):
    found = {
        who: client_as(user).get(f"/pupils/{cast.pupils[0].pk}/").status_code
        for who, user in cast.users.items()
    }
    assert {who for who, status in found.items() if status == 200} == {
        "tutor",
        "pastoral",
        "senco",
        "dsl",
        "head",
    }
    assert set(found.values()) == {200, 404}


def test_an_adult_of_the_school_has_no_pupil_page(cast, client_as):
    assert client_as(cast.head).get(f"/pupils/{cast.tutor.person_id}/").status_code == 404


def test_only_those_who_may_set_a_state_are_offered_it(cast, client_as):
    offered = {
        who
        for who in ("tutor", "pastoral", "head")
        if "Between you two" in page_of(client_as(getattr(cast, who)), cast.pupils[0])
    }
    assert offered == {"tutor", "pastoral"}


def test_queries_do_not_grow_with_what_is_known(cast, in_school, client_as, noted, stands, knows):
    amina = cast.pupils[0]
    client = client_as(cast.tutor)
    for who in ("tutor", "pastoral"):
        stands(getattr(cast, who), amina)
        knows(getattr(cast, who), amina)
        noted(getattr(cast, who), amina, days=2)
    page_of(client, amina)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            page_of(client, amina)
        return len(seen)

    few = count()
    for who in ("head", "senco", "dsl", "other_tutor"):
        stands(getattr(cast, who), amina)
        knows(getattr(cast, who), amina)
        noted(getattr(cast, who), amina, days=3)
    for _ in range(2):
        Membership.objects.create(
            school=cast.school, group=cast.other_group, person=amina, until=today() + timedelta(days=9)
        )
    assert count() == few
