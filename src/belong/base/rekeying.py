"""Bringing encrypted texts under a new key, and counting what lies under which. Works across all schools."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, F, Value
from django.db.models.functions import Cast, Substr

from belong.base.keyfile import Key, write_keys
from belong.base.secrets import (
    ABOUT_KEY,
    MARK,
    EncryptedTextField,
    Unreadable,
    close,
    key_path,
    opened,
    text_keys,
)

Place = tuple[type[models.Model], EncryptedTextField]


@dataclass(frozen=True)
class Rotation:
    """What a rotation did: the key everything is under now, whether it is new, texts moved, texts left as they are."""

    key: str
    is_new: bool
    moved: int
    left: int
    reason: str = ""


def places(among: Iterable[type[models.Model]] | None = None) -> list[Place]:
    """Every encrypted field of every model."""
    return [
        (model, field)
        for model in (apps.get_models() if among is None else among)
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def count_by_key(among: Iterable[type[models.Model]] | None = None) -> Counter[str]:
    """How many texts lie under each key, by its id; one query a field."""
    found: Counter[str] = Counter()
    for model, field in places(among):
        ids = _stored(model, field).values(key=Substr("_stored", len(MARK) + 2, 8)).annotate(n=Count("*"))
        found.update({row["key"]: row["n"] for row in ids.order_by()})
    return found


def rotate(*, drop_old: bool = False, among: Iterable[type[models.Model]] | None = None) -> Rotation:
    """Make a new key and write every text anew under it; a rotation that was interrupted is finished instead.

    The school goes on working meanwhile: a text changed in between is left to its new writer. Older keys stay in the
    file for older backups, unless `drop_old` and nothing is left under them.
    """
    keys, among = text_keys(), None if among is None else list(among)
    is_new = not set(count_by_key(among)) & {key.id for key in keys[1:]}
    if is_new:
        keys = [Key.new(), *keys]
        write_keys(key_path(), keys, ABOUT_KEY)
    moved, left, reason = 0, 0, ""
    for model, field in places(among):
        for pk, stored in _under_other_keys(model, field, keys[0].id):
            try:
                moved += _move(model, field, pk, stored)
            except Unreadable as no:
                left, reason = left + 1, no.reason
    if drop_old and not left:
        write_keys(key_path(), keys[:1], ABOUT_KEY)
    return Rotation(keys[0].id, is_new, moved, left, reason)


def _stored(model: type[models.Model], field: EncryptedTextField) -> models.QuerySet:
    """The rows that have a text, of all schools, with the text as it is stored."""
    rows = model._base_manager.filter(**{f"{field.name}__isnull": False})
    return rows.annotate(_stored=Cast(F(field.name), models.TextField()))


def _under_other_keys(
    model: type[models.Model], field: EncryptedTextField, key: str
) -> Iterator[tuple[object, str]]:
    """Rows not under `key`, in batches by primary key, so that none is held for long and none is met twice."""
    waiting = _stored(model, field).exclude(_stored__startswith=f"{MARK}:{key}:").order_by("pk")
    batch = list(waiting.values_list("pk", "_stored")[: field.at_once])
    while batch:
        yield from batch
        batch = list(waiting.filter(pk__gt=batch[-1][0]).values_list("pk", "_stored")[: field.at_once])


def _move(model: type[models.Model], field: EncryptedTextField, pk: object, stored: str) -> int:
    """Write one text anew, unless somebody has changed it since."""
    anew = Value(close(opened(stored, field.purpose), field.purpose), output_field=models.TextField())
    with transaction.atomic():
        return _stored(model, field).filter(pk=pk, _stored=stored).update(**{field.name: anew})
