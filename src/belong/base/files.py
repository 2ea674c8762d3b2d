"""Files that people give: photos and short sounds are taken apart and made anew, and handed out to nobody else.

What cannot be read whole is refused with what to do about it. Nothing of a file is kept that is not its picture or
its sound: no place, no time, no owner's name, no small picture of what was cut away.
"""

import io
import re
from dataclasses import dataclass
from typing import IO, Any

from django.http import HttpRequest, HttpResponse
from PIL import Image, ImageOps
from tinytag import TinyTag, TinyTagException

from belong.base.errors import Refused
from belong.base.sounds import NotSound, kind_of

PHOTO_MIME = "image/jpeg"
PHOTO_BYTES, PHOTO_EDGE, PHOTO_QUALITY = 15 * 1024 * 1024, 1600, 82
LARGEST_JPEG, LARGEST_OTHER = 64_000_000, 24_000_000  # pixels; a JPEG is shrunk while it is read
SOUND_BYTES, SOUND_SECONDS, SHORTEST = 1024 * 1024, 20.0, 0.2
PHOTOS = ("JPEG", "PNG", "WEBP")
APPLES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")


@dataclass(frozen=True)
class Sound:
    """A sound that any browser can play: its kind ("audio/webm"), its bytes, its length in seconds."""

    mime: str
    data: bytes
    seconds: float


def clean_photo(upload: IO[bytes]) -> bytes:
    """A JPEG of at most 1600 × 1600 px made anew from a JPEG, PNG or WebP file, turned upright, with nothing but the
    picture in it. Raises Refused.
    """
    data = _bytes(upload, PHOTO_BYTES, "photo", "Choose a smaller one, or send it in a smaller size.")
    if data[4:8] == b"ftyp" and data[8:12] in APPLES:
        raise Refused(
            "That is an Apple HEIC photo, which not every browser can show. On the phone, share or export it as JPEG "
            "and choose that."
        )
    try:
        return _made_anew(data)
    except Refused:
        raise
    except Exception:  # what Pillow raises for a broken file is not documented, and differs by format
        raise Refused(
            "That file is not a photo belong can read, or it is damaged. Save it as JPEG or PNG and choose it again."
        ) from None


def check_sound(upload: IO[bytes], wanted: str = "the name, said slowly") -> Sound:
    """A WAV, MP3, M4A, OGG or WebM file of at most 20 seconds and 1 MB, without its titles, places and pictures.

    Raises Refused, which says to record only what is `wanted`. WebM, OGG and M4A are what browsers record.
    """
    data = _bytes(upload, SOUND_BYTES, "sound", f"Record a few seconds: {wanted}.")
    kind = kind_of(data)
    if kind is None:
        raise Refused(
            "That file is not a sound belong can play. Record it on the page, or choose an MP3, M4A, WAV, OGG or WebM "
            "file."
        )
    try:
        cleaned, seconds = kind.clean(data)
    except NotSound as no:
        raise Refused(
            f"That file cannot be played: {no.reason}. Record it again, or choose another file."
        ) from None
    seconds = max(seconds, _second_opinion(cleaned))
    if seconds > SOUND_SECONDS:
        raise Refused(
            f"That is {seconds:.0f} seconds long; the most is {SOUND_SECONDS:.0f}. Record only {wanted}."
        )
    if seconds < SHORTEST:
        raise Refused(f"There is hardly any sound in that file. Record it again: {wanted}.")
    return Sound(kind.mime, cleaned, round(seconds, 1))


def file_response(data: bytes, mime: str, filename: str, request: HttpRequest | None = None) -> HttpResponse:
    """Hand out a file to whom the caller has allowed it: nothing keeps a copy, no browser guesses what it is.

    With `request`, a part of it is given where one is asked for: Safari plays no sound from who cannot do that.
    """
    response = HttpResponse(data, content_type=mime)
    span = _asked_for(request.headers.get("Range", ""), len(data)) if request else None
    if span:
        first, last = span
        response = HttpResponse(data[first : last + 1], content_type=mime, status=206)
        response["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    if request:
        response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(len(response.content))
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = f'inline; filename="{_plain_name(filename)}"'
    return response


def _bytes(upload: IO[bytes] | Any, most: int, what: str, mend: str) -> bytes:
    upload.seek(0)
    data = upload.read(most + 1)
    if not data:
        raise Refused("That file is empty. Choose another.")
    if len(data) > most:
        raise Refused(f"That {what} is larger than {most // 1024 // 1024} MB. {mend}")
    return bytes(data)


def _made_anew(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=PHOTOS) as opened:
        width, height = opened.size
        most = LARGEST_JPEG if opened.format == "JPEG" else LARGEST_OTHER
        if width * height > most:
            raise Refused(
                f"That photo is {width} × {height} pixels, more than belong opens. Choose or make a smaller one."
            )
        opened.draft("RGB", (PHOTO_EDGE, PHOTO_EDGE))
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((PHOTO_EDGE, PHOTO_EDGE), Image.Resampling.LANCZOS)
        see_through = upright.convert("RGBA")
    picture = Image.new(
        "RGB", see_through.size, "white"
    )  # a new one: it has taken over no comment and no profile
    picture.paste(see_through, mask=see_through)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=PHOTO_QUALITY, optimize=True)
    return out.getvalue()


def _second_opinion(cleaned: bytes) -> float:
    """The length another reader finds (0 where it finds none); that reader must find no picture either."""
    try:
        found = TinyTag.get(file_obj=io.BytesIO(cleaned), image=True)
    except TinyTagException:
        return 0.0  # it knows no WebM
    if found.images.any is not None:
        raise Refused("There is a picture in that file. Record it on the page, or choose another file.")
    return float(found.duration or 0)


def _asked_for(said: str, size: int) -> tuple[int, int] | None:
    """The one span a Range header asks for; None for the whole, and for what makes no sense."""
    match = re.fullmatch(r"bytes=(\d{0,9})-(\d{0,9})", said.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        first, last = str(max(0, size - int(last))), str(size - 1)
    span = int(first), min(int(last or size - 1), size - 1)
    return span if span[0] <= span[1] else None


def _plain_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "file"
