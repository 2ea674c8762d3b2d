"""The head, who closes a wave when everybody has answered; the next one is opened beside the servers."""

import time
from collections.abc import Callable
from typing import Any

from tools.torture.clients import Stage, insist
from tools.torture.pupils import Cards


def lead(
    stage: Stage, school: dict[str, Any], cards: Cards, helped: Callable[..., Any]
) -> Callable[[], None]:
    """Wave after wave: cards out, wait, close over HTTP, which sets off rewriting and the release."""
    browser = stage.browser(school["cookies"]["head"])
    numbers: list[int] = []

    def once() -> None:
        if not cards.waiting.empty():
            time.sleep(0.1)
            return
        if numbers:
            close(numbers[-1])
        opened = helped("tools.torture.school:open_wave", number=len(numbers) + 1)
        if "wave" not in opened:
            stage.ledger.note(f"no wave was opened: {opened}")
            return
        numbers.append(opened["wave"])
        cards.deal(opened["wave"], opened["cards"])

    def close(wave: int) -> None:
        page = insist(stage, lambda: browser.get(f"/ask/{wave}/")).reply
        if page.status != 200:
            time.sleep(0.2)
            return
        token = page.form("csrfmiddlewaretoken").values["csrfmiddlewaretoken"]
        path = f"/ask/{wave}/close/"
        sent = insist(stage, lambda: browser.post(path, {"csrfmiddlewaretoken": token}))
        done = sent.reply.status == 302 and not sent.reply.place.startswith("/sign-in")
        already = sent.again and sent.reply.status == 409
        if done or already:
            with stage.ledger.lock:
                stage.ledger.waves.append(wave)

    return once
