"""Every reader of bytes from outside: how it is called, how it may refuse, and a few files to begin with."""

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import QueryDict

from belong.ask.answers import Misfit, checked, from_form, kept
from belong.ask.passes import read_sheet_pass
from belong.ask.tokens import hash_of
from belong.base.chain import Head
from belong.base.errors import Refused
from belong.base.files import check_sound, clean_photo
from belong.base.keyfile import Key, KeyFileError, read_keys
from belong.guard.sealing import Sealed, SealError, seal
from belong.measure import mapping as analysing
from belong.measure.instrument import InstrumentError, available, from_text, load
from belong.measure.reading import InputError, open_source
from belong.notice.badges.credential import (
    IssuerFileError,
    StatusFileError,
    bake,
    read_issuer,
    read_status,
    verify,
)
from belong.notice.badges.drawing import png, svg
from belong.people import roster
from belong.people.roster import Table
from belong.people.roster.tables import Line
from belong.site.command import mapping_file
from tests.base.files.making import SOUNDS, photo
from tests.notice.badges import made
from tools.fuzz.files import BETWEEN, ROSTER, packed, rows, workbook

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "data"
FOUND = SAMPLES / "fuzz"
KEY = Key(bytes(range(32)))
LIST = (
    b"Adno,Surname,Forename,Reg,DOB,Gender,UPN\n91,Bell,Nia,8H,01/09/2013,F,\n92,Bond,Omar,8H,2013-10-02,M,\n"
)


@dataclass(frozen=True)
class Target:
    """`run` takes the bytes; `refuses` are the exceptions it documents; `seeds` are files to begin with."""

    run: Callable[[bytes], Any]
    refuses: tuple[type[Exception], ...]
    seeds: Callable[[], list[bytes]]


@cache
def _folder(home: Path) -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-", dir=home))


def _as_file(data: bytes, name: str) -> Path:
    path = _folder(Path(settings.BELONG_HOME)) / name
    path.write_bytes(data)
    return path


def _roster(name: str, data: bytes) -> None:
    """As an upload goes: tables, the mapping guessed, and the neutral roster."""
    tables = roster.open_bytes(name, data)
    kept_tables = [Table.from_json(table.to_json()) for table in tables]
    roster.needs_mapping(tables)
    roster.read(kept_tables)


def _answers(name: str, data: bytes) -> None:
    """As `belong analyse` goes: headings, every column, a drafted mapping, and the columns matched."""
    instrument = load("pisa-belong")
    source = open_source(_as_file(data, name))
    source.read(heading for heading in source.headings if source.headings.count(heading) == 1)
    analysing.draft(source, instrument)
    analysing.match_columns(source, instrument, analysing.Mapping())


def _columns(data: bytes) -> None:
    table = Table("list", ["Adno", "Surname", "Forename"], [Line(2, ["1", "Bell", "Nia"])])
    mapping_file.load(_as_file(data, "columns.yaml"), table)


def _backup(data: bytes) -> None:
    with Sealed(_as_file(data, "school.backup"), [KEY]) as sealed:
        for _ in sealed.content():
            pass


def _sheet(data: bytes) -> None:
    items = load("belong-core").items
    form = QueryDict(data)
    kept(items, form)
    given = from_form(items, form)
    assert checked(items, given) == given


def _card(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    assert read_sheet_pass(text) is None
    assert len(hash_of(text)) == 64


def _sound(data: bytes) -> None:
    """What is kept of a sound is a sound, and nothing more is found to leave out of it."""
    kept = check_sound(io.BytesIO(data))
    assert check_sound(io.BytesIO(kept.data)) == kept


def _sealed() -> bytes:
    out = io.BytesIO()
    seal(out, KEY, {"format": 1}, [b"content" * 200])
    return out.getvalue()


def _texts(folder: Path, pattern: str, most: int = 12) -> list[bytes]:
    return [
        path.read_bytes() for path in sorted(folder.rglob(pattern))[:most] if path.stat().st_size < 60_000
    ]


def _instruments() -> list[bytes]:
    own = ROOT / "src" / "belong" / "content" / "instruments"
    return [(own / f"{key}.yaml").read_bytes() for key in available()][:4]


SHEET = rows(("Adno", "Surname", "Forename"), ("91", "Bell", "Nia"))
MAPPING = b'instrument: pisa-belong\ncolumns:\n  "I belong": ST034Q03\nwords:\n  Agree: 1\nmissing: [no]\nabsent: []\n'


def _badge(data: bytes) -> None:
    """With and without a key file and a list; whatever it is, there is a verdict."""
    verify(data)
    verify(data, issuer=made.issuer(), status=read_status(made.status_list()), at=made.AT)


def _badges() -> list[bytes]:
    document, token = made.as_file(made.document()), made.token()
    return [
        document,
        token,
        bake(png("circle", "star", "teal"), token.decode()),
        bake(svg("circle", "star", "teal", "x"), document.decode()),
    ]


TARGETS: dict[str, Target] = {
    "roster-csv": Target(
        lambda data: _roster("list.csv", data),
        (Refused,),
        lambda: [LIST, *_texts(SAMPLES / "oneroster", "*.csv")],
    ),
    "roster-xlsx": Target(
        lambda data: _roster("list.xlsx", workbook(*data.split(BETWEEN)[:3])), (Refused,), lambda: [SHEET]
    ),
    "roster-set": Target(
        lambda data: _roster("set.zip", packed(dict(zip(ROSTER, data.split(BETWEEN), strict=False)))),
        (Refused,),
        lambda: [
            BETWEEN.join(
                _texts(SAMPLES / "oneroster", "users.csv", 1) + _texts(SAMPLES / "oneroster", "o*.csv")
            )
        ],
    ),
    "roster-upload": Target(
        lambda data: _roster("upload", data),
        (Refused,),
        lambda: [workbook(SHEET), packed({"users.csv": LIST})],
    ),
    "columns": Target(
        _columns, (Refused,), lambda: [b"who: pupils\neveryone: true\ncolumns:\n  Adno: source_id\n"]
    ),
    "instrument": Target(
        lambda data: from_text(data.decode("utf-8", "replace")), (InstrumentError,), _instruments
    ),
    "mapping": Target(
        lambda data: analysing.load_mapping(_as_file(data, "mapping.yaml"), load("pisa-belong")),
        (InputError,),
        lambda: [MAPPING],
    ),
    "answers-csv": Target(
        lambda data: _answers("answers.csv", data),
        (InputError,),
        lambda: _texts(SAMPLES / "pisa", "*.csv") or [LIST],
    ),
    "answers-xlsx": Target(
        lambda data: _answers("answers.xlsx", workbook(*data.split(BETWEEN)[:3])),
        (InputError,),
        lambda: [SHEET],
    ),
    "backup": Target(_backup, (SealError,), lambda: [_sealed()]),
    "keys": Target(
        lambda data: read_keys(_as_file(data, "a.key")),
        (KeyFileError,),
        lambda: [f"# a key\n{KEY.text}\n".encode()],
    ),
    "head": Target(
        lambda data: Head.read(data.decode("utf-8", "replace")), (ValueError,), lambda: [b"1234-9f86d081884c"]
    ),
    "sheet": Target(_sheet, (Misfit,), lambda: [b"q-adults-1=3&q-open-helps=words&no-peers-1=1&pass=x"]),
    "photo": Target(
        lambda data: clean_photo(io.BytesIO(data)),
        (Refused,),
        lambda: [photo(form, size=(16, 12)) for form in ("JPEG", "PNG", "WEBP")],
    ),
    "sound": Target(_sound, (Refused,), lambda: [make(0.4) for make in SOUNDS.values()]),
    "badge": Target(_badge, (), _badges),
    "badge-keys": Target(
        lambda data: read_issuer(data.decode("utf-8", "replace")),
        (IssuerFileError,),
        lambda: [made.as_file(made.key_file()), made.as_file({"keys": [made.jwk()]}), b"z6Mk"],
    ),
    "badge-list": Target(read_status, (StatusFileError,), lambda: [made.status_list(3), made.token()]),
    "card": Target(_card, (), lambda: [b"WzEsMiwiMCJd:1abcde:sig", b"x" * 22]),
}


def tried(name: str, data: bytes) -> bool:
    """Give one input to a target; whether it was refused as documented. Anything else is raised."""
    target = TARGETS[name]
    try:
        target.run(data)
    except target.refuses:
        return True
    return False


def inputs(name: str) -> list[bytes]:
    """What a target begins with: its own files, and every one that once broke it."""
    return [*TARGETS[name].seeds(), *(path.read_bytes() for path in sorted((FOUND / name).glob("*")))]
