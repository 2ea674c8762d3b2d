"""What was just done, said after a redirect, with a way back where there is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


@dataclass(frozen=True, slots=True)
class Undoable:
    """A message with the address that takes the deed back by POST."""

    text: str
    undo_url: str


@dataclass(frozen=True, slots=True)
class Said:
    """Messages for the page and messages for the corner."""

    plain: list[Any]
    undoable: list[Undoable]


def noted(request: HttpRequest, text: str, undo_url: str = "") -> None:
    """Say `text` on the next page; with `undo_url` it offers Undo for ten seconds."""
    messages.success(request, text, extra_tags=UNDO + undo_url if undo_url else "")


def sorted_messages(waiting: Iterable[Any]) -> Said:
    """Those for the page and those for the corner; what a form said that arrived twice is said once."""
    said = Said([], [])
    for message in waiting:
        tags = message.extra_tags or ""
        if tags.startswith(UNDO):
            one = Undoable(message.message, tags.removeprefix(UNDO))
            if one not in said.undoable:
                said.undoable.append(one)
        else:
            said.plain.append(message)
    return said
