"""Keeping plans: pictures made anew, places that lie on the plan, names told apart."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from belong.ask.models import PlaceArea, PlacePlan
from belong.ask.places.drawing import plan_of, sign
from belong.ask.places.plans import MOST_PLACES, add_area, change_area, make_plan
from belong.base.errors import Refused

BOX = st.tuples(*[st.integers(-50, 3000)] * 4)
GPS = 0x8825


def photo(size=(800, 600), *, kind="JPEG", where=False) -> bytes:
    """A picture, with a place in its EXIF if `where`."""
    picture, out = Image.new("RGB", size, "white"), io.BytesIO()
    exif = Image.Exif()
    if where:
        exif.get_ifd(GPS)[1] = "N"
        exif.get_ifd(GPS)[2] = (51.0, 30.0, 0.0)
        exif[0x010E] = "Taken at home"
    picture.save(out, kind, **({"exif": exif} if where else {}))
    return out.getvalue()


def upload(data: bytes, name="plan.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def test_a_photo_of_the_plan_is_made_anew_without_where_it_was_taken(cast, in_school, client_as):
    given_photo = photo(where=True)
    with Image.open(io.BytesIO(given_photo)) as before:
        assert before.getexif().get_ifd(GPS), "there is something to strip"
    client = client_as(cast.survey_lead)
    reply = client.post(
        reverse("ask:new-place-plan"), {"title": "Our school", "picture": upload(given_photo)}
    )
    assert reply.status_code == 302
    plan = PlacePlan.objects.get()
    assert plan.high == 750
    page = client.get(reverse("ask:place-plan", args=[plan.pk])).content.decode()
    address = reverse("ask:place-picture", args=["x"]).replace("x/", "")
    key = page.split(f'href="{address}')[1].split("/")[0]
    sent = client.get(f"{address}{key}/")
    assert sent["Content-Type"] == "image/jpeg"
    assert sent["Cache-Control"] == "no-store, private"
    with Image.open(io.BytesIO(sent.content)) as after:
        assert not after.getexif()
    assert b"Taken at home" not in sent.content


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xd8" + b"0" * (20 * 1024 * 1024), "larger than 15 MB"),
        (b"%PDF-1.7 plan", "not a photo belong can read"),
        (b"", "The submitted file is empty"),
    ],
    ids=["20 MB", "no picture", "empty"],
)
def test_a_file_that_will_not_do_is_refused_kindly_and_the_name_stays(
    cast, in_school, client_as, data, words
):
    reply = client_as(cast.survey_lead).post(
        reverse("ask:new-place-plan"), {"title": "The old building", "picture": upload(data)}
    )
    assert reply.status_code == 422
    assert words in reply.content.decode()
    assert "The old building" in reply.content.decode()
    assert not PlacePlan.objects.exists()


def test_a_picture_needs_a_key_of_ours(cast, plan, client_as):
    for key in ("x", sign(plan.pk) + "x", sign(plan.pk)):
        assert client_as(cast.head).get(reverse("ask:place-picture", args=[key])).status_code == 404


def test_places_are_added_moved_renamed_and_taken_off(cast, plan, client_as):
    client = client_as(cast.survey_lead)
    address = reverse("ask:place-plan", args=[plan.pk])
    assert client.post(address, {"name": "Library"}).status_code == 302
    assert (
        client.post(
            address, {"name": "Canteen", "left": 50, "top": 10, "width": 30, "height": 20}
        ).status_code
        == 302
    )
    again = client.post(address, {"name": "library "})
    assert (again.status_code, "already" in again.content.decode()) == (422, True)
    canteen = PlaceArea.objects.get(name="Canteen")
    assert (canteen.left, canteen.top, canteen.width, canteen.height) == (500, 70, 300, 140)
    one = reverse("ask:place-area", args=[plan.pk, canteen.pk])
    assert (
        client.post(one, {"name": "Dining hall", "left": 0, "top": 0, "width": 20, "height": 20}).status_code
        == 302
    )
    assert PlaceArea.objects.get(pk=canteen.pk).name == "Dining hall"
    assert client.post(reverse("ask:remove-place-area", args=[plan.pk, canteen.pk])).status_code == 302
    assert [area.name for area in plan.areas.all()] == ["Library"]


def test_places_without_numbers_do_not_lie_on_each_other(cast, plan):
    for number in range(12):
        add_area(cast.survey_lead, plan, name=f"Room {number}")
    boxes = plan_of(plan).boxes
    for one in boxes:
        for other in boxes:
            apart = one.left + one.width <= other.left or other.left + other.width <= one.left
            below = one.top + one.height <= other.top or other.top + other.height <= one.top
            assert one.id == other.id or apart or below


def test_there_are_not_too_many_to_choose_from(cast, plan):
    for number in range(MOST_PLACES):
        add_area(cast.survey_lead, plan, name=f"Room {number}")
    with pytest.raises(Refused, match="24 places are the most"):
        add_area(cast.survey_lead, plan, name="One more")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(box=BOX)
def test_a_place_lies_on_its_plan_whatever_was_typed(cast, plan, box):
    area = plan.areas.first() or add_area(cast.survey_lead, plan, name="Somewhere")
    change_area(cast.survey_lead, area, name="Somewhere", box=box)
    assert area.left >= 0
    assert area.top >= 0
    assert area.left + area.width <= 1000
    assert area.top + area.height <= plan.high
    assert min(area.width, area.height) >= 40


def test_a_name_is_written_within_its_place(cast, in_school):
    plan = make_plan(cast.survey_lead, title="Plan")
    add_area(cast.survey_lead, plan, name="Reading corner by the main stairs", box=(0, 0, 200, 120))
    [box] = plan_of(plan).boxes
    assert len(box.lines) > 1
    assert all(len(line) * box.size * 0.56 <= 200 for line, _, _ in box.lines)
