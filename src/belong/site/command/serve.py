"""`belong serve`: the web server and the job worker, together, until told to stop."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

CHORES_EVERY = 3600.0
TICK_EVERY = 60.0
WORKER_PAUSE = 5.0
LOCAL = ("localhost", "127.0.0.1", "::1")
HELP = """\
Serve the school in BELONG_HOME.

  belong serve                                       on this machine only, http://localhost:8000
  belong serve --host 0.0.0.0 --certificate school.pem --key school.key
  belong serve --host 0.0.0.0 --behind-proxy         a proxy in front gives HTTPS

Plain HTTP is served to this machine only: passwords and children's answers do not travel in the clear.
"""


def add(subparsers: Any) -> None:
    """Add `belong serve`."""
    serve = subparsers.add_parser(
        "serve",
        help="run the web server and the job worker",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    serve.add_argument("--host", default="localhost", help="address to listen on (default localhost)")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--certificate", help="PEM file; with --key serves HTTPS")
    serve.add_argument("--key", help="PEM file of the private key")
    serve.add_argument("--behind-proxy", action="store_true", help="a proxy in front gives HTTPS")
    serve.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check the words, prepare the database, serve."""
    secure = bool(args.certificate) or args.behind_proxy
    if bool(args.certificate) != bool(args.key):
        return _no("give both --certificate and --key")
    if args.host not in LOCAL and not secure:
        return _no(f"plain HTTP on {args.host} would send answers in the clear; see belong serve --help")
    if secure:
        os.environ["BELONG_HTTPS"] = "1"
    scheme = "https" if args.certificate else "http"
    if not args.behind_proxy:  # for links in mails; behind a proxy the first host name is the address
        name = os.environ.get("BELONG_HOSTS", "localhost").split(",")[0]
        os.environ.setdefault("BELONG_URL", f"{scheme}://{name}:{args.port}")
    if args.behind_proxy:
        os.environ["BELONG_BEHIND_PROXY"] = "1"
    from belong.site.prepare import prepare

    prepare()
    print(f"belong is at {scheme}://{args.host}:{args.port}/   (Ctrl-C stops it)", flush=True)
    return supervise(args.host, args.port, args.certificate, args.key)


def _no(reason: str) -> int:
    sys.stderr.write(f"belong serve: {reason}\n")
    return 2


def supervise(host: str, port: int, certificate: str | None = None, key: str | None = None) -> int:
    """Run web server and worker until the server ends or a signal comes; stop both; return the exit code."""
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "belong.site.wsgi:application"]
    server += ["--host", "127.0.0.1" if host == "localhost" else host, "--port", str(port)]
    server += ["--workers", "2", "--blocking-threads", "1", "--log-level", "warning", "--no-ws"]
    if certificate and key:
        server += ["--ssl-certificate", certificate, "--ssl-keyfile", key]
    worker = [sys.executable, "-m", "belong", "manage", "db_worker", "--queue-name", "*", "--interval", "1"]
    web, jobs = subprocess.Popen(server), _Worker(worker)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    chores_due = tick_due = time.monotonic()
    try:
        while web.poll() is None:
            jobs.keep_going()
            if time.monotonic() >= chores_due:
                _try("the daily work was not queued", _chores)
                chores_due += CHORES_EVERY
            if time.monotonic() >= tick_due:
                _try("the reminders did not run", _tick)
                tick_due = time.monotonic() + TICK_EVERY
            time.sleep(0.3)
        return web.returncode or 0
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        _stop([web, *([jobs.process] if jobs.process else [])])


ONE_CORE = {"OPENBLAS_NUM_THREADS": "1"}
"""A job leaves the other cores to whoever waits for a page; it is no slower for it."""


class _Worker:
    """The job worker, started anew when it ends: a full disk or a database that restarts must not stop the pages."""

    def __init__(self, command: list[str]) -> None:
        self._command, self._due = command, 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def keep_going(self) -> None:
        """Start it if it is not there; what it was in the middle of is done after all."""
        if (self.process is None or self.process.poll() is not None) and time.monotonic() >= self._due:
            _try("jobs that were cut off were not taken up", _take_up_again)
            self.process = subprocess.Popen(self._command, env={**ONE_CORE, **os.environ})
            self._due = time.monotonic() + WORKER_PAUSE


def _try(else_say: str, what: Callable[[], None]) -> None:
    """Do it, and let a database that is full or gone be no reason to stop serving."""
    from django.db import DatabaseError, connections

    try:
        what()
    except DatabaseError as error:
        sys.stderr.write(f"belong serve: {else_say} ({type(error).__name__}); tried again soon\n")
    connections.close_all()


def _take_up_again() -> None:
    from belong.base.jobs import take_up_again

    take_up_again()


def _tick() -> None:
    """Send the reminders of concerns. Here and not in a job, so that they go out when the worker is stuck."""
    from belong.guard.concerns.ticking import tick

    tick()


def _chores() -> None:
    from belong.site.chores import enqueue_chores

    enqueue_chores()


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
