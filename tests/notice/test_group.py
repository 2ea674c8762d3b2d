"""My group: the card of each pupil, the six places, the sorts, and how many queries it takes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from belong.base.clock import today
from belong.notice import words
from belong.notice.queries import cards, group_cards
from belong.people.models import Group, Membership, Person, User
from tests.conftest import make_group, make_person


def places(card) -> dict[str, bool]:
    return {place.key: place.filled for place in card.places}


def names(found) -> list[str]:
    return [card.pupil.first_name for card in found]


def test_nothing_noticed_yet_is_six_empty_places(cast, in_school):
    card = cards(cast.tutor, [cast.pupils[0]])[0]
    assert places(card) == dict.fromkeys(
        ("adult", "noticed", "club", "recognised", "voice", "profile"), False
    )
    assert words.contact(card) == "Nothing noted yet"


def test_each_place_is_filled_by_its_own_thing(cast, in_school, noted, knows, join_club):
    amina, ben, cerys, *_ = cast.pupils
    knows(cast.other_tutor, amina)
    noted(cast.other_tutor, ben, days=28)
    join_club(cerys)
    found = [places(card) for card in cards(cast.tutor, [amina, ben, cerys])]
    filled = [{key for key, full in card.items() if full} for card in found]
    assert filled == [{"adult"}, {"noticed"}, {"club"}]


def test_what_does_not_fill_a_place(cast, in_school, noted, knows, join_club):
    amina, ben, cerys, *_ = cast.pupils
    knows(cast.other_tutor, amina)
    Person.objects.filter(pk=cast.other_tutor.person_id).update(left_on=today())
    noted(cast.tutor, ben, days=29)
    noted(cast.tutor, ben, days=1, kind="observation")
    Membership.objects.filter(pk=join_club(cerys).pk).update(until=today())
    found = cards(cast.tutor, [amina, ben, cerys])
    assert [card.empty_places for card in found] == [6, 6, 6]
    assert words.contact(found[1]) == "Nothing noted for 4 weeks"


def test_the_last_contact_is_by_any_adult(cast, in_school, noted):
    noted(cast.pastoral, cast.pupils[0], days=1)
    assert words.contact(cards(cast.tutor, [cast.pupils[0]])[0]) == "Yesterday"


def test_a_conversation_due_comes_before_everything(cast, in_school, stands, noted):
    stands(cast.tutor, cast.pupils[0], "restore", set_days=7, review_in=0)
    noted(cast.tutor, cast.pupils[0])
    assert words.contact(cards(cast.tutor, [cast.pupils[0]])[0]) == "Conversation due today"


@pytest.mark.parametrize(("days", "new"), [(0, True), (41, True), (42, False)])
def test_new_for_six_weeks(cast, in_school, days, new):
    Person.objects.filter(pk=cast.pupils[0].pk).update(joined_on=today() - timedelta(days=days))
    assert cards(cast.tutor, [Person.objects.get(pk=cast.pupils[0].pk)])[0].is_new is new


def test_a_state_on_the_card_is_ones_own(cast, in_school, stands):
    stands(cast.pastoral, cast.pupils[0], "restore")
    assert cards(cast.tutor, [cast.pupils[0]])[0].state == ""
    assert cards(cast.pastoral, [cast.pupils[0]])[0].state == "restore"


def test_the_sorts(cast, in_school, stands, noted):
    amina, ben, _cerys, *rest = cast.pupils
    for pupil in rest:
        Membership.objects.filter(person=pupil).delete()
    noted(cast.tutor, amina, days=2)
    noted(cast.tutor, ben, days=20)
    stands(cast.tutor, amina, "restore", review_in=5)
    stands(cast.tutor, ben, "establish", review_in=1)
    order = {
        sort: names(group_cards(cast.tutor, cast.tutor_group, sort))
        for sort in ("quiet", "name", "state", "review")
    }
    assert order == {
        "quiet": ["Cerys", "Ben", "Amina"],
        "name": ["Ben", "Cerys", "Amina"],
        "state": ["Amina", "Ben", "Cerys"],
        "review": ["Ben", "Amina", "Cerys"],
    }


def test_the_sort_is_remembered_for_this_person_only(cast, client_as):
    client = client_as(cast.tutor)
    here = f"/group/{cast.tutor_group.pk}/"
    assert "Sort: longest since a moment" in client.get(here).content.decode()
    client.get(here + "?sort=name")
    assert "Sort: name" in client.get(here).content.decode()
    assert "Sort: longest since a moment" in client_as(cast.pastoral).get(here).content.decode()
    assert "Sort: name" in client.get(here + "?sort=nonsense").content.decode()


def test_queries_do_not_grow_with_the_group(cast, in_school, lively):
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            group_cards(User.objects.get(pk=cast.tutor.pk), cast.tutor_group)
        return len(seen)

    few = count()
    for n in range(20):
        pupil = make_person(cast.school, Person.PUPIL, f"Pupil{n}", "More", year="8", joined_on=today())
        Membership.objects.create(school=cast.school, group=cast.tutor_group, person=pupil)
    assert count() == few


def test_the_page_takes_as_many_queries_for_a_large_group(cast, in_school, lively, client_as):
    client = client_as(cast.tutor)
    here = f"/group/{cast.tutor_group.pk}/"
    client.get(here)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(here).status_code == 200
        return len(seen)

    few = count()
    for n in range(20):
        pupil = make_person(cast.school, Person.PUPIL, f"Pupil{n}", "More", year="8", joined_on=today())
        Membership.objects.create(school=cast.school, group=cast.tutor_group, person=pupil)
    assert count() == few


def test_new_pupils_are_named_with_how_to_say_it(cast, in_school, lively, client_as):
    page = client_as(cast.tutor).get(f"/group/{cast.tutor_group.pk}/").content.decode()
    assert "Two to greet by name." in page
    assert "(say <em>oh-KAH-for</em>)" in page
    assert "Ewa Nowak has had no moment for four weeks." in page


def test_one_group_opens_by_itself(cast, client_as):
    assert client_as(cast.tutor).get("/group/").url == f"/group/{cast.tutor_group.pk}/"


def test_several_groups_are_offered_once_and_then_remembered(cast, in_school, client_as):
    maths = make_group(cast.school, "8Ma2", "8", cast.pupils[:3], kind=Group.CLASS)
    Membership.objects.create(school=cast.school, group=maths, person=cast.tutor.person, part=Membership.LEAD)
    client = client_as(cast.tutor)
    page = client.get("/group/").content.decode()
    assert page.index(">8H<") < page.index(">8Ma2<")
    assert "3 pupils" in page
    client.get(f"/group/{maths.pk}/")
    assert client.get("/group/").url == f"/group/{maths.pk}/"
    assert client.get("/group/?choose=1").status_code == 200


def test_an_adult_without_a_group_is_told_where_groups_come_from(cast, client_as):
    page = client_as(cast.head).get("/group/").content.decode()
    assert "No group has you as its tutor or teacher yet" in page


def test_my_group_is_for_staff(cast, client_as):
    found = {who: client_as(user).get("/group/", follow=True).status_code for who, user in cast.users.items()}
    staff = {"tutor", "other_tutor", "pastoral", "senco", "dsl", "head", "survey_lead", "stranger"}
    assert {who for who, status in found.items() if status == 200} == staff
    assert set(found.values()) == {200, 403}


def test_a_school_that_just_began_has_no_moment_yet(cast, in_school, client_as, noted):
    Person.objects.filter(kind=Person.PUPIL).update(joined_on=today() - timedelta(days=400))
    client, here = client_as(cast.tutor), f"/group/{cast.tutor_group.pk}/"
    assert "12 have had no moment yet." in client.get(here).content.decode()
    noted(cast.tutor, cast.pupils[0], days=27)
    assert "11 have had no moment yet." in client.get(here).content.decode()
    noted(cast.tutor, cast.pupils[0], days=29)
    page = client.get(here).content.decode()
    assert "11 have had no moment for four weeks or more." in page
    assert "no moment yet." not in page


def test_an_empty_group_is_not_a_blank_page(cast, in_school, client_as):
    Membership.objects.filter(group=cast.tutor_group, part=Membership.MEMBER).delete()
    page = client_as(cast.tutor).get(f"/group/{cast.tutor_group.pk}/").content.decode()
    assert "Nobody is in this group today" in page


def test_who_may_open_a_group(cast, client_as):
    found = {
        who: client_as(user).get(f"/group/{cast.tutor_group.pk}/").status_code
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


def test_another_schools_group_is_as_absent_as_none(cast, client_as):
    client = client_as(cast.stranger)
    there, nowhere = client.get(f"/group/{cast.tutor_group.pk}/"), client.get("/group/999999/")
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


def test_a_leaver_is_gone_from_the_grid(cast, in_school, client_as):
    Person.objects.filter(pk=cast.pupils[0].pk).update(left_on=today())
    page = client_as(cast.tutor).get(f"/group/{cast.tutor_group.pk}/").content.decode()
    assert "Ben Carter" in page
    assert "Amina Yusuf" not in page


def test_without_scripts_the_plus_is_a_link_to_a_page_that_records(cast, in_school, client_as):
    client = client_as(cast.tutor)
    pupil = cast.pupils[0]
    assert (
        f'href="/pupils/{pupil.pk}/moment/"' in client.get(f"/group/{cast.tutor_group.pk}/").content.decode()
    )
    page = client.get(
        f"/pupils/{pupil.pk}/moment/", headers={"Referer": f"http://testserver/group/{cast.tutor_group.pk}/"}
    )
    text = page.content.decode()
    assert "<h1>A moment for Amina Yusuf</h1>" in text
    submission = text.split('name="submission" value="')[1].split('"')[0]
    back = text.split('name="next" value="')[1].split('"')[0]
    done = client.post(
        f"/pupils/{pupil.pk}/moment/",
        {"kind": "gesture", "submission": submission, "next": back},
        follow=True,
    )
    assert done.redirect_chain[0][0].endswith(f"/group/{cast.tutor_group.pk}/")
    assert "Noted: small gesture for Amina Yusuf." in done.content.decode()
