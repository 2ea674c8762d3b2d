"""Photos and sounds that people give: what is kept of them, what is refused, and in which words."""

import io
from pathlib import Path

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from belong.base import files
from belong.base.errors import Refused
from belong.base.files import check_sound, clean_photo, file_response
from tests.base.files.making import SECRET, SOUNDS, box, m4a, ogg, page, photo, wav, webm

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")
RECORDED = sorted((Path(__file__).parents[2] / "data" / "sounds").glob("browser.*"))
BEGINNINGS = (b"RIFF\x00\x00\x00\x00WAVE", b"OggS", b"\x1a\x45\xdf\xa3", b"\x00\x00\x00\x10ftyp", b"ID3", b"")
BROKEN = st.binary(max_size=400)


def sound(data: bytes) -> files.Sound:
    return check_sound(io.BytesIO(data))


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(clean_photo(io.BytesIO(data))))


@pytest.mark.parametrize("kind", SOUNDS)
def test_a_sound_keeps_its_length_and_loses_name_and_place(kind):
    data = SOUNDS[kind](2.0)
    assert SECRET in data
    kept = sound(data)
    assert kept.seconds == pytest.approx(2.0, abs=0.2)
    assert SECRET not in kept.data
    assert b"Omar" not in kept.data
    again = sound(kept.data)
    assert again.data == kept.data


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_what_a_browser_records_is_taken(path):
    kept = sound(path.read_bytes())
    assert kept.mime == {".webm": "audio/webm", ".m4a": "audio/mp4"}[path.suffix]
    assert 1.5 < kept.seconds < 2.5


@pytest.mark.parametrize("kind", SOUNDS)
def test_a_long_sound_is_refused_with_its_length(kind):
    with pytest.raises(Refused, match=r"That is 2[4-6] seconds long; the most is 20"):
        sound(SOUNDS[kind](25.0))


@pytest.mark.parametrize("kind", SOUNDS)
def test_a_sound_that_hardly_is_one_is_refused(kind):
    with pytest.raises(Refused):
        sound(SOUNDS[kind](0.04))


@pytest.mark.parametrize("kind", SOUNDS)
def test_a_sound_that_breaks_off_is_refused_or_shorter_never_an_error(kind):
    data = SOUNDS[kind](1.0)
    for end in range(1, len(data), max(1, len(data) // 60)):
        try:
            kept = sound(data[:end])
        except Refused:
            continue
        assert kept.seconds <= 1.2


def test_a_file_that_lies_about_its_length_is_measured():
    with pytest.raises(Refused, match="30 seconds long"):
        sound(m4a(30.0, said=3.0))


def test_a_film_is_refused():
    for film in (m4a(handler=b"vide"), webm(track=1)):
        with pytest.raises(Refused, match="a film or a picture"):
            sound(film)


def test_a_sound_with_something_else_behind_it_is_refused_or_loses_it():
    page_of_script = b"<script>alert(1)</script>"
    for kind, make in SOUNDS.items():
        try:
            kept = sound(make(1.0) + page_of_script)
        except Refused:
            continue
        assert b"script" not in kept.data, kind
    inside = m4a() + box(b"free", page_of_script) + box(b"uuid", page_of_script)
    assert b"script" not in sound(inside).data
    with pytest.raises(Refused):
        sound(m4a() + box(b"html", page_of_script))


def test_a_changed_page_or_a_second_stream_of_an_ogg_file_is_refused():
    data = bytearray(ogg())
    data[-1] ^= 1
    with pytest.raises(Refused, match="changed"):
        sound(bytes(data))
    with pytest.raises(Refused, match="more than one stream"):
        sound(ogg() + page(3, 0, [b"fishead\x00"], 2, serial=8))


def test_what_is_no_sound_is_refused_with_what_to_do():
    for data in (
        b"hello, I am a sound",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        photo(),
        b"fLaC" + bytes(80),
    ):
        with pytest.raises(Refused, match="Record it on the page"):
            sound(data)
    with pytest.raises(Refused, match="empty"):
        sound(b"")
    with pytest.raises(Refused, match="larger than 1 MB"):
        sound(wav(140.0))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SOUNDS)), st.data())
def test_damaged_sounds_are_taken_or_refused_never_an_error(kind, data):
    made = bytearray(SOUNDS[kind](0.4))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(made) - 1))
        made[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=8))
    try:
        assert sound(bytes(made)).seconds <= files.SOUND_SECONDS
    except Refused:
        return


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [b"RIFF\x00\x00\x00\x00WAVE", b"OggS", b"\x1a\x45\xdf\xa3", b"\x00\x00\x00\x10ftyp", b"ID3", b""]
    ),
    BROKEN,
)
def test_invented_bytes_are_refused_in_words(start, rest):
    for check in (check_sound, clean_photo):
        with pytest.raises(Refused):
            check(io.BytesIO(start + rest))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_loses_place_name_and_comment(form):
    data = photo(form)
    assert SECRET in data
    kept = clean_photo(io.BytesIO(data))
    assert SECRET not in kept
    again = Image.open(io.BytesIO(kept))
    assert again.format == "JPEG"
    assert not again.getexif()
    assert set(again.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }


def test_a_photo_is_turned_upright_and_made_small():
    turned = picture(photo(size=(60, 40), turned=6))
    assert turned.size == (40, 60)
    red, _, blue = turned.getpixel((2, 30))
    assert red > blue
    assert max(picture(photo(size=(4000, 1000))).size) == 1600


def test_what_can_be_seen_through_becomes_white():
    assert picture(photo("PNG", mode="RGBA")).getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_larger_than_belong_opens_is_refused_before_it_is_opened():
    with pytest.raises(Refused, match="9000 × 9000 pixels"):
        clean_photo(io.BytesIO(photo("PNG", size=(9000, 9000))))


def test_what_is_no_photo_is_refused_with_what_to_do():
    whole = photo()
    for data in (whole[: len(whole) // 2], b"GIF89a" + bytes(40), b"<svg onload='alert(1)'/>", b"%PDF-1.7"):
        with pytest.raises(Refused, match="Save it as JPEG or PNG"):
            clean_photo(io.BytesIO(data))
    with pytest.raises(Refused, match="HEIC"):
        clean_photo(io.BytesIO(b"\x00\x00\x00\x18ftypheic" + bytes(40)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.data())
def test_damaged_photos_are_taken_or_refused_never_an_error(form, data):
    made = bytearray(photo(form, size=(16, 12)))
    at = data.draw(st.integers(0, len(made) - 1))
    made[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=8))
    try:
        kept = clean_photo(io.BytesIO(bytes(made)))
    except Refused:
        return
    assert SECRET not in kept


def test_a_file_is_handed_out_once_and_guessed_by_nobody():
    answer = file_response(
        b"0123456789", "audio/webm", 'how to say "Nia"/../x.webm', RequestFactory().get("/")
    )
    assert answer.content == b"0123456789"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'inline; filename="how-to-say-Nia-..-x.webm"'


@pytest.mark.parametrize(
    ("asked", "given_out"),
    [("bytes=0-1", b"01"), ("bytes=7-", b"789"), ("bytes=-3", b"789"), ("bytes=5-99", b"56789")],
)
def test_a_part_of_a_file_is_given_where_it_is_asked_for(asked, given_out):
    answer = file_response(
        b"0123456789", "audio/webm", "x", RequestFactory().get("/", headers={"Range": asked})
    )
    assert answer.status_code == 206
    assert answer.content == given_out


@pytest.mark.parametrize(
    "asked", ["bytes=99-", "bytes=5-1", "bytes=-", "lines=1-2", "bytes=0-1,3-4", "bytes=-0"]
)
def test_a_part_that_makes_no_sense_gets_the_whole(asked):
    answer = file_response(
        b"0123456789", "audio/webm", "x", RequestFactory().get("/", headers={"Range": asked})
    )
    assert (answer.status_code, answer.content) == (200, b"0123456789")
