"""A school of an earlier version is brought up to date: nothing is lost, and it can be worked with."""

import json
from pathlib import Path

import pytest

from tests.guard.machine import Machine

ROOT = Path(__file__).parents[2]
VERSIONS = sorted((ROOT / "tests" / "data" / "upgrade").glob("[0-9]*"))
LOAD = """
import sys, json
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.upgrade.loading import load
print(json.dumps(load(Path({folder!r}))))
"""
COUNT = """
import json
from django.db import connection
with connection.cursor() as cursor:
    found = {}
    for name in connection.introspection.table_names(cursor):
        cursor.execute(f'SELECT count(*) FROM "{name}"')
        found[name] = cursor.fetchone()[0]
print(json.dumps(found))
"""
LOOK = """
import json
from django_scopes import scope
from belong.ask.models import SignedSheet, Wave
from belong.ask.queries.rows import pooled_rows, scrambles
from belong.base.append_only import is_guarded
from belong.base.chain import verify
from belong.base.rekeying import count_by_key
from belong.notice.models import Moment, Relationship
from belong.people.models import Person, School
from belong.see.queries import release_of
school = School.objects.get(slug="oak-park")
with scope(school=school):
    closed, asked = Wave.objects.get(title="Autumn"), Wave.objects.get(title="Late autumn")
    who = scrambles(closed, Person.objects.values_list("pk", flat=True))
    print(json.dumps({
        "trail": [verify(school).unbroken, verify(school).entries, is_guarded()],
        "texts": sorted(text for sheet in SignedSheet.objects.filter(wave=asked) for text in sheet.texts.values()),
        "notes": Moment.objects.get(pupil__given_name="Ben").kind,
        "reason": Relationship.objects.get().reason,
        "release": len(release_of(closed).cells),
        "found": len({key for key, _ in pooled_rows(closed)} & set(who)),
        "keys": len(count_by_key()),
    }))
"""
VISIT = """
import json, logging, sys, time
sys.path.insert(0, {root!r})
from datetime import datetime, UTC
from django.test.utils import override_settings
from belong.ask.models import Wave
from belong.base.clock import frozen
from belong.people.models import User
from tests.conftest import browser_of
logging.disable(logging.CRITICAL)
plain = {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
waves = dict(Wave._base_manager.values_list("title", "pk"))
closed, asked = waves["Autumn"], waves["Late autumn"]
pages = ["/", f"/see/{{closed}}/", f"/see/{{closed}}/items/", f"/see/{{closed}}/method/", f"/ask/{{closed}}/",
    f"/ask/{{asked}}/", "/group/", "/overlooked/", "/act/plans/", "/tell/", "/guard/trail/", "/guard/kept/"]
settings = override_settings(STORAGES={{"staticfiles": plain}}, ALLOWED_HOSTS=["testserver"], SECOND_FACTOR=False)
with settings, frozen(datetime(2026, 11, 17, 10, tzinfo=UTC)):
    head = browser_of(User.objects.get(username="head"))
    print(json.dumps({{page: head.get(page).status_code for page in pages}}))
"""


@pytest.fixture
def machine(computers) -> Machine:
    return computers()


@pytest.mark.parametrize("folder", VERSIONS, ids=lambda folder: folder.name)
def test_nothing_is_lost(machine, folder):
    machine.home.mkdir(exist_ok=True)
    (machine.home / "text.key").write_text((folder / "text.key").read_text())
    (machine.home / "text.key").chmod(0o600)
    put_in = json.loads(machine.python(LOAD.format(root=str(ROOT), folder=str(folder))))
    code, _, err = machine.belong("manage", "migrate", "--verbosity", "0")
    assert code == 0, err
    machine.belong("manage", "createcachetable")
    counts = json.loads(machine.python(COUNT))
    assert {table: counts[table] for table in put_in} == put_in
    found = json.loads(machine.python(LOOK))
    assert found == {
        "trail": [True, 29, True],
        "texts": [f"open words {name}" for name in ("Amina", "Ben", "Cerys", "Daniel", "Ewa")],
        "notes": "greeting",
        "reason": "we made up",
        "release": found["release"],
        "found": 24,
        "keys": 1,
    }
    assert found["release"] > 20
    visited = json.loads(machine.python(VISIT.format(root=str(ROOT))))
    assert {page: status for page, status in visited.items() if status != 200} == {}
