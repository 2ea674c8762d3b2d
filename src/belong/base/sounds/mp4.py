"""MP4 and M4A (ISO 14496-12), whole or in fragments. Titles, places and pictures are blanked where they lie."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from belong.base.sounds.damage import BROKEN_OFF, EMPTY, NO_LENGTH, NOT_SOUND_ONLY, NotSound

TOP = {
    b"ftyp",
    b"moov",
    b"mdat",
    b"moof",
    b"free",
    b"skip",
    b"wide",
    b"styp",
    b"sidx",
    b"mfra",
    b"uuid",
    b"meta",
}
INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex", b"moof", b"traf", b"edts", b"dinf"}
SAYS_MORE = {b"udta", b"meta", b"uuid", b"free", b"skip", b"wide", b"mfra", b"name"}
CODECS = {b"mp4a", b"Opus", b"alac", b"fLaC"}
DEEPEST = 6
MOST_BOXES = 4000


@dataclass(frozen=True)
class Box:
    """A box: its name, where it begins, where its content begins and ends."""

    name: bytes
    start: int
    body: int
    end: int


def clean(data: bytes) -> tuple[bytes, float]:
    """The file with everything but the sound blanked, and its length in seconds."""
    kept = bytearray(data)
    boxes = list(_walk(data, 0, len(data), 0))
    if boxes[0].name != b"ftyp" or not any(box.name == b"moov" for box in boxes):
        raise NotSound(BROKEN_OFF)
    for box in boxes:
        if box.name in SAYS_MORE:
            kept[box.start + 4 : box.start + 8] = b"free"
            kept[box.body : box.end] = bytes(box.end - box.body)
    _check_tracks(
        data, [box for box in boxes if box.name == b"hdlr"], [b for b in boxes if b.name == b"stsd"]
    )
    if not any(box.name == b"mdat" and box.end > box.body for box in boxes):
        raise NotSound(EMPTY)
    seconds = max(_whole(data, boxes), _in_fragments(data, boxes))
    if seconds <= 0:
        raise NotSound(NO_LENGTH)
    return bytes(kept), seconds


def _walk(data: bytes, at: int, end: int, depth: int, count: list[int] | None = None) -> Iterator[Box]:
    """Every box, outer before inner; what is blanked is not looked into. They must fill what they lie in."""
    count = count if count is not None else [0]
    while at < end:
        count[0] += 1
        if at + 8 > end or count[0] > MOST_BOXES or depth > DEEPEST:
            raise NotSound(BROKEN_OFF)
        size, name = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1 and at + 16 <= end:
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        elif size == 0 and depth == 0:
            size = end - at
        if size < head or at + size > end:
            raise NotSound(BROKEN_OFF)
        if depth == 0 and name not in TOP:
            raise NotSound("there is something in it that is not sound")
        yield Box(name, at, at + head, at + size)
        if name in INSIDE:
            yield from _walk(data, at + head, at + size, depth + 1, count)
        at += size


def _check_tracks(data: bytes, handlers: list[Box], samples: list[Box]) -> None:
    """One track of sound and nothing else."""
    kinds = {data[box.body + 8 : box.body + 12] for box in handlers if box.end - box.body >= 12}
    if kinds - {b"soun", b"url ", b"alis", b"mdir", b"mdta"}:
        raise NotSound(NOT_SOUND_ONLY)
    if b"soun" not in kinds or len(samples) != 1:
        raise NotSound(EMPTY)
    if data[samples[0].body + 12 : samples[0].body + 16] not in CODECS:
        raise NotSound("its sound is kept in a way browsers cannot play")


def _number(data: bytes, at: int, box: Box, wide: bool = False) -> int:
    size = 8 if wide else 4
    if at + size > box.end:
        raise NotSound(BROKEN_OFF)
    return int.from_bytes(data[at : at + size], "big")


def _time(data: bytes, box: Box) -> tuple[int, int]:
    """Ticks a second and number of ticks, of a `mvhd` or `mdhd`."""
    wide = _number(data, box.body, box) >> 24 == 1
    scale_at = box.body + (20 if wide else 12)
    ticks = _number(data, scale_at + 4, box, wide)
    unknown = 0xFFFFFFFFFFFFFFFF if wide else 0xFFFFFFFF
    return _number(data, scale_at, box), 0 if ticks == unknown else ticks


def _whole(data: bytes, boxes: list[Box]) -> float:
    """The length that the file says it has: the longer of the film's and the track's, as either may be left empty."""
    times = [_time(data, box) for box in boxes if box.name in (b"mvhd", b"mdhd")]
    summed = [_table_seconds(data, box, boxes) for box in boxes if box.name == b"stts"]
    return max([*(ticks / scale for scale, ticks in times if scale), *summed], default=0.0)


def _scale(data: bytes, boxes: list[Box]) -> int:
    scale = next((_time(data, box)[0] for box in boxes if box.name == b"mdhd"), 0)
    if not scale:
        raise NotSound(NO_LENGTH)
    return scale


def _table_seconds(data: bytes, table: Box, boxes: list[Box]) -> float:
    """The length by the table of samples, which nobody can make say less than is there."""
    rows = _number(data, table.body + 4, table)
    if table.body + 8 + rows * 8 > table.end:
        raise NotSound(BROKEN_OFF)
    pairs = struct.unpack_from(f">{rows * 2}I", data, table.body + 8)
    return sum(n * ticks for n, ticks in zip(pairs[::2], pairs[1::2], strict=True)) / _scale(data, boxes)


def _in_fragments(data: bytes, boxes: list[Box]) -> float:
    """The length of a file that was written while it was recorded: the samples of every fragment, summed."""
    usual = next((_number(data, box.body + 12, box) for box in boxes if box.name == b"trex"), 0)
    ticks, here = 0, usual
    for box in boxes:
        if box.name == b"tfhd":
            here = _fragment_usual(data, box, usual)
        elif box.name == b"trun":
            ticks += _run(data, box, here)
    return ticks / _scale(data, boxes) if ticks else 0.0


def _fragment_usual(data: bytes, box: Box, usual: int) -> int:
    flags, at = _number(data, box.body, box) & 0xFFFFFF, box.body + 8
    at += 8 * bool(flags & 0x1) + 4 * bool(flags & 0x2)
    return _number(data, at, box) if flags & 0x8 else usual


def _run(data: bytes, box: Box, usual: int) -> int:
    """The ticks of one run of samples."""
    flags, samples = _number(data, box.body, box) & 0xFFFFFF, _number(data, box.body + 4, box)
    at = box.body + 8 + 4 * bool(flags & 0x1) + 4 * bool(flags & 0x4)
    width = 4 * sum(bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800))
    if at + samples * width > box.end:
        raise NotSound(BROKEN_OFF)
    if not flags & 0x100:
        return samples * usual
    return sum(_number(data, at + number * width, box) for number in range(samples))
