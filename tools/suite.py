"""`./run test`: bring Chromium and PostgreSQL, then run the suite on SQLite and on PostgreSQL."""

import os
import shutil
import subprocess
import sys
import tempfile
import time

from tools import databases
from tools.postgres import programs, throwaway

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
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(command, **quiet).returncode == 0


def pytest(words: list[str], **extra: str) -> int:
    """Run pytest with a BELONG_HOME of its own; returns its exit code."""
    with tempfile.TemporaryDirectory(prefix="belong-test-") as home:
        env = {**os.environ, "BELONG_HOME": home, **extra}
        return subprocess.run([sys.executable, "-m", "pytest", *words], env=env).returncode


def main(words: list[str]) -> int:
    quick = "--quick" in words
    words = [word for word in words if word != "--quick"]
    named = [word for word in words if not word.startswith("-")]
    options = [] if named else ["-n", "2", "--dist", "worksteal"]
    began = time.monotonic()
    if quick:
        code = pytest([*options, "-m", "not browser and not once", *words])
        say(f"quick: SQLite, no browser, no long walks, {time.monotonic() - began:.0f} s")
        return code
    ready = bool(shutil.which("chromium")) or bring("chromium")
    if not ready:
        say("no Chromium: leaving out the browser tests")
    browser = [] if ready else ["-m", "not browser"]
    codes = [pytest([*options, *browser, *words])]
    say(f"SQLite done after {time.monotonic() - began:.0f} s")
    if programs() is None and not bring("postgresql"):
        say("no PostgreSQL: the suite ran on SQLite only")
        return max(codes)
    rest = [] if named else [f"--ignore={folder}" for folder in (*ENGINES, *SAME)]
    # What a page does in a browser is the same on either database: each address is asked on both without one.
    chosen = [] if named else ["-m", "not browser and not once"]
    with throwaway() as url:
        extra = {"DATABASE_URL": url, "BELONG_TEST_TEMPLATE": databases.postgres(url)}
        codes.append(pytest([*options, *rest, *(chosen or browser), *words], **extra))
    say(f"PostgreSQL done after {time.monotonic() - began:.0f} s in all")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
