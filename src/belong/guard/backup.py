"""Backing up and restoring the database, sealed with a key the school keeps, each backup tried before it is trusted.

The database is copied while the school works (`sqlite_copy`, `postgres_copy`), compressed, sealed (`sealing`), and the
finished file is read back whole. Its manifest holds the rows per table and the head of every audit trail, and a
restore must arrive at the same. No key is in a backup: `backup.key` opens it, `text.key` opens the free text in it.
"""

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

import belong
from belong.base.clock import now
from belong.base.keyfile import Key, KeyFileError, make_keys, read_keys
from belong.base.secrets import key_path as text_key_path
from belong.guard import postgres_copy, sqlite_copy
from belong.guard.copying import BackupError, Contents
from belong.guard.sealing import Sealed, SealError, seal

READ = 1 << 20
OPEN_WAVES_LIVE = timedelta(days=7)
ABOUT_KEY = (
    "belong: opens the backups of this school. Nobody can open a backup without it, the makers of belong neither.",
    "Keep a copy on paper or in a password manager, away from this machine and away from the backups.",
    "The newest key stands first; older ones stay for as long as backups made with them are kept.",
)


@dataclass(frozen=True)
class Backup:
    """A finished backup: the file, what it holds, the key file if this was the first time, and backups that went."""

    file: Path
    contents: Contents
    new_key: Path | None
    pruned: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Restored:
    """What a restore brought back, where the database as it was is kept (SQLite), and what is still missing."""

    contents: Contents
    kept: Path | None
    missing_text_key: str


def key_path() -> Path:
    """Where this installation keeps the key of its backups."""
    return Path(settings.BELONG_HOME) / "backup.key"


def backup(folder: Path | None = None) -> Backup:
    """Write a sealed, checked backup into `folder` (default BELONG_HOME/backups). Raises BackupError.

    The key is made on first use. A file that cannot be finished or read back is removed. Backups in the same folder
    that were made while a wave was open, more than a week ago, are deleted.
    """
    is_new = make_keys(key_path(), ABOUT_KEY)
    keys = _keys(key_path())
    folder = folder or Path(settings.BELONG_HOME) / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    target = _free(folder, "belong")
    partial = target.with_suffix(".partial")
    try:
        contents = _write(partial, keys[0])
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return Backup(target, contents, key_path() if is_new else None, tuple(prune(folder)))


def prune(folder: Path) -> list[Path]:
    """Delete the backups in `folder` that were made with answers still in order, a week ago or more; which went.

    Only files that this program named, and that open with this school's keys, are touched.
    """
    try:
        keys = read_keys(key_path())
    except KeyFileError:
        return []
    gone = []
    for pattern in ("belong-*.backup", "before-restore-*.backup"):
        for file in sorted(folder.glob(pattern)):
            with suppress(BackupError, OSError):
                contents = _look(file, keys)
                if contents.open_waves and contents.made_at <= now() - OPEN_WAVES_LIVE:
                    file.unlink()
                    gone.append(file)
    return gone


def restore(file: Path, key_file: Path | None = None) -> Restored:
    """Put a backup in place of the current database; nothing is touched unless the whole file is sound.

    `key_file` (default BELONG_HOME/backup.key) opens it; where this installation has none yet, it becomes its own.
    Raises BackupError.
    """
    if not file.is_file():
        raise BackupError(f"there is no file {file}")
    keys = _keys(key_file or key_path())
    contents = _look(file, keys)
    if contents.kind != connection.vendor:
        raise BackupError(
            f"{file.name} holds a {contents.kind} database, and this one is {connection.vendor}"
        )
    own = read_keys(key_path()) if key_path().exists() else keys
    kept = _copier().put_back(
        lambda: _unpacked(file, keys), contents, lambda database: _keep(database, own[0])
    )
    if key_file and make_keys(key_path(), ABOUT_KEY):
        key_path().write_text(key_file.read_text())
    return Restored(contents, kept, _missing_text_key(contents))


def _keys(path: Path) -> list[Key]:
    try:
        return read_keys(path)
    except KeyFileError as error:
        hint = "" if path != key_path() else ". Say where the school's copy of it is: --key FILE"
        raise BackupError(f"{error}{hint}") from None


def _copier() -> Any:
    return sqlite_copy if connection.vendor == "sqlite" else postgres_copy


def _write(target: Path, key: Key) -> Contents:
    """Seal a copy into `target`, then read it back; both must be the same bytes."""
    with _copier().copied() as copy:
        contents = _contents(copy.counts, copy.trails, copy.open_waves)
        written = _seal(target, key, contents, copy.stream)
    read = hashlib.sha256()
    for piece in _unpacked(target, [key]):
        read.update(piece)
    if read.digest() != written:
        raise BackupError("the backup, read back, does not hold what was written; is the disk sound?")
    return contents


def _keep(database: Path, key: Key) -> Path:
    """Seal the database as it is into BELONG_HOME/backups, so that nothing lies about in the clear (SQLite)."""
    folder = Path(settings.BELONG_HOME) / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    target = _free(folder, "before-restore")
    with database.open("rb") as stream:
        _seal(target, key, _contents(*sqlite_copy.described(database)), stream)
    return target


def _free(folder: Path, name: str) -> Path:
    """A name with the time in it that no backup has: two in one second must not replace each other."""
    stem = f"{name}-{now():%Y-%m-%d-%H%M%S}"
    taken = (folder / f"{stem}{more}.backup" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(path for path in taken if not path.exists())


def _contents(counts: dict[str, int], trails: dict[str, str], open_waves: int) -> Contents:
    return Contents(
        connection.vendor, now(), belong.__version__, counts, trails, _text_keys(), open_waves=open_waves
    )


def _seal(target: Path, key: Key, contents: Contents, stream: IO[bytes]) -> bytes:
    """Write a sealed file, safely on the disk; the SHA-256 of what went in."""
    written = hashlib.sha256()
    descriptor = os.open(target, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as sink:
        seal(sink, key, contents.as_json(), _packed(_hashed(stream, written)))
        sink.flush()
        os.fsync(sink.fileno())
    return written.digest()


def _look(file: Path, keys: Sequence[Key]) -> Contents:
    try:
        with Sealed(file, keys) as sealed:
            return Contents.from_json(sealed.manifest)
    except SealError as error:
        raise BackupError(str(error)) from None


def _hashed(stream: IO[bytes], into: Any) -> Iterator[bytes]:
    while piece := stream.read(READ):
        into.update(piece)
        yield piece


def _packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


def _unpacked(file: Path, keys: Sequence[Key]) -> Iterator[bytes]:
    """The copy inside a backup in pieces; the iteration ends without an error only when all of it was sound."""
    unpacker = zlib.decompressobj()
    try:
        with Sealed(file, keys) as sealed:
            for piece in sealed.content():
                while piece:
                    yield unpacker.decompress(piece, READ)
                    piece = unpacker.unconsumed_tail
    except SealError as error:
        raise BackupError(str(error)) from None
    except zlib.error as error:
        raise BackupError(f"{file.name} cannot be unpacked ({error})") from None
    yield unpacker.flush()
    if not unpacker.eof:
        raise BackupError(f"{file.name} ends too early")


def _text_keys() -> list[str]:
    with suppress(KeyFileError):
        return [key.id for key in read_keys(text_key_path())]
    return []


def _missing_text_key(contents: Contents) -> str:
    """The id of the newest key of the free text in the backup, if this installation does not have it."""
    wanted = contents.text_keys[:1]
    return "" if not wanted or wanted[0] in _text_keys() else wanted[0]
