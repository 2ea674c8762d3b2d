"""The audit trail: it only grows, and whoever changes it past the database's guard is found out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belong.act.models import Plan
from belong.base.append_only import grow_only, is_guarded, trail_opened, undo
from belong.base.audit import audit
from belong.base.chain import Head, verify
from belong.base.clock import frozen
from belong.base.models import AuditEntry
from belong.people.models import Person, School, User
from belong.site.demo.build import throw_away

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def trail(cast, in_school):
    """Five entries of different kinds."""
    with frozen(NOON):
        audit(cast.head, "people.give_role", cast.tutor.person, role="teacher")
        audit(cast.tutor, "notice.record_moment", kind="praise", pupils=[p.pk for p in cast.pupils[:3]])
        audit(None, "see.build_release", cast.tutor_group, hash="ab")
        audit(cast.dsl, "ask.reveal_writer", cast.pupils[0], why="  She wrote that she is afraid.  ")
        audit(cast.tutor, "notice.set_state", state="maintain")
    return cast.school


@pytest.fixture
def unguarded(trail):
    """Run SQL as somebody who dropped the triggers."""

    def run(sql: str) -> None:
        with connection.cursor() as cursor:
            editor = SimpleNamespace(connection=connection, execute=cursor.execute)
            undo(None, editor)
            assert not is_guarded()
            cursor.execute(sql)
            grow_only(None, editor)

    return run


def test_entries_are_numbered_chained_and_whole(trail, cast):
    entries = list(AuditEntry.objects.order_by("number"))
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert len({entry.hash for entry in entries}) == 5
    verdict = verify(trail)
    assert verdict.problem == ""
    assert (verdict.entries, str(verdict.head)) == (5, f"5-{entries[-1].hash}")
    assert entries[3].why == "She wrote that she is afraid."
    assert entries[2].actor is None


def test_an_entry_knows_whom_it_is_about(trail, cast):
    about = list(AuditEntry.objects.order_by("number").values_list("about", flat=True))
    three = "|".join(str(p.pk) for p in cast.pupils[:3])
    assert about == [f"|{cast.tutor.person.pk}|", f"|{three}|", "", f"|{cast.pupils[0].pk}|", ""]


def test_the_trails_of_two_schools_are_apart(trail, cast):
    with scope(school=cast.stranger.school):
        first = audit(cast.stranger, "notice.set_state")
    assert first.number == 1
    assert verify(cast.stranger.school).unbroken
    assert verify(trail).entries == 5


@pytest.mark.parametrize("attempt", ["save", "update", "delete", "delete_all", "raw", "truncate", "school"])
def test_the_database_refuses_to_change_or_delete(trail, attempt):
    entry = AuditEntry.objects.first()
    truncate = "DELETE FROM base_auditentry"
    if connection.vendor == "postgresql":
        truncate = "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE base_auditentry"
    attempts = {
        "save": lambda: entry.save(),
        "update": lambda: AuditEntry.objects.update(why="another reason"),
        "delete": lambda: entry.delete(),
        "delete_all": lambda: AuditEntry.objects.all().delete(),
        "raw": lambda: connection.cursor().execute("UPDATE base_auditentry SET number = number + 9"),
        "truncate": lambda: connection.cursor().execute(truncate),
        "school": lambda: trail.delete(),
    }
    with pytest.raises(IntegrityError, match="can only grow"), transaction.atomic():
        attempts[attempt]()
    assert verify(trail).entries == 5
    assert is_guarded()


def test_even_an_opened_trail_does_not_change(trail):
    with pytest.raises(IntegrityError, match="can only grow"), trail_opened():
        AuditEntry.objects.update(why="another reason")


def test_a_demo_school_goes_with_its_plans_and_its_trail_and_no_other_does(trail, cast):
    demo = School.objects.create(name="Demo", slug="demo", phase="primary", is_demo=True)
    with scope(school=demo):
        audit(None, "ask.draft_wave", demo)
        owner = Person.objects.create(school=demo, kind="staff", given_name="Ann", family_name="Lee")
        Plan.objects.create(school=demo, title="Clubs", owner=owner, starts_on=NOON, review_on=NOON)
    throw_away()
    assert not School.objects.filter(slug="demo").exists()
    assert verify(trail).entries == 5
    with pytest.raises(IntegrityError, match="can only grow"), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_deleting_a_sign_in_leaves_the_chain_whole(trail, cast):
    gone = cast.tutor.pk
    User.objects.filter(pk=gone).delete()
    assert verify(trail).unbroken
    kept = AuditEntry.objects.select_related("actor").get(verb="notice.record_moment")
    assert (kept.actor_id, kept.actor) == (gone, None)


@pytest.mark.parametrize(
    ("sql", "at", "says"),
    [
        (
            "UPDATE base_auditentry SET why = 'x' WHERE number = 4",
            4,
            "entry 4 (ask.reveal_writer, 20 November 2026",
        ),
        ("UPDATE base_auditentry SET actor_id = NULL WHERE number = 2", 2, "entry 2 (notice.record_moment"),
        ("UPDATE base_auditentry SET about = '' WHERE number = 2", 2, "is not as it was written"),
        ("DELETE FROM base_auditentry WHERE number = 1", 2, "entry 1 is missing; the next one is 2"),
        ("DELETE FROM base_auditentry WHERE number = 3", 4, "entry 3 is missing; the next one is 4"),
    ],
)
def test_the_first_broken_entry_is_named(trail, unguarded, sql, at, says):
    unguarded(sql)
    verdict = verify(trail)
    assert not verdict.unbroken
    assert verdict.broken_at == at
    assert says in verdict.problem


def test_a_noted_head_finds_a_cut_off_end(trail, unguarded):
    noted = verify(trail).head
    unguarded("DELETE FROM base_auditentry WHERE number >= 4")
    assert verify(trail).unbroken
    verdict = verify(trail, noted)
    assert verdict.problem == "the trail ends at entry 3, but entry 5 was noted; its end was cut off"


def test_a_noted_head_finds_a_trail_that_was_written_anew(trail, unguarded, cast):
    noted = Head.read(str(verify(trail).head)[:20])
    unguarded("DELETE FROM base_auditentry")
    for _ in range(6):
        audit(cast.head, "people.give_role")
    assert verify(trail).unbroken
    assert "entry 5 is not the one whose hash was noted" in verify(trail, noted).problem


def test_a_noted_head_that_holds_stays_whole_as_the_trail_grows(trail, cast):
    noted = Head.read(f" {str(verify(trail).head).upper()}\n")
    audit(cast.head, "people.give_role")
    assert verify(trail, noted).entries == 6
    assert verify(trail, noted).unbroken


@pytest.mark.parametrize(
    "text", ["", "5", "5-", "5-abc", "x-9f86d081884c", "5-9f86d081884z", "5-" + "a" * 65]
)
def test_a_head_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="is not the head of a trail"):
        Head.read(text)


def test_recording_costs_the_same_however_long_the_trail(trail, cast):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            audit(cast.tutor, "notice.record_moment", pupils=[1, 2])
        return len(captured)

    first = cost()
    for _ in range(40):
        audit(cast.tutor, "notice.record_moment")
    wanted = 2 if connection.vendor == "sqlite" else 3
    assert (first, cost()) == (wanted, wanted)


def test_outside_a_school_scope_the_school_is_that_of_the_row(cast):
    entry = audit(None, "see.build_release", cast.tutor_group)
    assert (entry.school_id, entry.number) == (cast.school.pk, 1)


def test_an_action_that_fails_leaves_no_gap(trail, cast):
    @transaction.atomic
    def act() -> float:
        audit(cast.head, "people.give_role")
        return 1 / 0

    with pytest.raises(ZeroDivisionError):
        act()
    assert audit(cast.head, "people.give_role").number == 6
    assert verify(trail).unbroken


@pytest.mark.parametrize("facts", [{"mean": 3.5}, {"who": object()}, {"people": [{1: "x"}]}, {"at": NOON}])
def test_facts_that_are_no_ids_kinds_or_counts_are_refused(trail, cast, facts):
    with pytest.raises(TypeError):
        audit(cast.head, "people.give_role", **facts)
    assert verify(trail).entries == 5


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
plain = st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), words)
nested = st.recursive(
    plain, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc ü", max_size=4), inner), max_leaves=8
)
moments = st.datetimes(datetime(1999, 1, 1), datetime(2120, 1, 1), timezones=st.just(UTC))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    facts=st.dictionaries(st.sampled_from(["kind", "counts", "wave", "pupils"]), nested),
    why=st.text(st.characters(codec="utf-8"), max_size=500),
    at=moments,
)
def test_whatever_is_recorded_reads_back_as_it_was_hashed(trail, cast, facts, why, at):
    with frozen(at):
        audit(cast.head, "people.give_role", why=why, **facts)
    assert verify(trail).problem == ""


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain(cast):
    def record(which: int) -> None:
        with scope(school=cast.school):
            for turn in range(8):
                with transaction.atomic():
                    audit(cast.tutor if which % 2 else cast.head, "notice.record_moment", turn=turn)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(record, range(4)))
    verdict = verify(cast.school)
    assert (verdict.problem, verdict.entries) == ("", 32)


@pytest.mark.django_db(transaction=True)
def test_emptying_the_whole_database_empties_the_trail(cast):
    audit(cast.head, "people.give_role")
    call_command("flush", interactive=False, verbosity=0)
    assert not School.objects.exists()
    assert not AuditEntry._base_manager.exists()
    assert is_guarded()
