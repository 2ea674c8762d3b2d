"""What is encrypted before it reaches the database: `EncryptedTextField`, `EncryptedJSONField`,
`EncryptedBinaryField`, `SealedKeyField`.

The key lies in BELONG_HOME/text.key, outside the database and its backups, and is made on first use. A stored value is
"e1:" + the key's id + ":" + base 64 of nonce and AES-256-GCM, bound to the field's `purpose`, so that a value moved
into another column does not open. It carries no time. Its length shows how long the text is; its presence shows that
there is one. `belong keys rotate` brings every value under a new key; losing the key loses the texts (docs/keys.md).
"""

import base64
import binascii
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django import forms
from django.conf import settings
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from belong.base.errors import Refused
from belong.base.keyfile import Key, KeyFileError, make_keys, read_keys

MARK, NONCE = "e1", 12
ABOUT_KEY = (
    "belong: opens what people wrote in words. Without it those texts are lost, in the database and in every backup.",
    "Keep a copy on paper or in a password manager, away from this machine and away from the backups.",
    "The newest key stands first; older ones stay for as long as backups made with them are kept.",
)


class Unreadable(Refused):
    """A text that cannot be opened now; the page says so instead of showing it, and nothing is changed."""


def key_path() -> Path:
    """Where this installation keeps the key of its texts."""
    return Path(settings.BELONG_HOME) / "text.key"


def text_keys() -> list[Key]:
    """The keys of the texts, newest first; made on first use, read again when the file has changed."""
    path = key_path()
    try:
        if not path.exists():
            make_keys(path, ABOUT_KEY)
        now = path.stat()
        return list(_read(path, now.st_mtime_ns, now.st_ino))
    except (KeyFileError, OSError) as error:
        raise Unreadable(
            f"Texts cannot be opened now: {error}. Please tell whoever looks after belong."
        ) from None


def encrypt(text: str, purpose: str) -> str:
    """Close `text` under the newest key, for one purpose."""
    return close(text.encode("utf-8", "surrogatepass"), purpose)


def decrypt(stored: str, purpose: str) -> str:
    """The text of a stored value. Raises Unreadable when its key is missing or it was changed in the database."""
    return opened(stored, purpose).decode("utf-8", "surrogatepass")


def close(data: bytes, purpose: str) -> str:
    """The stored value of some bytes: closed under the newest key, for one purpose."""
    key, nonce = text_keys()[0], os.urandom(NONCE)
    sealed = _cipher(key).encrypt(nonce, data, purpose.encode())
    return f"{MARK}:{key.id}:{base64.b64encode(nonce + sealed).decode('ascii')}"


def opened(stored: str, purpose: str) -> bytes:
    """The bytes of a stored value, text or not. Raises Unreadable as `decrypt` does."""
    mark, _, rest = stored.partition(":")
    key_id, _, body = rest.partition(":")
    if mark != MARK or not body:
        raise Unreadable("This text was not written by belong, so it is not shown.")
    key = next((key for key in text_keys() if key.id == key_id), None)
    if key is None:
        raise Unreadable(
            f"This text cannot be opened: the key {key_id} is missing. It is not lost while a copy of text.key "
            "exists; please tell whoever looks after belong."
        )
    try:
        whole = base64.b64decode(body, validate=True)
        return _cipher(key).decrypt(whole[:NONCE], whole[NONCE:], purpose.encode())
    except (InvalidTag, binascii.Error, ValueError):
        raise Unreadable("This text was changed outside belong, so it is not shown.") from None


@lru_cache(maxsize=8)
def _read(path: Path, changed: int, inode: int) -> tuple[Key, ...]:
    return tuple(read_keys(path))


@lru_cache(maxsize=64)
def _cipher(key: Key) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, b"belong text 1").derive(key.secret))


class EncryptedTextField(models.TextField):
    """Text that only the program can read. `purpose` ("ask.text") is part of the seal: keep it when renaming.

    The database cannot search or sort by it; a query that tries raises FieldError (only `isnull` is left). NULL stays
    NULL; an empty text is sealed like any other. `at_once` is how many are brought under a new key together.
    """

    at_once = 200

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"purpose": self.purpose}

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: the database cannot compare it")
        return super().get_lookup(lookup_name)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else encrypt(self.to_text(value), self.purpose)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else self.to_value(decrypt(value, self.purpose))

    def to_text(self, value: Any) -> str:
        """The text that is sealed."""
        return str(value)

    def to_value(self, text: str) -> Any:
        """The value of a text that was opened."""
        return text


class EncryptedJSONField(EncryptedTextField):
    """The same for what JSON can hold: lists, dictionaries, text, numbers, yes and no, None inside them."""

    # For the type checker: what goes in and comes out is not text.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def to_text(self, value: Any) -> str:
        return json.dumps(value, cls=DjangoJSONEncoder, separators=(",", ":"))

    def to_value(self, text: str) -> Any:
        return json.loads(text)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: Any) -> Any:
        return self.value_from_object(obj)

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **({"form_class": forms.JSONField} | kwargs))


class EncryptedBinaryField(EncryptedTextField):
    """The same for bytes: a sound, a picture. A third larger in the database than they are.

    Defer it where many rows are read: each value is opened when its row is.
    """

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any
    at_once = 8
    empty_strings_allowed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else close(bytes(value), self.purpose)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else opened(value, self.purpose)

    def to_python(self, value: Any) -> Any:
        return base64.b64decode(value) if isinstance(value, str) else value

    def value_to_string(self, obj: Any) -> Any:
        held: Any = self.value_from_object(obj)
        return base64.b64encode(held or b"").decode("ascii")


class SealedKeyField(EncryptedTextField):
    """A few secret bytes that stay sealed when their row is read, so that losing text.key spoils no other page.

    A row holds what the database holds ("e1:…"); `unsealed` opens it. Bytes that are assigned are sealed on saving.
    """

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return encrypt(base64.b64encode(bytes(value)).decode("ascii"), self.purpose)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return value


def unsealed(value: str | bytes | memoryview, purpose: str) -> bytes:
    """The bytes of a `SealedKeyField`, whether read from the database or just assigned. Raises Unreadable."""
    return _unsealed(value, purpose) if isinstance(value, str) else bytes(value)


@lru_cache(maxsize=64)
def _unsealed(value: str, purpose: str) -> bytes:
    return base64.b64decode(decrypt(value, purpose))
