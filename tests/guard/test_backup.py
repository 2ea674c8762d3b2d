"""Backing up and restoring, as the technician does it."""

import gzip
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from belong.guard.backup import BackupError, table_counts


@pytest.fixture
def belong(tmp_path):
    """Run the `belong` command on a home folder of its own (SQLite), as a technician would."""
    import os

    home = tmp_path / "home"
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    env["BELONG_HOME"] = str(home)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "belong", *words], env=env, capture_output=True, text=True, check=False
        )

    run("manage", "migrate", "--verbosity", "0")
    run.home = home
    return run


def _add_school(home: Path, slug: str) -> None:
    with sqlite3.connect(home / "belong.sqlite3") as database:
        database.execute(
            "INSERT INTO people_school (name, slug, phase, urn, is_demo, timezone, settings) "
            "VALUES (?, ?, 'primary', '', 0, 'Europe/London', '{}')",
            (slug, slug),
        )


def _schools(home: Path) -> list[str]:
    with sqlite3.connect(home / "belong.sqlite3") as database:
        return [slug for (slug,) in database.execute("SELECT slug FROM people_school ORDER BY slug")]


def test_backup_then_restore_brings_back_what_was_there(belong):
    _add_school(belong.home, "before")
    done = belong("backup")
    assert done.returncode == 0, done.stderr
    file = next((belong.home / "backups").glob("belong-*.sqlite3.gz"))
    assert file.stat().st_mode & 0o077 == 0
    _add_school(belong.home, "later")
    restored = belong("restore", str(file), "--yes")
    assert restored.returncode == 0, restored.stderr
    assert _schools(belong.home) == ["before"]
    kept = next(belong.home.glob("before-restore-*.sqlite3"))
    assert table_counts(kept)["people_school"] == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not a backup", "is not a whole backup"),
        (gzip.compress(b"not a database"), "is not a database"),
    ],
)
def test_a_broken_backup_changes_nothing(belong, tmp_path, content, reason):
    _add_school(belong.home, "here")
    broken = tmp_path / "broken.sqlite3.gz"
    broken.write_bytes(content)
    refused = belong("restore", str(broken), "--yes")
    assert refused.returncode == 2
    assert reason in refused.stderr
    assert "Nothing was changed" in refused.stderr
    assert _schools(belong.home) == ["here"]


def test_another_programs_database_is_refused(belong, tmp_path):
    other = tmp_path / "other.sqlite3"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE song (name TEXT)")
    packed = tmp_path / "other.sqlite3.gz"
    with other.open("rb") as source, gzip.open(packed, "wb") as sink:
        shutil.copyfileobj(source, sink)
    refused = belong("restore", str(packed), "--yes")
    assert "not one of belong" in refused.stderr
    assert refused.returncode == 2


def test_restore_does_not_run_unasked(belong, tmp_path):
    file = tmp_path / "x.gz"
    file.write_bytes(b"")
    refused = belong("restore", str(file))
    assert refused.returncode == 1
    assert "--yes" in refused.stderr


def test_a_file_that_is_not_there_is_named(belong, tmp_path):
    refused = belong("restore", str(tmp_path / "gone.gz"), "--yes")
    assert refused.returncode == 2
    assert "there is no file" in refused.stderr


def test_check_names_what_is_wrong(belong):
    (belong.home / "secret.key").chmod(0o644)
    verdict = belong("check")
    assert verdict.returncode == 1
    assert "chmod 600" in verdict.stdout
    assert "yes every table is up to this version" in verdict.stdout


def test_integrity_failure_is_reported(tmp_path):
    path = tmp_path / "bad.sqlite3"
    path.write_bytes(b"SQLite format 3\x00" + b"\x00" * 200)
    with pytest.raises(BackupError):
        table_counts(path)
