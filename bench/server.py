"""A copy of the demo school, served by the real server on a free port, for measurements."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path


@dataclass
class Served:
    """A running server: where it is, where its data is, and its processes."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """CPU seconds used so far by the web server and its workers (user and system)."""
        ticks = os.sysconf("SC_CLK_TCK")
        return sum(_ticks(pid) for pid in _family(self.process.pid)) / ticks


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(grand for child in children for grand in _family(int(child)))]


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


@contextmanager
def served() -> Iterator[Served]:
    """Make the demo school in a temporary folder and serve it with two web processes."""
    with tempfile.TemporaryDirectory(prefix="belong-bench-") as folder:
        env = {**os.environ, "BELONG_HOME": folder}
        env.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-m", "belong", "demo", "--no-serve"], env=env, check=True)
        try:
            with serving(Path(folder) / "demo", BELONG_DEMO="1") as server:
                yield server
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def serving(home: Path, **extra: str) -> Iterator[Served]:
    """Serve what is in `home` as `belong serve` does, on a free port."""
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    env |= {"BELONG_HOME": str(home), **extra}
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "belong.site.wsgi:application"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "1", "--no-ws"]
    process = subprocess.Popen([*command, "--log-level", "warning"], env=env, start_new_session=True)
    try:
        yield _ready(Served(f"http://127.0.0.1:{port}", home, process))
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop the server and its workers, kindly and then not."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def _ready(server: Served) -> Served:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{server.url}/healthy/", timeout=2).read()
            return server
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Visitor:
    """A browser without a screen: keeps cookies and the last form token."""

    base: str
    jar: CookieJar = field(default_factory=CookieJar)
    page: str = ""

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        self.page = self.opener.open(self.base + path, timeout=60).read().decode()
        return self.page

    def post(self, path: str, values: dict[str, str]) -> str:
        """Send a form, with the token of the last page."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        data = {**values, "csrfmiddlewaretoken": token.group(1) if token else ""}
        request = urllib.request.Request(self.base + path, urllib.parse.urlencode(data).encode())
        request.add_header("Referer", self.base + path)
        self.page = self.opener.open(request, timeout=60).read().decode()
        return self.page


def p95(values: list[float]) -> float:
    """The 95th percentile, by rank."""
    return sorted(values)[min(len(values) - 1, round(0.95 * len(values)))]
