"""Sound files and photos made byte by byte, with the titles, places and pictures that must not survive."""

import io
import struct
import wave

from PIL import Image

SECRET = b"51.5033,-0.1195 Omar Ali"  # a place and a name, as a phone writes them


def wav(seconds: float = 1.0, tags: bytes = SECRET) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes([128, 140] * int(4000 * seconds)))
    listed = b"INFOINAM" + struct.pack("<I", len(tags)) + tags + bytes(len(tags) % 2)
    data = out.getvalue() + b"LIST" + struct.pack("<I", len(listed)) + listed
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def mp3(seconds: float = 1.0, tags: bytes = SECRET) -> bytes:
    """MPEG-1 layer 3, 32 kbit/s, 44.1 kHz, silent, with an ID3v2 tag before and an ID3v1 tag after it."""
    frame = b"\xff\xfb\x10\xc0" + bytes(104 - 4)
    title = b"TIT2" + struct.pack(">IH", len(tags) + 1, 0) + b"\x03" + tags
    size = len(title)
    head = b"ID3\x04\x00\x00" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127])
    return head + title + frame * round(seconds * 44100 / 1152) + b"TAG" + tags.ljust(125, b"\x00")


def check_sum(page: bytes) -> int:
    """Ogg's own check sum, one bit at a time."""
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value >> 31 else value << 1) & 0xFFFFFFFF
    return value


def page(number: int, granule: int, packets: list[bytes], flags: int = 0, serial: int = 7) -> bytes:
    lacing = b"".join(bytes([255] * (len(one) // 255) + [len(one) % 255]) for one in packets)
    head = b"OggS" + struct.pack("<BBqII", 0, flags, granule, serial, number)
    body = bytes([len(lacing)]) + lacing + b"".join(packets)
    return head + struct.pack("<I", check_sum(head + bytes(4) + body)) + body


def ogg(seconds: float = 1.0, tags: bytes = SECRET) -> bytes:
    """Opus in Ogg, with a comment."""
    entry = b"LOCATION=" + tags
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48000, 0, 0)
    comments = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<II", 1, len(entry)) + entry
    sound = [b"\xf8\xff\xfe"] * round(seconds * 50)
    pages = [page(0, 0, [head], 2), page(1, 0, [comments])]
    for at in range(0, len(sound), 50):
        here = sound[at : at + 50]
        pages.append(page(len(pages), 312 + 960 * (at + len(here)), here, 4 * (at + 50 >= len(sound))))
    return b"".join(pages)


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", 8 + len(body)) + name + body


def m4a(
    seconds: float = 1.0, tags: bytes = SECRET, handler: bytes = b"soun", said: float | None = None
) -> bytes:
    """Sound in one piece at 1,000 ticks a second; `said` is the length that the file's head pretends to have."""
    ticks, stated = round(seconds * 1000), round((seconds if said is None else said) * 1000)
    head = struct.pack(">IIIII", 0, 0, 0, 1000, stated)
    table = box(b"stts", struct.pack(">IIII", 0, 1, ticks // 20, 20))
    entry = box(b"stsd", struct.pack(">II", 0, 1), box(b"mp4a", bytes(28)))
    media = box(
        b"mdia",
        box(b"mdhd", head + bytes(4)),
        box(b"hdlr", bytes(8), handler, bytes(13)),
        box(b"minf", box(b"stbl", entry, table)),
    )
    place = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(tags), 0), tags))
    film = box(b"moov", box(b"mvhd", head + bytes(80)), box(b"trak", media), place)
    return box(b"ftyp", b"M4A \x00\x00\x00\x00M4A ") + film + box(b"mdat", b"\x21" * ticks)


def element(number: int, *inside: bytes, open_end: bool = False) -> bytes:
    body = b"".join(inside)
    name = number.to_bytes((number.bit_length() + 7) // 8, "big")
    size = b"\x01" + b"\xff" * 7 if open_end else b"\x08" + len(body).to_bytes(4, "big")
    return name + size + body


def webm(seconds: float = 1.0, tags: bytes = SECRET, track: int = 2) -> bytes:
    """Opus as browsers record it: segment and clusters of open length, a block every 100 ms, and tags at the end."""
    clusters = b"".join(
        element(
            0x1F43B675,
            element(0xE7, (second * 1000).to_bytes(3, "big")),
            *(
                element(0xA3, b"\x81" + struct.pack(">h", ms) + b"\x80\xf8\xff\xfe")
                for ms in range(0, min(1000, round((seconds - second) * 1000)), 100)
            ),
            open_end=True,
        )
        for second in range(int(seconds + 0.999))
    )
    info = element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40"), element(0x7BA9, tags))
    tracks = element(
        0x1654AE6B,
        element(0xAE, element(0xD7, b"\x01"), element(0x83, bytes([track])), element(0x86, b"A_OPUS")),
    )
    end = element(
        0x1254C367, element(0x7373, element(0x67C8, element(0x45A3, b"PLACE"), element(0x4487, tags)))
    )
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(
        0x18538067, info, tracks, clusters, end, open_end=True
    )


SOUNDS = {"wav": wav, "mp3": mp3, "ogg": ogg, "m4a": m4a, "webm": webm}


def photo(form: str = "JPEG", size: tuple[int, int] = (60, 40), turned: int = 0, mode: str = "RGB") -> bytes:
    """A photo with a place, a name, a comment and a small picture of itself."""
    picture = Image.new(mode, size, "red" if mode == "RGB" else None)
    if mode == "RGB":
        picture.paste("blue", (0, 0, size[0], size[1] // 2))
    exif = Image.Exif()
    exif[0x013B] = SECRET.decode()
    exif[0x0112] = turned or 1
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 11.0), 3: "W", 4: (0.0, 7.0, 10.0)})
    out = io.BytesIO()
    more = {"comment": SECRET} if form == "JPEG" else {}
    picture.save(out, form, exif=exif.tobytes(), **more)
    return out.getvalue()
