"""The language somebody with a sign-in of their own chose: kept with them, on their pages, for nobody else."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext

from belong.ask.bands import text
from belong.ask.mailing import language_for
from belong.ask.models import ReadingLanguage
from belong.ask.walls.actions import make_wall
from belong.base.clock import today
from belong.guard.models import Concern
from belong.web.languages import for_reader


def test_a_pupil_chooses_on_their_own_page_and_asks_for_an_adult_in_it(client_as, cast, in_school):
    pupil = client_as(cast.users["pupil"])
    assert "Your language" in pupil.get("/me/").content.decode()
    there = pupil.post("/my-language/", {"language": "ar", "next": "/talk/"})
    assert there.url == "/talk/"
    page = pupil.get("/talk/").content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    with translation.override("ar"):
        assert text("talk", "ask-12-18-title") in page
    assert '<html lang="ar" dir="rtl"' in pupil.get("/me/").content.decode()
    assert ReadingLanguage.objects.get().person_id == cast.users["pupil"].person_id
    pupil.post("/my-language/", {"language": "en", "next": "/me/"})
    assert not ReadingLanguage.objects.exists()
    assert 'lang="en-gb"' in pupil.get("/talk/").content.decode()


READERS = {
    "pupil": ("/me/", "/me/timeline/", "/me/profile/", "/my-answers/", "/told/", "/me/recognise/"),
    "carer": ("/family/", "/told/"),
}


@pytest.mark.parametrize("code", ["cy", "ur"])
@pytest.mark.parametrize("role", READERS)
def test_whoever_signs_in_reads_their_own_pages_in_their_language(client_as, cast, in_school, role, code):
    """The whole page is in it, its frame too; what the school wrote says that it is English."""
    reader = client_as(cast.users[role])
    reader.post("/my-language/", {"language": code, "next": "/"})
    with translation.override(code):
        frame = [gettext("Sign out"), gettext("Skip to the page")]
    for address in READERS[role]:
        reply = reader.get(address, follow=True)
        page = reply.content.decode()
        assert reply.status_code == 200, address
        assert f'<html lang="{code}"' in page, address
        assert reply["Content-Language"] == code
        assert all(words in page for words in frame), address


def test_what_the_school_wrote_is_marked_as_english_on_a_page_in_another_language(client_as, cast, in_school):
    make_wall(
        cast.pastoral,
        question="What does belonging mean here?",
        years=["8"],
        opens_on=today(),
        closes_on=today() + timedelta(days=5),
        takes=[],
    )
    pupil = client_as(cast.users["pupil"])
    marked = '<strong class="grow" lang="en-GB" dir="auto">What does belonging mean here?</strong>'
    assert marked not in pupil.get("/me/").content.decode()
    pupil.post("/my-language/", {"language": "ar", "next": "/me/"})
    assert marked in pupil.get("/me/").content.decode()


def test_another_language_from_the_menu_keeps_what_is_typed_and_sends_nothing(client_as, cast, in_school):
    """A pupil who is signed in asks for an adult: the choice is kept with them, the words with the page."""
    pupil = client_as(cast.users["pupil"])
    before = Concern.objects.count()
    mine = pupil.get("/talk/").context["talk_pass"]
    typed = {"pass": mine, "words": "about <lunch>", "soon": "week", "language": "pl"}
    page = pupil.post("/talk/", typed)
    words = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="pl"' in words
    assert "about &lt;lunch&gt;</textarea>" in words
    assert 'value="week" checked' in words
    assert Concern.objects.count() == before
    again = {key: value for key, value in typed.items() if key != "language"} | {
        "pass": page.context["talk_pass"]
    }
    pupil.post("/talk/", again)
    pupil.post("/talk/", {**again, "pass": mine})
    assert Concern.objects.count() == before + 1, "the pass of both pages is one request"


@pytest.mark.parametrize("there", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_choosing_leads_to_pages_of_ours_only(client_as, cast, in_school, there):
    reply = client_as(cast.users["pupil"]).post("/my-language/", {"language": "pl", "next": there})
    assert reply.url == "/"


def test_an_invented_language_is_kept_as_nothing(client_as, cast, in_school):
    client_as(cast.users["pupil"]).post("/my-language/", {"language": "xx", "next": "/me/"})
    assert not ReadingLanguage.objects.exists()


@pytest.mark.parametrize(
    ("tag", "code"),
    [("pl", "pl"), ("pa-IN", "pa"), ("pa_IN", "pa"), ("pa-Arab", "en"), ("pnb", "en"), ("", "en"), ("yo", "en")],
)  # fmt: skip
def test_a_language_in_the_roster_becomes_one_of_ours_or_english(tag, code):
    assert for_reader(tag) == code


def test_a_family_is_written_to_in_the_language_noted_for_it(cast, in_school):
    carer = cast.users["carer"].person
    carer.home_language = "ur"
    assert language_for(carer) == "ur"
