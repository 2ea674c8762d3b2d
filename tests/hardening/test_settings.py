"""The settings of a school with HTTPS, in a process of its own: cookies, HSTS, who may read files."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import json, io
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.core.mail import send_mail
from belong.ask.passes import COOKIE, DEVICE_COOKIE
from belong.base.keyfile import make_keys
from belong.people.roster import keeping
from belong.people.roster.tables import Table, Line
said = io.StringIO()
call_command("check", deploy=True, fail_level="WARNING", stderr=said, stdout=said)
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS looked_at (id integer)")
make_keys(settings.BELONG_HOME / "text.key", ())
keeping.keep([Table("list.csv", ["Name"], [Line(2, ["Nia Bell"])])])
names = ["SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_SAMESITE", "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS", "DEBUG", "SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH"]
more = {"check": said.getvalue(), "passes": [COOKIE, DEVICE_COOKIE]}
print(json.dumps({name: getattr(settings, name) for name in names} | more))
"""


@pytest.fixture(scope="module")
def looked(tmp_path_factory):
    """What a fresh installation with HTTPS says of itself, and its folder."""
    home = tmp_path_factory.mktemp("school") / "home"
    env = {
        **os.environ,
        "BELONG_HOME": str(home),
        "BELONG_HTTPS": "1",
        "BELONG_HOSTS": "belong.school.example",
    }
    env |= {
        "DJANGO_SETTINGS_MODULE": "belong.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    env.pop("DATABASE_URL", None)
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # set where browser tests ran before
    done = subprocess.run([sys.executable, "-c", LOOK], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]), home


def test_djangos_own_list_for_deployment_is_clean(looked):
    assert "no issues" in looked[0]["check"]


def test_cookies_are_bound_to_this_host_over_https_and_out_of_reach_of_scripts(looked):
    said = looked[0]
    for kind in ("SESSION", "CSRF"):
        assert said[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert (said[f"{kind}_COOKIE_SECURE"], said[f"{kind}_COOKIE_HTTPONLY"]) == (True, True)
        assert said[f"{kind}_COOKIE_SAMESITE"] == "Lax"
    assert (said["SESSION_COOKIE_DOMAIN"], said["SESSION_COOKIE_PATH"]) == (None, "/")
    assert all(name.startswith("__Secure-") for name in said["passes"])  # these live under /a/ only


def test_browsers_are_told_to_stay_with_https_for_a_year(looked):
    assert looked[0]["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert looked[0]["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert looked[0]["DEBUG"] is False


def test_whatever_belong_writes_is_its_owners_alone(looked):
    found = [looked[1], *looked[1].rglob("*")]
    names = {path.name for path in found}
    assert {"belong.sqlite3", "secret.key", "text.key", "uploads"} <= names
    open_to_others = [str(path) for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert open_to_others == []


def test_an_upload_is_kept_under_a_name_of_ours_and_written_anew(looked):
    [kept] = (looked[1] / "uploads").iterdir()
    assert kept.name.removesuffix(".json.gz").isalnum()
    assert len(kept.name) == 48 + len(".json.gz")
    assert b"Nia Bell" not in kept.read_bytes()
