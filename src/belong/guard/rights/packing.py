"""The file a person gets: a letter, a page and a JSON file for each table, in one ZIP."""

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
    def rows(self) -> list[list[tuple[str, str]]]:
        return [[(label, in_words(value)) for label, value in item.shown.items()] for item in self.items]

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
            "rows": [{"part": item.part} | item.shown for item in table.items],
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
