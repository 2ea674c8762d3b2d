"""`belong keys` as the technician runs it."""

import re

import pytest

from belong.base.keyfile import Key, read_keys, write_keys
from belong.base.secrets import encrypt
from belong.site.command import main


@pytest.fixture
def keys(capsys, db):
    """Run the command in this process; returns its exit code and what it printed."""

    def run(*words: object) -> tuple[int, str]:
        code = main(["keys", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out + err

    return run


def test_before_anything_was_kept_there_is_no_key(keys, tmp_path):
    code, said = keys()
    assert code == 0
    assert f"{tmp_path / 'text.key'}: not made yet" in said
    assert f"{tmp_path / 'backup.key'}: not made yet" in said


def test_keys_are_listed_by_id_and_never_shown(keys, tmp_path):
    encrypt("x", "test")
    keys("rotate", "backup")
    (text,), (backup,) = read_keys(tmp_path / "text.key"), read_keys(tmp_path / "backup.key")
    code, said = keys()
    assert code == 0
    assert f"  {text.id}  0 texts\n" in said
    assert f"  {backup.id}\n" in said
    assert text.text[:9] not in said
    assert backup.text[:9] not in said


def test_a_new_backup_key_stands_first_and_the_old_one_stays(keys, tmp_path):
    keys("rotate", "backup")
    (old,) = read_keys(tmp_path / "backup.key")
    code, said = keys("rotate", "backup")
    new, kept = read_keys(tmp_path / "backup.key")
    assert (code, kept) == (0, old)
    assert f"Backups are now made with key {new.id}. Copy " in said
    keys("rotate", "backup", "--drop-old")
    assert len(read_keys(tmp_path / "backup.key")) == 1
    assert old not in read_keys(tmp_path / "backup.key")


def test_a_new_text_key(keys, tmp_path):
    encrypt("x", "test")
    (old,) = read_keys(tmp_path / "text.key")
    code, said = keys("rotate", "text")
    new, kept = read_keys(tmp_path / "text.key")
    assert (code, kept) == (0, old)
    assert f"0 texts were written anew under key {new.id}." in said
    assert "The keys before it stay, for older backups." in said


def test_keys_of_a_copy_are_put_back_once(keys, tmp_path):
    encrypt("x", "test")
    lost, copy = Key.new(), tmp_path / "safe.key"
    write_keys(copy, [lost, *read_keys(tmp_path / "text.key")], ["the copy"])
    code, said = keys("add", copy)
    assert (code, said) == (0, f"1 of 2 keys were new; {tmp_path / 'text.key'} holds 2.\n")
    assert read_keys(tmp_path / "text.key")[1] == lost
    assert "0 of 2 keys were new" in keys("add", copy)[1]
    assert "2 of 2 keys were new" in keys("add", copy, "--to", "backup")[1]


def test_a_file_without_keys_changes_nothing(keys, tmp_path):
    empty = tmp_path / "empty.key"
    empty.write_text("")
    code, said = keys("add", empty)
    assert code == 2
    assert re.search(r"there is no key in .*empty\.key\nNothing was changed\.", said)
    (tmp_path / "backup.key").write_text("scribble")
    code, said = keys("rotate", "backup")
    assert (code, "is not a key" in said) == (2, True)
    assert (tmp_path / "backup.key").read_text() == "scribble"
