"""`belong check` as the technician runs it, on the trail of a school."""

import pytest
from django.db import connection
from django_scopes import scope

from belong.base.append_only import trail_opened
from belong.base.audit import audit
from belong.base.chain import verify
from belong.base.models import AuditEntry
from belong.site.command import main


@pytest.fixture
def check(capsys, cast):
    """Run the command in this process; returns its exit code and what it printed."""
    with scope(school=cast.school):
        for _ in range(3):
            audit(cast.head, "people.give_role")

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["check", *words])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_a_whole_trail_shows_its_head(check, cast):
    _, out, _ = check()
    assert "yes the audit trail can only grow\n" in out
    assert "yes Oak Park School: the audit trail is unbroken\n" in out
    assert f"    3 entries; to be written down: oak-park:{verify(cast.school).head}\n" in out
    assert "    0 entries; to be written down: elm-road:0-" in out


def test_a_broken_trail_is_named_and_fails(check, cast, in_school):
    with trail_opened():
        AuditEntry.objects.filter(number=2).delete()
    code, out, _ = check()
    assert code == 1
    assert "no  Oak Park School: the audit trail is unbroken: entry 2 is missing" in out
    assert "tell the head" in out
    assert "yes Elm Road School: the audit trail is unbroken\n" in out


def test_a_head_written_down_earlier_is_compared(check, cast, in_school):
    noted = f"oak-park:{str(verify(cast.school).head)[:18]}"
    assert "yes Oak Park School: the audit trail is unbroken\n" in check("--noted", noted)[1]
    with trail_opened():
        AuditEntry.objects.filter(number=3).delete()
    assert (
        "no  Oak Park School: the audit trail is unbroken: the trail ends at entry 2"
        in check("--noted", noted)[1]
    )


@pytest.mark.parametrize(
    ("noted", "says"),
    [
        ("nowhere:3-9f86d081884c", "there is no school 'nowhere' here; there are: elm-road, oak-park"),
        ("oak-park:3", "'3' is not the head of a trail"),
    ],
)
def test_a_noted_head_that_cannot_be_read_is_refused(check, noted, says):
    code, out, err = check("--noted", noted)
    assert (code, out) == (2, "")
    assert says in err


def test_lost_triggers_are_noticed(check):
    with connection.cursor() as cursor:
        on = " ON base_auditentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER base_auditentry_no_change{on}")
    assert "no  the audit trail can only grow: its triggers are gone" in check()[1]
