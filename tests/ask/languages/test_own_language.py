"""The language somebody with a sign-in of their own chose: kept with them, on their pages, for nobody else."""

import pytest
from django.utils import translation

from belong.ask.bands import text
from belong.ask.mailing import language_for
from belong.ask.models import ReadingLanguage
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
    assert 'lang="en-gb"' in pupil.get("/me/").content.decode()
    assert ReadingLanguage.objects.get().person_id == cast.users["pupil"].person_id
    pupil.post("/my-language/", {"language": "en", "next": "/me/"})
    assert not ReadingLanguage.objects.exists()
    assert 'lang="en-gb"' in pupil.get("/talk/").content.decode()


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
