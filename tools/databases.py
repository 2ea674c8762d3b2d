"""An empty database of this version, made once and copied: all migrations take longer than a hundred tests.

What is copied lies in `.cache/databases` under a name that changes with any migration and any package.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlparse

from tools.postgres import programs

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "databases"
READY = "belong_ready"


def sqlite(path: Path) -> None:
    """Put an empty database of this version at `path`."""
    shutil.copyfile(_made(f"{_version()}.sqlite3", _migrated), path)


def postgres(url: str) -> str:
    """Make an empty database of this version on a server; returns its name, for `CREATE DATABASE … TEMPLATE`."""
    written = _made(f"{_version()}.sql", lambda file: _dumped(url, file))
    if not _asked(url, f"SELECT 1 FROM pg_database WHERE datname = '{READY}'"):
        _asked(url, f"CREATE DATABASE {READY} TEMPLATE template0")
        _program("psql", _at(url, READY), "-q", "-v", "ON_ERROR_STOP=1", "-f", str(written))
    return READY


def _version() -> str:
    files = [*sorted(ROOT.glob("src/belong/*/migrations/*.py")), ROOT / "requirements" / "main.txt"]
    said = hashlib.sha256(sys.version.encode())
    for file in files:
        said.update(file.name.encode() + file.read_bytes())
    return said.hexdigest()[:20]


def _made(name: str, make: Callable[[Path], None]) -> Path:
    """The file of that name, made by the first who wants it while others wait; older ones are thrown away."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = FOLDER / name
    with _alone(wanted.suffix[1:]):
        if not wanted.exists():
            for old in FOLDER.glob(f"*{wanted.suffix}"):
                old.unlink()
            with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
                fresh = Path(folder) / wanted.name
                make(fresh)
                fresh.rename(wanted)
    return wanted


@contextmanager
def _alone(kind: str) -> Iterator[None]:
    with (FOLDER / f"lock-{kind}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrated(file: Path) -> None:
    home = file.parent / "home"
    _migrate({"BELONG_HOME": str(home)})
    (home / "belong.sqlite3").rename(file)


def _dumped(url: str, file: Path) -> None:
    name = f"belong_made_{os.getpid()}"
    _asked(url, f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        _migrate(
            {
                "BELONG_HOME": str(file.parent),
                "DATABASE_URL": urlparse(url)._replace(path=f"/{name}").geturl(),
            }
        )
        file.write_text(_program("pg_dump", _at(url, name), "--no-owner", "--no-privileges"))
    finally:
        _asked(url, f"DROP DATABASE {name} WITH (FORCE)")


def _migrate(extra: dict[str, str]) -> None:
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    env |= {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), **extra}
    command = [sys.executable, "-c", "from belong.site.prepare import tables; tables()"]
    env["DJANGO_SETTINGS_MODULE"] = "belong.site.settings"
    subprocess.run(command, env=env, cwd=ROOT, check=True)


def _at(url: str, name: str) -> str:
    """The address as PostgreSQL's own programs take it."""
    parts = urlparse(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or "localhost"])[0]
    said = {
        "host": host,
        "user": parts.username,
        "password": parts.password,
        "port": parts.port,
        "dbname": name,
    }
    return " ".join(f"{key}='{value}'" for key, value in said.items() if value)


def _asked(url: str, statement: str) -> str:
    return _program("psql", _at(url, "postgres"), "-q", "-A", "-t", "-c", statement).strip()


def _program(name: str, *words: str) -> str:
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    done = subprocess.run([str(folder / name), *words], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr.strip()}")
    return done.stdout
