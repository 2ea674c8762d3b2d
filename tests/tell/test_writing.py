"""The writing screen: add, change, move, remove and undo; what is refused, and that no words are lost."""

import pytest

from belong.base.models import AuditEntry
from belong.tell.models import Response, ResponseItem
from belong.tell.plain import hints
from tests.tell.build import AUTUMN, SPRING, make_wave
from tests.tell.conftest import respond


@pytest.fixture
def lead(client_as, cast):
    return client_as(cast.survey_lead)


def add(client, heard: str, did: str, **more):
    return client.post(f"/tell/{AUTUMN}/items/", {"heard": heard, "did": did, **more}, follow=True)


def heard() -> list[str]:
    return [item.heard for item in ResponseItem.objects.all()]


def test_first_words_begin_the_response(lead, story):
    assert not Response.objects.exists()
    lead.get(f"/tell/{AUTUMN}/edit/")
    assert not Response.objects.exists()
    page = add(lead, "Lunch is loud.", "A quiet room is open.", plan=story.adults.pk).content.decode()
    item = ResponseItem.objects.get()
    assert (item.heard, item.did, item.plan) == ("Lunch is loud.", "A quiet room is open.", story.adults)
    assert "Lunch is loud." in page
    assert set(AuditEntry.objects.filter(verb__startswith="tell.").values_list("verb", flat=True)) == {
        "tell.begin_response",
        "tell.add_item",
    }


def test_beside_it_stand_the_findings_and_the_plans(lead, story):
    page = lead.get(f"/tell/{SPRING}/edit/").content.decode()
    assert "Pupils with SEN support feel less noticed and helped by adults" in page
    assert "An adult of their own" in page
    assert "the gap narrowed by" in page
    assert "Themes of what was written come later" in page


def test_a_wave_without_a_release_can_be_answered_too(lead, cast, in_school):
    make_wave(cast.school, AUTUMN)
    assert "There is no release of this wave" in lead.get(f"/tell/{AUTUMN}/edit/").content.decode()
    add(lead, "Lunch is loud.", "A quiet room is open.")
    assert heard() == ["Lunch is loud."]


def test_opening_words_are_kept(lead, story):
    lead.post(f"/tell/{AUTUMN}/thanks/", {"thanks": "  Thank you all.  "})
    assert Response.objects.get().thanks == "Thank you all."


def test_items_move_up_and_down_and_stay_at_the_ends(lead, story):
    for words in ("one", "two", "three"):
        add(lead, words, "done")
    ids = {item.heard: item.pk for item in ResponseItem.objects.all()}

    def move(words: str, to: str) -> list[str]:
        lead.post(f"/tell/{AUTUMN}/items/{ids[words]}/move/", {"to": to})
        return heard()

    assert move("three", "up") == ["one", "three", "two"]
    assert move("one", "down") == ["three", "one", "two"]
    assert move("three", "up") == ["three", "one", "two"]
    assert move("two", "down") == ["three", "one", "two"]


def test_a_removed_item_comes_back_to_its_place(lead, story):
    for words in ("one", "two", "three"):
        add(lead, words, "done", plan=story.clubs.pk if words == "two" else "")
    two = ResponseItem.objects.get(heard="two")
    page = lead.post(f"/tell/{AUTUMN}/items/{two.pk}/remove/", follow=True).content.decode()
    assert heard() == ["one", "three"]
    assert f"/tell/{AUTUMN}/items/undo/" in page
    lead.post(f"/tell/{AUTUMN}/items/undo/")
    assert heard() == ["one", "two", "three"]
    assert ResponseItem.objects.get(heard="two").plan == story.clubs
    again = lead.post(
        f"/tell/{AUTUMN}/items/undo/", follow=True, HTTP_REFERER=f"http://testserver/tell/{AUTUMN}/edit/"
    )
    assert "There is nothing removed to bring back" in again.content.decode()
    assert len(heard()) == 3


def test_an_item_is_changed(lead, story):
    add(lead, "one", "done")
    url = f"/tell/{AUTUMN}/items/{ResponseItem.objects.get().pk}/"
    assert "one" in lead.get(url).content.decode()
    lead.post(url, {"heard": "first", "did": "done", "plan": ""})
    assert heard() == ["first"]


def test_an_item_of_another_wave_is_not_found(lead, cast, answered, story):
    url = f"/tell/{SPRING}/items/{answered.items.first().pk}"
    assert lead.get(f"{url}/").status_code == 404
    assert lead.post(f"{url}/remove/").status_code == 404
    assert lead.post(f"{url}/move/", {"to": "up"}).status_code == 404


def test_missing_words_are_said_and_the_others_kept(lead, story):
    page = add(lead, "Lunch is loud.", "   ").content.decode()
    assert "Please look at this again" in page
    assert "Lunch is loud." in page
    assert heard() == []


@pytest.mark.parametrize("name", ["Amina Yusuf", "AMINA  YUSUF", "amina yusuf's"])
def test_a_pupils_name_never_goes_onto_the_page(lead, cast, story, name):
    page = add(lead, f"{name} wants a quieter lunch.", "Done.").content.decode()
    assert "“Amina Yusuf” is a pupil here. Take the name out" in page
    assert "wants a quieter lunch." in page
    assert heard() == []
    lead.post(f"/tell/{AUTUMN}/thanks/", {"thanks": f"Thank you, {name}."})
    assert not Response.objects.filter(thanks__contains="Thank").exists()


def test_first_names_alone_are_words(lead, cast, story):
    add(lead, "Grace before lunch takes long in the hall.", "Done.")
    assert len(heard()) == 1


def test_nothing_said_cannot_be_published(client_as, cast, story):
    head = client_as(cast.head)
    back = {"HTTP_REFERER": f"http://testserver/tell/{AUTUMN}/edit/"}
    page = head.post(f"/tell/{AUTUMN}/publish/", follow=True, **back).content.decode()
    assert "Say at least one thing you heard" in page
    assert not Response.objects.filter(published_at__isnull=False).exists()


def test_the_last_thing_said_stays_while_it_is_public(client_as, cast, lead, story):
    response = respond(cast, story.autumn)
    back = {"HTTP_REFERER": f"http://testserver/tell/{AUTUMN}/edit/"}
    page = lead.post(
        f"/tell/{AUTUMN}/items/{response.items.get().pk}/remove/", follow=True, **back
    ).content.decode()
    assert "A published response says at least one thing" in page
    assert heard() == ["Lunch is loud."]


def test_the_published_screen_offers_link_square_and_poster(client_as, cast, answered):
    page = client_as(cast.survey_lead).get(f"/tell/{AUTUMN}/edit/").content.decode()
    assert f"http://testserver/told/{answered.share_code}/" in page
    assert 'class="qr"' in page
    assert f"/told/{answered.share_code}/poster/" in page


def test_hints_point_at_long_sentences_and_long_words():
    assert hints("Lunch is loud. We want a quiet room.") == []
    long = " ".join(["word"] * 21) + "."
    assert hints(long) == ["One sentence has 21 words. Two shorter ones read more easily."]
    assert hints("We will implement a differentiated intervention.") == [
        "Long words for a ten-year-old: differentiated, intervention."
    ]
