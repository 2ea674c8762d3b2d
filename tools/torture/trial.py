"""One trial: a school in a folder of its own, clients that use it, and somebody who kills it all the while."""

import contextlib
import json
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.torture import adults, leader, pupils
from tools.torture.clients import Stage, forever
from tools.torture.ledger import Ledger
from tools.torture.nursery import Mother

PUPILS_AT_ONCE = 6
DAY, HOUR = 24 * 3600.0, 3600.0
SETTLE = 180.0  # seconds for the last replies and the last jobs
TROUBLES = ("lost", "doubled", "half", "changed", "invented", "unfinished", "unsound")


def say(text: str) -> None:
    print(f"torture: {text}", flush=True)


@dataclass
class Trial:
    """What one trial runs on. `kills` counts; `ledger` is the clients' book; log and book are kept in `notes`."""

    notes: Path
    env: dict[str, str]
    ledger: Ledger = field(default_factory=Ledger)
    cards: pupils.Cards = field(default_factory=pupils.Cards)
    kills: int = 0

    def __post_init__(self) -> None:
        self.log = self.notes / "servers.log"
        self.helper = Mother(self.env, self.log)
        self.school: dict[str, Any] = self.helper.helped("tools.torture.school:make")
        if "cookies" not in self.school:
            raise SystemExit(f"the school could not be made:\n{self.log.read_text()[-3000:]}")

    def first_wave(self) -> str:
        """Open a wave and deal its cards; returns one of their tokens."""
        opened = self.helper.helped("tools.torture.school:open_wave", number=0)
        token: str = opened["cards"][0][0]
        self.cards.deal(opened["wave"], opened["cards"])
        return token

    @contextmanager
    def clients(self, port: int) -> Iterator[Stage]:
        """Pupils, a tutor, an office and a head at work; at the end each finishes what it has begun."""
        stage = Stage(port, self.ledger)
        stage.going.set()
        people: list[Callable[[], None]] = [lambda: pupils.answer(stage, self.cards)] * PUPILS_AT_ONCE
        people += [adults.note_moments(stage, self.school), adults.import_lists(stage, self.school)]
        people.append(leader.lead(stage, self.school, self.cards, self.helper.helped))
        threads = [threading.Thread(target=forever, args=(stage, one), daemon=True) for one in people]
        for thread in threads:
            thread.start()
        try:
            yield stage
        finally:
            stage.going.clear()
            until = time.monotonic() + SETTLE
            for thread in threads:
                thread.join(max(0.1, until - time.monotonic()))
            stage.over.set()
            for thread in threads:
                thread.join(25)

    def verdict(self) -> dict[str, Any]:
        """The database against the book."""
        book = self.notes / "ledger.json"
        self.ledger.write(book)
        return self.helper.helped("tools.torture.verify:verify", ledger=str(book))

    def wait_for_jobs(self) -> None:
        """Until the worker has nothing left to do."""
        until = time.monotonic() + SETTLE
        while time.monotonic() < until:
            if not self.helper.helped("tools.torture.verify:jobs_left")["left"]:
                return
            time.sleep(1)


def kill(pids: list[int]) -> list[int]:
    """No warning, no clean-up. Returns the same pids."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return pids


def _chosen(living: dict[str, list[int]]) -> list[int]:
    """Mostly the whole web server, now and then one process of it, the worker, or everything."""
    fate = random.random()
    if fate < 0.6:
        return living["web"]
    if fate < 0.75:
        return living["web"][:1]
    return living["worker"] if fate < 0.9 else living["web"] + living["worker"]


def kill_forks(
    trial: Trial, kills: int, minutes: float, *, between: Callable[[int], None] = lambda number: None
) -> Mother:
    """Kill serving processes so many times at random moments, and let the clock jump; the survivor is returned.

    On a machine too busy for so many in `minutes`, it stops after them; the last line says how many it were.
    """
    until = time.monotonic() + minutes * 60
    mother = Mother(trial.env, trial.log)
    token = trial.first_wave()
    shown = {"token": token, "group": trial.school["group"], "cookies": trial.school["cookies"]}
    mother.order("warm", **{"with": shown})
    with trial.clients(mother.port):
        living = mother.spawn()
        time.sleep(2)
        for number in range(1, kills + 1):
            if time.monotonic() > until:
                break
            time.sleep(min(1.5, random.expovariate(2.2)))
            killed = kill(_chosen(living))
            trial.kills += 1
            _jump(mother, number)
            between(number)
            if random.random() < 0.3:
                time.sleep(random.uniform(0, 0.3))
            living = mother.spawn(killed)
            if number % 100 == 0:
                say(f"{number} kills, {trial.ledger.acknowledged} acknowledged, {dict(trial.ledger.seen)}")
        mother.order("clock", seconds=0.0)
    return mother


def _jump(mother: Mother, number: int) -> None:
    """Every fortieth kill a day forward, some kills later an hour back, then right again."""
    jumps = {0: DAY, 3: -HOUR, 6: 0.0}
    if number >= 40 and number % 40 in jumps:
        mother.order("clock", seconds=jumps[number % 40])


def report(trial: Trial, found: dict[str, Any]) -> dict[str, int]:
    """Say what was found; the figures for the last line."""
    for line in [*found["where"], *found["failed"], *trial.ledger.strange[:10]]:
        say(line)
    if found["faults"] or found["failed"]:
        say(f"the servers' own last words:\n{trial.log.read_text()[-4000:]}")
    say(f"seen by the clients: {json.dumps(trial.ledger.seen)}; jobs: {found['jobs']}; rows: {found['rows']}")
    book = trial.ledger
    parts = {
        name: sum(bool(one["kept"]) for one in getattr(book, name))
        for name in ("answers", "moments", "imports")
    }
    return {
        "acknowledged": book.acknowledged,
        **parts,
        "waves": len(book.waves),
        **{kind: found["faults"].get(kind, 0) for kind in TROUBLES},
        "failed_jobs": found["jobs"]["failed"],
        "strange": len(book.strange),
    }
