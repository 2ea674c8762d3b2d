"""From whatever a person chose (folder, zip, CSV, XLSX) to tables, without trusting any of it."""

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from belong.base.errors import Refused
from belong.people.roster import sheets, text
from belong.people.roster.tables import Table

LARGEST_UPLOAD = 20 * 1024 * 1024
LARGEST_TOTAL = 80 * 1024 * 1024
MOST_FILES = 100
HIGHEST_RATIO = 200
RATIO_FROM = 4 * 1024 * 1024
TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm")
LITTER = ("__macosx", "thumbs.db", ".ds_store", "desktop.ini")
NOT_FOR_US = {
    b"%PDF": "a PDF. Export the list as CSV or XLSX instead",
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls) or a locked one. Save it as XLSX or CSV without a password",
    b"<": "a web page or XML, whatever its name ends in. Open it in a spreadsheet and save it as CSV or XLSX",
    b"{": "JSON. Export CSV files instead",
    b"Rar!": "a RAR archive. Pack the files as ZIP",
    b"7z\xbc\xaf": "a 7-Zip archive. Pack the files as ZIP",
    b"\x1f\x8b": "a gzip file. Unpack it first, or pack the files as ZIP",
    b"PAR1": "a Parquet file. Export CSV or XLSX instead",
}
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
Known = Callable[[str], bool]


def open_path(path: Path, known: Known) -> list[Table]:
    """Tables of a folder, a zip or one file. Raises Refused with what to do."""
    if not path.exists():
        raise Refused(f"There is no file or folder {path}.")
    if path.is_dir():
        return _from_folder(path, known)
    if path.stat().st_size > LARGEST_TOTAL:
        raise Refused(f"{path.name} is larger than {_mb(LARGEST_TOTAL)}.")
    return open_bytes(path.name, path.read_bytes(), known)


def open_bytes(name: str, data: bytes, known: Known) -> list[Table]:
    """Tables of an uploaded file. Raises Refused with what to do."""
    if not data.strip():
        raise Refused(f"{name} is empty.")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        with _archive(name, data) as archive:
            if _is_workbook(archive):
                _unpack(name, archive)
                return [sheets.parse(name, data, known)]
            return _tables(name, _unpack(name, archive), known)
    return [_table(name, data, known)]


def _table(name: str, data: bytes, known: Known) -> Table:
    head = data.lstrip(b"\xef\xbb\xbf \r\n\t")
    for mark, what in NOT_FOR_US.items():
        if head.startswith(mark):
            raise Refused(f"{name} is {what}.")
    table = text.parse(name, data, known)
    if not any(table.headings):
        raise Refused(f"{name} is empty.")
    return table


def _from_folder(folder: Path, known: Known) -> list[Table]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    if len(files) > MOST_FILES:
        raise Refused(f"{folder.name} holds {len(files):,} files. Choose the folder with the roster only.")
    if sum(path.stat().st_size for path in files) > LARGEST_TOTAL:
        raise Refused(f"{folder.name} holds more than {_mb(LARGEST_TOTAL)}.")
    relative = {path.relative_to(folder).as_posix(): path for path in files}
    wanted = {name: path.read_bytes() for name, path in relative.items() if _is_table(name)}
    return _tables(folder.name, wanted, known)


def _tables(name: str, found: dict[str, bytes], known: Known) -> list[Table]:
    members, elsewhere = _members(name, found)
    tables = []
    for member, data in members.items():
        if not data.strip():
            continue
        if data.startswith(b"PK\x03\x04"):
            with _archive(member, data) as inner:
                _unpack(member, inner)
            tables.append(sheets.parse(member, data, known))
        else:
            tables.append(_table(member, data, known))
    if not tables:
        raise Refused(f"{name} holds no CSV or XLSX file with anything in it.")
    tables[0].unread += elsewhere
    return tables


def _archive(name: str, data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE as error:
        raise Refused(f"{name} is damaged or only half uploaded: it cannot be unpacked.") from error


def _is_workbook(archive: zipfile.ZipFile) -> bool:
    return any(entry.startswith("xl/") for entry in archive.namelist())


def _unpack(name: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Every table in the archive, read with limits on what really comes out, not on what the archive claims."""
    if not all(entry.filename for entry in archive.infolist()):
        raise Refused(f"{name} is damaged: a file in it has no name.")
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise Refused(f"{name} holds {len(entries):,} files; a roster has a dozen. Nothing was unpacked.")
    total, found = 0, {}
    for entry in entries:
        _refuse_strange(name, entry)
        data = _read(name, archive, entry, LARGEST_TOTAL - total)
        total += len(data)
        if _is_table(entry.filename):
            if entry.filename in found:
                raise Refused(f"{name} holds {entry.filename} twice. Keep one of them and try again.")
            found[entry.filename] = data
    return found


def _refuse_strange(name: str, entry: zipfile.ZipInfo) -> None:
    """No path outside the archive, no link, no lock."""
    path = entry.filename.replace("\\", "/")
    if path.startswith("/") or ".." in PurePosixPath(path).parts or path[1:2] == ":":
        raise Refused(
            f"{name} holds a file that points outside it ({entry.filename!r}). Nothing was unpacked."
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused(f"{name} holds a link ({entry.filename!r}) in place of a file. Nothing was unpacked.")
    if entry.flag_bits & 0x1:
        raise Refused(f"{name} is locked with a password. Pack the files without one.")


def _read(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    try:
        with archive.open(entry) as file:
            data = file.read(room + 1)
    except DAMAGE as error:
        raise Refused(f"{name} is damaged: {entry.filename!r} cannot be unpacked.") from error
    too_dense = len(data) > RATIO_FROM and len(data) > HIGHEST_RATIO * max(entry.compress_size, 1)
    if len(data) > room or too_dense:
        raise Refused(
            f"{name} unpacks to far more than a roster holds ({entry.filename!r}). It was not read."
        )
    return data


def _is_table(path: str) -> bool:
    parts = PurePosixPath(path.replace("\\", "/").lower()).parts
    hidden = any(part in LITTER or part.startswith((".", "~$")) for part in parts)
    return not hidden and bool(parts) and parts[-1].endswith(TABLES)


def _members(name: str, found: dict[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """The tables by their own name, from the one folder that holds them; and what lies elsewhere."""
    paths = {path: PurePosixPath(path.replace("\\", "/")) for path in found}
    folders = sorted({str(own.parent) for own in paths.values()})
    if len(folders) > 1 and "." not in folders:
        raise Refused(
            f"{name} holds lists in several folders ({', '.join(folders)}). Choose one of them at a time."
        )
    chosen = "." if "." in folders else "".join(folders)
    members: dict[str, bytes] = {}
    for path, own in paths.items():
        if str(own.parent) != chosen:
            continue
        if own.name.lower() in {taken.lower() for taken in members}:
            raise Refused(f"{name} holds {own.name} twice. Keep one of them and try again.")
        members[own.name] = found[path]
    return members, [path for path, own in paths.items() if str(own.parent) != chosen]


def _mb(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"
