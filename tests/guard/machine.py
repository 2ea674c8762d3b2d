"""A computer of its own for tests of backup and restore: a home folder, a database, and Python to type commands at."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlparse
from uuid import uuid4

import psycopg
import pytest

import belong
from belong.base.keyfile import Key, read_keys
from tools import databases

URL = os.environ.get("DATABASE_URL", "")
SOURCES = str(Path(belong.__file__).parent.parent)
FOUND = """
from django_scopes import scope
from belong.base.audit import audit
from belong.people.models import Person, Role, School, User
school = School.objects.create(name="Oak Park", slug="oak-park", phase="all", settings={"nested": ["é", 1, None]})
with scope(school=school):
    people = [Person(school=school, kind="pupil", given_name="Zoë", family_name=str(n)) for n in range(200)]
    Person.objects.bulk_create(people)
    head = Person.objects.create(school=school, kind="staff", given_name="Mary", family_name="Hughes")
    user = User.objects.create_user("head", None, school=school, person=head)
    for n in range(40):
        audit(user, "people.give_role", head, why=f"reason {n}", n=n)
"""
LOOK = """
import json
from django.db import connection
from belong.base.append_only import is_guarded
from belong.base.chain import verify
from belong.people.models import School
counts = {}
with connection.cursor() as cursor:
    for name in connection.introspection.table_names(cursor):
        cursor.execute(f'SELECT count(*) FROM "{name}"')
        counts[name] = cursor.fetchone()[0]
schools = [[s.slug, s.settings, verify(s).problem, str(verify(s).head)] for s in School.objects.order_by("pk")]
print(json.dumps([counts, schools, is_guarded()]))
"""


CONSOLE = """
import contextlib, io, json, sys, traceback
import django
django.setup()
from belong.site.command import main
for line in sys.stdin:
    asked, out, err, code = json.loads(line), io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = exec(asked, {}) if isinstance(asked, str) else main(asked)
        except Exception:
            code = traceback.format_exc()
    print(json.dumps([code or 0, out.getvalue(), err.getvalue()]), flush=True)
"""


class Machine:
    """A computer with a home folder and a database, and one running Python on which commands are typed.

    One process a machine, because starting the program takes longer than everything done here.
    """

    def __init__(self, home: Path, url: str) -> None:
        self.home, self.url = home, url
        env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        env |= {
            "BELONG_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "belong.site.settings",
            "PYTHONPATH": SOURCES,
        }
        env |= {"DATABASE_URL": url} if url else {}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.console = subprocess.Popen([sys.executable, "-c", CONSOLE], env=env, **pipes)

    def _ask(self, asked: str | list[str]) -> tuple[int, str, str]:
        self.console.stdin.write(json.dumps(asked) + "\n")
        self.console.stdin.flush()
        code, out, err = json.loads(self.console.stdout.readline())
        assert isinstance(code, int), code
        return code, out, err

    def belong(self, *words: object) -> tuple[int, str, str]:
        """Run a command; returns its exit code and what it printed and complained."""
        return self._ask([str(word) for word in words])

    def python(self, code: str) -> str:
        return self._ask(code)[1]

    def look(self) -> list:
        """Rows per table, each school with its trail, and whether the trail is guarded."""
        return json.loads(self.python(LOOK))

    def backup(self, *words: object) -> Path:
        code, out, err = self.belong("backup", *words)
        assert code == 0, err
        return Path(out.split("  (")[0])

    def key(self) -> Key:
        return read_keys(self.home / "backup.key")[0]

    def switch_off(self) -> None:
        self.console.stdin.close()
        self.console.wait()
        self.console.stdout.close()


@pytest.fixture(scope="module")
def computers(tmp_path_factory) -> Iterator[Callable[[], Machine]]:
    """Buy a new computer: `computers()`; `computers(ready=True)` where the tables are copied and not made there."""
    bought = []

    def buy(*, ready: bool = False) -> Machine:
        url, home = "", tmp_path_factory.mktemp("computer") / "home"
        template = os.environ.get("BELONG_TEST_TEMPLATE", "") if ready else ""
        if URL:
            name = f"belong_{uuid4().hex[:12]}"
            _server(f'CREATE DATABASE "{name}" TEMPLATE {template or "template0"}')
            url = urlparse(URL)._replace(path=f"/{name}").geturl()
        elif ready:
            home.mkdir(mode=0o700)
            databases.sqlite(home / "belong.sqlite3")
        bought.append(Machine(home, url))
        if ready and url and not template:  # a server that nobody has put a copy on
            bought[-1].belong("manage", "migrate", "--verbosity", "0")
            bought[-1].belong("manage", "createcachetable")
        return bought[-1]

    yield buy
    for machine in bought:
        machine.switch_off()
        if machine.url:
            _server(f'DROP DATABASE "{urlparse(machine.url).path[1:]}" WITH (FORCE)')


def _server(statement: str) -> None:
    with psycopg.connect(URL, autocommit=True) as server:
        server.execute(statement)
