"""Files made to hurt: refused early, with a sentence, without unpacking them or fetching anything."""

import gzip
import io
import stat
import tracemalloc
import zipfile

import pytest

from belong.base.errors import Refused
from belong.measure.reading import LONGEST_LINE, InputError, open_source
from belong.people import roster
from tools.fuzz.files import MAIN, packed, rows, workbook

MB = 1024 * 1024
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)


def _sheet(head: str, cell: str) -> bytes:
    return (
        f'{head}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Surname</t></is></c>'
        f'<c r="B1" t="inlineStr"><is><t>Forename</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>{cell}'
        '</t></is></c><c r="B2" t="inlineStr"><is><t>Nia</t></is></c></row></sheetData></worksheet>'
    ).encode()


def _entry(name: str, data: bytes, *, mode: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr, info.compress_type = mode << 16, zipfile.ZIP_DEFLATED
        archive.writestr(info, data)
    return out.getvalue()


BOMBS = {
    "a gigabyte of zeros in a megabyte": lambda: packed({"users.csv": b"0" * (60 * MB)}),
    "a zip in a zip": lambda: packed({"users.csv": packed({"users.csv": b"0" * (90 * MB)})}),
    "more files than any roster": lambda: packed({f"{n}.csv": b"a,b\n1,2\n" for n in range(200)}),
    "a path out of the archive": lambda: _entry("../../etc/users.csv", b"a,b\n1,2\n"),
    "a path from the root": lambda: _entry("/etc/users.csv", b"a,b\n1,2\n"),
    "a path of Windows": lambda: _entry("C:\\users.csv", b"a,b\n1,2\n"),
    "a link": lambda: _entry("users.csv", b"/etc/passwd", mode=stat.S_IFLNK | 0o777),
    "a cell at the far corner": lambda: workbook(
        rows(("Surname", "Forename")).replace(b'r="B1"', b'r="XFD1048576"')
    ),
    "a workbook of zeros": lambda: workbook(b"<worksheet>" + b"0" * (90 * MB) + b"</worksheet>"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_little_memory(name):
    bomb = BOMBS[name]()
    tracemalloc.start()
    try:
        with pytest.raises(Refused) as refused:
            roster.read(roster.open_bytes("upload.zip", bomb))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(refused.value.reason) > 20
    assert peak < 250 * MB


def _cells(data: bytes) -> str:
    try:
        tables = roster.open_bytes("list.xlsx", data)
    except Refused:
        return ""
    return repr([row.cells for table in tables for row in table.rows])


def test_entities_that_multiply_are_not_unfolded():
    for data in (
        workbook(_sheet(LAUGHS, "&l9;")),
        workbook(_sheet("", "Bell"), LAUGHS.encode() + b"<sst>&l9;</sst>"),
    ):
        assert len(_cells(data)) < 100_000


def test_an_entity_from_outside_is_not_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-of-the-machine")
    for address in (secret.as_uri(), "http://127.0.0.1:9/canary"):
        head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY out SYSTEM "{address}">]>'
        assert "canary-of-the-machine" not in _cells(workbook(_sheet(head, "&out;")))


def test_a_cell_of_ten_megabytes_is_no_trouble():
    data = b"Adno,Surname,Forename\n1,Bell,Nia\n2," + b"x" * (10 * MB) + b",Omar\n"
    tables = roster.open_bytes("list.csv", data)
    assert tables[0].rows[0].cells == ["1", "Bell", "Nia"]


def test_a_list_of_two_gigabytes_is_refused_unread(tmp_path):
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.truncate(2 * 1024 * MB)
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match="larger than"):
            roster.open_path(path)
        assert tracemalloc.get_traced_memory()[1] < MB
    finally:
        tracemalloc.stop()


def test_answers_in_one_endless_line_are_refused(tmp_path):
    path = tmp_path / "answers.csv.gz"
    path.write_bytes(gzip.compress(b"id,answer\n1,2\n" + b"x," * LONGEST_LINE))
    with pytest.raises(InputError, match="longer than"):
        open_source(path).read(["id"])


def test_answers_at_the_far_corner_of_a_workbook_are_refused(tmp_path):
    path = tmp_path / "answers.xlsx"
    path.write_bytes(BOMBS["a cell at the far corner"]())
    with pytest.raises(InputError, match="as far out as"):
        open_source(path)


def test_a_file_without_a_name_in_an_archive_is_refused():
    data = _entry("X", b"a,b\n1,2\n").replace(b"\x01\x00\x00\x00X", b"\x00\x00\x00\x00X")
    with pytest.raises(Refused):
        roster.open_bytes("upload.zip", data)
