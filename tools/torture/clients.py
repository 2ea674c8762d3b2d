"""What every client does with a connection that breaks: the same again, a little later, until it is told something."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tools.torture.browser import Browser, Lost, Reply
from tools.torture.ledger import Ledger

FIRST_PAUSE, LONGEST_PAUSE = (
    0.02,
    0.6,
)  # the script in the browser begins with a second; a thousand kills cannot


class Over(Exception):
    """The trial has ended; nothing is waited for any more."""


@dataclass
class Stage:
    """What all clients share: where the server is, the book, and whether it goes on.

    `going` false: begin nothing new. `over` true: give up what is still waiting.
    """

    port: int
    ledger: Ledger
    going: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    tell_trouble: Callable[[Reply], None] = lambda reply: None

    def browser(self, cookie: str = "") -> Browser:
        return Browser(self.port, {"belong": cookie} if cookie else {})


@dataclass
class Sent:
    """The last reply of something sent as often as it took, and whether an earlier try may have been done."""

    reply: Reply
    tries: int

    @property
    def again(self) -> bool:
        return self.tries > 1


def insist(stage: Stage, send: Callable[[], Reply]) -> Sent:
    """Send until there is a reply that is no trouble. Raises Over when the trial has ended before."""
    pause, tries = FIRST_PAUSE, 0
    while not stage.over.is_set():
        tries += 1
        try:
            reply = send()
        except Lost:
            stage.ledger.count("cut off")
        else:
            if not reply.is_trouble:
                return Sent(reply, tries)
            stage.ledger.count(f"said {reply.status}")
            stage.tell_trouble(reply)
        time.sleep(pause * random.uniform(0.5, 1.5))
        pause = min(LONGEST_PAUSE, pause * 2)
    raise Over


def forever(stage: Stage, once: Callable[[], None]) -> None:
    """One client: again and again until the trial ends; a surprise is written down, and it goes on."""
    while stage.going.is_set():
        try:
            once()
        except Over:
            return
        except Exception as surprise:
            stage.ledger.note(f"{type(surprise).__name__}: {surprise}")
            time.sleep(0.2)
