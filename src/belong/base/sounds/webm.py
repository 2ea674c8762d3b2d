"""WebM as browsers record it (RFC 8794, RFC 9559). Titles, tags, dates and attachments become empty space."""

from collections.abc import Iterator
from dataclasses import dataclass

from belong.base.sounds.damage import BROKEN_OFF, EMPTY, NOT_SOUND_ONLY, NotSound

EBML = b"\x1a\x45\xdf\xa3"
HEADER, SEGMENT, CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
INFO, TRACKS, TRACK, GROUP = 0x1549A966, 0x1654AE6B, 0xAE, 0xA0
SCALE, STAMP, BLOCK, SIMPLE = 0x2AD7B1, 0xE7, 0xA1, 0xA3
TRACK_KIND, CODEC, DURATION, DOC_TYPE = 0x83, 0x86, 0x4489, 0x4282
INSIDE = {HEADER, SEGMENT, CLUSTER, INFO, TRACKS, TRACK, GROUP}
TOP = {0x114D9B74, INFO, CLUSTER, TRACKS, 0x1C53BB6B, 0x1941A469, 0x1043A770, 0x1254C367, 0xEC, 0xBF}
# Attachments, chapters, tags, title, date, the makers' names, the track's name, what was there before.
SAYS_MORE = {0x1941A469, 0x1043A770, 0x1254C367, 0x7BA9, 0x4461, 0x4D80, 0x5741, 0x536E, 0xEC}
CODECS = (b"A_OPUS", b"A_VORBIS")
SOUND, NANO = 2, 1_000_000_000
LAST_BLOCK = 0.06  # seconds: what the last block may last beyond its beginning
MOST_ELEMENTS = 20_000


@dataclass(frozen=True)
class Element:
    """An element: its number, where it begins, where its content begins and ends."""

    id: int
    start: int
    body: int
    end: int


def clean(data: bytes) -> tuple[bytes, float]:
    """The file with everything but the sound blanked, and its length in seconds."""
    kept, elements = bytearray(data), list(_walk(data))
    for element in elements:
        if element.id in SAYS_MORE:
            kept[element.start : element.end] = _void(element.end - element.start)
    _check(data, elements)
    return bytes(kept), _seconds(data, elements)


def _check(data: bytes, elements: list[Element]) -> None:
    kinds = [_number(data, one) for one in elements if one.id == TRACK_KIND]
    codecs = [_text(data, one) for one in elements if one.id == CODEC]
    if any(kind != SOUND for kind in kinds):
        raise NotSound(NOT_SOUND_ONLY)
    if [_text(data, one) for one in elements if one.id == DOC_TYPE] != [b"webm"]:
        raise NotSound("it is not a WebM file")
    if len(kinds) != 1 or len(codecs) != 1 or not any(one.id in (BLOCK, SIMPLE) for one in elements):
        raise NotSound(EMPTY)
    if codecs[0] not in CODECS:
        raise NotSound("its sound is kept in a way browsers cannot play")


def _seconds(data: bytes, elements: list[Element]) -> float:
    """From the first to the last block; the length that the file says it has is not believed where it is shorter."""
    scale = next((_number(data, one) for one in elements if one.id == SCALE), 1_000_000)
    stamp, times = 0, []
    for one in elements:
        if one.id == STAMP:
            stamp = _number(data, one)
        elif one.id in (BLOCK, SIMPLE):
            if one.end - one.body < 4:
                raise NotSound(BROKEN_OFF)
            _, head = _vint(data, one.body, one.end)
            times.append(stamp + int.from_bytes(data[head : head + 2], "big", signed=True))
    return max(0, max(times)) * scale / NANO + LAST_BLOCK


def _walk(data: bytes) -> Iterator[Element]:
    """The header and the segment with all that is in them; they must fill the file."""
    count = 0
    stack = [(len(data), 0, False)]  # where the element ends, its number, whether its length was left open
    at = 0
    while at < len(data):
        count += 1
        number, body = _id(data, at)
        while len(stack) > 1 and (at >= stack[-1][0] or _ends_open(number, *stack[-1][1:])):
            stack.pop()
        end, within, _ = stack[-1]
        size, body = _vint(data, body, len(data))
        is_open = size is None
        last = end if size is None else body + size
        if count > MOST_ELEMENTS or last > end or (is_open and number not in (SEGMENT, CLUSTER)):
            raise NotSound(BROKEN_OFF)
        if not _belongs(number, within, count):
            raise NotSound("there is something in it that is not sound")
        yield Element(number, at, body, last)
        if number in INSIDE:
            stack.append((last, number, is_open))
            at = body
        else:
            at = last


def _ends_open(number: int, within: int, is_open: bool) -> bool:
    """A cluster of open length ends where the next element of its own level begins."""
    return is_open and within == CLUSTER and number in TOP - {0xEC, 0xBF}


def _belongs(number: int, within: int, count: int) -> bool:
    if within == 0:
        return number == (HEADER if count == 1 else SEGMENT) or (number == 0xEC and count > 1)
    if within == SEGMENT:
        return number in TOP
    return number not in (HEADER, SEGMENT)


def _id(data: bytes, at: int) -> tuple[int, int]:
    """The number of the element at `at`, marker bits included, and where its length stands."""
    first = data[at]
    width = next((n for n in (1, 2, 3, 4) if first & 0x80 >> n - 1), 0)
    if not width or at + width >= len(data):
        raise NotSound(BROKEN_OFF)
    return int.from_bytes(data[at : at + width], "big"), at + width


def _vint(data: bytes, at: int, end: int) -> tuple[int | None, int]:
    """A number of variable width and where it ends; None for "not known"."""
    width = next((n for n in range(1, 9) if at < end and data[at] & 0x80 >> n - 1), 0)
    if not width or at + width > end:
        raise NotSound(BROKEN_OFF)
    bits = 7 * width
    value = int.from_bytes(data[at : at + width], "big") & (1 << bits) - 1
    return (None if value == (1 << bits) - 1 else value), at + width


def _number(data: bytes, one: Element) -> int:
    if one.end - one.body > 8:
        raise NotSound(BROKEN_OFF)
    return int.from_bytes(data[one.body : one.end], "big")


def _text(data: bytes, one: Element) -> bytes:
    return data[one.body : one.end].rstrip(b"\x00")


def _void(size: int) -> bytes:
    """An element of empty space that takes up `size` bytes with its head."""
    if size < 9:
        return b"\xec" + bytes([0x80 | size - 2]) + bytes(size - 2)
    return b"\xec\x01" + (size - 9).to_bytes(7, "big") + bytes(size - 9)
