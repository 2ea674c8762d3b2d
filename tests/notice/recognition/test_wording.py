"""The school's own words, its ambassadors, its houses: what leaders set, and what nobody else can."""

from datetime import timedelta
from uuid import uuid4

import pytest

from belong.base.clock import frozen, now, today
from belong.notice.models import Ambassador, HouseEvent, HouseThanks, Trait
from belong.notice.recognition.queries import recognised_since, recognition_rows
from belong.people.models import Group, Membership, Person

WORDS = "/recognition/words/"


@pytest.fixture
def head(cast, client_as):
    return client_as(cast.head)


def names() -> list[str]:
    return [trait.name for trait in Trait.objects.filter(retired_on=None)]


def test_a_school_begins_with_its_own_words_or_with_some_offered(head, in_school):
    assert "No words yet" in head.get(WORDS).content.decode()
    head.post(WORDS, {"name": "Cynefin", "about": "A place where one belongs.", "kind": "value"})
    head.post(WORDS, {"offered": "1", "key": ["kindness", "perseverance"]})
    assert names() == ["Cynefin", "Kindness", "Keeping going"]
    page = head.get(WORDS).content.decode()
    assert 'value="kindness"' not in page
    assert 'value="courage"' in page


def test_order_wording_retiring_and_bringing_back(head, kindness, courage):
    at = f"{WORDS}{courage.pk}/"
    head.post(at, {"do": "up"})
    assert names() == ["Courage", "Kindness"]
    head.post(at, {"name": "Bravery", "about": "", "kind": "trait"})
    assert names() == ["Bravery", "Kindness"]
    head.post(at, {"do": "retire"})
    assert names() == ["Kindness"]
    head.post(at, {"do": "back"})
    assert names() == ["Kindness", "Bravery"]


def test_a_word_twice_or_none_at_all_is_refused_in_words(head, kindness):
    answer = head.post(WORDS, {"name": " kindness ", "about": "", "kind": "value"})
    assert answer.status_code == 422
    assert "There is “Kindness” already." in answer.content.decode()
    assert head.post(WORDS, {"name": "", "kind": "value"}).status_code == 422
    assert head.post(f"{WORDS}{kindness.pk}/", {"name": "", "kind": "value"}).status_code == 422
    assert names() == ["Kindness"]


def test_retired_words_stay_on_timelines(cast, head, client_as, kindness, recognised, in_school):
    recognised(cast.pupils[0], words="Waited for a friend.")
    head.post(f"{WORDS}{kindness.pk}/", {"do": "retire"})
    assert "Kindness" in client_as(cast.pupil).get("/me/timeline/").content.decode()


def test_only_leaders_set_words(cast, client_as, kindness):
    for user in (cast.tutor, cast.pastoral, cast.pupil, cast.carer, cast.technician):
        assert client_as(user).get(WORDS).status_code == 403
        assert client_as(user).post(f"{WORDS}{kindness.pk}/", {"do": "retire"}).status_code == 403
    assert names() == ["Kindness"]


def test_ambassadors_come_and_go(cast, head, in_school):
    assert "Ben Carter" in head.get("/recognition/ambassadors/?name=be").content.decode()
    head.post("/recognition/ambassadors/", {"pupil": cast.pupils[1].pk})
    row = Ambassador.objects.get()
    again = head.post("/recognition/ambassadors/", {"pupil": cast.pupils[1].pk})
    assert again.status_code == 409
    assert Ambassador.objects.count() == 1
    head.post(f"/recognition/ambassadors/{row.pk}/end/")
    assert not Ambassador.objects.current().exists()
    Person.objects.filter(pk=cast.pupils[2].pk).update(left_on=today())
    assert head.post("/recognition/ambassadors/", {"pupil": cast.pupils[2].pk}).status_code == 404


@pytest.fixture
def houses(cast, in_school):
    """Elm with 8H and an adult, Ash with 9K, and Tiny with one pupil."""
    made = {}
    for name, people in (
        ("Elm", [*cast.pupils, cast.pastoral.person]),
        ("Ash", cast.other_pupils[1:]),
        ("Tiny", cast.other_pupils[:1]),
    ):
        made[name] = Group.objects.create(school=cast.school, kind=Group.HOUSE, name=name)
        for person in people:
            Membership.objects.create(school=cast.school, group=made[name], person=person)
    return made


def test_houses_are_off_until_the_school_opts_in(head, houses):
    days = {"title": "Kindness week", "starts_on": today(), "ends_on": today() + timedelta(days=4)}
    assert head.post("/recognition/houses/", days).status_code == 422
    assert not HouseEvent.objects.exists()
    head.post("/recognition/houses/", {"opt": "in"})
    assert head.post("/recognition/houses/", days).status_code == 302
    overlap = head.post("/recognition/houses/", days)
    assert "There is an event on one of these days already." in overlap.content.decode()
    long = days | {"starts_on": today() + timedelta(days=9), "ends_on": today() + timedelta(days=90)}
    assert "six weeks at most" in head.post("/recognition/houses/", long).content.decode()


@pytest.fixture
def event(cast, head, houses):
    head.post("/recognition/houses/", {"opt": "in"})
    days = {"starts_on": today() - timedelta(days=1), "ends_on": today() + timedelta(days=1)}
    head.post("/recognition/houses/", {"title": "Kindness week"} | days)
    return HouseEvent.objects.get()


def test_totals_of_houses_by_name_within_the_event_and_never_of_a_small_one(
    cast, client_as, event, recognised, houses
):
    for number in range(3):
        recognised(cast.other_pupils[2], words=f"{number}")
    recognised(cast.pupils[0], days=1)
    recognised(cast.pupils[0], days=20)
    recognised(cast.pupils[0], cast.pupils[1], state="waiting")
    recognised(cast.other_pupils[0])
    at = f"/recognition/houses/{event.pk}/"
    tutor = client_as(cast.tutor)
    page = tutor.get(at).content.decode().split('class="houses"', 1)[1].split("</ul>", 1)[0]
    assert page.index("Ash") < page.index("Elm") < page.index("Tiny")
    assert [part.split("<", 1)[0] for part in page.split('big-figure">')[1:]] == ["3", "1"]
    assert "kept back" in page.split("Tiny", 1)[1]
    assert "Amina" not in page
    sent = {"adult": cast.pastoral.person_id, "words": "Stayed until the bus came.", "submission": uuid4()}
    for _ in range(2):
        assert tutor.post(at, sent).status_code == 302
    assert HouseThanks.objects.count() == 1
    page = tutor.get(at).content.decode().split('class="houses"', 1)[1].split("</ul>", 1)[0]
    assert [part.split("<", 1)[0] for part in page.split('big-figure">')[1:]] == ["3", "2"]
    for user in (cast.pupil, cast.carer, cast.governor):
        assert client_as(user).get(at).status_code == 404


def test_totals_are_gone_when_the_event_is_over(cast, client_as, event):
    with frozen(now() + timedelta(days=3)):
        assert client_as(cast.tutor).get(f"/recognition/houses/{event.pk}/").status_code == 404


def test_what_releases_and_the_overlooked_view_ask(cast, recognised, kindness):
    recognised(cast.pupils[0], days=3)
    recognised(cast.pupils[1], days=50)
    recognised(cast.pupils[2], cast.pupils[1], state="waiting", source="pupil")
    since = today() - timedelta(days=42)
    assert recognised_since(cast.pupils, since) == {cast.pupils[0].pk}
    rows = recognition_rows(today())
    assert [row[:3] for row in rows] == [
        (cast.pupils[1].pk, kindness.pk, "staff"),
        (cast.pupils[0].pk, kindness.pk, "staff"),
    ]
    assert recognition_rows(today() - timedelta(days=10)) == rows[:1]
