"""The clients' own book: what was sent, and what the school's machine said it had kept."""

import json
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Ledger:
    """Written by every client, held against the database at the end. Entries are plain JSON.

    `answers`: wave, person, sent {submission: {answers, text}}, kept (the acknowledged submission or ""), end.
    `moments`: submission, kind, note, pupils, kept, undone ("", "sure", "perhaps").
    `imports`: batch, list {reference: first name}, kept.
    `waves`: the ids of waves whose closing was acknowledged.
    """

    answers: list[dict[str, Any]] = field(default_factory=list)
    moments: list[dict[str, Any]] = field(default_factory=list)
    imports: list[dict[str, Any]] = field(default_factory=list)
    waves: list[int] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str) -> None:
        with self.lock:
            self.seen[what] += 1

    def note(self, what: str) -> None:
        """Something that no honest client should ever see."""
        with self.lock:
            self.strange.append(what)

    @property
    def acknowledged(self) -> int:
        """How many answers, moments and imports were acknowledged."""
        return sum(bool(one["kept"]) for one in [*self.answers, *self.moments, *self.imports])

    def write(self, path: Path) -> None:
        """Put it where the checking process finds it."""
        with self.lock:
            kept = {
                "answers": self.answers,
                "moments": self.moments,
                "imports": self.imports,
                "waves": self.waves,
            }
            path.write_text(json.dumps(kept))
