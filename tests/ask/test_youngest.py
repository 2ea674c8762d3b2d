"""Questions for ages 4 to 7: one idea in at most ten words, three or four faces with words, a drawing, every part."""

import pytest

from belong.ask import actions
from belong.ask.models import Wave
from belong.measure.instrument import load
from belong.people.models import Person
from belong.web.symbols import SYMBOLS
from tests.ask.conftest import begin, plan

PICTURE = load("belong-picture")


@pytest.fixture
def infants(cast, in_school):
    """The tutor group is in Year 1."""
    Person.objects.filter(pk__in=[pupil.pk for pupil in cast.pupils]).update(year="1")


def test_every_question_is_short_one_idea_and_has_few_faces():
    for item in PICTURE.items:
        words = item.text["en"].split()
        assert len(words) <= 10, item.id
        assert not {"and", "or", "but", "not"} & {word.strip(".,").lower() for word in words}, item.id
        assert item.kind == "scale"
        assert 3 <= item.scale.size <= 4
        assert len(item.scale.faces) == item.scale.size == len(set(item.scale.faces))
        assert all(len(word.split()) <= 2 for word in item.scale.words("en"))


def test_every_question_has_a_drawing_and_no_drawing_is_left_over():
    assert set(SYMBOLS) == {item.id for item in PICTURE.items}


def test_every_part_of_belonging_is_asked_about():
    assert {item.part for item in PICTURE.items} == {part.id for part in PICTURE.parts}


def test_symbols_are_off_until_the_school_switches_them_on_for_a_wave(cast, infants, client_as):
    client = client_as(cast.survey_lead)
    form = "/ask/new/?for=pupils&with="
    assert 'name="symbols"' not in client.get(form + "belong-core").content.decode()
    page = client.get(form + "belong-picture").content.decode()
    assert 'name="symbols"' in page
    days = {name: plan(cast, years=["9"]).__dict__[name].isoformat() for name in ("opens_on", "closes_on")}
    client.post(form + "belong-picture", {"title": "Pictures", "years": ["1"], "symbols": "on", **days})
    drawn = Wave.objects.get(title="Pictures")
    assert drawn.symbols is True
    plain = plan(cast, "belong-picture", title="Plain", years=["1"])
    assert plain.symbols is False
    found = {}
    for wave in (drawn, plain):
        opened = actions.open_wave(cast.survey_lead, wave)
        card = actions.issue_card(cast.survey_lead, opened, cast.tutor_group, cast.pupils[0].pk)
        found[wave.title] = begin(f"/a/c/{card.token}/").get("/a/questions/").content.decode()
        actions.close_wave(cast.survey_lead, opened)
    assert found["Pictures"].count('class="symbol"') == found["Pictures"].count("data-question=") > 0
    assert 'class="symbol"' not in found["Plain"]


def test_each_face_has_its_word_and_a_button_that_reads_it(cast, infants):
    wave = actions.open_wave(cast.survey_lead, plan(cast, "belong-picture", years=["1"]))
    card = actions.issue_card(cast.survey_lead, wave, cast.tutor_group, cast.pupils[0].pk)
    html = begin(f"/a/c/{card.token}/").get("/a/questions/").content.decode()
    assert html.count('class="mood"') == html.count('class="button bare hear"') > 0
