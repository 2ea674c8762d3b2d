"""The record can only grow, and whoever changes it past the database's guard is found out."""

import pytest
from django.db import DatabaseError, connection, transaction

from belong.base.append_only import trail_opened
from belong.base.rekeying import rotate
from belong.guard.concerns.acting import acknowledge, erase_words, note
from belong.guard.concerns.page import entries_of, lines_of, pieces_of
from belong.guard.concerns.raising import raise_ask
from belong.guard.concerns.record import are_guarded, guard_tables, verify
from belong.guard.models import GUARDS, Concern, ConcernEntry
from belong.people.models import Person
from belong.site.command.check import checks
from tests.conftest import make_person


@pytest.fixture
def concern(posts) -> Concern:
    made = raise_ask(posts.pupils[1], text="about lunch")
    acknowledge(posts.dsl, made)
    note(posts.dsl, made, text="Met at break.")
    raise_ask(posts.pupils[2])
    return made


@pytest.fixture
def unguarded(concern):
    """Run SQL as somebody who dropped the triggers."""

    def run(sql: str, *params) -> None:
        with connection.cursor() as cursor:
            for one in GUARDS:
                one.drop(cursor.execute, connection.vendor)
            assert not are_guarded()
            cursor.execute(sql, params)
        guard_tables()
        assert are_guarded()

    return run


def test_it_is_whole(concern):
    verdict = verify(concern.school)
    assert (verdict.problem, verdict.entries) == ("", ConcernEntry.objects.count())


@pytest.mark.parametrize(
    "attempt",
    [
        lambda one: ConcernEntry.objects.update(outcome="sorted"),
        lambda one: ConcernEntry.objects.filter(concern=one).update(at=one.raised_at),
        lambda one: Concern.objects.update(kind="test"),
        lambda one: ConcernEntry.objects.first().delete(),
        lambda one: ConcernEntry.objects.all().delete(),
        lambda one: one.delete(),
        lambda one: one.school.delete(),
    ],
)
def test_the_database_refuses_to_change_or_delete(concern, attempt):
    before = ConcernEntry.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt(concern)
    assert (ConcernEntry.objects.count(), Concern.objects.count()) == (before, 3)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE guard_concernentry SET outcome = 'sorted' WHERE kind = 'taken'", "is not as it was written"),
        ("UPDATE guard_concern SET kind = 'adult' WHERE kind = 'asked'", "is not as it was written"),
        ("DELETE FROM guard_concernentry WHERE kind = 'noted'", "is missing"),
        ("UPDATE guard_concernentry SET words = NULL WHERE kind = 'noted'", "nothing says who deleted them"),
        (
            "UPDATE guard_concernentry SET words = (SELECT words FROM guard_concernentry WHERE kind = 'raised' "
            "AND concern_id IN (SELECT max(id) FROM guard_concern)) WHERE kind = 'noted'",
            "are not those that were written",
        ),
        ("UPDATE guard_concernentry SET words = 'e1:0:AA' WHERE kind = 'noted'", "cannot be opened"),
    ],
)
def test_who_gets_past_the_guard_is_found_out(concern, unguarded, sql, says):
    unguarded(sql)
    assert says in verify(concern.school).problem


def test_check_says_it(concern, unguarded):
    unguarded("UPDATE guard_concernentry SET outcome = 'sorted' WHERE kind = 'taken'")
    found = {one.name: one for one in checks({})}
    assert "is not as it was written" in found["Oak Park School: the record of concerns is unbroken"].problem
    assert found["the record of concerns can only grow"].problem == ""


def test_a_new_key_moves_the_words_and_breaks_nothing(concern):
    rotate(among=[ConcernEntry])
    assert verify(concern.school).unbroken
    assert pieces_of(entries_of(concern))[0].text == "about lunch"


def test_at_the_end_of_their_time_the_words_go_and_the_entries_stay(concern):
    count = concern.entries.count()
    assert erase_words(concern) == 2
    assert erase_words(concern) == 0
    entries = entries_of(concern)
    assert len(entries) == count + 1
    assert verify(concern.school).unbroken
    assert pieces_of(entries) == []
    assert [line.text for line in lines_of(entries) if line.kind == "noted"] == [
        "The words were deleted at the end of their time."
    ]


def test_the_record_outlives_the_person(concern, posts):
    lone = make_person(posts.school, Person.PUPIL, "Lena", "Gone")
    gone = raise_ask(lone)
    lone.delete()
    assert Concern.objects.select_related("person").get(pk=gone.pk).person is None
    assert lines_of(entries_of(gone))[0].did == "came in"
    assert verify(concern.school).unbroken


def test_a_school_can_be_thrown_away_whole(concern):
    with trail_opened():
        ConcernEntry.objects.all().delete()
        Concern.objects.all().delete()
    assert not Concern.objects.exists()
