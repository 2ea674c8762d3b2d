"""The file a person gets: a letter, a page and a JSON file for each table, pictures and sounds, in one ZIP."""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from belong.base.registry import AUTHOR, Record
from belong.guard.models import AccessRequest
from belong.guard.rights.gathering import Item

CSS = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1d1d1f}"
    "h1,h2{line-height:1.2}table{border-collapse:collapse;width:100%;margin-block:1rem 2rem}"
    "th,td{border:1px solid #bbb;padding:.35rem .6rem;text-align:start;vertical-align:top}th{width:14rem}"
)


ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "audio/webm": "webm",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
}


@dataclass(frozen=True)
class Row:
    """One item on the page of its table: what it shows, and the names of its files in the ZIP."""

    shown: list[tuple[str, str]]
    files: list[str]


@dataclass
class Table:
    """The items of one table, and how many were held back."""

    record: Record
    items: list[Item] = field(default_factory=list)
    held: int = 0

    @property
    def file(self) -> str:
        return self.record.model.lower().replace(".", "-")

    @property
    def title(self) -> str:
        return self.record.name.capitalize()

    @property
    def rows(self) -> list[Row]:
        return [
            Row([(label, in_words(value)) for label, value in item.shown.items()], self.names(item))
            for item in self.items
        ]

    def names(self, item: Item) -> list[str]:
        """What the pictures and sounds of an item are called in the ZIP."""
        kinds = [kind for kind, _data in item.files]
        return [
            f"{self.file}-{item.row}-{number}.{ENDINGS.get(kind.partition(';')[0], 'bin')}"
            for number, kind in enumerate(kinds, 1)
        ]

    @property
    def by_you(self) -> int:
        return sum(item.part == AUTHOR for item in self.items)


def tables(items: Iterable[Item], given: set[tuple[str, str]]) -> list[Table]:
    """Items by table; those under review only where they are `given`."""
    found: dict[str, Table] = {}
    for item in items:
        table = found.setdefault(item.record.model, Table(item.record))
        if item.review and (item.locked or item.key not in given):
            table.held += 1
        else:
            table.items.append(item)
    return list(found.values())


def pack(request: AccessRequest, found: list[Table]) -> bytes:
    """The ZIP. Its letter says what is in it, what was held back and what cannot be found."""
    stream = io.BytesIO()
    person = request.person
    common = {"request": request, "person": person, "school": request.school}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("look.css", CSS)
        letter = {"tables": [one for one in found if one.items], "held": sum(one.held for one in found)}
        out.writestr("letter.html", render_to_string("guard/rights/letter.html", common | letter))
        for table in found:
            if table.items:
                page = render_to_string("guard/rights/table.html", common | {"table": table})
                out.writestr(f"tables/{table.file}.html", page)
                out.writestr(f"json/{table.file}.json", as_json(table))
            for item in table.items:
                for name, (_kind, data) in zip(table.names(item), item.files, strict=True):
                    out.writestr(f"files/{name}", data, zipfile.ZIP_STORED)
    return stream.getvalue()


def as_json(table: Table) -> str:
    """A table for a computer: what it is, and its rows."""
    record = table.record
    return json.dumps(
        {
            "table": record.model,
            "holds": record.holds,
            "why": record.why,
            "basis": record.basis,
            "seen_by": record.seen_by,
            "rows": [
                {"part": item.part} | item.shown | ({"files": names} if (names := table.names(item)) else {})
                for item in table.items
            ],
        },
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
        indent=1,
    )


def in_words(value: Any) -> str:
    """A value as it stands on a British page."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, list | tuple):
        return ", ".join(in_words(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {in_words(one)}" for key, one in value.items())
    return str(value)
