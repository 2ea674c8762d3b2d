"""oTree (PyPI) beside us: one page of twenty questions and a text, answered by as many at once, on the same machine.

It is brought into an environment of its own under `.cache`, and never into ours. Where that does not work the
measurement says so and goes on.
"""

import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import venv
from collections.abc import Iterator
from pathlib import Path

from bench.crowd import WORDS, Line
from bench.figures import line, percentile
from bench.server import Served, _end, _free_port

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "otree"
PEOPLE, QUESTIONS = 300, 20
SETTINGS = """
SESSION_CONFIGS = [dict(name="survey", app_sequence=["survey"], num_demo_participants=1)]
SESSION_CONFIG_DEFAULTS = dict(real_world_currency_per_point=1.0, participation_fee=0.0, doc="")
PARTICIPANT_FIELDS, SESSION_FIELDS = [], []
LANGUAGE_CODE, REAL_WORLD_CURRENCY_CODE, USE_POINTS = "en", "USD", True
ADMIN_USERNAME, ADMIN_PASSWORD, SECRET_KEY = "admin", "a measurement", "a measurement"
DEMO_PAGE_INTRO_HTML = ""
"""
APP = """
from otree.api import *

class C(BaseConstants):
    NAME_IN_URL, PLAYERS_PER_GROUP, NUM_ROUNDS = "survey", None, 1

class Subsession(BaseSubsession): pass
class Group(BaseGroup): pass

def often(n):
    choices = [[1, "Never"], [2, "Not often"], [3, "Sometimes"], [4, "Often"], [5, "Always"]]
    return models.IntegerField(label=f"Question {n}?", choices=choices, widget=widgets.RadioSelect, blank=True)

class Player(BasePlayer):
    words = models.LongStringField(label="What should change?", blank=True)
for n in range(COUNT):
    setattr(Player, f"q{n}", often(n))

class Questions(Page):
    form_model, form_fields = "player", [*(f"q{n}" for n in range(COUNT)), "words"]

page_sequence = [Questions]
"""

TEMPLATE = "{{ block content }}{{ formfields }}{{ next_button }}{{ endblock }}"


def measure(at_once: int) -> None:
    """Print its figures in the form of ours."""
    try:
        program = _brought()
        with tempfile.TemporaryDirectory(prefix="bench-otree-") as folder:
            _measured(program, Path(folder), at_once)
    except (OSError, subprocess.SubprocessError, http.client.HTTPException, ValueError) as error:
        print(f"oTree was left out: {type(error).__name__}: {error}")


def _brought() -> Path:
    program = FOLDER / "bin" / "otree"
    if not program.exists():
        print("bringing oTree (once)", file=sys.stderr, flush=True)
        venv.create(FOLDER, with_pip=True)
        quiet = ["install", "--quiet", "--disable-pip-version-check", "otree"]
        subprocess.run(
            [str(FOLDER / "bin" / "pip"), *quiet], check=True, timeout=600, stderr=subprocess.DEVNULL
        )
    return program


def _measured(program: Path, folder: Path, at_once: int) -> None:
    (folder / "settings.py").write_text(SETTINGS)
    for name in ("survey", "_static", "_templates"):
        (folder / name).mkdir()
    (folder / "survey" / "__init__.py").write_text(APP.replace("COUNT", str(QUESTIONS)))
    (folder / "survey" / "Questions.html").write_text(TEMPLATE)
    port = _free_port()
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "DATABASE_URL")}
    env |= {"OTREE_PRODUCTION": "1", "PATH": os.pathsep.join([str(program.parent), env.get("PATH", "")])}
    process = subprocess.Popen(
        [str(program), "prodserver1of2", str(port)], env=env, start_new_session=True, **quiet
    )
    try:
        codes = _people(port)
        server = Served(f"http://127.0.0.1:{port}", folder, process)
        for code in codes:
            _begin(Line("127.0.0.1", port), code)
        cpu, began = server.cpu_seconds(), time.perf_counter()
        times, errors = _answered(port, codes, at_once)
        took, cpu = time.perf_counter() - began, server.cpu_seconds() - cpu
    finally:
        _end(process)
    figures = {
        "cpu_ms": f"{1000 * cpu / max(1, len(times)):.1f}",
        "p99_ms": f"{1000 * percentile(times, 0.99):.0f}",
        "answers_per_s": f"{len(times) / took:.1f}",
        "errors": errors,
    }
    print(line("intake peer=otree", **figures), flush=True)


def _people(port: int) -> list[str]:
    """A session with places for everybody, made through its own interface once it is up."""
    asked = json.dumps({"session_config_name": "survey", "num_participants": PEOPLE}).encode()
    headers = {"Content-Type": "application/json"}
    for _ in range(120):
        try:
            status, said = Line("127.0.0.1", port).ask("POST", "/api/sessions", headers, asked)
            break
        except OSError:
            time.sleep(0.5)
    else:
        raise OSError("its server did not start")
    if status != 200:
        raise OSError(f"it made no session ({status})")
    code = json.loads(said)["code"]
    _, said = Line("127.0.0.1", port).ask("GET", f"/api/sessions/{code}", headers)
    return [one["code"] for one in json.loads(said)["participants"]]


def _begin(to: Line, code: str) -> None:
    """Come in, as by a link, up to the page of questions: what is counted begins there."""
    to.ask("GET", f"/InitializeParticipant/{code}", {})


def _answered(port: int, codes: list[str], at_once: int) -> tuple[list[float], int]:
    """The page, and the page sent back, by so many at once; seconds of the slower half for each."""
    times: list[float] = []
    errors: list[str] = []
    lock, left = threading.Lock(), iter(codes)
    crowd = [
        threading.Thread(target=_one, args=(port, left, lock, times, errors, seed)) for seed in range(at_once)
    ]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    for reason in errors[:3]:
        print(f"  oTree: {reason}")
    return times, len(errors)


def _one(
    port: int, left: Iterator[str], lock: threading.Lock, times: list[float], errors: list[str], seed: int
) -> None:
    to, dice = Line("127.0.0.1", port), random.Random(seed)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    while True:
        with lock:
            code = next(left, None)
        if code is None:
            return
        path = f"/p/{code}/survey/Questions/1"
        given = {f"q{n}": str(dice.randint(1, 5)) for n in range(QUESTIONS)} | {"words": WORDS}
        try:
            began = time.perf_counter()
            status, page = to.ask("GET", path, {})
            drawn = time.perf_counter()
            if status != 200 or b'name="q0"' not in page:
                raise OSError(f"its page answered {status}")
            status, _ = to.ask("POST", path, form, urllib.parse.urlencode(given).encode())
            if status not in (302, 303):
                raise OSError(f"its page took nothing ({status})")
            times.append(max(drawn - began, time.perf_counter() - drawn))
        except (OSError, http.client.HTTPException) as error:
            errors.append(str(error))
