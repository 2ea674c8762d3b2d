"""The files made for people who asked: sealed under the key of texts, under a random name, forgotten after a week."""

import io
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete

from belong.base.errors import Refused
from belong.base.secrets import text_keys
from belong.guard.sealing import Sealed, SealError, seal

GONE = "The file is no longer here: it is kept for seven days. Put it together again."


def folder() -> Path:
    """Where the files lie; its owner's alone."""
    found = Path(settings.BELONG_HOME) / "requests"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def keep(data: bytes) -> str:
    """Seal `data`; returns the random name it is found by."""
    name = secrets.token_hex(24)
    sink = io.BytesIO()
    seal(sink, text_keys()[0], {"kind": "request"}, [data])
    descriptor = os.open(_path(name), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sink.getvalue())
    return name


def read(name: str) -> bytes:
    """What was kept under a name. Raises Refused where it is gone or cannot be opened."""
    path = _path(name)
    if not path.exists():
        raise Refused(GONE)
    try:
        with Sealed(path, text_keys()) as sealed:
            return b"".join(sealed.content())
    except SealError:
        raise Refused("The file was damaged. Put it together again.") from None


def forget(name: str) -> None:
    """Delete what is kept under a name, if anything is."""
    if name:
        _path(name).unlink(missing_ok=True)


def forget_with_its_request() -> None:
    """When a request is deleted (its person was erased, its term is over), its file goes too."""
    post_delete.connect(_request_deleted, sender="guard.AccessRequest", dispatch_uid="guard.request_deleted")


def _request_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    transaction.on_commit(lambda: forget(instance.stored))


def names() -> set[str]:
    """The names of all files that are kept."""
    return {path.stem for path in folder().glob("*.sealed")}


def _path(name: str) -> Path:
    if not name.isalnum():
        raise Refused(GONE)
    return folder() / f"{name}.sealed"
