"""The only door where nobody asks for a page: every job, the round of every minute, mails, logs and commands.

Forty-seven pupils answer a wave whose figures stand nowhere else. Then everything runs that runs by itself, each under
the watch over statements, and all that leaves the house is searched for a figure. Tasks, mails and commands are found
in the program, so that a new one is looked at, too, or makes this fail until it is said what to call it with.
"""

import importlib
import inspect
import itertools
import logging
import pkgutil
import re
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django_scopes import scope, scopes_disabled
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

import belong
from belong.ask.actions import close_wave
from belong.ask.models import Wave
from belong.base.clock import frozen, now
from belong.base.errors import Refused
from belong.guard.concerns.ticking import tick
from belong.notice.models import Letter, NoteHome
from belong.people.staffing import mail_sign_in
from belong.site.chores import enqueue_chores
from belong.site.command import COMMANDS, main
from tests.matrix.door import job_past_the_door, past_the_door
from tests.see import build

ROOT = Path(belong.__file__).parent
MANY = 47
DATES = re.compile(r"\b\d{1,2}(?::\d\d)? (?:[A-Z][a-z]+)(?: \d{4})?|\b\d\d:\d\d\b|\b20\d\d(?:-\d\d-\d\d)?\b")
NAMES = re.compile(r"https?://\S+|\b[0-9a-f]{8,}(?:-[0-9a-f]+)*\b|\bid=\S+|\S*[A-Za-z_]\d+\S*|\bTLS\S*")
OF_FILES = {
    "demo",
    "serve",
    "staff",
    "import_",
    "analyse",
    "attack",
    "across",
    "simulate_cat",
    "backup",
    "restore",
    "badge",
    "manage",
}
"""Commands that work on what they are given, or start the rest; what `demo` and `serve` run is looked at here."""
ASKED = {
    "check": ["check"],
    "datamap": ["datamap"],
    "keys": ["keys"],
    "retention": ["retention", "--dry-run"],
    "why": ["why"],
}


@pytest.fixture
def echo(world, cast, in_school):
    """The open wave of the school, answered by forty-seven pupils and closed; its release is not built yet."""
    wave = Wave.objects.get(pk=world.places["open"]["wave_id"])
    build.answer(wave, build.admit(cast.school, MANY), share=1.0)
    return close_wave(cast.head, wave)


def _tasks() -> dict[str, Task]:
    found = {}
    for module in pkgutil.walk_packages(belong.__path__, "belong."):
        if module.name.endswith(".tasks"):
            values = vars(importlib.import_module(module.name)).values()
            found |= {task.module_path: task for task in values if isinstance(task, Task)}
    return found


def _arguments(world, cast) -> dict[str, list]:
    with scope(school=cast.school):
        waves = list(Wave.askings.exclude(state=Wave.DRAFT).values_list("pk", flat=True))
    return {
        "school_id": [cast.school.pk],
        "wave_id": waves,
        "asking_id": [world.arguments(("places-closed",), {"asking_id"})["asking_id"]],
        "request_id": [world.arguments(("requested",), {"request_id"})["request_id"]],
        "note_id": [world.arguments(("own",), {"note_id"})["note_id"]],
        "user_id": [cast.tutor.pk],
        "actor_id": [cast.technician.pk],
        "kind": ["link"],
        "factor": ["key"],
        "left": ["one"],
        "base_url": ["https://oak.test/"],
    }


def _calls(task: Task, known: dict[str, list]):
    names = list(inspect.signature(task.func).parameters)
    unknown = [name for name in names if name not in known]
    assert not unknown, f"Say in _arguments what {task.module_path} is called with: {unknown}"
    return [dict(zip(names, values, strict=True)) for values in itertools.product(*(known[n] for n in names))]


class Watched:
    """Statements of what runs inside it."""

    def __enter__(self):
        self.statements = []
        self._around = connection.execute_wrapper(self._note)
        self._around.__enter__()
        return self

    def __exit__(self, *left):
        self._around.__exit__(*left)

    def _note(self, execute, sql, params, many, context):
        self.statements.append(sql)
        return execute(sql, params, many, context)


def test_no_job_looks_past_the_door_and_none_says_a_figure(world, cast, echo, caplog, mailers):
    caplog.set_level(logging.DEBUG)
    known, kept = _arguments(world, cast), {}
    for path, task in _tasks().items():
        for arguments in _calls(task, known):
            with transaction.atomic(), scopes_disabled(), Watched() as watched:
                with suppress(Refused, ValueError, ObjectDoesNotExist):  # a wave that is not for it
                    kept.setdefault(path, set()).add(repr(task.func(**arguments)))
                transaction.set_rollback(True)
            past = [sql for sql in watched.statements if job_past_the_door(path.rpartition(".")[2], sql)]
            assert not past, (path, arguments, past)
    assert set(kept) == set(_tasks()), "a job that could not be tried"
    told = {path for path, said in kept.items() if said != {"None"}}
    assert told <= COUNT_LETTERS, "the row of a job is read by whoever looks after the machine"
    with frozen(now() + timedelta(days=3)), Watched() as watched:
        tick()
        mail_sign_in(cast.technician, person=cast.tutor.person, base_url="https://oak.test")
    assert not [sql for sql in watched.statements if past_the_door("GET", sql)]
    assert mailers == _modules_that_mail(), "a mail that is not looked at"
    _hold_no_figure([f"{sent.subject}\n{sent.body}" for sent in mail.outbox])
    _hold_no_figure([record.getMessage() for record in caplog.records])


def test_the_daily_work_is_made_of_those_jobs_and_its_log_holds_no_figure(echo, caplog, settings):
    """What the server queues by itself, and what the queue keeps of it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    caplog.set_level(logging.DEBUG)
    enqueue_chores()
    queued = {job.task_path for job in DBTaskResult.objects.all()}
    assert len(queued) > 10
    assert queued <= set(_tasks())
    assert caplog.records
    _hold_no_figure([record.getMessage() for record in caplog.records])


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_counts_answers(command, echo, capsys):
    if command in OF_FILES:
        assert command not in ASKED
        return
    with scopes_disabled(), Watched() as watched:
        main(ASKED[command])
    assert not [sql for sql in watched.statements if past_the_door("GET", sql)]
    _hold_no_figure(capsys.readouterr().out.splitlines(), no_number=False)


COUNT_LETTERS = {
    "belong.ask.tasks.mail_links",
    "belong.ask.tasks.close_due_waves",
    "belong.ask.tasks.close_due_places",
    "belong.ask.tasks.expire_pool_keys",
    "belong.ask.checkins.tasks.turn_rounds",
    "belong.notice.noting.tasks.send_note_home",
    "belong.notice.noting.tasks.send_due_notes_home",
    "belong.guard.rights.tasks.tidy_machine",
}
"""Tasks whose result is kept in the row of the job: how many mails, waves, keys or files, never how many people said
something."""


@pytest.fixture
def mailers(world, monkeypatch):
    """The modules of the program that have made a mail since; a note home waits to be sent."""
    Letter.objects.update(state=Letter.WAITING)
    NoteHome.objects.update(send_after=now() - timedelta(hours=1))
    found, made = set(), EmailMessage.__init__

    def noted(self, *args, **kwargs):
        frame = sys._getframe(1)
        while not (name := frame.f_globals["__name__"]).startswith("belong."):
            frame = frame.f_back
        found.add(name)
        made(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "__init__", noted)
    return found


def _modules_that_mail() -> set[str]:
    texts = {path: path.read_text() for path in ROOT.rglob("*.py") if "settings" not in path.name}
    mails = [path for path, text in texts.items() if "django.core.mail" in text]
    return {".".join(("belong", *path.relative_to(ROOT).with_suffix("").parts)) for path in mails}


FIGURE = re.compile(rf"\b\d+[.,]\d+\b|\d\s?%|\b{MANY}\b")
MINUTES = re.compile(r"about \d+ minutes")


def _hold_no_figure(texts: list[str], *, no_number: bool = True) -> None:
    """Beside dates, links, names of files and how long answering takes: no number, or no share, mean or number of those
    who answered.
    """
    for text in texts:
        said = MINUTES.sub(" ", NAMES.sub(" ", DATES.sub(" ", text)))
        assert not re.search(r"\d" if no_number else FIGURE, said), text
