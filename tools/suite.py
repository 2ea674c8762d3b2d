"""`./run test`: bring Chromium and PostgreSQL, then run the suite on SQLite and on PostgreSQL."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tools import chromium, databases
from tools.postgres import programs, throwaway

ROOT = Path(__file__).resolve().parent.parent

ENGINES = ("tests/measure", "tests/release", "tests/analyse", "tests/content", "tests/guard/detecting")
# What these prove does not lie in the database: settings, headers, bytes from outside, tokens of a provider.
SAME = ("tests/hardening", "tests/people/oidc", "tests/web")


def say(text: str) -> None:
    print(f"test: {text}", flush=True)


def bring(*packages: str) -> bool:
    """Install Debian packages where that is possible; else say what to install."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        say(f"please install {', '.join(packages)} (Debian: sudo apt-get install {' '.join(packages)})")
        return False
    say(f"installing {', '.join(packages)} (once)")
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    soon = ["apt-get", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=2", "-qq"]
    subprocess.run([*soon, "update"], **quiet)
    command = [*soon, "install", "-y", "--no-install-recommends", *packages]
    return subprocess.run(command, **quiet).returncode == 0


def browser() -> bool:
    """Whether there is one to test with, brought if need be; asked for once where another is there already."""
    asked = ROOT / ".cache" / "chromium-asked"
    if shutil.which(chromium.WITHOUT_WINDOW) or (chromium.program() and asked.exists()):
        return True
    if chromium.program() is None or os.geteuid() == 0:
        asked.parent.mkdir(exist_ok=True)
        asked.touch()
        bring(chromium.WITHOUT_WINDOW)
    return bool(chromium.program()) or bring("chromium")


@contextmanager
def pytest(words: list[str], output: Path | None = None, **extra: str) -> Iterator[subprocess.Popen]:
    """Start pytest with a BELONG_HOME of its own and wait for it at the end; it prints into a file, if one is given."""
    sink = output.open("w") if output else nullcontext()
    with tempfile.TemporaryDirectory(prefix="belong-test-") as home, sink as file:
        env = {**os.environ, "BELONG_HOME": home, "OPENBLAS_NUM_THREADS": "1", **extra}
        command = [sys.executable, "-m", "pytest", *words]
        with subprocess.Popen(command, env=env, stdout=file, stderr=file) as running:
            yield running


def run(words: list[str], output: Path | None = None, **extra: str) -> int:
    with pytest(words, output, **extra) as running:
        return running.wait()


def on_postgresql(words: list[str], output: Path | None = None) -> int:
    """Run pytest on a server of its own, where there is one."""
    if programs() is None and not bring("postgresql"):
        say("no PostgreSQL: the suite runs on SQLite only")
        return 0
    with throwaway() as url:
        template = databases.postgres(url)
        return run(words, output, DATABASE_URL=url, BELONG_TEST_TEMPLATE=template)


def everything(sqlite: list[str], postgresql: list[str]) -> int:
    """Both databases at once, so that two cores have work to the end; what PostgreSQL's half says is printed last."""
    with tempfile.TemporaryDirectory(prefix="belong-said-") as folder:
        said = Path(folder) / "postgresql.txt"
        with pytest(sqlite) as first:
            code = on_postgresql(postgresql, said)
        if said.exists():
            print(f"\nOn PostgreSQL:\n{said.read_text()}")
    return max(first.returncode, code)


def main(words: list[str]) -> int:
    quick = "--quick" in words
    words = [word for word in words if word != "--quick"]
    whole = not [word for word in words if not word.startswith("-")]
    spread = ["-n", "2", "--dist", "worksteal"] if whole else []
    began = time.monotonic()
    if quick:
        code = run([*spread, "-m", "not browser and not once", *words])
        say(f"quick: SQLite, no browser, no long walks, {time.monotonic() - began:.0f} s")
        return code
    ready = browser()
    if not ready:
        say("no Chromium: leaving out the browser tests")
    chosen = [] if ready else ["-m", "not browser"]
    if whole:
        # What a page does in a browser is the same on either database, and what asks no database is the same on none.
        other = [
            *(f"--ignore={folder}" for folder in (*ENGINES, *SAME)),
            "-m",
            "database and not browser and not once",
        ]
        code = everything([*spread, *chosen, *words], [*other, *words])
    else:
        code = max(run([*chosen, *words]), on_postgresql([*chosen, *words]))
    say(f"SQLite and PostgreSQL, {time.monotonic() - began:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
