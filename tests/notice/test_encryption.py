"""What adults wrote about a child, in the database: sealed, and open again only with the key."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from belong.base import clock, rekeying
from belong.base.clock import now, today
from belong.base.secrets import key_path, text_keys
from belong.notice import actions
from belong.notice.models import KnownBy, Moment, Relationship, RelationshipChange
from belong.site.command import main

WORDS = {"note": "Waited for Hugo.", "reason": "We fell out on Monday.", "line": "Lives with his gran."}
COLUMNS = (
    (Moment, "note"),
    (Relationship, "reason"),
    (RelationshipChange, "reason"),
    (KnownBy, "line"),
)


@pytest.fixture
def written(cast, in_school):
    """A note, a reason and a line about one pupil."""
    pupil = cast.pupils[1]
    actions.record_moment(cast.tutor, pupils=[pupil], kind="praise", note=WORDS["note"])
    actions.set_state(cast.tutor, pupil=pupil, state="restore", reason=WORDS["reason"])
    actions.record_knowing(cast.tutor, pupil=pupil, line=WORDS["line"])
    return pupil


def stored() -> list[str]:
    """The four columns as the database holds them."""
    found = []
    with connection.cursor() as cursor:
        for model, column in COLUMNS:
            cursor.execute(f"SELECT {column} FROM {model._meta.db_table}")
            found += [row[0] for row in cursor.fetchall()]
    return found


def page(client_as, cast, pupil):
    return client_as(cast.tutor).get(f"/pupils/{pupil.pk}/")


def test_the_database_holds_none_of_the_words_and_the_page_all_of_them(cast, client_as, written):
    assert len(stored()) == 4
    assert all(value.startswith("e1:") for value in stored())
    assert not [word for word in WORDS.values() if any(word in value for value in stored())]
    html = page(client_as, cast, written).content.decode()
    assert all(word in html for word in WORDS.values())


def test_an_empty_text_is_sealed_like_any_other(cast, in_school):
    actions.record_moment(cast.tutor, pupils=cast.pupils[:1], kind="greeting")
    assert stored()[0].startswith("e1:")
    assert Moment.objects.get().note == ""


def test_words_from_before_are_sealed_and_none_is_lost(cast, written):
    """The migration, on rows as they were: in the clear, empty, and many enough for several batches."""
    with connection.cursor() as cursor:
        for model, column in COLUMNS:
            plain = "as it was" if model is not KnownBy else ""
            cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = %s", [plain])
    of = {
        "school": cast.school,
        "adult": cast.tutor.person,
        "kind": "praise",
        "on": today(),
        "recorded_at": now(),
    }
    many = Moment.objects.bulk_create([Moment(pupil=pupil, **of) for pupil in cast.pupils for _ in range(50)])
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE notice_moment SET note = %s WHERE id = %s",
            [(f"e1: note {row.pk}", row.pk) for row in many],
        )
    step = import_module("belong.notice.migrations.0002_encrypt_words")
    step.seal(None, SimpleNamespace(connection=connection, quote_name=connection.ops.quote_name))
    assert all(value.startswith("e1:") and "note" not in value and "as it" not in value for value in stored())
    assert {row.note for row in Moment.objects.all()} == {
        "as it was",
        *(f"e1: note {row.pk}" for row in many),
    }
    assert (Relationship.objects.get().reason, KnownBy.objects.get().line) == ("as it was", "")


def test_without_the_key_the_page_says_so_the_group_goes_on_and_a_copy_brings_all_back(
    cast, client_as, written, tmp_path
):
    """The drill: lose the key, work without it, put the copy back."""
    copy = tmp_path / "on-paper.key"
    key_path().rename(copy)
    lost = page(client_as, cast, written)
    assert lost.status_code == 409
    assert "is missing. It is not lost while a copy of text.key exists" in lost.content.decode()
    assert not [word for word in WORDS.values() if word in lost.content.decode()]
    assert client_as(cast.tutor).get(f"/group/{cast.tutor_group.pk}/").status_code == 200
    actions.record_moment(cast.tutor, pupils=[written], kind="praise", note="Under a new key.")
    assert main(["keys", "add", str(copy)]) == 0
    html = page(client_as, cast, written).content.decode()
    assert all(word in html for word in [*WORDS.values(), "Under a new key."])


def test_a_new_key_takes_everything_with_it(cast, client_as, written):
    """The drill: change the key while the school works; nothing is left under the old one."""
    old = text_keys()[0]
    places = [Moment, Relationship, RelationshipChange, KnownBy]
    before = rekeying.count_by_key(places)
    done = rekeying.rotate(drop_old=True)
    assert before == {old.id: 4}
    assert (done.left, rekeying.count_by_key(places)) == (0, {done.key: 4})
    assert old not in text_keys()
    html = page(client_as, cast, written).content.decode()
    assert all(word in html for word in WORDS.values())


def test_who_opened_a_pupils_page_stands_in_the_view_of_72_hours(cast, client_as, written):
    page(client_as, cast, written)
    client_as(cast.technician).get(f"/people/{written.pk}/")
    html = client_as(cast.head).get(f"/guard/trail/pupil/{written.pk}/").content.decode()
    assert "opened a pupil’s page" in html
    assert "looked at a pupil’s name, groups and roles" in html
    with clock.frozen(clock.now() + timedelta(days=4)):
        later = client_as(cast.head).get(f"/guard/trail/pupil/{written.pk}/").content.decode()
    assert "opened a pupil’s page" not in later
