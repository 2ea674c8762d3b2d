"""Forty pupils answer through the browser, the wave closes, its jobs run; the naive design is filled beside it.

Built once for all attacks, outside any test's transaction, because what the database does when it commits is part of
what is attacked. The attacks themselves read copies and need no database.
"""

import json
import logging
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django_scopes import scope
from django_tasks_db.management.commands.db_worker import Worker

from belong.ask import actions, rewriting
from belong.ask.models import Device, Wave
from belong.ask.passes import read_sheet_pass
from belong.ask.scramble import scramble
from belong.base.jobs import failed
from belong.people import roles
from belong.people.models import Group, Membership, Person, School
from tests.ask.conftest import plan, sheet_on
from tests.attacks import naive
from tests.attacks.attackers import Attack, View
from tests.attacks.copying import Copy, Row, copy_now, rows_of
from tests.conftest import make_group, make_person, make_user
from tests.safeguarding import put_on_rota, try_the_way

HERE = Path(__file__).parent
PUPILS, BY_CARD = 40, 30
AT_MOST_BY_CHANCE = 9  # of 40; see the note at the top of this folder
UNLINKED = ("place-1", "place-2", "place-3")
POOLED = ("adults-1", "adults-2", "peers-1", "peers-2")
SETTINGS = {
    "TASKS": {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


@dataclass
class Design:
    """One design as the attacker sees it, and the truth: the id of each sheet's row with who gave it."""

    view: View
    truth: dict[int, int]

    def right(self, attack: Attack) -> int:
        """How many sheets an attack gives to the pupil who gave them."""
        return sum(self.truth.get(sheet) == person for sheet, person in attack(self.view).items())


@dataclass
class Scene:
    """What was answered, and every copy that was taken."""

    naive: Design
    pooled: Design
    unlinked: Design
    copies: dict[str, Copy]
    log: list[str]
    submissions: list[str]
    scrambles: list[bytes]

    @property
    def designs(self) -> list[Design]:
        return [self.pooled, self.unlinked]

    def holds(self, attack: Attack) -> None:
        """The attack works on the naive design, and on belong does no better than guessing."""
        assert self.naive.right(attack) >= 0.95 * PUPILS
        assert max(design.right(attack) for design in self.designs) <= AT_MOST_BY_CHANCE


class Lines(logging.Handler):
    """Keeps every line that anything logs."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.name} {record.getMessage()}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each attack needs the test database, although it reads copies: without the mark there would be none.

    They go first: what they look for in the files is their own, on a database that nobody has used yet.
    """
    items.sort(key=lambda item: item.path.parent != HERE)
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def scene(django_db_setup, django_db_blocker, tmp_path_factory) -> Scene:
    """The whole story, once; nothing of it stays in the database."""
    home = tmp_path_factory.mktemp("attacks")
    lines = Lines()
    settings = override_settings(BELONG_HOME=home, **SETTINGS)
    with django_db_blocker.unblock(), settings, pytest.MonkeyPatch.context() as patience:
        assert "test" in str(connection.settings_dict["NAME"]), "this empties the database it runs on"
        assert not School.objects.exists()
        _alone()
        patience.setattr(rewriting, "PATIENCE", 300)  # the other half of the suite writes to the same server
        logging.getLogger().addHandler(lines)
        try:
            naive.build()
            return Story(lines.said).told()
        finally:
            logging.getLogger().removeHandler(lines)
            naive.tear_down()
            cache.clear()
            call_command("flush", interactive=False, verbosity=0)


def _alone() -> None:
    """Close connections that earlier tests have left open: an old transaction would hold rows that were deleted."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@dataclass
class Story:
    """Builds a school, lets it answer, closes, and copies the database on the way."""

    log: list[str]
    naive_log: list[str] = field(default_factory=list)
    copies: dict[str, Copy] = field(default_factory=dict)
    moments: dict[str, list[tuple[list[Row], list[Row]]]] = field(default_factory=dict)
    said: dict[int, dict[str, Any]] = field(default_factory=dict)
    submissions: list[str] = field(default_factory=list)

    def told(self) -> Scene:
        school = School.objects.create(name="Oak Park School", slug="oak-park", phase="secondary")
        with scope(school=school):
            self._people(school)
            wave = self._open()
            self.copies["empty"] = copy_now()
            self._answer(wave)
            key = Wave.objects.get(pk=wave.pk).pool_key
            naive.forget_drafts()
            self.copies["open"] = copy_now()
            actions.close_wave(self.lead, wave)
            _work()
            assert failed() == {}
            self.copies["closed"] = copy_now()
            return self._scene(wave, {scramble(key, pupil.pk): pupil.pk for pupil in self.pupils})

    def _people(self, school: School) -> None:
        person = make_person(school, Person.STAFF, "Mary", "Hughes", title="Mrs")
        self.lead = make_user(person, "hughes", roles.SURVEY_LEAD, roles.SENIOR_LEADER)
        self.survey_lead = self.lead
        numbers = random.Random(8).sample(
            range(700_000, 800_000), PUPILS
        )  # none that could stand for something else
        self.pupils = [
            make_person(school, Person.PUPIL, f"Nia{n}", "Bell", year="8", id=number)
            for n, number in enumerate(numbers)
        ]
        self.group: Group = make_group(school, "8H", "8", self.pupils)
        Membership.objects.create(school=school, group=self.group, person=person, part=Membership.LEAD)

    def _open(self) -> Wave:
        draft = plan(self, years=["8"])
        kinds = dict.fromkeys(UNLINKED, "unlinked")
        actions.change_visibility(self.lead, draft, visibility=kinds, readers=["tutor"])
        put_on_rota(self.lead)
        try_the_way(self.lead)
        return actions.open_wave(self.lead, draft, override_reason="The first wave.")

    def _answer(self, wave: Wave) -> None:
        """Everybody in an order that is not that of their names; most by card, the rest in a class session."""
        cards = {card.person.pk: card.token for card in actions.issue_cards(self.lead, wave, self.group)}
        pins = {pupil.pk: pin for pupil, pin in actions.make_pins(self.lead, self.group)}
        session = actions.open_class_session(self.lead, wave, self.group)
        order = random.Random(20261122).sample(self.pupils, PUPILS)
        for turn, pupil in enumerate(order):
            browser = Client()
            if turn < BY_CARD:
                browser.post(reverse("ask:card", args=[cards[pupil.pk]]))
            else:
                browser.post("/a/", {"code": session.code})
                Device.objects.update(admitted=True)
                browser.post(reverse("ask:number", args=[pupil.pk]), {"number": pins[pupil.pk]})
            self._send(browser, pupil, turn)
            self._look("belong", "ask_receipt", "ask_pooledsheet")
            self._look("naive", "naive_receipt", "naive_answer")

    def _send(self, browser: Client, pupil: Person, turn: int) -> None:
        sheet = sheet_on(browser)["pass"]
        digits = f"{turn:03d}"
        given = {item: int(digits[at]) % 5 + 1 for at, item in enumerate(UNLINKED)}
        given[UNLINKED[1]] = int(digits[1]) + 1
        given[UNLINKED[0]] = int(digits[2]) // 5 + 1
        given |= {item: (turn * 7 + at) % 5 + 1 for at, item in enumerate(POOLED)}
        posted = {f"q-{item}": str(code) for item, code in given.items()} | {"pass": sheet, "q-check-in": "1"}
        reply = browser.post(reverse("ask:answers"), posted, headers={"Accept": "application/json"})
        assert reply.status_code == 201
        browser.get(reply.json()["next"])
        self.said[pupil.pk] = {item: given[item] for item in UNLINKED}
        self.submissions.append(read_sheet_pass(sheet).submission_id.hex)
        naive.submit(pupil.pk, uuid4().hex, {"sheet": turn} | given, turn, self.naive_log)

    def _look(self, name: str, who: str, said: str) -> None:
        self.moments.setdefault(name, [([], [])]).append((rows_of(who), rows_of(said)))

    def _scene(self, wave: Wave, scrambles: dict[bytes, int]) -> Scene:
        closed = self.copies["closed"]
        people = frozenset(pupil.pk for pupil in self.pupils)
        # Sweeping up after the close would tidy the naive design as well: its files are those from before.
        raw = {"naive": self.copies["open"].raw, "belong": closed.raw}

        def design(who: str, said: str, log: list[str], looked: str, of: Any) -> Design:
            rows = closed.tables[said]
            seen = {"log": log, "raw": raw[looked], "moments": self.moments[looked]}
            view = View(closed.tables[who], rows, people, closed.tables, **seen)
            return Design(view, {row["id"]: of(row) for row in rows})

        given = {json.dumps(answers, sort_keys=True): person for person, answers in self.said.items()}
        assert len(given) == PUPILS
        naively = {row["submission_id"]: row["person_id"] for row in closed.tables["naive_receipt"]}
        return Scene(
            naive=design(
                "naive_receipt",
                "naive_answer",
                self.naive_log,
                "naive",
                lambda row: naively[row["submission_id"]],
            ),
            pooled=design(
                "ask_receipt", "ask_pooledrow", self.log, "belong", lambda row: scrambles[row["scramble"]]
            ),
            unlinked=design(
                "ask_receipt", "ask_unlinkedrow", self.log, "belong", lambda row: given[_ordered(row)]
            ),
            copies=self.copies,
            log=self.log,
            submissions=self.submissions,
            scrambles=list(scrambles),
        )


def _ordered(row: Row) -> str:
    answers = row["answers"]
    return json.dumps(json.loads(answers) if isinstance(answers, str) else answers, sort_keys=True)


def _work() -> None:
    """The job worker, until nothing waits."""
    Worker(
        queue_names=["*"],
        interval=0.01,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="attacks",
        excluded_queue_names=[],
    ).run()
