"""Sealed files: what goes in comes out, and nothing else does."""

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belong.base.keyfile import Key, KeyFileError, make_keys, read_keys, write_keys
from belong.guard import sealing
from belong.guard.sealing import CHUNK, MAGIC, Sealed, SealError, seal

KEY, OTHER = Key(bytes(range(32))), Key(bytes(32))
HEAD = len(MAGIC) + 8 + 32


def sealed(content: list[bytes], key: Key = KEY) -> bytes:
    file = io.BytesIO()
    seal(file, key, {"kind": "test"}, content)
    return file.getvalue()


def opened(folder: Path, data: bytes, *keys: Key) -> tuple[dict, bytes]:
    path = folder / "x.backup"
    path.write_bytes(data)
    with Sealed(path, keys or [KEY]) as file:
        return file.manifest, b"".join(file.content())


@pytest.fixture
def small_chunks(monkeypatch):
    """Frames of 64 bytes, so that small files have many."""
    monkeypatch.setattr(sealing, "CHUNK", 64)


fast = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fast
@given(content=st.lists(st.binary(max_size=200), max_size=6))
def test_what_goes_in_comes_out(tmp_path, small_chunks, content):
    assert opened(tmp_path, sealed(content), OTHER, KEY) == ({"kind": "test"}, b"".join(content))


def test_more_than_one_real_chunk(tmp_path):
    content = [b"a" * (CHUNK - 1), b"b" * (CHUNK + 2), b"c"]
    assert opened(tmp_path, sealed(content))[1] == b"".join(content)


@fast
@given(data=st.data())
def test_any_single_change_is_noticed(tmp_path, small_chunks, data):
    whole = bytearray(sealed([b"she wrote that she is afraid" * 9]))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealError):
        opened(tmp_path, bytes(whole))


@fast
@given(data=st.data())
def test_any_cut_is_noticed(tmp_path, small_chunks, data):
    whole = sealed([b"she wrote that she is afraid" * 9])
    kept = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(SealError, match=r"ends too early: \d+ bytes are here"):
        opened(tmp_path, whole[:kept])


def frames(data: bytes) -> list[bytes]:
    found, at = [], HEAD
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big") & 0x7FFFFFFF
        found.append(data[at : at + 4 + length])
        at += 4 + length
    return found


def test_frames_cannot_be_swapped_dropped_repeated_or_moved(tmp_path, small_chunks):
    whole, another = sealed([bytes(300)]), sealed([bytes(300)])
    head, parts, others = whole[:HEAD], frames(whole), frames(another)
    assert len(parts) == 6
    for forged in (
        [parts[0], parts[2], parts[1], *parts[3:]],
        [parts[0], *parts[2:]],
        [parts[0], parts[1], *parts[1:]],
        [*parts[:3], others[3], *parts[4:]],
    ):
        with pytest.raises(SealError, match="was damaged or changed"):
            opened(tmp_path, head + b"".join(forged))
    with pytest.raises(SealError, match="goes on after its end"):
        opened(tmp_path, whole + b"x")


def test_nothing_readable_and_never_the_same_twice():
    first, second = sealed([b"afraid" * 50]), sealed([b"afraid" * 50])
    assert b"afraid" not in first
    assert b"kind" not in first
    assert first[HEAD:] != second[HEAD:]


def test_the_wrong_key_is_named_and_no_part_of_it_shown(tmp_path):
    with pytest.raises(SealError) as refused:
        opened(tmp_path, sealed([b"x"]), OTHER)
    assert str(refused.value) == (
        f"wrong key: x.backup was made with key {KEY.id}, and the key file holds {OTHER.id}"
    )
    assert KEY.secret.hex()[:8] != KEY.id


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\x00" + bytes(99), b"\x1f\x8b" + bytes(99), b"hello"])
def test_another_file_is_called_that(tmp_path, data):
    with pytest.raises(SealError, match=r"x\.backup is not a backup of belong"):
        opened(tmp_path, data)


@given(st.binary(min_size=32, max_size=32))
def test_a_key_survives_being_written_down(secret):
    key = Key(secret)
    assert Key.read(key.text) == key
    assert Key.read(f"  {key.text.lower().replace('-', ' ')} ") == key
    assert len(key.text) == 69
    assert secret.hex() not in repr(key)


@given(
    st.binary(min_size=32, max_size=32),
    st.integers(0, 55),
    st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
)
def test_a_slip_of_the_pen_is_noticed(secret, at, letter):
    letters = Key(secret).text.replace("-", "")
    if letters[at] == letter:
        return
    with pytest.raises(ValueError, match="a letter is missing, wrong or too many"):
        Key.read(letters[:at] + letter + letters[at + 1 :])


def test_a_key_file_is_its_owners_and_made_once(tmp_path):
    path = tmp_path / "home" / "backup.key"
    assert make_keys(path, ["Opens the backups."])
    first = read_keys(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().startswith("# Opens the backups.\n")
    assert not make_keys(path, ["again"])
    assert read_keys(path) == first
    write_keys(path, [KEY, *first], ["two"])
    assert read_keys(path) == [KEY, *first]
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["backup.key"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# only a comment\n", "there is no key in"),
        ("# a\nABCD-EFGH\n", "line 2 of .* is not a key"),
        ("\u00e9\u00e9\n", "line 1 of .* is not a key"),
    ],
)
def test_a_key_file_that_is_none_says_why(tmp_path, text, says):
    path = tmp_path / "x.key"
    path.write_text(text)
    with pytest.raises(KeyFileError, match=says):
        read_keys(path)
    with pytest.raises(KeyFileError, match="there is no key file"):
        read_keys(tmp_path / "gone.key")
