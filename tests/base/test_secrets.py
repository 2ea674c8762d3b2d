"""Text encrypted at rest: what the database holds, what opens it, and what happens when a key changes or is lost."""

import re

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belong.base import rekeying
from belong.base.keyfile import Key, read_keys, write_keys
from belong.base.secrets import (
    EncryptedBinaryField,
    EncryptedJSONField,
    EncryptedTextField,
    Unreadable,
    close,
    decrypt,
    encrypt,
    key_path,
    text_keys,
)

SAID = "I am afraid to walk home."


@pytest.fixture
def sheets(db):
    """A table with an encrypted text, an encrypted JSON and another text, as a room would have it."""
    with isolate_apps("belong.base"):

        class Sheet(models.Model):
            said = EncryptedTextField(purpose="test.said")
            answers = EncryptedJSONField(purpose="test.answers", default=dict)
            other = EncryptedTextField(purpose="test.other", null=True)
            sound = EncryptedBinaryField(purpose="test.sound", null=True)

            class Meta:
                app_label = "base"
                db_table = "test_sheet"

    key = "integer PRIMARY KEY AUTOINCREMENT" if connection.vendor == "sqlite" else "bigserial PRIMARY KEY"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE test_sheet (id {key}, said text NOT NULL, answers text NOT NULL, other text NULL, "
            "sound text NULL)"
        )
    return Sheet


def stored(column: str = "said") -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM test_sheet ORDER BY id")
        return [value for (value,) in cursor.fetchall()]


def store(column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE test_sheet SET {column} = %s", [value])


def test_the_program_reads_what_the_database_cannot(sheets):
    sheets.objects.create(said=SAID, answers={"q": [1, "ja", None], "ü": {"deep": True}})
    sheet = sheets.objects.get()
    assert (sheet.said, sheet.other) == (SAID, None)
    assert sheet.answers == {"q": [1, "ja", None], "ü": {"deep": True}}
    assert re.fullmatch(r"e1:[0-9a-f]{8}:[A-Za-z0-9+/=]+", stored()[0])
    assert "afraid" not in stored()[0]
    assert "deep" not in stored("answers")[0]
    assert stored("other") == [None]


def test_the_same_text_never_looks_the_same(sheets):
    sheets.objects.bulk_create([sheets(said=SAID), sheets(said=SAID)])
    assert len(set(stored())) == 2
    sheets.objects.update(said="Better now.")
    assert {sheet.said for sheet in sheets.objects.all()} == {"Better now."}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text())
def test_any_text_comes_back(own_home, text, purpose):
    assert decrypt(encrypt(text, purpose), purpose) == text


@pytest.mark.parametrize("query", [{"said": SAID}, {"said__contains": "afraid"}, {"answers__has_key": "q"}])
def test_the_database_is_never_asked_to_compare(sheets, query):
    with pytest.raises(FieldError):
        sheets.objects.filter(**query)
    assert not sheets.objects.filter(other__isnull=True).exists()


def test_a_text_moved_into_another_column_does_not_open(sheets):
    sheets.objects.create(said=SAID, other="x")
    store("other", stored()[0])
    assert sheets.objects.defer("other").get().said == SAID
    with pytest.raises(Unreadable, match="changed outside belong"):
        sheets.objects.get()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda value: value[:-6] + "AAAA==", "changed outside belong"),
        (lambda value: value[:20], "changed outside belong"),
        (lambda value: value + "é", "changed outside belong"),
        (lambda value: "She wrote this.", "not written by belong"),
        (lambda value: "", "not written by belong"),
        (
            lambda value: "e1:00000000:" + value[12:],
            "the key 00000000 is missing. It is not lost while a copy",
        ),
    ],
)
def test_what_was_changed_in_the_database_is_not_shown(sheets, change, says):
    sheets.objects.create(said=SAID)
    store("said", change(stored()[0]))
    with pytest.raises(Unreadable, match=says):
        sheets.objects.get()


def test_the_key_is_made_on_first_use_for_its_owner_alone(sheets):
    assert not key_path().exists()
    sheets.objects.create(said=SAID)
    assert key_path().stat().st_mode & 0o777 == 0o600
    assert key_path().name == "text.key"
    assert "lost" in key_path().read_text().splitlines()[0]


def test_a_lost_key_is_said_and_a_found_one_opens_again(sheets):
    sheets.objects.create(said=SAID)
    kept = key_path().read_text()
    key_path().unlink()
    with pytest.raises(Unreadable, match="is missing"):
        sheets.objects.get()
    sheets.objects.create(said="Written under another key.")
    with key_path().open("a") as file:
        file.write(kept)
    assert {sheet.said for sheet in sheets.objects.all()} == {SAID, "Written under another key."}


def test_a_spoilt_key_file_is_said_on_the_page(sheets):
    sheets.objects.create(said=SAID)
    key_path().write_text("scribble")
    with pytest.raises(Unreadable, match=r"Texts cannot be opened now: line 1 of .*text\.key is not a key"):
        sheets.objects.get()


def test_rotation_brings_every_text_under_a_new_key(sheets):
    sheets.objects.bulk_create(
        [sheets(said=f"{n}", answers={"n": n}, other=None if n % 2 else "x") for n in range(210)]
    )
    (old,) = text_keys()
    done = rekeying.rotate(among=[sheets])
    assert (done.moved, done.left, done.is_new) == (210 + 210 + 105, 0, True)
    assert [key.id for key in text_keys()] == [done.key, old.id]
    assert rekeying.count_by_key([sheets]) == {done.key: 525}
    assert [(s.said, s.answers["n"]) for s in sheets.objects.order_by("pk")] == [
        (f"{n}", n) for n in range(210)
    ]


def test_sounds_and_pictures_are_kept_and_rotated_as_texts_are(sheets):
    sounds = [bytes(range(256)) * n for n in range(20)]
    sheets.objects.bulk_create([sheets(said="x", sound=sound) for sound in sounds])
    assert "AAECAwQF" not in stored("sound")[1]
    assert rekeying.rotate(among=[sheets], drop_old=True).left == 0
    assert [sheet.sound for sheet in sheets.objects.order_by("pk")] == sounds
    again = sheets._meta.get_field("sound")
    assert again.to_python(again.value_to_string(sheets(sound=sounds[3]))) == sounds[3]


def test_a_rotation_that_stopped_half_way_is_finished(sheets):
    sheets.objects.bulk_create([sheets(said="a"), sheets(said="b")])
    write_keys(key_path(), [Key.new(), *text_keys()], [])
    sheets.objects.create(said="c")
    done = rekeying.rotate(among=[sheets])
    assert (done.moved, done.is_new, len(text_keys())) == (4, False, 2)
    assert rekeying.count_by_key([sheets]) == {done.key: 6}


def test_old_keys_are_forgotten_only_when_asked_and_nothing_needs_them(sheets):
    sheets.objects.create(said=SAID)
    old = text_keys()[0]
    rekeying.rotate(among=[sheets], drop_old=True)
    assert old not in text_keys()
    assert sheets.objects.get().said == SAID
    store("said", "e1:00000000:" + stored()[0][12:])
    done = rekeying.rotate(among=[sheets], drop_old=True)
    assert (done.left, done.moved, done.is_new) == (1, 1, True)
    assert "the key 00000000 is missing" in done.reason
    assert len(text_keys()) == 2


def test_a_text_changed_during_rotation_is_left_to_its_new_writer(sheets, monkeypatch):
    sheets.objects.create(said=SAID)
    write_keys(key_path(), [Key.new(), *text_keys()], [])

    def meanwhile(data: bytes, purpose: str) -> str:
        store("said", encrypt("A newer text.", "test.said"))
        return close(data, purpose)

    monkeypatch.setattr(rekeying, "close", meanwhile)
    rekeying.rotate(among=[sheets])
    assert sheets.objects.defer("answers").get().said == "A newer text."


def test_the_field_says_in_a_migration_what_it_is():
    field = EncryptedJSONField(purpose="ask.text", default=dict)
    field.set_attributes_from_name("text")
    _, path, _, kwargs = field.deconstruct()
    assert (path, kwargs) == (
        "belong.base.secrets.EncryptedJSONField",
        {"purpose": "ask.text", "default": dict},
    )
    assert field.clone().purpose == "ask.text"


def test_keys_on_disk_are_read_again_when_the_file_changes(own_home):
    first = text_keys()
    write_keys(key_path(), [Key.new(), *first], [])
    assert text_keys() == read_keys(key_path())
    assert len(text_keys()) == 2
