"""A concern about a safeguarding lead or the head: nowhere does the person it is about learn that there is one."""

import pytest
from django.core import mail
from django.urls import reverse

from belong.ask import actions as ask
from belong.base import today
from belong.base.access import allowed
from belong.base.clock import frozen
from belong.base.models import AuditEntry
from belong.guard.concerns import acting
from belong.guard.concerns.raising import raise_ask, raise_by_adult
from belong.guard.concerns.rota import Posts
from belong.guard.concerns.routes import SOMEBODY, line, visible_concerns
from belong.guard.concerns.ticking import tick_school
from belong.guard.models import Concern, ConcernEntry, Rota
from belong.people.models import User
from tests.ask.conftest import answer, plan
from tests.guard.concerns.conftest import MONDAY

READERS = (
    "dsl",
    "deputy",
    "head",
    "chair",
    "assistant",
    "senco",
    "tutor",
    "survey_lead",
    "technician",
    "pupil",
)
# About whom → who sees it.
WHO_SEES = {
    "nobody": {"dsl", "deputy", "head"},
    "tutor": {"dsl", "deputy", "head"},
    "dsl": {"head", "chair"},
    "deputy": {"head", "chair"},
    "somebody": {"head", "chair"},
    "head": {"chair"},
    "dsl and head": {"chair"},
}


def about(cast, whom: str) -> set[int]:
    if whom == "nobody":
        return set()
    if whom == "somebody":
        return {SOMEBODY}
    return {cast.users[one].person.pk for one in whom.split(" and ")}


def fresh(user: User) -> User:
    """The user as a new request knows them."""
    return User.objects.get(pk=user.pk)


def made(cast, whom: str) -> Concern:
    return raise_ask(cast.pupils[1], text="Quillfeather words", soon=True, about=about(cast, whom))


@pytest.mark.alike
@pytest.mark.parametrize("whom", WHO_SEES)
def test_who_sees_it_on_every_page(posts, whom, client_as):
    """Queue, counts, own page, acts, copies, Today: for everybody who has any business in the room."""
    with frozen(MONDAY):
        concern = made(posts, whom)
        tick_school(posts.school)
        for role in READERS:
            user = fresh(posts.users[role])
            sees = role in WHO_SEES[whom]
            client = client_as(user)
            here = reverse("guard:concern", args=[concern.reference])
            assert allowed(user, "guard.view_concern", concern) == sees, role
            assert (client.get(here).status_code == 200) == sees, role
            assert (client.post(f"{here}act/", {"do": "take"}).status_code == 404) != sees or sees, role
            listed = client.get(reverse("guard:concerns"), {"show": "all"})
            if listed.status_code == 200:
                assert (concern.reference in listed.content.decode()) == sees, role
                assert ("Ben" in listed.content.decode()) == sees, role
                tabs = {tab["label"]: tab["count"] for tab in listed.context["tabs"]}
                assert tabs["All"] == 1 * sees + (role in WHO_SEES["nobody"]), role  # and the test of the way
            if not sees:
                assert client.post(f"{here}export/", {"to": "somebody"}).status_code == 404, role
                assert client.get(f"{here}copy/1/").status_code == 404, role
                assert client.get(f"{here}copy/1/record.json").status_code == 404, role


@pytest.mark.parametrize("whom", WHO_SEES)
def test_who_is_told(posts, whom):
    with frozen(MONDAY):
        concern = made(posts, whom)
    for hours in range(0, 4):
        with frozen(MONDAY.replace(hour=10 + hours, minute=1)):
            tick_school(posts.school)
    seen_by = {posts.users[role].person.email for role in WHO_SEES[whom]}
    assert {address for one in mail.outbox for address in one.to} == seen_by
    told = {one for entry in concern.entries.filter(kind="reminded") for one in entry.facts["to"]}
    assert told == {posts.users[role].person.pk for role in WHO_SEES[whom]}
    assert not [one for one in mail.outbox if "Quillfeather" in one.body or "Ben" in one.body]


@pytest.mark.parametrize("whom", ["dsl", "deputy", "head", "somebody"])
def test_today_says_nothing_to_those_who_are_passed_over(posts, whom):
    with frozen(MONDAY):
        made(posts, whom)
        tick_school(posts.school)
        for role in READERS:
            items = [item for item in today.items_for(fresh(posts.users[role])) if item.kind == "concern"]
            first = {"head"} if whom != "head" else {"chair"}
            assert bool(items) == (role in first), role


def test_the_trail_does_not_know_it(posts, client_as):
    """Reading, taking on, deciding, taking out: in the concern's own record and nowhere else."""
    before = AuditEntry.objects.count()
    concern = made(posts, "dsl")
    head = fresh(posts.head)
    acting.note_read(head, concern)
    acting.acknowledge(head, concern)
    acting.note(head, concern, text="Rang the local authority.")
    acting.decide(head, concern, outcome="passed", why="To the local authority.")
    acting.note_export(head, concern, kind="page", to="LADO")
    raise_by_adult(
        posts.tutor, posts.pupils[1], text="The lead was rough.", urgent=True, about=about(posts, "dsl")
    )
    assert AuditEntry.objects.count() == before
    assert [entry.kind for entry in concern.entries.all()][-5:] == [
        "read",
        "taken",
        "noted",
        "decided",
        "exported",
    ]
    trail = client_as(posts.dsl).get(reverse("guard:about-pupil", args=[posts.pupils[1].pk]))
    assert concern.reference not in trail.content.decode()
    assert "concern" not in trail.content.decode().split("<main")[1].split("Looks at many")[0].lower()


def test_the_usual_way_is_in_the_trail(posts):
    concern = made(posts, "nobody")
    acting.note_read(fresh(posts.dsl), concern)
    acting.acknowledge(fresh(posts.dsl), concern)
    verbs = list(AuditEntry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[-2:] == ["guard.read_concern", "guard.take_on_concern"]


def test_words_about_the_lead_are_not_among_the_texts_she_reads(posts, finds, client_as):
    """Neither the words, nor how many there are, nor that something new is there."""
    finds("hurts")
    wave = ask.open_wave(posts.head, plan(posts), override_reason="A test.")
    answer(wave, posts.pupils[1], **{"open-helps": "Mx Dsl hurts me", "open-change": "more clubs"})
    answer(wave, posts.pupils[2], **{"open-helps": "the library"})
    page = reverse("ask:texts", args=[wave.pk])
    seen = client_as(posts.dsl).get(page).content.decode()
    assert "the library" in seen
    assert "hurts" not in seen
    assert "more clubs" not in seen
    with_all = client_as(posts.other_pastoral if "other_pastoral" in posts.users else posts.deputy).get(page)
    assert "hurts" not in with_all.content.decode()  # the deputy works beside her
    waiting = [item.title for item in today.items_for(fresh(posts.dsl)) if item.kind == "ask.texts"]
    assert waiting == []  # the one she may see she has just read
    assert visible_concerns(fresh(posts.head)).filter(kind=Concern.WORDS).count() == 1
    assert visible_concerns(fresh(posts.dsl)).filter(kind=Concern.WORDS).count() == 0


def test_the_head_can_hand_it_to_the_usual_readers(posts):
    concern = made(posts, "somebody")
    acting.hand_to_usual(fresh(posts.head), concern, why="It is about a supply teacher.")
    for role in ("dsl", "deputy", "head"):
        assert allowed(fresh(posts.users[role]), "guard.view_concern", concern), role
    assert not allowed(fresh(posts.chair), "guard.view_concern", concern)


def test_having_read_it_the_lead_can_send_it_away_from_the_head(posts, client_as):
    concern = made(posts, "nobody")
    here = reverse("guard:concern-act", args=[concern.reference])
    sent = {"do": "another", "about": posts.head.person.pk, "why": "He shouted at him."}
    answered = client_as(posts.dsl).post(here, sent)
    assert (answered.status_code, answered.url) == (302, reverse("guard:concerns"))
    assert not allowed(fresh(posts.head), "guard.view_concern", concern)
    assert not allowed(fresh(posts.dsl), "guard.view_concern", concern)
    assert allowed(fresh(posts.chair), "guard.view_concern", concern)


def test_nobody_sends_on_what_is_about_themselves(posts, client_as):
    concern = made(posts, "nobody")
    here = reverse("guard:concern-act", args=[concern.reference])
    sent = {"do": "another", "about": posts.dsl.person.pk, "why": "It is me."}
    assert client_as(posts.dsl).post(here, sent).status_code == 422
    assert concern.entries.filter(kind=ConcernEntry.ABOUT).count() == 0


def test_without_a_chair_a_concern_about_the_head_still_has_a_reader(posts):
    Rota.objects.update(chair=None)
    concern = made(posts, "head")
    assert not allowed(fresh(posts.head), "guard.view_concern", concern)
    assert allowed(fresh(posts.assistant), "guard.view_concern", concern)
    assert allowed(fresh(posts.dsl), "guard.view_concern", concern)


@pytest.mark.parametrize("about", [set(), {1}, {2}, {3}, {4}, {0}, {1, 3}, {1, 2, 3, 4}, {0, 3}])
def test_the_line_never_holds_whom_it_is_about_and_never_nobody(about):
    posts = Posts(dsls=(1,), deputies=(2,), head=3, chair=4, leaders=(3, 5))
    levels = line(about, posts)
    everybody = [one for level in levels for one in level]
    assert everybody
    assert not set(everybody) & about
    assert len(everybody) == len(set(everybody))


def test_a_leaver_reads_nothing(posts):
    concern = made(posts, "dsl")
    person = posts.head.person
    person.left_on = MONDAY.date()
    person.save()
    assert not allowed(fresh(posts.head), "guard.view_concern", concern)
