"""Ogg with Opus or Vorbis (RFC 3533, RFC 7845). The comments, where titles and pictures live, are blanked in place."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from belong.base.sounds.damage import BROKEN_OFF, EMPTY, NotSound

HEAD = 27
OPUS_RATE = 48_000
CHANGED = "its pages were changed"


@dataclass
class Page:
    """One page: where it begins, where its content begins and ends, its place in time and its segments."""

    start: int
    body: int
    end: int
    granule: int
    segments: bytes
    flags: int
    stream: int = field(default=0)


def clean(data: bytes) -> tuple[bytes, float]:
    """The file with empty comments, and its length in seconds."""
    kept = bytearray(data)
    pages = list(_pages(data))
    packets = list(_packets(pages, most=2))
    if len(packets) < 2:
        raise NotSound(EMPTY)
    first, comments = (b"".join(data[a:b] for a, b in packet) for packet in packets)
    rate, skipped = _rate(first)
    _put(kept, packets[1], _blank(comments))
    for page in pages:
        struct.pack_into("<I", kept, page.start + 22, 0)
        struct.pack_into("<I", kept, page.start + 22, crc(kept[page.start : page.end]))
    last = max(page.granule for page in pages)
    if last <= 0:
        raise NotSound(EMPTY)
    return bytes(kept), max(0, last - skipped) / rate


def _pages(data: bytes) -> Iterator[Page]:
    """The pages, which must fill the file, belong to one stream, and be as they were written."""
    at, stream, number = 0, None, 0
    while at < len(data):
        if data[at : at + 4] != b"OggS" or at + HEAD > len(data):
            raise NotSound(BROKEN_OFF)
        version, flags, granule, serial, sequence, check, count = struct.unpack_from("<BBqIIIB", data, at + 4)
        segments = data[at + HEAD : at + HEAD + count]
        body = at + HEAD + count
        page = Page(at, body, body + sum(segments), granule, segments, flags, serial)
        if version or len(segments) < count or page.end > len(data):
            raise NotSound(BROKEN_OFF)
        if stream not in (None, serial):
            raise NotSound("it holds more than one stream")
        if crc(data[at : at + 22] + bytes(4) + data[at + 26 : page.end]) != check or sequence != number:
            raise NotSound(CHANGED)
        yield page
        at, stream, number = page.end, serial, number + 1


def _packets(pages: list[Page], most: int) -> Iterator[list[tuple[int, int]]]:
    """The first packets, each as the spans of the file it lies in."""
    spans: list[tuple[int, int]] = []
    done = 0
    for page in pages:
        at = page.body
        for size in page.segments:
            spans.append((at, at + size))
            at += size
            if size < 255:
                yield spans
                spans, done = [], done + 1
                if done == most:
                    return


def _rate(first: bytes) -> tuple[int, int]:
    """Samples a second, and samples at the beginning that are not played."""
    if first[:8] == b"OpusHead" and len(first) >= 19 and first[9] in (1, 2):
        return OPUS_RATE, int(struct.unpack_from("<H", first, 10)[0])
    if first[:7] == b"\x01vorbis" and len(first) >= 30 and first[11] in (1, 2):
        rate = int(struct.unpack_from("<I", first, 12)[0])
        if 4000 <= rate <= 192_000:
            return rate, 0
    raise NotSound("only Opus and Vorbis sound is taken in an OGG file")


def _blank(comments: bytes) -> bytes:
    """Comments of the same length that say nothing: a name of the maker made of spaces, and no entries."""
    for mark, ending in ((b"OpusTags", b""), (b"\x03vorbis", b"\x01")):
        spaces = len(comments) - len(mark) - 8 - len(ending)
        if comments.startswith(mark) and spaces >= 0:
            return mark + struct.pack("<I", spaces) + b" " * spaces + bytes(4) + ending
    raise NotSound(CHANGED)


def _put(kept: bytearray, spans: list[tuple[int, int]], packet: bytes) -> None:
    at = 0
    for start, end in spans:
        kept[start:end] = packet[at : at + end - start]
        at += end - start


def _table() -> list[int]:
    made = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        made.append(value)
    return made


_CRC = _table()


def crc(page: bytes | bytearray) -> int:
    """The check sum of a page (polynomial 0x04c11db7, no reflection) with its own field taken as zero."""
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _CRC[value >> 24 ^ byte]
    return value
