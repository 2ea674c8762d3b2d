"""How well answers are taken in.

    ./run bench intake              30 pupils at once, no time to think: CPU a submission, p99, submissions a second
    ./run bench intake --school     1,500 pupils of 50 groups in one tutor time, while 50 staff look at their pages
    ./run bench intake --authority  200,000 submissions through one PostgreSQL node (--sheets N for fewer)

A submission is what a browser asks for: the page of questions, and the sheet sent as its script sends it: more than
twenty answers and two texts. The server runs as `belong serve` runs it, two processes, its database with every commit
on disk; the clients are a process of their own. `cpu_ms` is the CPU of the server (user and system) for one whole
submission, `p99_ms` the 99th percentile of the slower of its two halves, `answers_per_s` submissions a second.

Beside it in the same run oTree, of PyPI, with a page of twenty questions and a text (`--alone` leaves it out).
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from bench import school
from bench.server import Served, serving

AT_ONCE, PUPILS = 30, 1500
WARM = 60
STAFF, EVERY = 50, 10.0
SHEETS, SCHOOL_SIZE = 200_000, 2000
PAGES = ("home", "notice:overlooked", "notice:hub", "ask:waves", "see:waves", "act:practices")


def main() -> int:
    """Do what was asked; the last line has the figures. 0 where every submission was acknowledged and kept."""
    parser = argparse.ArgumentParser(prog="run bench intake")
    parser.add_argument("--school", action="store_true")
    parser.add_argument("--authority", action="store_true")
    parser.add_argument("--sheets", type=int, default=SHEETS)
    parser.add_argument("--alone", action="store_true")
    asked = parser.parse_args()
    if asked.authority:
        return authority(asked.sheets)
    with tempfile.TemporaryDirectory(prefix="belong-bench-") as folder:
        home = Path(folder)
        school.settle(home)
        made = school.make("Oak Park", PUPILS, 50)
        code = tutor_time(home, made) if asked.school else one_room(home, made)
    if not (asked.school or asked.alone):
        beside()
    return code


def one_room(home: Path, made: school.Made) -> int:
    """Thirty at once, one class after the other; the first class warms the server up and is not counted."""
    from bench.figures import line, percentile

    order = sorted(made.asked, key=lambda one: one.group)
    with serving(home) as server:
        crowd(server, school.ways_in(order[:WARM]))
        began = server.cpu_seconds()
        found = crowd(server, school.ways_in(order[WARM:]))
        cpu = server.cpu_seconds() - began
    kept, sent = receipts(made), len(found["sent"])
    halves = {"page": found["forms"], "sending": found["sent"]}
    for name, times in halves.items():
        p50, p99 = (1000 * percentile(times, share) for share in (0.5, 0.99))
        print(f"{name}: p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    slower = 1000 * max(percentile(times, 0.99) for times in halves.values())
    complain(found)
    print(
        line(
            "intake",
            cpu_ms=f"{1000 * cpu / max(1, sent):.1f}",
            p99_ms=f"{slower:.0f}",
            answers_per_s=f"{sent / found['took']:.1f}",
            sent=sent,
            kept=kept - WARM,
            errors=len(found["errors"]),
        ),
        flush=True,
    )
    return 0 if kept == len(order) and not found["errors"] else 1


def tutor_time(home: Path, made: school.Made) -> int:
    """All 1,500 one after the other with 300 at any moment and no time to think, and staff at their pages meanwhile."""
    from django.urls import reverse

    from bench.figures import line, percentile

    pages = [reverse(name) for name in PAGES]
    with serving(home, BELONG_DEMO="1") as server:  # staff come in with no second step, as in the demo
        staff = school.sessions(made.staff[-STAFF:])
        began = server.cpu_seconds()
        more = {"looks": staff, "pages": pages, "every": EVERY}
        found = crowd(server, school.ways_in(made.asked), at_once=len(made.asked) // 5, **more)
        cpu = server.cpu_seconds() - began
    kept = receipts(made)
    complain(found)
    print(
        line(
            "intake school",
            pupils=len(made.asked),
            kept=kept,
            errors=len(found["errors"]),
            took_s=f"{found['took']:.0f}",
            p99_ms=f"{1000 * percentile(found['sent'], 0.99):.0f}",
            page_p99_ms=f"{1000 * percentile(found['forms'], 0.99):.0f}",
            staff=len(staff),
            staff_pages=len(found["looks"]),
            staff_p95_ms=f"{1000 * percentile(found['looks'], 0.95):.0f}",
            cpu_s=f"{cpu:.0f}",
        ),
        flush=True,
    )
    return 0 if kept == len(made.asked) and not found["errors"] else 1


def authority(sheets: int) -> int:
    """Schools of 2,000 on one PostgreSQL that flushes every commit; the rate is over the whole run."""
    from bench.figures import line, percentile
    from tools.postgres import throwaway

    size = min(SCHOOL_SIZE, sheets)
    with throwaway(durable=True) as url, tempfile.TemporaryDirectory(prefix="belong-bench-") as folder:
        school.settle(Path(folder), url)
        began, asked, made = time.perf_counter(), [], []
        while len(asked) < sheets:
            made.append(school.make(f"School {len(made) + 1}", size, max(1, size // 30)))
            asked += made[-1].asked
            print(
                f"{len(asked)} pupils after {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True
            )
        cookies = school.ways_in(asked[:sheets])
        with serving(Path(folder), DATABASE_URL=url) as server:
            before = server.cpu_seconds()
            found = crowd(server, cookies)
            cpu = server.cpu_seconds() - before
        kept = sum(receipts(one) for one in made)
    complain(found)
    sent = len(found["sent"])
    print(
        line(
            "intake authority",
            sheets=sheets,
            kept=kept,
            errors=len(found["errors"]),
            answers_per_s=f"{sent / found['took']:.1f}",
            took_s=f"{found['took']:.0f}",
            p99_ms=f"{1000 * percentile(found['sent'], 0.99):.0f}",
            cpu_ms=f"{1000 * cpu / max(1, sent):.1f}",
            schools=len(made),
        ),
        flush=True,
    )
    return 0 if kept == sheets and not found["errors"] else 1


def crowd(server: Served, cookies: Sequence[str], at_once: int = AT_ONCE, **more: Any) -> dict[str, Any]:
    """Let everybody answer; says every few seconds how many have."""
    where = urlparse(server.url)
    job = {"host": where.hostname, "port": where.port, "at_once": min(at_once, len(cookies)), **more}
    job |= {"cookies": list(cookies), "form": "/a/questions/", "send": "/a/answers/"}
    command = [sys.executable, "-m", "bench.crowd"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(job))
    process.stdin.close()
    found: dict[str, Any] = {}
    for n, said in enumerate(process.stdout):
        found = json.loads(said)
        if "took" not in found and n % 5 == 4:
            print(
                f"{found['sent']} of {len(cookies)} sent, {found['errors']} errors",
                file=sys.stderr,
                flush=True,
            )
    if process.wait() or "took" not in found:
        raise SystemExit("the crowd fell over")
    return found


def receipts(made: school.Made) -> int:
    """How many sheets of a school were kept: what stands in the database, not what was acknowledged."""
    from django_scopes import scope

    from belong.ask.models import Receipt

    with scope(school=made.school):
        return Receipt.objects.count()


def complain(found: dict[str, Any]) -> None:
    for reason in found["errors"][:5]:
        print(f"  {reason}")


def beside() -> None:
    """The same of oTree, on the same machine in the same minutes."""
    from bench import otree

    otree.measure(AT_ONCE)


if __name__ == "__main__":
    sys.exit(main())
