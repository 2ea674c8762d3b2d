"""A class session where things go wrong: late, away, somebody else's name, time running out, thirty at once."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from belong.ask import actions, activities
from belong.ask.models import AwayToday, ClassSession, Device, FreedName, Receipt
from belong.ask.passes import activity_of
from belong.ask.views.child import WITHIN
from belong.ask.walls.actions import make_wall
from belong.base import clock
from belong.base.errors import Refused
from belong.guard.concerns.raising import raise_ask
from belong.guard.models import Concern
from belong.people.signing_in import tries
from tests.ask.conftest import answer, send, sheet_on
from tests.ask.test_getting_in import inside, join

LIVE = {"HX-Request": "true"}


def came_in(cast, session, pupil) -> Client:
    """A device on which the pupil's name was tapped and the right number typed."""
    _, pin = actions.make_pin(cast.tutor, cast.tutor_group, pupil.pk)
    client = inside(cast, session)
    assert client.post(reverse("ask:number", args=[pupil.pk]), {"number": pin}).url == "/a/start/"
    return client


def test_a_late_device_is_let_in_by_one_click(cast, session, client_as):
    inside(cast, session)
    late = join(session)
    label = Device.objects.get(admitted=False).label
    tutor = client_as(cast.tutor)
    assert label in tutor.get(reverse("ask:session", args=[session.pk])).content.decode()
    waiting = Device.objects.get(admitted=False)
    tutor.post(reverse("ask:let-in", args=[session.pk]), {"device": waiting.pk}, headers=LIVE)
    assert late.get("/a/wait/").url == "/a/names/"


def test_a_wrong_name_is_freed_and_what_was_begun_under_it_cannot_be_sent(cast, wave, session, client_as):
    pupil = cast.pupils[0]
    wrong = came_in(cast, session, pupil)
    sheet = sheet_on(wrong)
    freed = client_as(cast.tutor).post(reverse("ask:free-name", args=[session.pk, pupil.pk]), headers=LIVE)
    assert "can start now" in freed.content.decode()
    refused = send(wrong, sheet | {"q-adults-1": "3"})
    assert (refused.status_code, refused.json()["state"]) == (409, "refused")
    assert wrong.get("/a/questions/").status_code == 409
    assert not Receipt.objects.exists()
    right = came_in(cast, session, pupil)
    assert send(right, sheet_on(right) | {"q-adults-1": "3"}).status_code == 201
    assert FreedName.objects.get().times == 1


def talk_as(cast, device: Client, pupil) -> dict[str, str]:
    """The hidden field of the page to ask for an adult, after the pupil's name and number."""
    _, pin = actions.make_pin(cast.tutor, cast.tutor_group, pupil.pk)
    device.post(reverse("ask:number", args=[pupil.pk]) + "?talk=1", {"number": pin})
    return {"pass": field_on(device, "/a/talk/")}


def wall_of_class(cast):
    days = {"opens_on": clock.today(), "closes_on": clock.today() + timedelta(days=6)}
    return make_wall(cast.tutor, question="What makes you smile?", group=cast.tutor_group, **days)


def field_on(device: Client, page: str) -> str:
    return html.unescape(re.search(r'name="pass" value="([^"]+)"', device.get(page).content.decode())[1])


@pytest.mark.parametrize("kind", ["wave", "wall"])
def test_an_open_page_to_ask_for_an_adult_ends_with_a_wrong_name(cast, session, kind, client_as):
    """For the right child nothing is lost: what they asked before stands, and they can ask again."""
    pupil = cast.pupils[0]
    if kind == "wall":
        session = actions.open_activity_session(cast.tutor, cast.tutor_group, "wall", wall_of_class(cast).pk)
    with scope(school=cast.school):
        raise_ask(pupil, text="I asked before.", soon=False)
    before = Concern.objects.filter(person=pupil).count()
    wrong = inside(cast, session)
    asked = talk_as(cast, wrong, pupil) | {"words": "This is not mine", "soon": "today"}
    client_as(cast.tutor).post(reverse("ask:free-name", args=[session.pk, pupil.pk]), headers=LIVE)
    refused = wrong.post("/a/talk/", asked)
    assert refused.status_code == 409
    assert "Your teacher freed this name" in refused.content.decode()
    assert "0800 1111" in wrong.get("/a/talk/").content.decode()
    assert Concern.objects.filter(person=pupil).count() == before
    right = inside(cast, session)
    assert right.post("/a/talk/", talk_as(cast, right, pupil) | {"words": "Mine"}).status_code == 302
    assert Concern.objects.filter(person=pupil).count() == before + 1


def test_an_idea_begun_under_a_wrong_name_cannot_be_sent(cast, in_school):
    wall = wall_of_class(cast)
    session = actions.open_activity_session(cast.tutor, cast.tutor_group, "wall", wall.pk)
    pupil, device = cast.pupils[0], inside(cast, session)
    _, pin = actions.make_pin(cast.tutor, cast.tutor_group, pupil.pk)
    device.post(reverse("ask:number", args=[pupil.pk]), {"number": pin})
    begun = {"pass": field_on(device, "/a/wall/"), "words": "A kind word"}
    actions.free_name(cast.tutor, session, pupil.pk)
    assert device.post("/a/wall/", begun).status_code == 409
    assert not wall.posts.exists()
    device.post(reverse("ask:number", args=[pupil.pk]), {"number": pin})
    assert device.post("/a/wall/", begun | {"pass": field_on(device, "/a/wall/")}).status_code == 302


def test_freeing_a_name_ends_the_lock_after_wrong_tries(cast, session):
    pupil, pin = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    client, there = inside(cast, session), reverse("ask:number", args=[cast.pupils[0].pk])
    for _ in range(5):
        client.post(there, {"number": "0000"})
    actions.free_name(cast.tutor, session, pupil.pk)
    assert client.post(there, {"number": pin}).url == "/a/start/"


def test_a_name_under_which_answers_were_sent_is_not_freed(cast, wave, session, client_as):
    answer(wave, cast.pupils[0], **{"adults-1": 3})
    with pytest.raises(Refused, match="have been sent"):
        actions.free_name(cast.tutor, session, cast.pupils[0].pk)
    assert not FreedName.objects.exists()


def test_not_me_keeps_the_device_and_forgets_the_name(cast, session):
    client = came_in(cast, session, cast.pupils[0])
    assert client.post("/a/not-me/").url == "/a/names/"
    assert client.get("/a/questions/").status_code == 403
    assert client.get("/a/names/").status_code == 200


def test_who_is_not_here_leaves_the_list_and_gets_a_card(cast, wave, session, client_as):
    tutor, ben = client_as(cast.tutor), cast.pupils[1]
    page = tutor.post(reverse("ask:away", args=[session.pk, ben.pk]), headers=LIVE).content.decode()
    calling, away = page.split('id="absent"')
    assert (ben.display_name in calling.split('id="call"')[1], ben.display_name in away) == (False, True)
    cards = tutor.post(reverse("ask:away-cards", args=[session.pk])).content.decode()
    assert re.findall(r'class="paper-name">([^<]+)<', cards) == [ben.display_name]
    tutor.post(reverse("ask:away", args=[session.pk, ben.pk]), {"here": "1"}, headers=LIVE)
    assert not AwayToday.objects.exists()


def test_who_is_away_is_forgotten_with_the_session(cast, session):
    actions.mark_away(cast.tutor, session, cast.pupils[1].pk, away=True)
    actions.close_class_session(cast.tutor, session)
    assert not AwayToday.objects.exists()


def test_the_code_is_prolonged_in_one_click_before_and_just_after_it_ends(cast, session, client_as):
    tutor, url = client_as(cast.tutor), reverse("ask:more-time", args=[session.pk])
    with clock.frozen(session.expires_at - timedelta(minutes=3)):
        assert (
            "The code stops working at"
            in tutor.get(reverse("ask:session", args=[session.pk])).content.decode()
        )
        tutor.post(url, headers=LIVE)
    before = session.expires_at
    session.refresh_from_db()
    assert session.expires_at == before + timedelta(minutes=20)
    with clock.frozen(session.expires_at + timedelta(minutes=2)):
        tutor.post(url, headers=LIVE)
        assert Client().post("/a/", {"code": session.code}).url == "/a/wait/"


def test_a_session_lasts_three_hours_at_most(cast, session):
    for _ in range(7):
        actions.prolong(cast.tutor, session)
    assert session.expires_at == session.opened_at + timedelta(hours=3)
    with pytest.raises(Refused, match="three hours"):
        actions.prolong(cast.tutor, session)


def test_the_session_page_without_scripts_does_the_same(cast, session, client_as):
    tutor, ben = client_as(cast.tutor), cast.pupils[1]
    for name in ("free-name", "away"):
        back = tutor.post(reverse(f"ask:{name}", args=[session.pk, ben.pk]))
        assert back.url == reverse("ask:session", args=[session.pk])
    assert tutor.post(reverse("ask:more-time", args=[session.pk])).status_code == 302


def test_the_trail_of_a_session_names_no_pupil(cast, session):
    from belong.base.models import AuditEntry

    ben = cast.pupils[1]
    actions.free_name(cast.tutor, session, ben.pk)
    actions.show_pin(cast.tutor, cast.tutor_group, ben.pk)
    actions.mark_away(cast.tutor, session, ben.pk, away=True)
    ours = AuditEntry.objects.filter(verb__startswith="ask.")
    told = [f"{entry.about} {entry.row} {entry.why} {entry.facts}" for entry in ours]
    assert len(told) >= 2
    assert not any(f"'person': {ben.pk}" in one or ben.display_name in one for one in told)


def test_a_school_behind_one_address_locks_nobody_out(cast, session):
    """Three hundred mistyped codes and cards in ten minutes from one address, and everybody still comes in."""
    for _ in range(300):
        for what in ("code", "card"):
            tries.add(f"ask {what}", WITHIN, "127.0.0.1")
    assert Client().post("/a/", {"code": f"{(int(session.code) + 1) % 1_000_000:06d}"}).status_code == 422
    assert Client().get("/a/c/not-a-card/").status_code == 404
    for _ in range(30):
        assert Client().post("/a/", {"code": session.code}).url == "/a/wait/"


@pytest.mark.django_db(transaction=True)
def test_thirty_at_once_behind_one_address_all_get_in(cast, wave, session):
    """Join, be let in, tap a name and type the number: thirty devices together, twelve names shared among them."""
    pins = {person.pk: pin for person, pin in actions.make_pins(cast.tutor, cast.tutor_group)}

    def together(work, things):
        from django.db import connections

        def one(thing):
            try:
                return work(thing)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(10) as pool:
            return list(pool.map(one, things))

    clients = together(lambda _: join(session), range(30))
    assert Device.objects.filter(session=session).count() == 30
    assert actions.let_in(cast.tutor, session) == 30
    names = [list(pins)[n % len(pins)] for n in range(30)]

    def come_in(pair):
        client, pk = pair
        return client.post(reverse("ask:number", args=[pk]), {"number": pins[pk]}).status_code

    assert together(come_in, zip(clients, names, strict=True)) == [302] * 30


@pytest.fixture
def wall(cast, monkeypatch):
    """A kind of activity that asks everybody of a class; number 7 is open."""
    from belong.people.queries import members

    found = activities.Activity(
        "wall",
        "ask:wait-state",  # any page under /a/ will do here
        find=lambda number: "Our wall" if number == 7 else None,
        people=lambda number, group: members(group),
    )
    monkeypatch.setitem(activities._known, "wall", found)
    return found


def test_a_class_session_for_a_wall_leads_there_with_a_pass(cast, in_school, wall, client_as, rf):
    session = actions.open_activity_session(cast.tutor, cast.tutor_group, "wall", 7)
    page = client_as(cast.tutor).get(reverse("ask:session", args=[session.pk]))
    assert ("Our wall" in page.content.decode(), page.content.decode().count("Not here<")) == (True, 12)
    _, pin = actions.make_pin(cast.tutor, cast.tutor_group, cast.pupils[0].pk)
    client = inside(cast, session)
    reply = client.post(reverse("ask:number", args=[cast.pupils[0].pk]), {"number": pin})
    assert reply.url == "/a/wait/state/"
    request = rf.get("/a/wait/state/")
    request.COOKIES.update({name: morsel.value for name, morsel in client.cookies.items()})
    found = activity_of(request, "wall")
    assert (found.object_id, found.person_id) == (7, cast.pupils[0].pk)
    assert activity_of(request, "checkin") is None


def test_a_wall_that_is_not_open_has_no_session(cast, in_school, wall):
    with pytest.raises(Refused):
        actions.open_activity_session(cast.tutor, cast.tutor_group, "wall", 8)
    assert not ClassSession.objects.exists()
