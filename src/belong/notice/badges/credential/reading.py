"""From the bytes of a file to the badge in it: a JSON credential, a compact token, a baked PNG or SVG.

Everything here reads what a stranger made: sizes are bounded before anything is parsed, a file with two badges is
refused rather than guessed at, and nothing is fetched.
"""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any

from belong.notice.badges.credential import pictures

LARGEST_FILE = 8_000_000
LARGEST_BADGE = 256 * 1024
DEEPEST = 100
TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")


class NotABadge(ValueError):
    """A file that holds no badge we can read; the text says why."""


@dataclass(frozen=True)
class Read:
    """The badge of a file: its words as they stand, the credential in them, and the token's head (None: no token)."""

    text: str
    credential: dict[str, Any]
    head: dict[str, Any] | None = None

    @property
    def is_token(self) -> bool:
        return self.head is not None


def read_badge(data: bytes) -> Read:
    """Read a file. Raises NotABadge."""
    return read_words(badge_text(data))


def badge_text(data: bytes) -> str:
    """The credential or token of a file, as words."""
    if len(data) > LARGEST_FILE:
        raise NotABadge(f"the file is larger than {LARGEST_FILE // 1_000_000} megabytes")
    try:
        if pictures.is_png(data):
            return pictures.from_png(data, LARGEST_BADGE)
        text = data.decode("utf-8-sig")
        return pictures.from_svg(data, LARGEST_BADGE) if text.lstrip().startswith("<") else text
    except pictures.PictureError as slip:
        raise NotABadge(str(slip)) from None
    except UnicodeDecodeError:
        raise NotABadge("the file is neither a PNG or SVG picture nor text") from None


def read_words(text: str) -> Read:
    """The badge in some words."""
    words = text.strip()
    if not words:
        raise NotABadge("the file is empty")
    if len(words.encode("utf-8", "surrogatepass")) > LARGEST_BADGE:
        raise NotABadge(f"the badge is larger than {LARGEST_BADGE // 1024} kilobytes")
    if words.startswith("{"):
        return Read(words, strict_json(words))
    if TOKEN.fullmatch(words):
        head, body, _ = words.split(".")
        return Read(words, _part(body, "body"), _part(head, "head"))
    raise NotABadge("the file holds no badge: neither a credential nor a token nor a picture with one in it")


def strict_json(text: str) -> dict[str, Any]:
    """A JSON object in which no name stands twice, nothing is nested absurdly and every number is one."""
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        _bounded(data)
    except RecursionError:
        raise NotABadge("it is nested too deeply") from None
    except json.JSONDecodeError as slip:
        raise NotABadge(f"it is damaged JSON (line {slip.lineno}, column {slip.colno})") from None
    if not isinstance(data, dict):
        raise NotABadge("it is JSON, but no credential")
    return data


def segment(text: str) -> bytes:
    """A part of a token. Only the one way to write the bytes counts, so that no letter can be changed unseen."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotABadge("the token is damaged") from None
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise NotABadge("the token is damaged")
    return data


def _part(text: str, what: str) -> dict[str, Any]:
    try:
        return strict_json(segment(text).decode("utf-8"))
    except UnicodeDecodeError:
        raise NotABadge(f"the {what} of the token is damaged") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise NotABadge("a name stands twice in the same place, so it can be read two ways")
    return data


def _no_number(word: str) -> Any:
    raise NotABadge(f"{word} is no number")


def _bounded(data: Any) -> None:
    """Refuse nesting beyond reason, half characters and infinite numbers, without recursion."""
    waiting = [(data, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            raise NotABadge("it is nested too deeply")
        if isinstance(node, dict):
            waiting += [(one, depth + 1) for pair in node.items() for one in pair]
        elif isinstance(node, list):
            waiting += [(one, depth + 1) for one in node]
        elif isinstance(node, str) and not node.isascii():
            try:
                node.encode("utf-8")
            except UnicodeEncodeError:
                raise NotABadge("it holds half a character") from None
        elif isinstance(node, float) and node in (float("inf"), float("-inf")):
            raise NotABadge("it holds a number without end")


def clean(text: object, most: int = 200) -> str:
    """Words of a stranger, fit for a terminal or a page: one line, no control characters, not too long."""
    line = "".join(" " if one.isspace() else one for one in str(text))
    shown = "".join(one for one in line if one.isprintable())
    return shown if len(shown) <= most else shown[: most - 1] + "…"
