"""A badge inside its picture: an `openbadgecredential` chunk of a PNG, an `openbadges:credential` element of an SVG.

Baking is `openbadgeslib`'s. Reading is done here: the library takes the first of several badges, finds the SVG element
by its prefix rather than its namespace, and reads a PNG to its end however many chunks it has.
"""

import struct
import zlib
from collections.abc import Iterator

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from openbadgeslib import baking

PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
NAMESPACES = ("https://purl.imsglobal.org/ob/v3p0", "https://purl.imsglobal.org/spec/ob/v3p0")
MOST_CHUNKS = 20_000


class PictureError(ValueError):
    """A picture that is damaged or holds no badge, or more than one."""


def is_png(data: bytes) -> bool:
    return data.startswith(PNG)


def bake(picture: bytes, badge: str) -> bytes:
    """The picture (PNG or SVG) with a credential or token inside. Raises PictureError."""
    as_json = badge.lstrip().startswith("{")
    try:
        if is_png(picture):
            if _found(picture):
                raise PictureError("the picture already holds a badge")
            return baking.bake_png(picture, badge, keyword=KEYWORD)
        if any(_elements(picture)):
            raise PictureError("the picture already holds a badge")
        return baking.bake_svg(
            picture, badge, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3, as_text=as_json
        )
    except PictureError:
        raise
    except Exception:
        raise PictureError("the picture is damaged") from None


def extract(picture: bytes, most: int = 256 * 1024) -> str:
    """The credential or token of a baked picture. Raises PictureError."""
    return from_png(picture, most) if is_png(picture) else from_svg(picture, most)


def from_png(data: bytes, most: int) -> str:
    found = _found(data)
    if not found:
        raise PictureError("the PNG picture holds no badge")
    if len(found) > 1:
        raise PictureError("the PNG picture holds more than one badge, so it can be read two ways")
    text = _text(found[0], most)
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        raise PictureError("the badge in the picture is damaged") from None


def from_svg(data: bytes, most: int) -> str:
    found = list(_elements(data))
    if not found:
        raise PictureError("the SVG picture holds no badge")
    if len(found) > 1:
        raise PictureError("the SVG picture holds more than one badge, so it can be read two ways")
    token, text = found[0]
    if token and text:
        raise PictureError("the SVG picture holds a token and a credential, so it can be read two ways")
    badge = token or text
    if not badge:
        raise PictureError("the SVG picture holds an empty badge")
    if len(badge) > most:
        raise PictureError(f"the badge is larger than {most // 1024} kilobytes")
    return badge


def _elements(data: bytes) -> Iterator[tuple[str, str]]:
    """Token and words of each badge element. Entities, which can grow without end, are refused."""
    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise PictureError("the SVG picture holds entities, which are not read") from None
    except (ParseError, ValueError, LookupError, RecursionError):
        raise PictureError("the SVG picture is damaged") from None
    names = {f"{{{space}}}credential" for space in NAMESPACES}
    for element in root.iter():
        if element.tag in names:
            yield (element.get("verify") or "").strip(), "".join(element.itertext()).strip()


def _found(data: bytes) -> list[bytes]:
    return [body for name, body in _chunks(data) if name == b"iTXt" and body.partition(b"\0")[0] == KEYWORD]


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG up to its end, each with its check sum verified."""
    at = len(PNG)
    for _ in range(MOST_CHUNKS):
        if at + 12 > len(data):
            raise PictureError("the PNG picture is cut off")
        size, name = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        if len(body) != size or data[at + 8 + size : at + 12 + size] != struct.pack(
            ">I", zlib.crc32(name + body)
        ):
            raise PictureError("the PNG picture is damaged")
        yield name, body
        at += 12 + size
        if name == b"IEND":
            return
    raise PictureError("the PNG picture has too many parts")


def _text(body: bytes, most: int) -> bytes:
    """The text of an iTXt chunk, inflated as far as allowed."""
    rest = body.partition(b"\0")[2]
    if len(rest) < 2 or rest[0] > 1 or rest[1]:
        raise PictureError("the badge in the picture is damaged")
    packed, rest = rest[0] == 1, rest[2:]
    _, first, rest = rest.partition(b"\0")
    _, second, text = rest.partition(b"\0")
    if not (first and second):
        raise PictureError("the badge in the picture is damaged")
    if packed:
        inflator = zlib.decompressobj()
        try:
            text = inflator.decompress(text, most + 1)
        except zlib.error:
            raise PictureError("the badge in the picture is damaged") from None
        if len(text) <= most and not inflator.eof:
            raise PictureError("the badge in the picture is cut off")
    if len(text) > most:
        raise PictureError(f"the badge is larger than {most // 1024} kilobytes")
    return text
