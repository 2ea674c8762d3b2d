"""Another language from the menu, on pages with a form: what is typed and ticked comes back, and nothing is sent."""

import pytest
from django.test import Client
from django.urls import reverse

from belong.ask import actions as ask
from belong.ask.activities import PLACE
from belong.ask.models import PlaceReceipt, WallPost
from belong.ask.passes import ActivityPass
from belong.guard.models import Concern
from tests.ask.places.conftest import opened, place
from tests.ask.walls.conftest import form, wall

__all__ = ["wall"]


def checked(page: str, name: str, value: object) -> bool:
    return f'name="{name}" value="{value}" checked' in page


def test_on_the_page_to_ask_for_an_adult(cast, in_school):
    made = ask.issue_talk_cards(cast.tutor, cast.tutor_group)[0]
    card = reverse("ask:talk-by-card", args=[made.token])
    client, before = Client(), Concern.objects.count()
    typed = {"words": "at break", "soon": "today", "pass": client.get(card).context["talk_pass"]}
    page = client.get(card).content.decode()
    there = card.replace("/a/", "/a/uk/")
    assert f'form="sheet" formmethod="post" formaction="{there}"' in page
    again = client.post(there, {**typed, "language": "uk"})
    words = again.content.decode()
    assert '<html lang="uk"' in words
    assert "at break</textarea>" in words
    assert checked(words, "soon", "today")
    assert Concern.objects.count() == before
    assert not client.cookies


def test_on_a_wall(cast, in_school, wall):
    sent = form(wall, cast.pupils[0], words="x" * 500, named="1", language="ar")
    page = Client().post(_in("ar", "ask:wall-answer"), sent)
    words = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="ar" dir="rtl"' in words
    assert "x" * 500 + "</textarea>" in words
    assert 'name="named" value="1" checked' in words
    assert not WallPost.objects.exists()


def test_on_the_page_about_places(cast, in_school):
    asking = opened(cast, with_words=True)
    field = place(asking, "Field")
    sent = {"pass": ActivityPass(PLACE, asking.pk, cast.pupils[0].pk).sign(), "language": "cy"}
    half = {"place-1": field, "time-1": "lunch", "place-2": "", "words": "near the trees"}
    page = Client().post(_in("cy", "ask:place-answer"), sent | half)
    words = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="cy"' in words
    assert checked(words, "place-1", field)
    assert checked(words, "time-1", "lunch")
    assert "near the trees" in words
    assert "note stop" not in words, "nothing is refused yet"
    assert not PlaceReceipt.objects.exists()


@pytest.mark.parametrize("begin", ["ask:begin-wall", "ask:begin-places"])
def test_whoever_signed_in_begins_in_their_own_language(client_as, cast, in_school, wall, begin):
    number = wall.pk if begin == "ask:begin-wall" else opened(cast).pk
    pupil = client_as(cast.users["pupil"])
    pupil.post("/my-language/", {"language": "so", "next": "/me/"})
    assert pupil.post(reverse(begin, args=[number])).url.startswith("/a/so/")


def _in(code: str, name: str) -> str:
    return reverse(name).replace("/a/", f"/a/{code}/", 1)
