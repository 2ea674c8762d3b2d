"""MP3: a row of frames (ISO 11172-3, 13818-3). Only the frames are kept; tags before and after them are left out."""

from dataclasses import dataclass

from belong.base.sounds.damage import EMPTY, NotSound

BITRATES = {  # kbit/s by version and layer: (MPEG-1?, layer)
    (True, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (True, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (False, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
FEWEST_FRAMES = 3


@dataclass(frozen=True)
class Frame:
    """One frame: its length in bytes and in seconds."""

    size: int
    seconds: float


def begins_frame(data: bytes) -> bool:
    """Whether the bytes begin with a frame that is followed by another."""
    first = _frame(data, 0)
    return first is not None and _frame(data, first.size) is not None


def clean(data: bytes) -> tuple[bytes, float]:
    """The frames without the tags, and their length in seconds."""
    at = _after_tags(data)
    start, seconds, frames = at, 0.0, 0
    while (frame := _frame(data, at)) and at + frame.size <= len(data):
        at, seconds, frames = at + frame.size, seconds + frame.seconds, frames + 1
    if frames < FEWEST_FRAMES:
        raise NotSound(EMPTY)
    rest = data[at:]
    # Recorders break off in their last frame; ID3v1, APE and Lyrics tags may follow it.
    if (
        _frame(data, at) is None
        and rest.strip(b"\x00")
        and not rest.startswith((b"TAG", b"APETAGEX", b"LYRICS"))
    ):
        raise NotSound("there is something in it that is not sound")
    return data[start:at], seconds


def _after_tags(data: bytes) -> int:
    """Where the sound begins: after any ID3v2 tags and the zeros that fill them up."""
    at = 0
    while data[at : at + 3] == b"ID3" and len(data) >= at + 10:
        size = 0
        for byte in data[at + 6 : at + 10]:
            size = size << 7 | (byte & 0x7F)
        at += 10 + size + (10 if data[at + 5] & 0x10 else 0)
    while at < len(data) and data[at] == 0:
        at += 1
    return at


def _frame(data: bytes, at: int) -> Frame | None:
    """The frame that begins at `at`, or None where none does."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return None
    version, layer = data[at + 1] >> 3 & 3, 4 - (data[at + 1] >> 1 & 3)
    rate, speed = data[at + 2] >> 2 & 3, data[at + 2] >> 4
    if version == 1 or layer not in (2, 3) or rate == 3 or speed in (0, 15):
        return None
    first = version == 3
    hertz, bits = RATES[version][rate], BITRATES[first, layer][speed] * 1000
    samples = 1152 if first or layer == 2 else 576
    return Frame(samples // 8 * bits // hertz + (data[at + 2] >> 1 & 1), samples / hertz)
