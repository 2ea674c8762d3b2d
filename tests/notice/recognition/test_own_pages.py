"""A pupil's own page and a family's: what is there, for whom, and what is not."""

import pytest

from belong.base.clock import today
from belong.notice.models import Shown
from belong.people.models import CarerLink, Group, Membership, Person

pytestmark = pytest.mark.alike


@pytest.fixture
def me(cast, client_as):
    return client_as(cast.pupil)


@pytest.fixture
def carer(cast, client_as):
    return client_as(cast.carer)


def test_a_pupil_comes_to_their_own_page(cast, me, in_school, recognised):
    recognised(cast.pupils[0], words="Stayed to help clear up.")
    club = Group.objects.create(school=cast.school, kind=Group.CLUB, name="Chess club")
    Membership.objects.create(school=cast.school, group=club, person=cast.pupils[0])
    page = me.get("/", follow=True)
    assert page.redirect_chain[-1][0] == "/me/"
    html = page.content.decode()
    for words in ("Hello, Amina", "Stayed to help clear up.", "Mx Tutor", "Ask for an adult", "Chess club"):
        assert words in html
    assert 'href="/told/"' in html
    assert "0800 1111" in html


def test_an_empty_page_says_what_will_be_here(me, in_school):
    html = me.get("/me/").content.decode()
    assert "Good things that people see in you will be here" in html
    assert me.get("/me/timeline/").status_code == 200
    assert me.get("/me/sent/").status_code == 200


def test_a_pupil_sees_nothing_of_what_waits_or_was_declined(cast, me, in_school, recognised):
    recognised(cast.pupils[0], cast.pupils[1], source="pupil", state="waiting", words="not yet read")
    recognised(cast.pupils[0], cast.pupils[1], source="pupil", state="declined", words="never to be read")
    for url in ("/me/", "/me/timeline/?all=1"):
        html = me.get(url).content.decode()
        assert "not yet read" not in html
        assert "never to be read" not in html


def test_what_adults_keep_for_themselves_is_not_on_the_timeline(cast, me, noted):
    noted(cast.tutor, cast.pupils[0], kind="praise", note="Explained it kindly.")
    noted(cast.tutor, cast.pupils[0], kind="observation", note="Sat alone at lunch.")
    noted(cast.tutor, cast.pupils[0], kind="gesture", note="Asked after the puppy.")
    html = me.get("/me/timeline/").content.decode()
    assert "Explained it kindly." in html
    assert "Sat alone" not in html
    assert "puppy" not in html


def test_one_child_opens_at_once_and_several_are_listed(cast, carer, in_school):
    amina, ben = cast.pupils[:2]
    assert carer.get("/family/", follow=True).redirect_chain[-1][0] == f"/family/{amina.pk}/"
    CarerLink.objects.create(school=cast.school, carer=cast.carer.person, pupil=ben, may_see=True)
    html = carer.get("/family/").content.decode()
    assert "Amina Yusuf" in html
    assert "Ben Carter" in html


def test_a_family_sees_what_the_pupil_shows_them_and_what_was_sent_home(
    cast, carer, in_school, recognised, noted
):
    amina = cast.pupils[0]
    Person.objects.filter(pk=amina.pk).update(born=today().replace(year=today().year - 14, day=1))
    shown = recognised(amina, cast.pupils[1], source="pupil", words="Shared her lunch.")
    recognised(amina, words="Kept to herself.")
    noted(cast.tutor, amina, kind="note_home", note="A week of good beginnings.")
    noted(cast.tutor, amina, kind="praise", note="Only for Amina.")
    choice = {"entry": "recognition", "number": shown.pk, "to_family": True, "chosen_on": today()}
    Shown.objects.create(school=cast.school, pupil=amina, **choice)
    for url in (f"/family/{amina.pk}/", f"/family/{amina.pk}/timeline/"):
        html = carer.get(url).content.decode()
        assert "Shared her lunch." in html
        assert "another pupil" in html
        assert "Ben" not in html.replace("Bengali", "")
        assert "A week of good beginnings." in html
        assert "Kept to herself." not in html
        assert "Only for Amina." not in html


def test_families_of_the_young_see_it_unless_the_school_or_the_child_says_no(
    cast, carer, in_school, recognised
):
    amina = cast.pupils[0]
    Person.objects.filter(pk=amina.pk).update(born=today().replace(year=today().year - 10, day=1))
    row = recognised(amina, words="Shared her lunch.")
    url = f"/family/{amina.pk}/"
    assert "Shared her lunch." in carer.get(url).content.decode()
    choice = Shown.objects.create(
        school=cast.school, pupil=amina, entry="recognition", number=row.pk, chosen_on=today()
    )
    assert "Shared her lunch." not in carer.get(url).content.decode()
    choice.delete()
    cast.school.settings = {"recognition": {"families_see_young": False}}
    cast.school.save()
    assert "Shared her lunch." not in carer.get(url).content.decode()


def test_a_family_sees_no_child_the_school_did_not_open(cast, carer, in_school):
    assert carer.get(f"/family/{cast.pupils[1].pk}/").status_code == 404
    CarerLink.objects.update(may_see=False)
    assert carer.get(f"/family/{cast.pupils[0].pk}/").status_code == 404
    assert "No child is linked to you yet" in carer.get("/family/").content.decode()


def test_a_pupil_who_left_has_no_page(cast, me, in_school):
    Person.objects.filter(pk=cast.pupils[0].pk).update(left_on=today())
    assert me.get("/me/").status_code == 403


def test_adults_have_no_own_page(cast, client_as):
    for user in (cast.tutor, cast.head, cast.carer):
        assert client_as(user).get("/me/").status_code == 403
    assert client_as(cast.tutor).get("/family/").status_code == 403


def test_a_visitor_without_a_part_is_told_so(cast, client_as):
    html = client_as(cast.outside).get("/").content.decode()
    assert "Nothing here is yours to do yet" in html


def test_queries_do_not_grow_with_what_is_there(
    cast, me, in_school, recognised, noted, django_assert_max_num_queries
):
    me.get("/me/")
    for days in range(8):
        recognised(cast.pupils[0], cast.pupils[1 + days % 3], days=days)
        noted(cast.tutor, cast.pupils[0], days=days, kind="praise")
    with django_assert_max_num_queries(32):
        me.get("/me/")
    with django_assert_max_num_queries(20):
        me.get("/me/timeline/?all=1")
