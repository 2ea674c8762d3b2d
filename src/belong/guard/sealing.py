"""Sealed files: a stream encrypted in chunks under a key; nothing can be read, changed, swapped or cut off unseen.

    magic (16 bytes) · key id (8) · salt (32)                       the head
    then frames: 4 bytes (top bit: this is the last; rest: length) · AES-256-GCM of up to 1 MiB

Each file has a key of its own (HKDF-SHA256 of the school's key over the salt). The nonce of a frame is its place, and
what it authenticates besides its content is the head and its own four bytes: frames cannot be reordered, dropped or
moved to another file, and the end cannot be cut off. The first frame is a manifest (JSON), the others are content.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from belong.base.keyfile import Key

MAGIC = b"belong backup 1\n"
CHUNK = 1 << 20
ID, SALT, TAG, LAST = 8, 32, 16, 1 << 31


class SealError(Exception):
    """A sealed file that cannot be opened; the text says why and what to do."""


def seal(sink: IO[bytes], key: Key, manifest: dict[str, Any], content: Iterable[bytes]) -> None:
    """Write a sealed file: `manifest`, then `content` in pieces of any size."""
    head = MAGIC + key.id.encode("ascii") + secrets.token_bytes(SALT)
    cipher = _cipher(key, head)
    sink.write(head)
    ahead, place = json.dumps(manifest, sort_keys=True).encode(), 0
    if len(ahead) > CHUNK:
        raise ValueError("the manifest is larger than a frame")
    for chunk in _even(content):  # one frame behind, so that the last one can say so
        sink.write(_frame(cipher, head, place, ahead, last=False))
        ahead, place = chunk, place + 1
    sink.write(_frame(cipher, head, place, ahead, last=True))


class Sealed:
    """A sealed file opened for reading: its manifest at once, its content as a stream. Raises SealError."""

    def __init__(self, path: Path, keys: Sequence[Key]) -> None:
        self.path = path
        self._file = path.open("rb")
        try:
            self._head = self._file.read(len(MAGIC) + ID + SALT)
            self._cipher = _cipher(self._key(keys), self._head)
            self._place, self._ended = 0, False
            self.manifest: dict[str, Any] = json.loads(self._next())
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> "Sealed":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def content(self) -> Iterator[bytes]:
        """The content in pieces; each has been checked, and only the end of the iteration says that all is there."""
        while not self._ended:
            yield self._next()
        if self._file.read(1):
            raise SealError(f"{self.path.name} goes on after its end; somebody changed it")

    def _key(self, keys: Sequence[Key]) -> Key:
        name = self.path.name
        if not self._head.startswith(MAGIC):
            short = MAGIC.startswith(self._head) and len(self._head) < len(MAGIC)
            raise SealError(self._short() if short and self._head else f"{name} is not a backup of belong")
        if len(self._head) < len(MAGIC) + ID + SALT:
            raise SealError(self._short())
        wanted = self._head[len(MAGIC) : len(MAGIC) + ID].decode("ascii", "replace")
        for key in keys:
            if key.id == wanted:
                return key
        had = ", ".join(key.id for key in keys)
        raise SealError(f"wrong key: {name} was made with key {wanted}, and the key file holds {had}")

    def _next(self) -> bytes:
        at = self._file.tell()
        start = self._file.read(4)
        if len(start) < 4:
            raise SealError(self._short())
        said = int.from_bytes(start, "big")
        length = said & ~LAST
        if not TAG <= length <= CHUNK + TAG:
            raise SealError(self._damaged(at))
        sealed = self._file.read(length)
        if len(sealed) < length:
            raise SealError(self._short())
        try:
            plain = self._cipher.decrypt(_nonce(self._place), sealed, self._head + start)
        except InvalidTag:
            raise SealError(self._damaged(at)) from None
        self._place, self._ended = self._place + 1, bool(said & LAST)
        return plain

    def _short(self) -> str:
        size = self.path.stat().st_size
        return f"{self.path.name} ends too early: {size} bytes are here, the rest is missing; copy it again"

    def _damaged(self, at: int) -> str:
        return f"{self.path.name} was damaged or changed (near byte {at}); use another copy of it or another backup"


def _even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in chunks of 1 MiB, the last one shorter."""
    kept = bytearray()
    for piece in pieces:
        kept += piece
        while len(kept) >= CHUNK:
            yield bytes(kept[:CHUNK])
            del kept[:CHUNK]
    if kept:
        yield bytes(kept)


def _frame(cipher: AESGCM, head: bytes, place: int, plain: bytes, *, last: bool) -> bytes:
    start = ((len(plain) + TAG) | (LAST if last else 0)).to_bytes(4, "big")
    return start + cipher.encrypt(_nonce(place), plain, head + start)


def _nonce(place: int) -> bytes:
    return place.to_bytes(12, "big")


def _cipher(key: Key, head: bytes) -> AESGCM:
    salt, info = head[-SALT:], head[:-SALT]
    return AESGCM(HKDF(SHA256(), 32, salt, info).derive(key.secret))
