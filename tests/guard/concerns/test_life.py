"""The life of a request: asked for by name, read by, when and where, it didn't happen, all right now, sorted, again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from belong.ask import actions as ask
from belong.base.clock import frozen
from belong.base.errors import Refused
from belong.base.today import items_for
from belong.guard.concerns import talks
from belong.guard.concerns.acting import acknowledge, decide, send_another_way
from belong.guard.concerns.chosen import asked_of
from belong.guard.concerns.page import entries_of, lines_of
from belong.guard.concerns.queue import standings
from belong.guard.concerns.raising import raise_ask
from belong.guard.concerns.record import verify
from belong.guard.concerns.routes import visible_concerns
from belong.guard.concerns.status import life_of
from belong.guard.concerns.ticking import tick_school
from belong.guard.models import Concern, ConcernEntry
from tests.guard.concerns.conftest import MONDAY

AT_TWO = {
    "on": (MONDAY + timedelta(days=1)).date(),
    "at": MONDAY.time().replace(hour=14),
    "place": "the library",
}
LATER = MONDAY + timedelta(days=1, hours=6)


@pytest.fixture
def at_ten(posts):
    with frozen(MONDAY):
        yield posts


@pytest.fixture
def request_(at_ten) -> Concern:
    """Ben would like to talk with his tutor."""
    return raise_ask(at_ten.pupils[1], text="about lunch", how_soon="week", chosen=at_ten.tutor.person.pk)


def state(concern: Concern) -> str:
    return standings([concern.pk])[concern.pk].state


def steps(posts) -> list[str]:
    life = life_of(posts.pupils[1])
    return [step.kind for step in life.steps] if life else []


def test_the_chosen_adult_is_told_beside_the_safeguarding_lead(at_ten, request_):
    tick_school(at_ten.school)
    told = {one.to[0].split("@")[0]: one.body for one in mail.outbox}
    assert set(told) == {"dsl", "tutor"}
    assert "/guard/concerns/" in told["dsl"]
    assert "/guard/" not in told["tutor"]
    assert "Ben" not in told["tutor"]
    assert [item.title for item in items_for(at_ten.tutor) if item.kind == "asked"] == [
        "1 pupil would like to talk with you"
    ]
    assert [item.kind for item in items_for(at_ten.dsl) if item.kind in ("asked", "concern")] == ["concern"]
    assert asked_of(at_ten.other_tutor) == []
    assert not visible_concerns(at_ten.tutor).exists()


def test_they_read_it_offer_a_time_and_the_pupil_sees_it(at_ten, request_, client_as):
    tutor = client_as(at_ten.tutor)
    here = reverse("guard:asked", args=[request_.reference])
    page = tutor.get(here).content.decode()
    assert "about lunch" in page
    assert "They would like it: some time this week." in page
    answer = {"do": "offer", "on": "2026-11-17", "at": "14:00", "place": " the  library "}
    assert tutor.post(here + "answer/", answer).url == here
    assert steps(at_ten) == ["received", "read", "offered"]
    made = {one.person.pk: one for one in ask.issue_talk_cards(at_ten.tutor, at_ten.tutor_group)}
    card = reverse("ask:talk-by-card", args=[made[at_ten.pupils[1].pk].token])
    seen = Client().get(card).content.decode()
    assert "Mx Tutor has time for you: Tue 17 November at 2:00pm, the library." in seen
    assert "about lunch" not in seen
    assert state(request_) == "taken"
    mail.outbox.clear()
    with frozen(MONDAY + timedelta(days=2)):
        tick_school(at_ten.school)
    assert mail.outbox == []


def test_not_read_in_time_it_goes_up_and_the_chosen_adult_is_told_again(at_ten, request_):
    for hour in range(0, 30, 2):
        with frozen(MONDAY + timedelta(hours=hour)):
            tick_school(at_ten.school)
    told = [one.to[0].split("@")[0] for one in mail.outbox]
    assert {"dsl", "pastoral", "tutor"} <= set(told)


@pytest.mark.parametrize("about", ["tutor", "dsl", "nobody named"])
def test_it_never_reaches_the_adult_it_may_be_about(at_ten, about):
    """Nor, where it goes another way, anybody but those it goes to."""
    whom = 0 if about == "nobody named" else at_ten.users[about].person.pk
    concern = raise_ask(at_ten.pupils[1], chosen=at_ten.tutor.person.pk, about={whom})
    tick_school(at_ten.school)
    assert asked_of(at_ten.tutor) == []
    assert "tutor@oak.test" not in {one.to[0] for one in mail.outbox}
    assert [item for item in items_for(at_ten.tutor) if item.kind == "asked"] == []
    assert concern.entries.filter(kind=ConcernEntry.CHOSEN).exists()


def test_it_is_gone_from_them_once_somebody_finds_that_it_is_about_them(at_ten, request_, client_as):
    tutor = client_as(at_ten.tutor)
    assert tutor.get(reverse("guard:asked", args=[request_.reference])).status_code == 200
    acknowledge(at_ten.dsl, request_)
    send_another_way(at_ten.dsl, request_, about={at_ten.tutor.person.pk}, why="They said so.")
    assert tutor.get(reverse("guard:asked", args=[request_.reference])).status_code == 404


def test_flagged_words_that_name_them_are_read_by_others_first(at_ten, finds):
    finds("scared")
    concern = raise_ask(at_ten.pupils[1], text="I am scared of Mx Tutor", chosen=at_ten.tutor.person.pk)
    assert asked_of(at_ten.tutor) == []
    lines = [line.did for line in lines_of(entries_of(concern))]
    assert (
        "would like to talk with Mx Tutor, who is not told, because the words name them. Please decide"
        in lines
    )


def test_flagged_words_are_not_off_the_list_because_the_chosen_adult_answered(at_ten, finds):
    finds("scared")
    concern = raise_ask(at_ten.pupils[1], text="I am scared", chosen=at_ten.tutor.person.pk)
    talks.offer(at_ten.tutor, concern, **AT_TWO)
    assert state(concern) == "new"
    talks.talked(at_ten.tutor, concern, text="We talked about it.", ended=False)
    assert state(concern) == "new"
    with pytest.raises(Refused, match="The safeguarding lead ends this one"):
        talks.talked(at_ten.tutor, concern, text="We talked about it.", ended=True)
    acknowledge(at_ten.dsl, concern)
    assert state(concern) == "taken"


def test_it_didnt_happen_and_it_is_new_again_with_reminders(at_ten, request_):
    talks.offer(at_ten.tutor, request_, **AT_TWO)
    assert talks.says_of(request_) == ["fine"]
    with frozen(LATER):
        assert talks.says_of(request_) == ["missed", "fine"]
        assert talks.pupil_says(at_ten.pupils[1], request_, "missed") is not None
        assert state(request_) == "new"
        assert talks.pupil_says(at_ten.pupils[1], request_, "missed") is None  # said once
        mail.outbox.clear()
        tick_school(at_ten.school)
        tick_school(at_ten.school)
    assert steps(at_ten)[-1] == "missed"
    with frozen(LATER + timedelta(days=1)):
        tick_school(at_ten.school)
    told = [one.to[0].split("@")[0] for one in mail.outbox]
    assert told.count("dsl") >= 1
    assert "tutor" in told
    assert verify(at_ten.school).problem == ""


def test_it_is_all_right_now_ends_nothing(at_ten, request_):
    talks.pupil_says(at_ten.pupils[1], request_, "fine")
    assert state(request_) == "new"
    assert talks.says_of(request_) == []
    assert steps(at_ten) == ["received", "fine"]


def test_sorted_and_they_still_want_to_talk(at_ten, request_, client_as):
    acknowledge(at_ten.dsl, request_)
    decide(at_ten.dsl, request_, outcome="sorted", why="They talked with their tutor.")
    assert steps(at_ten)[-1] == "sorted"
    assert talks.says_of(request_) == ["still"]
    ben = Client()
    made = {one.person.pk: one for one in ask.issue_talk_cards(at_ten.tutor, at_ten.tutor_group)}
    card = reverse("ask:talk-by-card", args=[made[at_ten.pupils[1].pk].token])
    page = ben.get(card)
    assert "I still want to talk" in page.content.decode()
    said = ben.post(card, {"pass": page.context["talk_pass"], "say": "still"})
    assert (said.status_code, said.url) == (302, card)
    assert state(request_) == "new"
    assert "It is open again." in ben.get(card).content.decode()
    assert Concern.objects.filter(kind=Concern.ASKED).count() == 1


def test_what_a_pupil_says_fits_or_changes_nothing(at_ten, request_):
    assert talks.pupil_says(at_ten.pupils[1], request_, "still") is None
    assert talks.pupil_says(at_ten.pupils[1], request_, "erased") is None
    assert talks.pupil_says(at_ten.pupils[2], request_, "fine") is None
    assert request_.entries.count() == 2


def test_the_chosen_adult_ends_it_where_nothing_was_found(at_ten, request_, client_as):
    tutor = client_as(at_ten.tutor)
    here = reverse("guard:asked-answer", args=[request_.reference])
    short = tutor.post(here, {"do": "talked", "text": "ok"})
    assert short.status_code == 422
    tutor.post(here, {"do": "talked", "text": "We talked at lunch.", "ended": "yes"})
    assert state(request_) == "sorted"
    assert [row.text for row in lines_of(entries_of(request_))][-1] == "We talked at lunch."
    assert "We talked at lunch." not in client_as(at_ten.pupil).get("/talk/").content.decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"place": "  "}, "Say where"),
        ({"place": "x" * 61}, "60 letters are the most"),
        ({"on": (MONDAY - timedelta(days=1)).date()}, "has passed"),
        ({"on": (MONDAY + timedelta(days=40)).date()}, "three weeks away"),
    ],
)
def test_times_that_cannot_be(at_ten, request_, change, says):
    with pytest.raises(Refused, match=says):
        talks.offer(at_ten.dsl, request_, **(AT_TWO | change))
    assert state(request_) == "new"


def test_a_form_without_a_day_keeps_what_was_written(at_ten, request_, client_as):
    here = reverse("guard:asked-answer", args=[request_.reference])
    page = client_as(at_ten.tutor).post(
        here, {"do": "offer", "on": "", "at": "14:00", "place": "the library"}
    )
    assert page.status_code == 422
    assert 'value="the library"' in page.content.decode()


def test_the_lead_offers_a_time_from_the_record(at_ten, request_, client_as):
    here = reverse("guard:concern-act", args=[request_.reference])
    client = client_as(at_ten.dsl)
    client.post(here, {"do": "offer", "on": "2026-11-17", "at": "09:00", "place": "my office"})
    life = life_of(at_ten.pupils[1])
    assert [(step.name, step.place) for step in life.steps if step.kind == "offered"] == [
        ("Mx Dsl", "my office")
    ]
    page = client.get(reverse("guard:concern", args=[request_.reference])).content.decode()
    assert "offered a time: Tue 17 November 09:00, my office" in page


def test_what_is_offered_on_the_page_is_sent_with_it(at_ten):
    made = {one.person.pk: one for one in ask.issue_talk_cards(at_ten.tutor, at_ten.tutor_group)}
    card = reverse("ask:talk-by-card", args=[made[at_ten.pupils[1].pk].token])
    client = Client()
    page = client.get(card)
    assert page.content.decode().index("Mx Tutor") < page.content.decode().index("Mx Head")
    form = {"pass": page.context["talk_pass"], "who": str(at_ten.tutor.person.pk), "soon": "now"}
    client.post(card, form)
    (concern,) = Concern.objects.filter(kind=Concern.ASKED)
    raised = concern.entries.get(kind=ConcernEntry.RAISED)
    assert (raised.urgent, raised.facts["how_soon"]) == (True, "now")
    assert [one.concern for one in asked_of(at_ten.tutor)] == [concern]


@pytest.mark.parametrize("who", ["", "0", "99999", "nonsense", "9" * 30])
def test_anything_else_in_the_field_is_anyone(at_ten, who):
    made = {one.person.pk: one for one in ask.issue_talk_cards(at_ten.tutor, at_ten.tutor_group)}
    card = reverse("ask:talk-by-card", args=[made[at_ten.pupils[1].pk].token])
    client = Client()
    sent = client.post(card, {"pass": client.get(card).context["talk_pass"], "who": who, "soon": "someday"})
    assert sent.status_code == 302
    assert not ConcernEntry.objects.filter(kind=ConcernEntry.CHOSEN).exists()
