"""A process with everything loaded and no database connection, from which serving processes are forked.

Starting Python and Django takes two seconds; a fork takes hundredths, so that a thousand real SIGKILLs of real
serving processes fit into minutes. Orders come as lines of JSON on standard input; each gets one line back.

The clock of every child is the machine's plus what stands in shared memory, so that it can jump under its feet.
"""

import json
import multiprocessing
import os
import random
import signal
import socket
import sys
import time
import traceback
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

jump = multiprocessing.get_context("fork").Value("d", 0.0, lock=False)


def _bend_the_clock() -> None:
    """Let `time.time()` and Django's clock be off by `jump`; to be called before Django is imported."""
    from django.utils import timezone

    true_time, true_now = time.time, timezone.now
    time.time = lambda: true_time() + jump.value  # type: ignore[assignment]
    timezone.now = lambda: true_now() + timedelta(seconds=jump.value)  # type: ignore[assignment]


def _load() -> Any:
    """The application, every address and every template."""
    from django.template.loader import get_template

    import belong
    from belong.site.wsgi import application

    for folder in Path(belong.__file__).parent.glob("*/templates"):
        for file in folder.rglob("*.html"):
            get_template(str(file.relative_to(folder)))
    import_module("django_tasks_db.management.commands.db_worker")
    return application


class _Quiet(WSGIRequestHandler):
    def log_message(self, *words: Any) -> None:
        """Nobody reads it."""


class _Server(WSGIServer):
    def handle_error(self, *about: Any) -> None:
        """A client that was cut off is what this is all about."""


def _warm(token: str, group: int, cookies: dict[str, str]) -> None:
    """Show a few pages once, so that every child begins with parsed templates and questionnaires; nothing is written.

    The connection this takes is closed again: none is ever shared with a child.
    """
    from django.conf import settings
    from django.db import connections
    from django.test import Client

    pupil = Client(SERVER_NAME="127.0.0.1")
    pupil.post(f"/a/c/{token}/")
    pupil.get("/a/questions/")
    for who, path in (("tutor", f"/group/{group}/moment/"), ("office", "/people/import/"), ("head", "/ask/")):
        adult = Client(SERVER_NAME="127.0.0.1")
        adult.cookies[settings.SESSION_COOKIE_NAME] = cookies[who]
        adult.get(path)
    connections.close_all()


def _serve(listening: socket.socket, application: Any) -> None:
    """One web process: one request after the other, like each process of the real server."""
    host, port = listening.getsockname()
    server = _Server((host, port), _Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket, server.server_name, server.server_port = listening, host, port
    server.setup_environ()
    server.set_app(application)
    while True:
        try:
            request, address = listening.accept()
        except OSError:
            continue
        request.settimeout(10)
        server.process_request(request, address)


def _work() -> None:
    """The job worker, as `belong serve` starts it."""
    from django.core.management import call_command

    from belong.base.jobs import take_up_again
    from belong.site.chores import enqueue_chores

    while True:
        try:
            take_up_again()
            if random.random() < 0.1:
                enqueue_chores()
            call_command("db_worker", queue_name="*", interval=0.2, startup_delay=False, verbosity=0)
        except Exception:
            traceback.print_exc()
            time.sleep(0.5)


def _fork(what: Any, *arguments: Any) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, signal.SIG_DFL)
        os.close(0)
        random.seed()
        what(*arguments)
    except BaseException:
        traceback.print_exc()
    os._exit(1)


def _help(path: str, arguments: dict[str, Any], out: int) -> None:
    """Run `module:function` and write what it returns to `out`."""
    module, _, name = path.partition(":")
    answer = getattr(import_module(module), name)(**arguments)
    with os.fdopen(out, "w") as file:
        json.dump(answer, file)
    os._exit(0)


def _helped(path: str, arguments: dict[str, Any]) -> Any:
    """What a function answers in a process of its own, so that this one never opens a connection."""
    inside, outside = os.pipe()
    pid = _fork(_help, path, arguments, outside)
    os.close(outside)
    with os.fdopen(inside) as file:
        text = file.read()
    os.waitpid(pid, 0)
    return json.loads(text) if text else {"failed": path}


def _reap(living: dict[int, str], killed: list[int]) -> None:
    """Forget the dead; a process that was killed is waited for, as a signal takes a moment to arrive."""
    for pid in list(living):
        if os.waitpid(pid, 0 if pid in killed else os.WNOHANG)[0]:
            del living[pid]


def main() -> None:
    """Take orders until the line ends: spawn, clock, warm, help."""
    _bend_the_clock()
    application = _load()
    listening = socket.create_server(("127.0.0.1", 0), backlog=200)
    living: dict[int, str] = {}
    print(json.dumps({"port": listening.getsockname()[1]}), flush=True)
    for line in sys.stdin:
        order, answer = json.loads(line), {}
        _reap(living, order.get("killed", []))
        match order["do"]:
            case "spawn":
                for kind, number in (("web", 2), ("worker", 1)):
                    for _ in range(number - list(living.values()).count(kind)):
                        task = (_serve, listening, application) if kind == "web" else (_work,)
                        living[_fork(*task)] = kind
                answer = {
                    kind: [pid for pid, is_ in living.items() if is_ == kind] for kind in ("web", "worker")
                }
            case "clock":
                jump.value = order["seconds"]
            case "warm":
                _warm(**order["with"])
            case "help":
                answer = {"said": _helped(order["what"], order["with"])}
        print(json.dumps(answer), flush=True)
    for pid in living:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
