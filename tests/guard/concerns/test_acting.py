"""What adults do with a concern on its page: every act is an entry, none changes another, and ends can be undone."""

import json

import pytest
from django.urls import reverse

from belong.base.clock import frozen
from belong.base.models import AuditEntry
from belong.guard.concerns.raising import raise_ask
from belong.guard.models import Concern
from tests.guard.concerns.conftest import MONDAY


@pytest.fixture
def concern(posts, finds) -> Concern:
    finds("nothing of this")
    with frozen(MONDAY):
        return raise_ask(posts.pupils[1], text="I want to talk about lunch")


@pytest.fixture
def press(posts, concern, client_as):
    """`press("note", text="…")`: the button of an act, pressed by the DSL."""
    client = client_as(posts.dsl)

    def pressed(do: str, **given):
        return client.post(reverse("guard:concern-act", args=[concern.reference]), {"do": do} | given)

    return pressed


def kinds(concern: Concern) -> list[str]:
    return list(concern.entries.order_by("number").values_list("kind", flat=True))


def test_from_received_to_passed_on(posts, concern, press, client_as):
    page = client_as(posts.dsl).get(reverse("guard:concern", args=[concern.reference]))
    assert "I want to talk about lunch" in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert press("take").status_code == 302
    assert press("note", text="Met at break.").status_code == 302
    assert press("decide", outcome="spoke", why="They wanted company at lunch.").status_code == 302
    assert press("decide", outcome="passed", why="Belongs with the file.", number="C-77").status_code == 302
    assert kinds(concern) == ["raised", "read", "taken", "noted", "decided", "decided"]
    shown = client_as(posts.dsl).get(reverse("guard:concern", args=[concern.reference])).content.decode()
    assert "Their number: C-77." in shown
    assert "Passed on" in shown


def test_looking_twice_is_one_look(posts, concern, client_as):
    for _ in range(3):
        client_as(posts.dsl).get(reverse("guard:concern", args=[concern.reference]))
    client_as(posts.head).get(reverse("guard:concern", args=[concern.reference]))
    assert kinds(concern) == ["raised", "read", "read"]
    assert AuditEntry.objects.filter(verb="guard.read_concern").count() == 2


@pytest.mark.parametrize(
    ("do", "given", "says"),
    [
        ("decide", {"outcome": "sorted", "why": "All is well."}, "Somebody has to take it on first"),
        ("note", {"text": " "}, "Say in a few words"),
        ("reopen", {"why": "Because of it."}, "It is open already"),
        ("correct", {"place": "1", "text": "It was Tuesday."}, "can’t be corrected"),
        ("correct", {"place": "99", "text": "It was Tuesday."}, "can’t be corrected"),
        ("correct", {"place": "x", "text": "It was Tuesday."}, "can’t be corrected"),
        ("usual", {"why": "Because of it."}, "The usual readers can see it already"),
        ("another", {"about": "", "why": "Because of it."}, "Choose the adult"),
        ("another", {"about": "999999", "why": "Because of it."}, "Choose the adult"),
        ("dance", {}, "Choose what to do"),
    ],
)
def test_a_refusal_says_why_and_writes_nothing(concern, press, do, given, says):
    answered = press(do, **given)
    assert answered.status_code == 422
    assert says in answered.content.decode()
    assert kinds(concern) == ["raised"]


def test_what_was_written_is_not_lost_to_a_refusal(concern, press):
    press("take")
    answered = press("decide", outcome="", why="A long story, told once.")
    assert answered.status_code == 422
    assert "A long story, told once." in answered.content.decode()


def test_a_decision_is_corrected_beside_itself(posts, concern, press):
    press("take")
    press("decide", outcome="family", why="Rang the mother.")
    place = len(kinds(concern))
    press("correct", place=str(place), text="It was the father.")
    first, second = list(concern.entries.order_by("number"))[-2:]
    assert (first.words["text"], second.words["text"]) == ("Rang the mother.", "It was the father.")
    assert second.facts == {"corrects": place}


def test_an_end_can_be_opened_again(concern, press):
    press("take")
    press("decide", outcome="sorted", why="They made up.")
    assert press("decide", outcome="spoke", why="Once more.").status_code == 422
    assert press("reopen", why="It began again.").status_code == 302
    assert press("decide", outcome="spoke", why="Once more.").status_code == 302


def test_taking_it_on_twice_changes_nothing(concern, press):
    press("take")
    press("take")
    assert kinds(concern) == ["raised", "taken"]


def test_a_copy_goes_out_with_a_receipt(posts, concern, press, client_as):
    press("take")
    client = client_as(posts.dsl)
    sent = client.post(
        reverse("guard:concern-export", args=[concern.reference]), {"to": "CPOMS", "format": "json"}
    )
    assert sent.status_code == 302
    copy = json.loads(client.get(sent.url).content)
    last = concern.entries.order_by("number").last()
    assert copy["receipt"]["hash"] == last.hash == copy["entries"][-1]["hash"]
    assert copy["receipt"]["number"] == f"{concern.reference}/{len(kinds(concern))}"
    assert (copy["receipt"]["for"], copy["receipt"]["taken_by"]) == ("CPOMS", "Mx Dsl")
    assert copy["concern"]["said"][0]["text"] == "I want to talk about lunch"
    assert "salt" not in json.dumps(copy)
    printed = client.get(sent.url.removesuffix("record.json")).content.decode()
    assert last.hash in printed
    press("note", text="After the copy.")
    again = json.loads(client.get(sent.url).content)
    assert again == copy  # a receipt shows what was taken, not what came later


def test_a_copy_asks_who_it_is_again(posts, concern, client_as):
    client = client_as(posts.dsl)
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    answered = client.post(reverse("guard:concern-export", args=[concern.reference]), {"to": "CPOMS"})
    assert answered.status_code == 302
    assert "/sign-in/again/" in answered.url
    assert kinds(concern) == ["raised"]


def test_a_copy_needs_to_know_for_whom(posts, concern, client_as):
    answered = client_as(posts.dsl).post(
        reverse("guard:concern-export", args=[concern.reference]), {"to": ""}
    )
    assert answered.status_code == 422
    assert (
        client_as(posts.dsl).get(reverse("guard:concern-copy", args=[concern.reference, 1])).status_code
        == 404
    )


def test_the_list_is_found_by_name_and_by_reference(posts, concern, client_as):
    client = client_as(posts.dsl)
    raise_ask(posts.pupils[2])
    for words in ("Ben", "carter", concern.reference.lower()):
        page = client.get(reverse("guard:concerns"), {"q": words}).content.decode()
        assert "Ben Carter" in page
        assert "Cerys" not in page
    nothing = client.get(reverse("guard:concerns"), {"q": "Nobody"}).content.decode()
    assert "Nothing fits what you chose." in nothing


def test_the_list_costs_the_same_for_any_number(posts, client_as, django_assert_max_num_queries):
    for pupil in posts.pupils:
        raise_ask(pupil)
    client = client_as(posts.dsl)
    with django_assert_max_num_queries(45):
        assert client.get(reverse("guard:concerns")).status_code == 200


def test_words_that_are_markup_stay_words(posts, client_as, finds):
    finds("nothing of this")
    concern = raise_ask(posts.pupils[1], text="<script>alert(1)</script>")
    page = client_as(posts.dsl).get(reverse("guard:concern", args=[concern.reference])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
