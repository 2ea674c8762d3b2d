"""Opening what people choose: nothing outside the archive, nothing that swells, and a plain word for each refusal."""

import io
import stat
import zipfile

import pytest

from belong.base.errors import Refused
from belong.people import roster
from belong.people.roster import opening
from tests.people.files import small, xlsx, zipped


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        roster.open_bytes(name, data)
    return caught.value.reason


def names(data: bytes) -> list[str]:
    return [table.name for table in roster.open_bytes("roster.zip", data)]


def test_files_at_the_root_of_a_zip():
    assert names(zipped(small())) == ["orgs.csv", "users.csv", "classes.csv", "enrollments.csv"]


def test_files_one_folder_in_beside_a_macs_litter():
    files = {f"Export 2026/{name}": text for name, text in small().items()}
    files |= {"__MACOSX/._users.csv": "x", "Export 2026/.DS_Store": "x", "Export 2026/readme.pdf": "x"}
    assert names(zipped(files)) == ["orgs.csv", "users.csv", "classes.csv", "enrollments.csv"]


def test_lists_in_two_folders_are_not_mixed():
    files = {"north/users.csv": "sourcedId\n1", "south/users.csv": "sourcedId\n2"}
    said = refusal("trust.zip", zipped(files))
    assert said == "trust.zip holds lists in several folders (north, south). Choose one of them at a time."


def test_what_lies_in_a_deeper_folder_is_named_as_not_read():
    tables = roster.open_bytes("roster.zip", zipped(small() | {"old/users.csv": "sourcedId\n9"}))
    assert tables[0].unread == ["old/users.csv"]


@pytest.mark.parametrize(
    "path", ["../users.csv", "/etc/users.csv", "a/../../users.csv", "C:\\users.csv", "..\\users.csv"]
)
def test_paths_that_point_outside_refuse_the_whole_zip(path, tmp_path):
    assert "points outside it" in refusal("roster.zip", zipped(small() | {path: "sourcedId\n1"}))


def test_links_are_refused():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        link = zipfile.ZipInfo("users.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "holds a link" in refusal("roster.zip", data.getvalue())


def test_a_locked_zip_says_so():
    data = bytearray(zipped({"users.csv": "sourcedId\n1"}))
    data[6] |= 1  # the flag in the local header …
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1  # … and in the directory
    assert (
        refusal("roster.zip", bytes(data))
        == "roster.zip is locked with a password. Pack the files without one."
    )


def test_a_bomb_is_not_unpacked():
    said = refusal("roster.zip", zipped({"users.csv": b"0" * 30_000_000}))
    assert said == "roster.zip unpacks to far more than a roster holds ('users.csv'). It was not read."


def test_many_files_are_too_many():
    files = {f"f{number}.csv": "a\n1" for number in range(opening.MOST_FILES + 1)}
    assert "holds 101 files" in refusal("roster.zip", zipped(files))


def test_the_total_is_measured_not_believed(monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_TOTAL", 5_000)
    files = {f"f{number}.csv": "sourcedId\n" + "abcdefgh,\n" * 300 for number in range(3)}
    assert "unpacks to far more" in refusal("roster.zip", zipped(files))


def test_the_same_file_twice():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("users.csv", "sourcedId\n1")
        archive.writestr("Users.CSV", "sourcedId\n2")
    assert (
        refusal("roster.zip", data.getvalue())
        == "roster.zip holds Users.CSV twice. Keep one of them and try again."
    )


@pytest.mark.parametrize("cut", [40, 100, 300])
def test_half_an_upload_is_said_to_be_damaged(cut):
    assert "damaged" in refusal("roster.zip", zipped(small())[:-cut])


def test_a_damaged_file_inside_the_zip():
    data = bytearray(zipped({"users.csv": "sourcedId,givenName\n" + "1,Ann\n" * 400}))
    data[60:70] = b"\xff" * 10
    assert "damaged" in refusal("roster.zip", bytes(data))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 x", "PDF"),
        (b"\xd0\xcf\x11\xe0 x", "old Excel file"),
        (b"<html><table>", "web page"),
        (b'{"users": []}', "JSON"),
        (b"\x1f\x8b\x08 x", "gzip"),
        (b"Rar!\x1a", "RAR"),
    ],
)
def test_files_of_another_kind_are_named_for_what_they_are(data, word):
    assert word in refusal("pupils.csv", data)


@pytest.mark.parametrize("data", [b"", b"  \r\n ", b"\xef\xbb\xbf\r\n"])
def test_nothing_in_it(data):
    assert "is empty" in refusal("pupils.csv", data)


def test_a_zip_without_lists():
    assert refusal("a.zip", zipped({"x.doc": "x"})) == "a.zip holds no CSV or XLSX file with anything in it."


def test_a_cell_far_out_does_not_lay_out_a_billion_cells():
    said = refusal("pupils.xlsx", xlsx([["UPN", "Surname"]], at={"XFD1048576": "x"}))
    assert "row 1,048,576, column 16,384" in said


def test_a_workbook_that_is_none():
    data = zipped({"xl/workbook.xml": "<not xml", "[Content_Types].xml": ""})
    assert (
        refusal("p.xlsx", data) == "p.xlsx cannot be opened as a spreadsheet. Save it again as XLSX or CSV."
    )


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(Refused, match="There is no file or folder"):
        roster.open_path(tmp_path / "nobody.csv")


def test_a_folder_is_read_and_links_in_it_are_not_followed(tmp_path):
    for name, text in small().items():
        (tmp_path / name).write_text(text)
    (tmp_path / "demographics.csv").symlink_to("/etc/hostname")
    assert "demographics.csv" not in [table.name for table in roster.open_path(tmp_path)]


def test_files_that_make_no_roster_together():
    tables = roster.open_bytes("a.zip", zipped({"a.csv": "x,y\n1,2", "b.csv": "x,y\n1,2"}))
    with pytest.raises(Refused, match=r"not a roster that belong knows \(a.csv, b.csv\)"):
        roster.needs_mapping(tables)
