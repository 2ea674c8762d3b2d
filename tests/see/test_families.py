"""One answer per family: the rate counts families, and every page of the release says how the answers were given."""

from uuid import uuid4

import pytest

from belong.ask import actions as ask
from belong.ask.how import How
from belong.ask.models import Wave
from belong.people.models import CarerLink, Person
from belong.see.actions import build_release
from belong.see.families import DEFINITION
from belong.see.queries import release_of
from belong.see.translations import SOME, SOME_HELP
from tests.ask.conftest import plan
from tests.conftest import make_person

ANSWERED, IN_POLISH, HELPED = 18, 12, 11


@pytest.fixture
def families(cast, in_school) -> list[tuple[Person, ...]]:
    """Two carers for every child on roll: 24 families, 48 carers."""
    CarerLink.objects.all().delete()
    found = []
    for pupil in Person.objects.pupils().filter(left_on=None):
        both = tuple(
            make_person(cast.school, Person.CARER, f"{pupil.given_name}{part}", pupil.family_name)
            for part in ("A", "B")
        )
        for carer in both:
            CarerLink.objects.create(school=cast.school, carer=carer, pupil=pupil, relationship="parent")
        found.append(both)
    return found


def test_the_rate_counts_families_and_says_what_one_is(cast, families, client_as):
    draft = plan(cast, "belong-family", "families", one_per_family=True)
    wave = ask.open_wave(cast.head, draft, override_reason="A test.")
    item = next(item["id"] for item in wave.instrument["items"] if wave.visibility[item["id"]] == "pooled")
    for number, both in enumerate(families[:ANSWERED]):
        how = How("pl" if number < IN_POLISH else "en", helper=number < HELPED)
        ask.submit_sheet(wave, both[number % 2], {item: 1 + number % 5}, uuid4(), how=how)
    wave = ask.close_wave(cast.head, wave)
    assert build_release(Wave.objects.get(pk=wave.pk)).is_ready
    release = release_of(wave)
    assert release is not None
    assert len(families) == 24
    whole = release.response()
    # 18 of 24 families and not of 48 carers; that only six were silent is not to be read off.
    assert (whole.rate, whole.coded) == (58, "top")
    page = client_as(cast.tutor).get(f"/see/{wave.pk}/").content.decode()
    assert DEFINITION in page
    for line in (SOME, SOME_HELP):
        assert line.removesuffix(".") in page
    method = client_as(cast.tutor).get(f"/see/{wave.pk}/method/").content.decode()
    assert "More than half of the answers were given with an adult’s help" in method
    assert DEFINITION in method
