"""Backing up and restoring, as the technician does it: the `belong` command on a database of its own.

On SQLite that is a file, on PostgreSQL a database made for the test on the server the suite runs on.
"""

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from belong.base.keyfile import Key, write_keys
from belong.guard.copying import BackupError
from belong.guard.sealing import seal
from belong.guard.sqlite_copy import table_counts
from tests.guard.machine import FOUND, Machine


@pytest.fixture(scope="module")
def machine(computers) -> Machine:
    """A computer with a school and a key on it; no test leaves it changed."""
    machine = computers(ready=True)
    machine.python(FOUND)
    machine.backup()
    return machine


def test_the_drill(machine, computers, tmp_path):
    """Back up, lose the computer, restore on a new one: the same rows, and the trails are whole."""
    before = machine.look()
    counts, schools, _ = before
    assert (counts["people_person"], counts["base_auditentry"]) == (201, 40)
    (machine.home / "backup.key").unlink(missing_ok=True)
    _, out, _ = machine.belong("backup", tmp_path / "usb")
    file = next((tmp_path / "usb").iterdir())
    assert out.startswith(f"{file}  (")
    assert f"A key was made, for this backup and those to come: {machine.home / 'backup.key'}" in out
    assert "Copy it onto paper" in out
    assert "A key was made" not in machine.belong("backup")[1]
    kept = tmp_path / "safe.key"
    kept.write_text(machine.key().text)
    another = computers()
    code, _, err = another.belong("restore", file, "--yes")
    assert (code, "--key FILE" in err) == (2, True)
    code, out, err = another.belong("restore", file, "--yes", "--key", kept)
    assert code == 0, err
    assert f"{sum(counts.values())} rows." in out
    assert "Every audit trail is whole" in out
    assert another.look() == before
    assert schools[0][1] == {"nested": ["é", 1, None]}
    assert another.key() == machine.key()
    assert (another.home / "backup.key").stat().st_mode & 0o777 == 0o600


def test_a_backup_is_its_owners_and_nothing_in_it_can_be_read(machine):
    file = machine.backup()
    data = file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert [
        one for one in (b"Hughes", b"people_person", b"PGDMP", b"SQLite", machine.key().secret) if one in data
    ] == []
    left = [path.name for path in machine.home.iterdir() if path.name.startswith(("backup-", "restore-"))]
    assert left == []


def test_restoring_over_a_working_database_puts_back_what_was_there(machine):
    before = machine.look()
    file = machine.backup()
    machine.python("""
from django.db import connection
from belong.people.models import School
School.objects.create(name="Later", slug="later", phase="all")
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE newer (school_id bigint REFERENCES people_school (id))")
""")
    code, out, err = machine.belong("restore", file, "--yes")
    assert code == 0, err
    assert machine.look() == before
    if not machine.url:
        assert list(machine.home.glob("before-restore-*")) == []
        (kept,) = (machine.home / "backups").glob("before-restore-*.backup")
        assert str(kept) in out
        assert kept.stat().st_mode & 0o777 == 0o600
        assert b"SQLite format 3" not in kept.read_bytes()
        assert machine.belong("restore", kept, "--yes")[0] == 0
        assert machine.look()[0]["people_school"] == 2
        assert machine.belong("restore", file, "--yes")[0] == 0
        assert machine.look() == before


def refusal(machine: Machine, file: Path, *words: object) -> str:
    """What is said when a restore is refused and nothing was changed."""
    before = machine.look()
    code, out, err = machine.belong("restore", file, "--yes", *words)
    assert (code, out) == (2, "")
    assert "Nothing was changed." in err
    assert machine.look() == before
    return err


def forged(machine: Machine, file: Path, kind: str, content: bytes) -> Path:
    """A file sealed with the school's own key that holds something else."""
    made = {
        "kind": kind,
        "made_at": "2026-11-20T02:00:00+00:00",
        "version": "1",
        "counts": {"people_school": 1},
    }
    with file.open("wb") as sink:
        seal(sink, machine.key(), made, [content])
    return file


def test_the_wrong_key_changes_nothing(machine, tmp_path):
    file, other = machine.backup(), tmp_path / "other.key"
    write_keys(other, [Key.new()], ["another school"])
    said = refusal(machine, file, "--key", other)
    assert f"wrong key: {file.name} was made with key {machine.key().id}" in said
    other.write_text("not a key")
    assert "line 1 of" in refusal(machine, file, "--key", other)


def test_a_cut_damaged_or_other_file_changes_nothing(machine, tmp_path):
    data = machine.backup().read_bytes()
    file = tmp_path / "some.backup"
    assert "there is no file" in refusal(machine, file)
    for content, says in (
        (data[: len(data) * 2 // 3], "some.backup ends too early"),
        (data[:-30] + bytes(9) + data[-21:], "some.backup was damaged or changed"),
        (b"SQLite format 3\x00" + bytes(4000), "some.backup is not a backup of belong"),
        (b"", "some.backup is not a backup of belong"),
    ):
        file.write_bytes(content)
        assert says in refusal(machine, file)


def test_a_sealed_file_that_holds_no_such_database_changes_nothing(machine, tmp_path):
    machine.backup()
    kind = "postgresql" if machine.url else "sqlite"
    file = forged(machine, tmp_path / "odd.backup", kind, zlib.compress(b"no database at all" * 99))
    assert ("pg_restore failed" if machine.url else "is not a database") in refusal(machine, file)
    file = forged(machine, tmp_path / "odd.backup", kind, zlib.compress(bytes(9999))[:-6])
    assert "ends too early" in refusal(machine, file)
    file = forged(machine, tmp_path / "odd.backup", kind, b"not packed")
    assert "cannot be unpacked" in refusal(machine, file)
    file = forged(machine, tmp_path / "odd.backup", "oracle", b"")
    assert "holds a oracle database, and this one is" in refusal(machine, file)


@pytest.mark.parametrize("rows", [1, 0])
def test_another_programs_database_changes_nothing(machine, tmp_path, rows):
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as database:
        database.execute(
            "CREATE TABLE people_school (name TEXT)" if rows else "CREATE TABLE song (name TEXT)"
        )
    file = forged(machine, tmp_path / "other.backup", "sqlite", zlib.compress(other.read_bytes()))
    said = refusal(machine, file)
    if machine.url:
        assert "holds a sqlite database, and this one is postgresql" in said
    elif rows:
        assert "table people_school should hold 1 rows and holds 0" in said
    else:
        assert "not one of belong" in said


def test_restore_does_not_run_unasked(machine, tmp_path):
    code, out, err = machine.belong("restore", tmp_path / "x.backup")
    assert (code, out) == (1, "Nothing was changed.\n")
    assert "--yes" in err


def test_a_backup_that_cannot_be_written_leaves_nothing(machine, tmp_path):
    blocked = tmp_path / "usb"
    blocked.write_text("a file, not a folder")
    code, out, err = machine.belong("backup", blocked)
    assert (code, out) == (1, "")
    assert "No backup was made." in err


def test_check_names_what_is_wrong(machine):
    (machine.home / "secret.key").chmod(0o644)
    machine.backup()
    code, out, _ = machine.belong("check")
    assert code == 1
    assert f"run `chmod 600 {machine.home / 'secret.key'}`" in out
    assert "yes every table is up to this version" in out
    assert "yes Oak Park: the audit trail is unbroken" in out
    assert "yes there is a backup of the last week" in out


def test_integrity_failure_is_reported(tmp_path):
    path = tmp_path / "bad.sqlite3"
    path.write_bytes(b"SQLite format 3\x00" + b"\x00" * 200)
    with pytest.raises(BackupError):
        table_counts(path)
