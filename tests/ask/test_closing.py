"""Closing: answers are rewritten in random order, keys die, and only then may anything be counted."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError, connection

from belong.ask import actions, rewriting, tasks
from belong.ask.models import (
    ClassSession,
    PooledRow,
    PooledSheet,
    Receipt,
    SignedSheet,
    Ticket,
    UnlinkedRow,
    UnlinkedSheet,
    Wave,
)
from belong.ask.queries import previous_wave, shared_items
from belong.ask.queries.rows import pooled_rows, scrambles, unlinked_rows
from belong.ask.rewriting import sweep
from belong.ask.scramble import scramble
from belong.ask.signals import wave_closed
from belong.base import clock
from belong.base.errors import Refused
from tests.ask.conftest import plan


def answer(wave, pupils, code=3):
    for i, pupil in enumerate(pupils):
        given = {"adults-1": code, "peers-1": i % 5 + 1, "open-helps": f"Words {i}"}
        actions.submit_sheet(wave, pupil, given, uuid4())


def test_rows_are_rewritten_and_nothing_tells_the_order(cast, wave, close):
    answer(wave, cast.pupils)
    came = [bytes(sheet.scramble) for sheet in PooledSheet.objects.order_by("pk")]
    closed = close(wave)
    assert (closed.state, closed.rewritten) == ("closed", True)
    assert not PooledSheet.objects.exists()
    rows = [bytes(row.scramble) for row in PooledRow.objects.order_by("pk")]
    assert sorted(rows) == sorted(came)
    assert rows != came
    assert set(Receipt.objects.values_list("submission_id", flat=True)) == {None}
    assert set(SignedSheet.objects.values_list("submission_id", flat=True)) == {None}


def test_unlinked_answers_hold_their_facts_and_nothing_else(cast, draft, close):
    actions.change_visibility(
        cast.survey_lead, draft, visibility={"adults-1": "unlinked"}, readers=["tutor"], attributes=["year"]
    )
    wave = actions.open_wave(cast.survey_lead, draft)
    answer(wave, [*cast.pupils, *cast.other_pupils])
    assert UnlinkedSheet.objects.first().attributes == {"year": "8"}
    closed = close(wave)
    assert not UnlinkedSheet.objects.exists()
    assert UnlinkedRow.objects.count() == 24
    assert (
        unlinked_rows(closed)
        == [({"year": "8"}, {"adults-1": 3})] * 12 + [({"year": "9"}, {"adults-1": 3})] * 12
    )
    assert {field.name for field in UnlinkedRow._meta.get_fields()} == {
        "id",
        "school",
        "wave",
        "attributes",
        "answers",
    }
    assert all("adults-1" not in answers for _, answers in pooled_rows(closed))


def test_counting_waits_for_the_close(cast, wave):
    answer(wave, cast.pupils)
    for read in (pooled_rows, unlinked_rows, lambda wave: scrambles(wave, [1])):
        with pytest.raises(Refused, match="once the wave has closed"):
            read(wave)


def test_rows_read_the_same_before_and_after_they_are_rewritten(cast, wave, close):
    answer(wave, cast.pupils)
    not_yet = actions.close_wave(cast.survey_lead, wave)
    before = pooled_rows(not_yet)
    tasks.rewrite_answers.call(school_id=cast.school.pk, wave_id=wave.pk)
    assert pooled_rows(not_yet) == before
    assert len(before) == 12
    assert before[0][1].keys() == {"adults-1", "peers-1"}
    tasks.rewrite_answers.call(school_id=cast.school.pk, wave_id=wave.pk)
    assert pooled_rows(not_yet) == before


def test_the_closing_is_heard_inside_the_transaction(cast, wave):
    heard = []

    def receiver(sender, wave, **kwargs):
        heard.append((wave.pk, wave.is_closed, connection.in_atomic_block))

    wave_closed.connect(receiver)
    try:
        actions.close_wave(cast.survey_lead, wave)
    finally:
        wave_closed.disconnect(receiver)
    assert heard == [(wave.pk, True, True)]


def test_two_waves_are_matched_through_their_keys_while_these_live(cast, wave, close):
    answer(wave, cast.pupils)
    first = close(wave)
    second = actions.open_wave(cast.survey_lead, plan(cast))
    answer(second, cast.pupils[:5], code=5)
    second = close(second)
    ids = [person.pk for person in [*cast.pupils, *cast.other_pupils]]
    before, after = scrambles(first, ids), scrambles(second, ids)
    assert before.keys().isdisjoint(after)
    matched = {before[k] for k, _ in pooled_rows(first)} & {after[k] for k, _ in pooled_rows(second)}
    assert matched == {person.pk for person in cast.pupils[:5]}
    assert previous_wave(second) == first
    assert previous_wave(first) is None
    assert len(shared_items(first, second)) == 24


def test_waves_for_other_people_or_with_other_questions_do_not_precede(cast, in_school, close):
    close(actions.open_wave(cast.survey_lead, plan(cast, years=["9"])))
    staff = plan(cast, "belong-staff", "staff")
    close(actions.open_wave(cast.survey_lead, staff))
    assert previous_wave(plan(cast, years=["8"])) is None
    assert previous_wave(plan(cast, years=["8", "9"])).years == ["9"]


def test_keys_die_thirteen_months_after_the_close(cast, wave, close):
    answer(wave, cast.pupils)
    closed = close(wave)
    ids = [person.pk for person in cast.pupils]
    with clock.frozen(clock.now() + timedelta(days=380)):
        assert tasks.expire_pool_keys.call(school_id=cast.school.pk) == 0
    assert len(scrambles(closed, ids)) == 12
    with clock.frozen(clock.now() + timedelta(days=398)):
        assert tasks.expire_pool_keys.call(school_id=cast.school.pk) == 1
        assert tasks.expire_pool_keys.call(school_id=cast.school.pk) == 0
    closed.refresh_from_db()
    assert (closed.pool_key, scrambles(closed, ids), len(pooled_rows(closed))) == (None, {}, 12)


def test_a_wave_closes_by_itself_after_its_last_day(cast, wave, django_capture_on_commit_callbacks):
    with clock.frozen(clock.now() + timedelta(days=13)):
        assert tasks.close_due_waves.call(school_id=cast.school.pk) == 0
    with clock.frozen(clock.now() + timedelta(days=14)), django_capture_on_commit_callbacks(execute=True):
        assert tasks.close_due_waves.call(school_id=cast.school.pk) == 1
    wave.refresh_from_db()
    assert (wave.state, wave.rewritten) == ("closed", True)


def test_cards_and_class_sessions_end_with_the_wave(cast, wave, session, close):
    actions.issue_cards(cast.tutor, wave, cast.tutor_group)
    close(wave)
    assert (Ticket.objects.count(), ClassSession.objects.count()) == (0, 0)


def test_closing_twice_or_closing_a_draft_is_refused(cast, wave, close):
    close(wave)
    with pytest.raises(Refused, match="not open"):
        actions.close_wave(cast.survey_lead, wave)


def test_a_sheet_that_was_on_its_way_finds_the_wave_closed(cast, wave):
    """The object in hand still says open; the row says closed: nothing is kept."""
    Wave.objects.filter(pk=wave.pk).update(state="closed")
    with pytest.raises(Refused, match="have closed"):
        actions.submit_sheet(wave, cast.pupils[0], {"adults-1": 3}, uuid4())
    assert not Receipt.objects.exists()


def test_scrambles_differ_by_person_and_by_key():
    one, two = b"1" * 32, b"2" * 32
    assert len({scramble(one, 1), scramble(one, 2), scramble(two, 1)}) == 3
    assert (len(scramble(one, 1)), scramble(one, 1)) == (16, scramble(memoryview(one), 1))


@pytest.mark.django_db(transaction=True)
def test_deleted_answers_leave_no_free_pages(cast, in_school):
    """Outside a test's transaction the database really gives the space back."""
    wave = actions.open_wave(cast.survey_lead, plan(cast))
    answer(wave, cast.pupils)
    actions.close_wave(cast.survey_lead, wave)
    assert sweep() is True
    assert PooledRow.objects.count() == 12
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA freelist_count")
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no neighbours")
def test_a_writer_in_another_database_of_the_server_is_waited_for(monkeypatch):
    """VACUUM FULL would keep every row deleted since that writer began, and say nothing."""
    monkeypatch.setattr(rewriting, "PATIENCE", 1)
    with psycopg.connect(**{**connection.get_connection_params(), "dbname": "postgres"}) as neighbour:
        neighbour.execute("SELECT pg_current_xact_id()")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        with pytest.raises(OperationalError, match="so long that deleted rows could not be dropped"):
            sweep()
        neighbour.rollback()
        monkeypatch.undo()
        assert sweep() is True
