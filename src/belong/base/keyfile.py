"""Key files: 256-bit keys as a few lines of text that can be copied onto paper, the newest first.

A file holds one key a line, in 14 groups of four letters and digits (base 32, the last three bytes being a check on
slips of the pen). Older keys stay below the newest for as long as something written under them may still be read.
Files are their owner's alone (0600), lie in BELONG_HOME beside the database, and are in no backup.
"""

import base64
import binascii
import hashlib
import os
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

SIZE, CHECK, GROUP = 32, 3, 4


class KeyFileError(Exception):
    """A key file that cannot be used; the text says why and what to do."""


@dataclass(frozen=True)
class Key:
    """A secret of 32 bytes; `id` names it without giving it away (8 hexadecimal digits)."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "Key":
        return cls(secrets.token_bytes(SIZE))

    @classmethod
    def read(cls, text: str) -> "Key":
        """Read a key from its groups, small or capital, with or without dashes; ValueError for a slip."""
        letters = "".join(text.split()).replace("-", "").upper()
        try:
            whole = base64.b32decode(letters)
        except binascii.Error:
            raise ValueError("a letter is missing, wrong or too many") from None
        secret, check = whole[:SIZE], whole[SIZE:]
        if len(whole) != SIZE + CHECK or check != _digest(secret)[:CHECK]:
            raise ValueError("a letter is missing, wrong or too many")
        return cls(secret)

    @property
    def id(self) -> str:
        return _digest(b"id" + self.secret)[:4].hex()

    @property
    def text(self) -> str:
        """The key in groups, as it stands in the file."""
        letters = base64.b32encode(self.secret + _digest(self.secret)[:CHECK]).decode()
        return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def read_keys(path: Path) -> list[Key]:
    """The keys of a file, newest first. Raises KeyFileError when there is none to read."""
    try:
        lines = path.read_text("ascii", errors="replace").splitlines()
    except FileNotFoundError:
        raise KeyFileError(f"there is no key file {path}") from None
    except OSError as error:
        raise KeyFileError(f"the key file {path} cannot be read ({error.strerror})") from None
    keys = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                keys.append(Key.read(line))
            except ValueError as slip:
                raise KeyFileError(f"line {number} of {path} is not a key: {slip}") from None
    if not keys:
        raise KeyFileError(f"there is no key in {path}")
    return keys


def make_keys(path: Path, about: Sequence[str]) -> bool:
    """Make a file with one new key where there is none yet; whether it was made. Safe when two do it at once."""
    if path.exists():
        return False
    fresh = _written(path, [Key.new()], about)
    try:
        os.link(fresh, path)
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    return True


def write_keys(path: Path, keys: Sequence[Key], about: Sequence[str]) -> None:
    """Replace a file by one with these keys, newest first, in one step."""
    _written(path, keys, about).replace(path)


def _written(path: Path, keys: Sequence[Key], about: Sequence[str]) -> Path:
    """A finished file beside `path`, its owner's alone, safely on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # 0600 by itself
    with os.fdopen(handle, "w") as file:
        file.writelines(f"# {line}\n" for line in about)
        file.writelines(f"{key.text}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(b"belong key\x00" + data).digest()
