"""The notice before the first question, by age: shown to everybody, and in words of that age."""

import re

import pytest
from django.urls import reverse

from belong.ask.bands import BANDS
from belong.ask.models import Wave
from belong.ask.notices import notice_for
from belong.people.models import Person
from tests.ask.conftest import begin, plan
from tests.conftest import make_person

MUST_SAY = {
    "2": ("You can say no", "There are no wrong answers", "we tell a grown-up who helps"),
    "4": ("You choose", "skip any question", "who will see your answer", "not safe", "take your answers out"),
    "8": ("It is your choice", "Skip any question", "delete what is held with your name or code"),
}


def longest_sentence(words: str) -> int:
    return max(len(sentence.split()) for sentence in re.split(r"[.!?]\s+", words))


def notice_of(cast, year: str):
    pupil = make_person(cast.school, Person.PUPIL, "Nia", "Bell", year=year)
    wave = Wave.objects.filter(audience="pupils").first() or plan(cast, years=())
    return notice_for(wave, pupil)


@pytest.mark.parametrize("year", ["R", "2", "4", "6", "8", "11"])
def test_each_age_has_its_own_words(cast, in_school, year):
    notice = notice_of(cast, year)
    words = " ".join((*notice.paragraphs, *notice.more))
    age = "2" if year in ("R", "2") else "4" if year in ("4", "6") else "8"
    for said in MUST_SAY[age]:
        assert said in words, f"year {year}: {said!r}"
    assert "{" not in words
    assert "anonymous" not in words.lower()


def test_the_youngest_get_the_fewest_and_shortest_words(cast, in_school):
    words = {year: " ".join(notice_of(cast, year).paragraphs) for year in ("2", "4", "8")}
    assert len(words["2"].split()) < len(words["4"].split())
    assert longest_sentence(words["2"]) <= 12
    assert longest_sentence(words["4"]) <= 30


@pytest.mark.parametrize("band", BANDS)
def test_every_band_has_a_notice(band):
    from belong.content import read

    assert f"notice-{band}" in read("texts/notices")


def test_it_stands_before_the_first_question(cast, wave, card_of):
    pupil = cast.pupils[0]
    browser = begin(card_of(pupil))
    page = browser.get(reverse("ask:start")).content.decode()
    first = notice_for(wave, pupil).paragraphs[0]
    assert first[:40] in page.replace("&#x27;", "'")
    assert 'type="radio"' not in page
