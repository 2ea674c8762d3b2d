"""Complete pupil answers per second: card, notice, questionnaire page, 24 answers with text; 30 pupils at once.

Prints answers per second, the 99th percentile of the time to send a sheet, and CPU of the server per complete answer
(all four requests). Zero think time; SQLite with FULL sync; two web processes.
"""

import html
import os
import random
import re
import sqlite3
import sys
import threading
import time

from bench.server import Served, Visitor, served

AT_ONCE = 30
PUPILS = 600


def tokens(server: Served) -> list[str]:
    """Open a wave with the full questionnaire in the served demo school, and print a card for everyone."""
    os.environ.update(
        BELONG_HOME=str(server.home), BELONG_DEMO="1", DJANGO_SETTINGS_MODULE="belong.site.settings"
    )
    import django

    django.setup()
    from datetime import timedelta

    from django_scopes import scope

    from belong.ask.actions import close_wave, draft_wave, issue_cards, open_wave
    from belong.ask.queries import open_waves
    from belong.base.clock import today
    from belong.people.models import User
    from belong.people.queries import tutor_groups

    head = User.objects.get(username="head")
    with scope(school=head.school):
        for wave in open_waves():
            close_wave(head, wave)
        window = {"opens_on": today(), "closes_on": today() + timedelta(days=7)}
        years = ("7", "8", "9", "10", "11")
        draft = draft_wave(
            head, title="Bench", audience="pupils", instrument_key="belong-core", years=years, **window
        )
        wave = open_wave(head, draft, override_reason="A measurement, not a school.")
        cards = [card.token for group in tutor_groups() for card in issue_cards(head, wave, group)]
    return cards[:PUPILS]


def answer(server: Served, token: str, rng: random.Random) -> float:
    """One pupil from card to end page; returns seconds for sending the sheet."""
    visitor = Visitor(server.url)
    visitor.get(f"/a/c/{token}/")
    page = visitor.post(f"/a/c/{token}/", {})
    names = dict.fromkeys(re.findall(r'type="radio" name="([^"]+)"', page))
    values = {name: rng.choice(_codes(page, name)) for name in names}
    values |= dict.fromkeys(
        re.findall(r'<textarea[^>]* name="([^"]+)"', page), "Ask us before you change things."
    )
    sealed = re.search(r'name="pass" value="([^"]+)"', page)
    assert sealed is not None, "the questionnaire did not come"
    began = time.perf_counter()
    visitor.post("/a/answers/", {**values, "pass": html.unescape(sealed.group(1))})
    return time.perf_counter() - began


def _codes(page: str, name: str) -> list[str]:
    return re.findall(rf'type="radio" name="{re.escape(name)}" value="(\d+)"', page)


def work(server: Served, queue: list[str], times: list[float], failures: list[str], seed: int) -> None:
    """One of the thirty: take the next card until none is left."""
    rng = random.Random(seed)
    while True:
        try:
            token = queue.pop()
        except IndexError:
            return
        try:
            times.append(answer(server, token, rng))
        except OSError as error:
            failures.append(str(error))


def main() -> int:
    with served() as server:
        queue, times, failures = tokens(server), [], []
        asked, cpu, began = len(queue), server.cpu_seconds(), time.perf_counter()
        threads = [
            threading.Thread(target=work, args=(server, queue, times, failures, seed))
            for seed in range(AT_ONCE)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took, cpu = time.perf_counter() - began, server.cpu_seconds() - cpu
        with sqlite3.connect(server.home / "belong.sqlite3") as database:
            wave = database.execute("SELECT max(id) FROM ask_wave").fetchone()[0]
            kept = database.execute("SELECT count(*) FROM ask_receipt WHERE wave_id = ?", (wave,)).fetchone()[
                0
            ]
    p99 = sorted(times)[round(0.99 * (len(times) - 1))] * 1000 if times else float("nan")
    print(
        f"{asked} pupils, {AT_ONCE} at once: {len(times)} acknowledged, {kept} kept, {len(failures)} errors"
    )
    for reason in failures[:3]:
        print(f"  {reason}")
    figures = (
        f"cpu_ms={cpu / max(1, len(times)) * 1000:.1f} p99_ms={p99:.0f} answers_per_s={len(times) / took:.1f}"
    )
    print(f"bench intake {figures} errors={len(failures)}")
    return 0 if kept == len(times) == asked else 1


if __name__ == "__main__":
    sys.exit(main())
