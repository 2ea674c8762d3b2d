"""What is drawn once for everybody holds nothing of anybody."""

import re

import pytest

from belong.ask import frame, sheet
from belong.base import briefly
from belong.people.models import Membership, Person
from tests.ask.conftest import begin

pytestmark = pytest.mark.usefixtures("kept")
PASS = re.compile(r'name="pass" value="([^"]+)"')


@pytest.fixture
def kept(settings):
    """As a server keeps it; tests elsewhere keep nothing."""
    settings.BRIEFLY = 60
    for keeping in (frame._frames, sheet._drawn, briefly._kept):
        keeping.clear()
    yield
    briefly._kept.clear()


@pytest.fixture
def page_of(card_of):
    """`page_of(pupil)`: the questions as this pupil gets them, with a new card."""

    def get(pupil) -> str:
        answer = begin(card_of(pupil)).get("/a/questions/")
        assert answer.status_code == 200
        return answer.content.decode()

    return get


def test_two_of_a_class_get_the_same_but_for_the_pass(cast, wave, page_of):
    frame._frames.clear()
    first, second = page_of(cast.pupils[0]), page_of(cast.pupils[1])
    assert PASS.search(first).group(1) != PASS.search(second).group(1)
    assert PASS.sub("", first) == PASS.sub("", second)
    assert len(frame._frames) == 1


def test_it_is_the_page_that_would_be_drawn_alone(cast, wave, page_of, monkeypatch):
    kept = page_of(cast.pupils[0])
    monkeypatch.setattr("belong.ask.views.answering.framed", frame.alone)
    alone = page_of(cast.pupils[0])
    assert PASS.sub("", kept) == PASS.sub("", alone)


def test_nothing_that_is_kept_names_anybody(cast, wave, page_of):
    """Neither who answers nor who reads; who reads stands on the page all the same, each class its own."""
    frame._frames.clear()
    sheet._drawn.clear()
    pages = {pupil: page_of(pupil) for pupil in (cast.pupils[0], cast.other_pupils[0])}
    pieces = [piece for kept in (*frame._frames.values(), *sheet._drawn.values()) for piece in kept]
    kept = b" ".join(pieces).decode()
    assert kept
    for person in Person.objects.all():
        assert person.display_name not in kept
    for pupil, page in pages.items():
        leads = Membership.objects.filter(
            group__memberships__person=pupil, part=Membership.LEAD
        ).select_related("person")
        for lead in leads:
            assert f"{lead.person.display_name}" in page or "tutor" not in wave.readers
    assert sheet._PLACE[0] not in "".join(pages.values()), "no place is left empty"
    assert frame.PASS not in "".join(pages.values())
    assert frame.QUESTIONS not in "".join(pages.values())


def test_a_name_with_marks_of_its_own_stays_a_name(cast, wave, page_of):
    Person.objects.filter(pk=cast.pastoral.person_id).update(family_name="<b>Bold</b>")
    page = page_of(cast.pupils[0])
    assert "<b>Bold</b>" not in page
    assert "&lt;b&gt;Bold" in page
