"""PostgreSQL itself killed: one of its processes now and then, and once the whole server."""

import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from tools.postgres import programs

BACKEND_EVERY = 20
SERVER_AT = 50


class Breaker:
    """Called after each kill of ours with its number."""

    def __init__(self, url: str) -> None:
        self.folder = Path(unquote(parse_qs(urlsplit(url).query)["host"][0]))
        self.kills = 0

    def __call__(self, number: int) -> None:
        if number == SERVER_AT:
            self._server()
        elif number % BACKEND_EVERY == 0:
            self._backend()

    def _postmaster(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def _backend(self) -> None:
        """One connection's process; PostgreSQL then drops all the others and recovers by itself."""
        pid = self._postmaster()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ours = [child for child in children if b"belong" in Path(f"/proc/{child}/cmdline").read_bytes()]
        if ours:
            os.kill(int(ours[0]), signal.SIGKILL)
            self.kills += 1

    def _server(self) -> None:
        os.kill(self._postmaster(), signal.SIGKILL)
        self.kills += 1
        time.sleep(1)
        binaries = programs()
        assert binaries is not None
        user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=60"
        data = self.folder / "data"
        start = [
            *user,
            str(binaries / "pg_ctl"),
            "-D",
            str(data),
            "-l",
            str(data / "log"),
            "-w",
            "-o",
            options,
            "start",
        ]
        for _ in range(10):
            if subprocess.run(start, cwd="/", capture_output=True).returncode == 0:
                return
            time.sleep(1)
        raise SystemExit("PostgreSQL did not come back")
