"""The words in a PDF as a reader sees them, for PDFs set by typst: each font's glyphs turned back into letters.

No library: the streams are unpacked, the fonts' own tables (`ToUnicode`) are read, and every shown string is read with
every font's table. That finds each word that is there (read with its own font) among much that makes no sense.
"""

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
RANGES = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf(?:char|range)", re.S)
SHOWN = re.compile(
    rb"\[((?:[^\[\]\\()<>]|\\.|<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.)*\))*)\]\s*TJ|(<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.)*\))\s*Tj",
    re.S,
)
STRINGS = re.compile(rb"<([0-9A-Fa-f\s]*)>|\(((?:[^()\\]|\\.)*)\)", re.S)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(pdf: bytes) -> str:
    """Everything shown, once for each font, without spaces: a space may be a movement and no letter."""
    streams = [_unpacked(found[1]) for found in STREAM.finditer(pdf)]
    fonts = [table for stream in streams if (table := _letters(stream))]
    shown = [_glyphs(stream) for stream in streams if b"begincmap" not in stream]
    read = ["".join(font.get(glyph, "") for glyph in glyphs) for glyphs in shown for font in fonts]
    return "\n".join(re.sub(r"\s", "", text) for text in read)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _letters(stream: bytes) -> dict[int, str]:
    """Glyph → letters, from one font's table."""
    table: dict[int, str] = {}
    for kind, body in RANGES.findall(stream):
        codes = [bytes.fromhex(code.decode()) for code in re.findall(rb"<([0-9A-Fa-f]+)>", body)]
        step = 2 if kind == b"bfchar" else 3
        for at in range(0, len(codes) - step + 1, step):
            first, last, letters = (
                int.from_bytes(codes[at]),
                int.from_bytes(codes[at + step - 2]),
                codes[at + step - 1],
            )
            for glyph in range(first, last + 1):
                table[glyph] = _after(letters, glyph - first)
    return table


def _after(letters: bytes, steps: int) -> str:
    raised = (int.from_bytes(letters) + steps).to_bytes(len(letters))
    return raised.decode("utf-16-be", "ignore")


def _glyphs(stream: bytes) -> list[int]:
    """The two-byte glyphs of every string that is shown, in order."""
    found: list[int] = []
    for several, one in SHOWN.findall(stream):
        for hexadecimal, literal in STRINGS.findall(several or one):
            raw = bytes.fromhex(b"".join(hexadecimal.split()).decode()) if hexadecimal else _literal(literal)
            found += [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]
    return found


def _literal(body: bytes) -> bytes:
    octal = re.sub(rb"\\([0-7]{1,3})", lambda found: bytes([int(found[1], 8) & 255]), body)
    return re.sub(rb"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), octal, flags=re.S)
