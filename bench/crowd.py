"""Children who answer and staff who look, all at once: a process of its own, so that a client never slows the server.

`python -m bench.crowd` reads one JSON object from its input: `host`, `port`, `at_once`, `cookies` (one a child),
`form` and `send` (paths), and for staff `looks` (session cookies), `pages`, `every` (seconds). It writes a line of
JSON a second while it works, and at the end one with every time in seconds.
"""

import html
import http.client
import json
import random
import re
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

PASS = re.compile(rb'name="pass" value="([^"]+)"')
RADIO = re.compile(rb'type="radio" name="([^"]+)" value="(\d+)"')
BOX = re.compile(rb'<textarea[^>]* name="([^"]+)"')
WORDS = "Ask us before you change things."
# An answer that asks for an adult opens a concern at once; one child in fifty gives it.
ASKS_FOR_AN_ADULT, ONE_IN = "check-in", 50


@dataclass
class Done:
    """What came of it: seconds for the form page, for sending, and for a look; what went wrong."""

    forms: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Line:
    """One connection that is kept open, and made anew when it breaks."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.open: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> tuple[int, bytes]:
        """One request and its answer; a connection that was closed between two is no error."""
        for last in (False, True):
            if self.open is None:
                self.open = http.client.HTTPConnection(self.host, self.port, timeout=60)
            try:
                self.open.request(method, path, body or None, headers)
                answer = self.open.getresponse()
                return answer.status, answer.read()
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.open.close()
                self.open = None
                if last:
                    raise
        raise AssertionError("unreachable")


class Sheet:
    """The questions of a form page, read once for each different page: a browser draws them, we only answer."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[dict[bytes, list[bytes]], list[bytes]]] = {}

    def filled(self, page: bytes, dice: random.Random) -> bytes:
        found = PASS.search(page)
        if found is None:
            raise OSError("the questionnaire did not come")
        key = len(page) - len(found.group(1))
        if key not in self.known:
            names: dict[bytes, list[bytes]] = {}
            for name, code in RADIO.findall(page):
                names.setdefault(name, []).append(code)
            self.known[key] = names, BOX.findall(page)
        radios, boxes = self.known[key]
        values = [(name.decode(), _code(name, codes, dice)) for name, codes in radios.items()]
        values += [(name.decode(), WORDS) for name in boxes]
        values.append(("pass", html.unescape(found.group(1).decode())))
        return urllib.parse.urlencode(values).encode()


def _code(name: bytes, codes: list[bytes], dice: random.Random) -> str:
    if ASKS_FOR_AN_ADULT.encode() in name and dice.randrange(ONE_IN):
        return codes[-1].decode()
    return dice.choice(codes).decode()


def answer(
    line: Line, job: dict[str, Any], cookie: str, sheet: Sheet, dice: random.Random, done: Done
) -> None:
    """The form page, and the whole sheet sent as the page's own script sends it."""
    began = time.perf_counter()
    status, page = line.ask("GET", job["form"], {"Cookie": cookie, "Accept": "text/html"})
    if status != 200:
        raise OSError(f"the form page answered {status}")
    drawn = time.perf_counter()
    body = sheet.filled(page, dice)
    headers = {
        "Cookie": cookie,
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    ready = time.perf_counter()
    status, _ = line.ask("POST", job["send"], headers, body)
    if status != 201:
        raise OSError(f"sending answered {status}")
    done.forms.append(drawn - began)
    done.sent.append(time.perf_counter() - ready)


def child(job: dict[str, Any], cookies: Iterator[str], lock: threading.Lock, seed: int, done: Done) -> None:
    """One of those at once: the next child sits down as soon as this one has sent."""
    line, sheet, dice = Line(job["host"], job["port"]), Sheet(), random.Random(seed)
    while True:
        with lock:
            cookie = next(cookies, None)
        if cookie is None:
            return
        try:
            answer(line, job, cookie, sheet, dice, done)
        except (OSError, http.client.HTTPException) as error:
            done.errors.append(f"{type(error).__name__}: {error}")


def adult(job: dict[str, Any], cookie: str, over: threading.Event, seed: int, done: Done) -> None:
    """Looks at one page after the other, a few seconds at each, until all children have answered."""
    line, dice = Line(job["host"], job["port"]), random.Random(seed)
    over.wait(dice.random() * job["every"])
    while not over.is_set():
        began = time.perf_counter()
        try:
            status, _ = line.ask("GET", dice.choice(job["pages"]), {"Cookie": cookie, "Accept": "text/html"})
            if status != 200:
                raise OSError(f"a page for staff answered {status}")
            done.looks.append(time.perf_counter() - began)
        except (OSError, http.client.HTTPException) as error:
            done.errors.append(f"{type(error).__name__}: {error}")
        over.wait(job["every"] * (0.5 + dice.random()))


def main() -> None:
    """Do the job that stands on the input; say every second how far it is."""
    job = json.load(sys.stdin)
    done, over, lock = Done(), threading.Event(), threading.Lock()
    cookies = iter(job["cookies"])
    crowd = [
        threading.Thread(target=child, args=(job, cookies, lock, seed, done))
        for seed in range(job["at_once"])
    ]
    staff = [
        threading.Thread(target=adult, args=(job, cookie, over, seed, done))
        for seed, cookie in enumerate(job.get("looks", []))
    ]
    began = time.perf_counter()
    for thread in (*crowd, *staff):
        thread.start()
    while any(thread.is_alive() for thread in crowd):
        time.sleep(1)
        print(json.dumps({"sent": len(done.sent), "errors": len(done.errors)}), flush=True)
    took = time.perf_counter() - began
    over.set()
    for thread in staff:
        thread.join()
    found = {"forms": done.forms, "sent": done.sent, "looks": done.looks, "errors": done.errors, "took": took}
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
