"""Keeping an upload between the preview and the go-ahead: under a random name, readable by the server only.

What is kept are the tables as opened, without their secret columns, never the file itself. They go when the import
is applied or cancelled, and after a day in any case.
"""

import gzip
import json
import os
import secrets
import time
from pathlib import Path

from django.conf import settings

from belong.base.errors import Refused
from belong.people.roster.tables import Table

KEPT_FOR = 24 * 60 * 60
GONE = "The uploaded file is no longer here: files are kept for a day. Choose it again."


def _folder() -> Path:
    folder = Path(settings.BELONG_HOME) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(name: str) -> Path:
    if not name.isalnum():
        raise Refused(GONE)
    return _folder() / f"{name}.json.gz"


def keep(tables: list[Table]) -> str:
    """Write the tables down; returns the random name they are found by."""
    name = secrets.token_hex(24)
    data = gzip.compress(json.dumps([table.to_json() for table in tables]).encode(), compresslevel=5)
    descriptor = os.open(_path(name), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except OSError:  # a full disk: half a list is of no use to anyone
        forget(name)
        raise
    return name


def tables(name: str) -> list[Table]:
    """The tables kept under a name. Raises Refused where they are gone."""
    path = _path(name)
    if not path.exists():
        raise Refused(GONE)
    return [Table.from_json(one) for one in json.loads(gzip.decompress(path.read_bytes()))]


def forget(name: str) -> None:
    """Delete what is kept under a name, if anything is."""
    if name:
        _path(name).unlink(missing_ok=True)


def forget_old() -> None:
    """Delete whatever has been kept for more than a day, whoever left it."""
    for path in _folder().glob("*.json.gz"):
        if time.time() - path.stat().st_mtime > KEPT_FOR:
            path.unlink(missing_ok=True)
