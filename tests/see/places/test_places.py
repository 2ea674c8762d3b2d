"""The released picture: nothing a few said can be had from it, it is made once, and words stand beside every colour."""

import csv
import io
import itertools
import json
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from belong.ask.models import PlaceAsking
from belong.ask.places.actions import close_asking
from belong.base.clock import today
from belong.release import Menu, Policy, Release, ReleaseRefused, audit, build
from belong.see.models import FrozenReleaseError, PlaceRelease
from belong.see.places.building import build_places, measure, microdata
from belong.see.places.protect import ANY, sets_of, showable
from tests.ask.places.conftest import opened, place, say
from tests.conftest import make_person
from tests.matrix.xlsx import sheets_of

TIMES = ("before", "break", "lunch", "lessons", "after")
LINE = st.tuples(st.integers(1, 3), st.sampled_from(TIMES), st.integers(1, 3))
SHEETS = st.lists(
    st.lists(LINE, min_size=1, max_size=4, unique_by=lambda line: line[:2]), min_size=0, max_size=90
)


@settings(max_examples=120, deadline=None)
@given(said=SHEETS, threshold=st.integers(5, 12))
def test_nothing_under_the_threshold_can_be_had_by_taking_away(said, threshold):
    sets = sets_of(said)
    shown = showable(sets, threshold)
    assert all(len(sets[key]) >= threshold for key in shown)
    for spot in {key[0] for key in shown if key[1] == ANY}:
        cells = [key for key in shown if key[0] == spot and key[1] != ANY]
        hidden = [key for key in sets if key[0] == spot and key[1] != ANY and key not in shown]
        assert len(hidden) != 1
        for size in range(1, len(cells) + 1):
            for some in itertools.combinations(cells, size):
                rest = sets[spot, ANY] - frozenset().union(*(sets[key] for key in some))
                assert not 0 < len(rest) < threshold


class Asking:
    """As much of an asking as the engine's input is made from."""

    pk, closed_at = 7, None
    places = tuple({"id": number, "name": f"Place {number}"} for number in (1, 2, 3))


@settings(max_examples=20, deadline=None)
@given(said=SHEETS.filter(lambda said: len(said) > 20))
def test_the_engine_takes_what_is_left_and_its_audit_finds_nothing(said):
    try:
        data = microdata(Asking(), said, len(said) + 20, 10)
    except ReleaseRefused:
        assert not showable(sets_of(said), 10)
        return
    release = build(data, Menu.of(), Policy(threshold=10))
    assert not audit(release)
    sets = sets_of(said)
    shown = {
        (int(cell.measure.split("-")[-2]), cell.measure.split("-")[-1])
        for cell in release.cells
        if "-" in cell.measure
    }
    assert shown == showable(sets, 10)
    for cell in release.cells:
        if cell.favourable is not None:
            assert 10 <= cell.favourable <= 90, "extremes are coded"


@pytest.fixture
def crowd(cast, in_school):
    """Thirty pupils of Year 7 beside the two classes."""
    return [
        make_person(cast.school, "pupil", f"P{n}", "Crowd", year="7", joined_on=today() - timedelta(days=90))
        for n in range(30)
    ]


@pytest.fixture
def released(cast, crowd, django_capture_on_commit_callbacks) -> PlaceRelease:
    """Canteen at lunch: 30 spoke, 24 belong. Bike shed after school: 12, 9 less safe. Library: nine. Field: nobody."""
    asking = opened(cast)
    for number, pupil in enumerate(crowd):
        lines = [("Canteen", "lunch", 3 if number < 24 else 1)]
        if number < 12:
            lines.append(("Bike shed", "after", 1 if number < 9 else 2))
        if number < 9:
            lines.append(("Library", "break", 3))
        say(asking, pupil, *lines)
    with django_capture_on_commit_callbacks(execute=True):
        close_asking(cast.survey_lead, asking)
    return PlaceRelease.objects.get(asking_id=asking.pk)


def test_the_page_shows_shares_and_too_few_alike_for_few_and_for_nobody(cast, released, client_as):
    client = client_as(cast.tutor)
    address = reverse("see:places-of", args=[released.asking_id])
    page = unescape(client.get(address, {"time": "lunch"}).content.decode())
    assert "80\u00a0%" in page
    rows = {
        row.split("</th>")[0].split(">")[-1]: row
        for row in page.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    }
    assert list(rows) == ["Bike shed", "Canteen", "Field", "Library"]
    assert rows["Field"].split("</th>")[1] == rows["Library"].split("</th>")[1], "nine pupils look like none"
    assert rows["Library"].count("kept back") == 6
    less = unescape(client.get(address, {"time": "after", "feeling": "less-safe"}).content.decode())
    assert "80\u00a0%" in less or "75\u00a0%" in less or "80\u00a0% or more" in less
    table = client.get(reverse("see:places-csv", args=[released.asking_id])).content.decode()
    assert "Library,Break,Feel they belong,,,,c" in table
    book = sheets_of(client.get(reverse("see:places-xlsx", args=[released.asking_id])).content)
    as_told = list(csv.DictReader(io.StringIO(table)))
    assert [one.get("Share (%)") for one in book["Places"]] == [
        float(one["share %"]) if one["share %"] else None for one in as_told
    ]
    assert [(one["Place"], one["In words"]) for one in book["Places"]] == [
        (one["place"], one["in words"]) for one in as_told
    ]
    assert not any(
        isinstance(cell, float) for one in book["Places"] if "Symbol" in one for cell in one.values()
    )


def test_what_few_said_is_nowhere_in_what_is_kept(cast, released):
    kept = json.dumps(released.payload)
    library = place(released.asking, "Library")
    assert measure(place(released.asking, "Canteen"), "lunch", "belong") in kept
    assert f"-{library}-" not in kept
    release = Release.from_json(released.payload)
    assert release.hash == released.hash


def test_it_is_made_once(cast, released):
    again = build_places(PlaceAsking.objects.get(pk=released.asking_id))
    assert (again.pk, again.hash) == (released.pk, released.hash)
    with pytest.raises(FrozenReleaseError):
        released.save()


def test_too_few_in_all_is_said_and_nothing_shown(cast, crowd, client_as, django_capture_on_commit_callbacks):
    asking = opened(cast)
    for pupil in crowd[:9]:
        say(asking, pupil, ("Canteen", "lunch", 3))
    with django_capture_on_commit_callbacks(execute=True):
        close_asking(cast.survey_lead, asking)
    page = client_as(cast.head).get(reverse("see:places-of", args=[asking.pk])).content.decode()
    assert "Nothing could be shown" in page
    assert "80" not in page.split("<main")[1]
    for file in ("see:places-csv", "see:places-xlsx"):
        assert client_as(cast.head).get(reverse(file, args=[asking.pk])).status_code == 404
    assert client_as(cast.analyst).get(reverse("see:places-of", args=[asking.pk])).status_code == 404


def test_who_reads_it(cast, released, client_as):
    address = reverse("see:places-of", args=[released.asking_id])
    for user in (cast.tutor, cast.head, cast.dsl, cast.analyst):
        assert client_as(user).get(address).status_code == 200
    for user in (cast.pupil, cast.carer, cast.governor, cast.technician, cast.stranger):
        assert client_as(user).get(address).status_code == 404
    assert "Our places" in client_as(cast.analyst).get(reverse("see:places")).content.decode()
