"""The data map: how somebody wants questions to look."""

from typing import Any

from belong.ask.looks.choices import CHOICES
from belong.base.registry import PUBLIC_TASK, Clock, Record, subject


def _in_words(row: Any) -> dict[str, Any]:
    """The choices by the names they have in the menu."""
    return {
        str(choice.label): str(option.label)
        for choice in CHOICES
        for option in choice.options
        if option.value and row.choices.get(choice.key) == option.value
    }


RECORDS: tuple[Record, ...] = (
    Record(
        "ask.Look",
        holds="Text size, letters, spacing, colours and movement that a person chose for questions. No reason.",
        about=(subject("person"),),
        why="so that questions look right from the first moment, on any device",
        basis=PUBLIC_TASK,
        seen_by="nobody; pages for that person are drawn with it",
        kept="until the person chooses the usual look, or their record goes",
        show=_in_words,
        note="Kept for the person, on the school’s machine: at a shared device it comes with who shows their pictures "
        "or number and goes with them.",
    ),
)
CLOCKS: tuple[Clock, ...] = ()
