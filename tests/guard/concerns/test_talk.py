"""A pupil asks for an adult: every way in, what is promised, what is shown afterwards and to whom it is not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from belong.ask import actions as ask
from belong.ask.models import TalkCard
from belong.base.clock import frozen
from belong.guard.concerns.acting import acknowledge, decide, note_read
from belong.guard.concerns.raising import raise_by_adult
from belong.guard.models import Concern, ConcernEntry, Rota, Shift
from belong.people.models import Person
from tests.ask.conftest import plan
from tests.guard.concerns.conftest import EVENING, MONDAY


@pytest.fixture
def card(posts) -> str:
    """The address of Ben's own card."""
    made = {one.person.pk: one for one in ask.issue_talk_cards(posts.tutor, posts.tutor_group)}
    return reverse("ask:talk-by-card", args=[made[posts.pupils[1].pk].token])


def asked() -> list[Concern]:
    return list(Concern.objects.filter(kind=Concern.ASKED).order_by("pk"))


def passed(client: Client, address: str, **given) -> dict[str, str]:
    """The form of the page, filled in."""
    return {"pass": client.get(address).context["talk_pass"]} | given


def test_by_card_at_any_time(posts, card):
    """No wave is open, nobody is on the rota of readers, it is night: asking works."""
    Shift.objects.all().delete()
    with frozen(EVENING + timedelta(days=40)):
        client = Client()
        sent = client.post(card, passed(client, card, words="about lunch", soon="today"))
    assert (sent.status_code, sent.url) == (302, "/a/talk/sent/12-18/")
    (concern,) = asked()
    assert concern.person == posts.pupils[1]
    entry = concern.entries.get(kind=ConcernEntry.RAISED)
    assert entry.urgent
    assert entry.words["pieces"][0]["text"] == "about lunch"
    end = client.get(sent.url)
    assert "Childline on 0800 1111" in end.content.decode()
    assert end.headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert end.headers["Cache-Control"] == "no-store"


def test_without_a_word_and_without_a_tick(card):
    client = Client()
    assert client.post(card, passed(client, card)).status_code == 302
    (concern,) = asked()
    assert not concern.entries.get(kind=ConcernEntry.RAISED).urgent


def test_sent_twice_is_asked_once(card):
    client = Client()
    form = passed(client, card, words="about lunch")
    client.post(card, form)
    client.post(card, form)
    assert len(asked()) == 1


def test_too_many_letters_are_cut_and_not_refused(card):
    client = Client()
    assert client.post(card, passed(client, card, words="a " * 5000)).status_code == 302
    (piece,) = asked()[0].entries.get(kind=ConcernEntry.RAISED).words["pieces"]
    assert 1990 < len(piece["text"]) <= 2000


@pytest.mark.parametrize("wrong", ["", "nonsense"])
def test_a_form_without_its_pass_asks_for_nobody(card, wrong):
    assert Client().post(card, {"pass": wrong}).status_code == 403
    assert Client().post("/a/talk/", {"pass": wrong}).status_code == 403
    assert asked() == []


def test_another_pupils_pass_does_not_fit_a_card(posts, card):
    made = ask.issue_talk_cards(posts.tutor, posts.tutor_group)
    one, two = (reverse("ask:talk-by-card", args=[made[at].token]) for at in (1, 2))
    client = Client()
    assert client.post(one, passed(client, two)).status_code == 403
    assert asked() == []
    assert client.get(card).status_code == 404  # the cards before have stopped working


def test_a_leavers_card_is_as_unknown_as_an_invented_one(posts, card):
    Person.objects.filter(pk=posts.pupils[1].pk).update(left_on=MONDAY.date())
    assert Client().get(card).status_code == Client().get("/a/talk/invented/").status_code == 404


def test_only_a_hash_of_the_card_is_kept(card):
    token = card.split("/")[-2]
    assert not TalkCard.objects.filter(token_hash=token).exists()
    assert TalkCard.objects.count() == 12


def test_after_name_and_number(posts, client_as):
    """In class, on a shared device, after the questions or instead of them."""
    wave = ask.open_wave(posts.head, plan(posts), override_reason="A test.")
    session = ask.open_class_session(posts.tutor, wave, posts.tutor_group)
    number = ask.make_pin(posts.tutor, posts.tutor_group, posts.pupils[1].pk)[1]
    device = Client()
    device.post("/a/", {"code": session.code})
    ask.let_in(posts.tutor, session)
    names = device.get("/a/talk/")
    assert "/a/names/?talk=1" in names.content.decode()
    here = f"/a/names/{posts.pupils[1].pk}/?talk=1"
    assert here in device.get("/a/names/?talk=1").content.decode()
    typed = device.post(here, {"number": number})
    assert (typed.status_code, typed.url) == (302, "/a/talk/")
    sent = device.post("/a/talk/", passed(device, "/a/talk/"))
    assert sent.status_code == 302
    assert asked()[0].person == posts.pupils[1]
    end = device.get(sent.url).content.decode()
    assert "Next person" in end
    assert device.get("/a/talk/").context.get("talk") is None  # nobody's turn any more


def test_the_page_after_the_last_question_leads_here(posts):
    page = Client().get("/a/done/12-18/").content.decode()
    assert 'href="/a/talk/"' in page
    assert 'href="/a/talk/"' not in Client().get("/a/done/staff/").content.decode()
    ways = Client().get("/a/talk/")
    assert ways.status_code == 200
    assert "0800 1111" in ways.content.decode()


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (MONDAY, "Mx Dsl will read this today before 3:30pm."),
        (
            EVENING,
            "School is closed now. You can still send this; Mx Dsl will read it on Tue 17 November from 8:30am.",
        ),
    ],
)
def test_it_says_who_reads_it_and_when(card, moment, says):
    with frozen(moment):
        assert says in Client().get(card).content.decode()


def test_out_of_hours_it_says_who_is_told_at_once(posts, card):
    Rota.objects.update(out_of_hours=posts.pastoral.person)
    with frozen(EVENING):
        page = Client().get(card).content.decode()
    assert "Mx Pastoral is then told straight away" in page


def test_a_pupil_can_keep_it_from_an_adult(posts, card):
    client = Client()
    page = client.get(card).content.decode()
    assert f'value="{posts.dsl.person.pk}"' in page
    client.post(card, passed(client, card, about=str(posts.dsl.person.pk)))
    client.post(card, passed(client, card, about="0"))
    client.post(
        card, passed(client, card, about=str(posts.technician.person.pk))
    )  # not on the list: nobody named
    abouts = [[e.about for e in one.entries.filter(kind=ConcernEntry.ABOUT)] for one in asked()]
    assert abouts == [[posts.dsl.person.pk], [0], [0]]


def test_from_received_to_sorted_without_a_word_of_it(posts, card, client_as):
    """The neutral line of a card, and the pupil's own page when they sign in."""
    made = ask.issue_talk_cards(posts.tutor, posts.tutor_group)
    mine = next(one for one in made if one.person == posts.pupils[0])
    address = reverse("ask:talk-by-card", args=[mine.token])
    client, own = Client(), client_as(posts.pupil)

    def lines(says: str) -> None:
        for page in (client.get(address), own.get("/me/"), own.get("/talk/")):
            assert says in page.content.decode()
            assert "Quillfeather" not in page.content.decode()

    client.post(address, passed(client, address, words="Quillfeather"))
    lines("It came in on")
    note_read(posts.dsl, asked()[0])
    lines("Mx Dsl has read it, on")
    acknowledge(posts.dsl, asked()[0])
    decide(posts.dsl, asked()[0], outcome="passed", why="Quillfeather.")
    lines("Mx Dsl has passed it on to someone who can help.")


def test_what_they_did_not_ask_for_is_not_shown(posts, client_as):
    raise_by_adult(posts.tutor, posts.pupils[0], text="Something was seen.", urgent=False)
    page = client_as(posts.pupil).get("/talk/").content.decode()
    assert "received" not in page
    assert "has read it" not in page


def test_signed_in(posts, client_as):
    client = client_as(posts.pupil)
    page = client.get("/talk/")
    sent = client.post("/talk/", {"pass": page.context["talk_pass"], "words": "about lunch"})
    assert (sent.status_code, sent.url) == (302, "/talk/sent/")
    assert asked()[0].person == posts.pupils[0]
    assert "Thank you for asking" in client.get(sent.url).content.decode()


@pytest.mark.parametrize(
    ("year", "title"),
    [("1", "talk to a grown-up?"), ("5", "like to talk to an adult?"), ("8", "Talk to an adult")],
)
def test_in_the_words_of_their_age(posts, card, year, title):
    Person.objects.filter(pk=posts.pupils[1].pk).update(year=year)
    page = Client().get(card).content.decode()
    assert title in page.split("<h1>")[1].split("</h1>")[0]


def test_asking_stays_out_of_the_log(card, caplog):
    import logging

    with caplog.at_level(logging.DEBUG):
        Client().get("/a/talk/secret-token/")
        client = Client()
        client.post(card, passed(client, card, words="Quillfeather"))
    assert "secret-token" not in caplog.text
    assert "Quillfeather" not in caplog.text
    assert card not in caplog.text
