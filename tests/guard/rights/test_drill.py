"""The drill: whoever was erased stays erased when an older backup is put back; backups of an open wave go in a week."""

import json
import os
from pathlib import Path

import pytest

from belong.guard.rights.tombstones import FILE
from tests.guard.machine import FOUND, Machine

ERASE = """
from django_scopes import scope
from belong.guard.rights.erasure import erase
from belong.people.models import Person, School, User
school = School.objects.get(slug="oak-park")
with scope(school=school):
    person = Person.objects.get(family_name="7")
    head = User.objects.get(username="head")
    erase(None, person, why="retention")
    print(person.school_id)
"""
WHO = """
import json
from django_scopes import scope
from belong.guard.models import Tombstone
from belong.people.models import Person, School
with scope(school=School.objects.get(slug="oak-park")):
    names = list(Person.objects.pupils().values_list("family_name", flat=True))
    print(json.dumps([len(names), "7" in names, Tombstone.objects.count()]))
"""
OPEN_A_WAVE = """
from datetime import date
from django_scopes import scope
from belong.ask.models import Wave
from belong.people.models import School
school = School.objects.get(slug="oak-park")
with scope(school=school):
    Wave.objects.create(school=school, title="Open", audience="pupils", instrument_key="x", instrument={},
        instrument_hash="x", opens_on=date(2026, 1, 1), closes_on=date(2026, 2, 1), state="open")
"""
CLOSE_IT = """
from belong.ask.models import Wave
Wave._base_manager.update(state="closed", rewritten=True)
"""
LATER = """
from datetime import timedelta
from belong.base.clock import frozen, now
from belong.site.command import main
with frozen(now() + timedelta(days={days})):
    main({words!r})
"""


@pytest.fixture(scope="module")
def machine(computers) -> Machine:
    """One computer for all, because setting one up takes longer than everything done here."""
    machine = computers(ready=True)
    machine.python(FOUND)
    return machine


def test_erased_stays_erased(machine, computers, tmp_path):
    usb = tmp_path / "usb"
    file = machine.backup(usb)
    before = machine.look()
    assert json.loads(machine.python(WHO)) == [200, True, 0]
    machine.python(ERASE)
    assert json.loads(machine.python(WHO)) == [199, False, 1]
    erased = machine.look()
    code, out, err = machine.belong("restore", file, "--yes")
    assert code == 0, err
    assert "1 erasures made after this backup were made again" in out
    assert "Every audit trail is whole" in out
    assert json.loads(machine.python(WHO)) == [199, False, 1]
    after = machine.look()
    differ = {table for table, count in after[0].items() if count != before[0].get(table, 0)}
    assert differ == {"people_person", "guard_tombstone", "base_auditentry"}
    assert after[0]["people_person"] == erased[0]["people_person"]
    assert [school[2] for school in after[1]] == [""]
    again = machine.belong("restore", file, "--yes")
    assert (again[0], json.loads(machine.python(WHO))) == (0, [199, False, 1])
    _on_a_new_machine(machine, computers, usb, file)


def _on_a_new_machine(machine, computers, usb: Path, file: Path) -> None:
    """The list of what was erased lies beside the later backups, so it comes along with them."""
    machine.backup(usb)
    assert "Zoë" not in (usb / FILE).read_text()
    key = usb / "safe.key"
    key.write_text(machine.key().text)
    new = computers()
    code, _, err = new.belong("restore", file, "--yes", "--key", key)
    assert code == 0, err
    assert json.loads(new.python(WHO)) == [199, False, 1]
    assert (new.home / FILE).exists()


def test_backups_of_an_open_wave_go_after_a_week(machine, tmp_path):
    usb = tmp_path / "usb"
    quiet = machine.backup(usb)
    machine.python(OPEN_A_WAVE)
    assert len({machine.backup(usb), machine.backup(usb)}) == 2
    for more in usb.glob("belong-*.backup"):
        if more != quiet:
            more.unlink()
    _, out, _ = machine.belong("backup", usb)
    risky = Path(out.split("  (")[0])
    assert "A wave is open, so this backup is deleted after 7 days" in out
    foreign = usb / "belong-2020-01-01-000000.backup"
    foreign.write_bytes(b"not ours, whatever it is called")
    copied = usb / "holiday.backup"
    copied.write_bytes(risky.read_bytes())
    machine.python(CLOSE_IT)
    machine.python(LATER.format(days=6.9, words=["backup", str(usb)]))
    assert risky.exists()
    said = machine.python(LATER.format(days=7.1, words=["backup", str(usb)]))
    assert "1 earlier backups made while a wave was open were deleted." in said
    assert (quiet.exists(), risky.exists(), foreign.exists(), copied.exists()) == (True, False, True, True)


def test_the_daily_work_prunes_where_backups_usually_go(machine):
    machine.python(OPEN_A_WAVE)
    risky = machine.backup()
    mail = machine.home / "mail"
    mail.mkdir()
    (mail / "old.log").write_text("a link")
    os.utime(mail / "old.log", (0, 0))
    tidy = "from datetime import timedelta\nfrom belong.base.clock import frozen, now\n"
    tidy += "from belong.guard.rights.machine import tidy\n"
    tidy += "with frozen(now() + timedelta(days=8)):\n    print(tidy())"
    assert "'backups': 1, 'mails': 1" in machine.python(tidy)
    assert not risky.exists()
    assert not (mail / "old.log").exists()
