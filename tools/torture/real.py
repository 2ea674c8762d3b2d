"""The real thing: `belong serve` as a school runs it, its whole process group killed again and again."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request

from tools.torture.trial import Trial

COMES_UP_WITHIN = 120.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kill_served(trial: Trial, kills: int) -> None:
    """Serve, wait until answers come in, kill the group; at the end serve once more until all is done."""
    port = _free_port()
    with trial.clients(port):
        for _ in range(kills):
            process = _serve(trial, port)
            _first_reply(trial, port)
            time.sleep(random.uniform(0.2, 2.0))
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            trial.kills += 1
        process = _serve(trial, port)
    trial.wait_for_jobs()
    process.terminate()
    process.wait(30)


def _serve(trial: Trial, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "belong", "serve", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": trial.log.open("ab")}
    return subprocess.Popen(command, env=trial.env, start_new_session=True, **quiet)


def _first_reply(trial: Trial, port: int) -> None:
    """Wait until it serves; on a busy machine that takes a while."""
    until = time.monotonic() + COMES_UP_WITHIN
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthy/", timeout=5).read()
            return
        except OSError:
            time.sleep(0.1)
    trial.ledger.note(f"belong serve did not come up:\n{trial.log.read_text()[-1500:]}")
