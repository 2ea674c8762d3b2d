"""Pupils with cards: each answers once, and sends until told that it is kept, as the answering script does."""

import base64
import json
import queue
import random
import re
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from tools.torture.browser import Form, Reply
from tools.torture.clients import Sent, Stage, insist

TWICE = 0.2  # share of pupils whose sheet is sent from two connections at once
OTHERWISE = 0.1  # share who try to answer once more, otherwise, when they are done
OLD, DONE, CLOSED = 403, 409, 410


@dataclass
class Cards:
    """The cards of the wave that is open, and how many are in somebody's hand."""

    waiting: queue.Queue[tuple[int, str, int]] = field(default_factory=queue.Queue)

    def deal(self, wave: int, cards: list[list]) -> None:
        random.shuffle(cards)
        for token, person in cards:
            self.waiting.put((wave, token, person))


def answer(stage: Stage, cards: Cards) -> None:
    """One pupil, from card to end page; what came of it goes into the book."""
    try:
        wave, token, person = cards.waiting.get(timeout=0.2)
    except queue.Empty:
        return
    entry = {"wave": wave, "person": person, "sent": {}, "kept": "", "end": ""}
    try:
        _fill_in(stage, token, entry)
    finally:
        with stage.ledger.lock:
            stage.ledger.answers.append(entry)


def _fill_in(stage: Stage, token: str, entry: dict) -> None:
    while not entry["end"]:
        browser = stage.browser()
        card = insist(stage, partial(browser.post, f"/a/c/{token}/", {})).reply
        if card.status in (DONE, CLOSED, 404):
            entry["end"] = "already" if card.status == DONE else "closed"
            return
        if card.status != 302:
            time.sleep(0.2)  # a clock that stands wrong: the wave has not begun, or the card is of tomorrow
            continue
        page = insist(stage, partial(browser.get, "/a/questions/")).reply
        if page.status != 200:
            continue
        sheet = page.form("pass")
        values = _answers(sheet)
        submission = _submission(sheet.values["pass"])
        entry["sent"][submission] = {name: value for name, value in values.items() if name.startswith("q-")}
        sent = _send(stage, values)
        if sent.reply.status == 201:
            entry["kept"], entry["end"] = submission, "kept"
            stage.ledger.count("answers sent again" if sent.again else "answers at once")
            _and_otherwise(stage, sheet, submission)
        elif sent.reply.status in (DONE, CLOSED):
            entry["end"] = "already" if sent.reply.status == DONE else "closed"
        elif sent.reply.status != OLD:
            stage.ledger.note(f"a sheet got {sent.reply.status}: {sent.reply.text[:200]}")
            entry["end"] = "strange"


def _send(stage: Stage, values: dict[str, str]) -> Sent:
    """Send the sheet; now and then from two connections at once, as two taps or a slow network do."""

    def post() -> Reply:
        return stage.browser().post("/a/answers/", values, json=True)

    if random.random() > TWICE:
        return insist(stage, post)
    with ThreadPoolExecutor(2) as both:
        first, second = (both.submit(insist, stage, post) for _ in range(2))
        one, other = first.result(), second.result()
    if {one.reply.status, other.reply.status} == {201, DONE}:
        stage.ledger.note("the same sheet sent twice was kept once and refused once")
    return one if one.reply.status == 201 else other


def _and_otherwise(stage: Stage, sheet: Form, submission: str) -> None:
    """The same sheet once more with other answers: acknowledged as a resend, and the first answers stay."""
    if random.random() < OTHERWISE:
        again = insist(stage, lambda: stage.browser().post("/a/answers/", _answers(sheet), json=True)).reply
        if again.status not in (201, OLD):
            stage.ledger.note(f"a resend of {submission} got {again.status}")


def _answers(sheet: Form) -> dict[str, str]:
    values = {"pass": sheet.values["pass"]}
    for name, codes in sheet.choices.items():
        if name.startswith("q-"):
            values[name] = random.choice(codes)
    for name in sheet.texts:
        values[name] = f"words {random.getrandbits(60):x}"
    return values


def _submission(sealed: str) -> str:
    """The submission id inside a signed pass: signed, not secret, so that anyone can read it and nobody change it."""
    body = sealed.split(":")[0]
    packed = body.startswith(".")
    body = body.removeprefix(".")
    data = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    found = json.loads(zlib.decompress(data) if packed else data)
    assert re.fullmatch("[0-9a-f]{32}", found[2])
    return str(UUID(found[2]))
