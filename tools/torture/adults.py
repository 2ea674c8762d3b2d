"""A tutor who notes moments, and an office that imports lists."""

import itertools
import random
import time
from collections.abc import Callable
from typing import Any

from tools.torture.browser import Browser, Reply
from tools.torture.clients import Stage, insist

KINDS = ("greeting", "praise", "gesture", "work")
BATCH = 8


def note_moments(stage: Stage, school: dict[str, Any]) -> Callable[[], None]:
    """A tutor who notes one moment after the other, for one pupil or for half the class, and takes some back."""
    browser = stage.browser(school["cookies"]["tutor"])

    def once() -> None:
        whole = random.random() < 0.3
        path = (
            f"/group/{school['group']}/moment/"
            if whole
            else f"/pupils/{random.choice(school['pupils'])}/moment/"
        )
        page = insist(stage, lambda: browser.get(path)).reply
        if page.status != 200:
            time.sleep(0.2)  # signed out by a clock that stands wrong
            return
        form = page.form("submission")
        pupils = random.sample(school["pupils"], 12) if whole else [int(path.split("/")[2])]
        note = f"note {random.getrandbits(60):x}"
        values = form.values | {"kind": random.choice(KINDS), "note": note}
        entry = {
            "submission": values["submission"],
            "kind": values["kind"],
            "note": note,
            "pupils": pupils,
            "kept": False,
            "undone": "",
        }
        with stage.ledger.lock:
            stage.ledger.moments.append(entry)
        more = {"pupils": [str(pupil) for pupil in pupils]} if whole else {}
        entry["kept"] = _kept(stage, insist(stage, lambda: browser.post(path, values | more)).reply)
        if entry["kept"] and random.random() < 0.15:
            _undo(stage, browser, form.values.get("csrfmiddlewaretoken", ""), entry)

    return once


def _kept(stage: Stage, reply: Reply) -> bool:
    """Whether a moment was acknowledged; a redirect to the sign-in page is none."""
    if reply.status == 302 and not reply.place.startswith("/sign-in"):
        return True
    if reply.status not in (302, 403, 422):
        stage.ledger.note(f"a moment got {reply.status}")
    return False


def _undo(stage: Stage, browser: Browser, token: str, entry: dict[str, Any]) -> None:
    path = f"/moments/{entry['submission']}/undo/"
    entry["undone"] = "perhaps"
    sent = insist(stage, lambda: browser.post(path, {"csrfmiddlewaretoken": token}))
    if sent.reply.status == 302 and not sent.reply.place.startswith("/sign-in"):
        entry["undone"] = "sure"


def import_lists(stage: Stage, school: dict[str, Any]) -> Callable[[], None]:
    """An office that brings in eight pupils at a time, and then their changed first names."""
    browser = stage.browser(school["cookies"]["office"])
    numbers = itertools.count(1)

    def once() -> None:
        number = next(numbers)
        batch = (number + 1) // 2
        names = {f"B{batch}-{at}": f"Name{number}x{at}" for at in range(BATCH)}
        entry = {"number": number, "batch": batch, "list": names, "kept": False, "tried": False}
        with stage.ledger.lock:
            stage.ledger.imports.append(entry)
        page = _upload(stage, browser, number, names)
        if page is not None:
            _apply(stage, browser, page, entry)
        time.sleep(random.uniform(0.3, 1.5))

    return once


def _upload(stage: Stage, browser: Browser, number: int, names: dict[str, str]) -> str | None:
    """Send the list and say what its columns are; the address of its preview."""
    lines = [
        "Admission number,Surname,Forename,Year",
        *(f"{ref},Bring{ref},{name},12" for ref, name in names.items()),
    ]
    data = "\n".join(lines).encode()
    page = insist(stage, lambda: browser.get("/people/import/")).reply
    if page.status != 200:
        return None
    token = {"csrfmiddlewaretoken": page.form("csrfmiddlewaretoken").values["csrfmiddlewaretoken"]}
    file = f"list-{number}.csv"
    sent = insist(stage, lambda: browser.upload("/people/import/", token, "file", file, data)).reply
    if sent.status != 302 or "/people/import/" not in sent.place:
        return None
    place = sent.place
    shown = insist(stage, lambda: browser.get(place)).reply
    if shown.status == 302 and shown.place.endswith("/columns/"):
        columns = insist(stage, lambda: browser.get(shown.place)).reply
        if columns.status != 200:
            return None
        values = columns.form("who").values | {"who": "pupil", "complete": "some"}
        if insist(stage, lambda: browser.post(shown.place, values)).reply.status != 302:
            return None
    return place


def _apply(stage: Stage, browser: Browser, place: str, entry: dict[str, Any]) -> None:
    """Look, and go ahead with what was shown; look again where the school has changed meanwhile."""
    for _ in range(5):
        shown = insist(stage, lambda: browser.get(place)).reply
        if shown.status != 200:
            return
        if "ancelled" in shown.text:  # a clock that stood a day ahead: uploads are kept for a day
            stage.ledger.count("import forgotten")
            return
        if "seen" not in shown.text:
            stage.ledger.note(f"import {entry['number']} has nothing to apply: {shown.text[:100]}")
            return
        values = shown.form("seen").values
        entry["tried"] = True
        sent = insist(stage, lambda values=values: browser.post(f"{place}apply/", values))
        done = sent.reply.status == 302 and sent.reply.place == place
        already = sent.again and sent.reply.status == 409 and "already applied" in sent.reply.text
        if done or already:
            entry["kept"] = True
            return
        if sent.reply.status != 409:
            return
