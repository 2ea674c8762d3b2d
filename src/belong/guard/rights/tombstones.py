"""Remembering what was erased, without a name, so that a backup restored later does not bring it back.

A tombstone is a row and a line of BELONG_HOME/erased.jsonl: the line lies outside the database, because an older
backup has never heard of it. The line names a school by its short name and by the first link of its audit trail, so
that another school's database is never taken for it. The file is copied beside every backup that goes elsewhere.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django_scopes import scope

from belong.base.clock import now
from belong.base.models import AuditEntry
from belong.guard.models import Tombstone
from belong.people.models import School

FILE = "erased.jsonl"
Again = Callable[[School, int, dict[str, Any]], int]
_again: dict[str, Again] = {}


@dataclass(frozen=True)
class Line:
    """One line of the file."""

    school: str
    trail: str
    kind: str
    model: str
    row: int
    facts: dict[str, Any]
    at: str

    def text(self) -> str:
        return json.dumps(self.__dict__, sort_keys=True)

    @property
    def key(self) -> tuple[object, ...]:
        return (
            self.school,
            self.trail,
            self.kind,
            self.model,
            self.row,
            json.dumps(self.facts, sort_keys=True),
        )


def register(kind: str, again: Again) -> None:
    """Say how to erase a kind of thing again: `again(school, row, facts)` returns how many rows went."""
    _again[kind] = again


def path() -> Path:
    """Where the lines lie."""
    return Path(settings.BELONG_HOME) / FILE


def bury(school: School, kind: str, model: str, row: int, **facts: Any) -> Tombstone:
    """Remember an erasure; the line is written when the transaction has committed."""
    stone: Tombstone = Tombstone.objects.create(
        school=school, kind=kind, model=model, row=row, facts=facts, at=now()
    )
    line = _line(stone, school, _founding(school))
    transaction.on_commit(lambda: _append([line]))
    return stone


def write_down() -> int:
    """Bring the file up to the database, in case a line was lost between commit and disk; how many were missing."""
    known = {line.key for line in read(path())}
    missing = [line for line in _of_database() if line.key not in known]
    _append(missing)
    return len(missing)


def copy_to(folder: Path) -> None:
    """Add the lines to the file of the same name in another folder, so that it travels with the backups."""
    target = folder / FILE
    if folder.resolve() == path().parent or not path().exists():
        return
    known = {line.key for line in read(target)}
    _append([line for line in read(path()) if line.key not in known], target)


def read(file: Path) -> list[Line]:
    """The lines of a file, oldest first; a line that cannot be read is left out."""
    if not file.exists():
        return []
    return list(_lines(file.read_text("utf-8", errors="replace").splitlines()))


def erase_again(*files: Path) -> tuple[int, int]:
    """After a restore: erase what the files say was erased and this database still holds; (lines, rows gone)."""
    lines = {line.key: line for file in (path(), *files) for line in read(file)}
    done = rows = 0
    for school in School.objects.order_by("pk"):
        founding = _founding(school)
        mine = [
            line for line in lines.values() if line.school == school.slug and line.trail in ("", founding)
        ]
        with scope(school=school):
            known = {_line(stone, school, founding).key for stone in Tombstone.objects.all()}
            for line in mine:
                if line.key not in known and line.kind in _again:
                    rows += _once_more(school, line)
                    done += 1
    _append([line for line in lines.values() if line.key not in {one.key for one in read(path())}])
    return done, rows


@transaction.atomic
def _once_more(school: School, line: Line) -> int:
    gone = _again[line.kind](school, line.row, line.facts)
    Tombstone.objects.create(
        school=school,
        kind=line.kind,
        model=line.model,
        row=line.row,
        facts=line.facts,
        at=datetime.fromisoformat(line.at),
    )
    return gone


def _of_database() -> Iterator[Line]:
    for school in School.objects.order_by("pk"):
        founding = _founding(school)
        with scope(school=school):
            yield from [_line(stone, school, founding) for stone in Tombstone.objects.all()]


def _line(stone: Tombstone, school: School, founding: str) -> Line:
    return Line(school.slug, founding, stone.kind, stone.model, stone.row, stone.facts, stone.at.isoformat())


def _founding(school: School) -> str:
    """The hash of the first entry of the school's trail: the same in every backup of this school, and in no other."""
    first = (
        AuditEntry._base_manager.filter(school_id=school.pk, number=1).values_list("hash", flat=True).first()
    )
    return first or ""


def _append(lines: Iterable[Line], target: Path | None = None) -> None:
    text = "".join(f"{line.text()}\n" for line in lines)
    if not text:
        return
    descriptor = os.open(target or path(), os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _lines(texts: Iterable[str]) -> Iterator[Line]:
    for text in texts:
        try:
            yield Line(**json.loads(text))
        except (TypeError, ValueError):
            continue
