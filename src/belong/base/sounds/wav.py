"""WAV: chunks in a RIFF file. Format and samples are kept, everything else is left out."""

import struct

from belong.base.sounds.damage import BROKEN_OFF, EMPTY, NO_LENGTH, NotSound

CODINGS = (1, 3, 6, 7, 0xFFFE)  # PCM, floating point, A-law, µ-law, and "see further on"


def clean(data: bytes) -> tuple[bytes, float]:
    """The file with its format and its samples only, and its length in seconds."""
    form, samples = b"", b""
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        body = data[at + 8 : at + 8 + size]
        if name in (b"fmt ", b"data") and len(body) < size:
            raise NotSound(BROKEN_OFF)
        if name == b"fmt " and not form:
            form = body
        elif name == b"data" and not samples:
            samples = body
        at += 8 + size + size % 2
    if not form or not samples:
        raise NotSound(EMPTY)
    return _written(form, samples), _seconds(form, samples)


def _seconds(form: bytes, samples: bytes) -> float:
    if len(form) < 16:
        raise NotSound(NO_LENGTH)
    coding, channels, rate, a_second, block = struct.unpack_from("<HHIIH", form)
    if coding not in CODINGS or channels not in (1, 2) or not 4000 <= rate <= 192_000 or not block:
        raise NotSound("its samples are kept in a way browsers cannot play")
    if a_second != rate * block:
        raise NotSound(NO_LENGTH)
    return len(samples) / a_second


def _written(form: bytes, samples: bytes) -> bytes:
    body = b"WAVE" + b"".join(
        name + struct.pack("<I", len(chunk)) + chunk + bytes(len(chunk) % 2)
        for name, chunk in ((b"fmt ", form[:40]), (b"data", samples))
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body
