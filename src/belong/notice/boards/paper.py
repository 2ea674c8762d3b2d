"""A week on one sheet of A3, lying: the largest letters and the fewest columns with which every note fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from belong.notice.boards.queries import Note, Showing

WIDTH, HEIGHT = 1_090, 760  # points within the margins of A3, landscape
FRAME = 13.0  # the head, the foot and the name of a side, in letters' heights
AROUND = 5.2  # whom, by whom and the space around one note
LETTER = 0.56  # the mean width of a letter of the words, in their height
SIZES = ((22, 1), (20, 1), (18, 2), (16, 2), (14, 2), (13, 3), (12, 3), (11, 3), (10, 4), (9, 4), (8, 5))


@dataclass(frozen=True)
class Side:
    """One side of the sheet, its notes dealt into columns."""

    side: str
    heading: str
    columns: list[list[Note]]


@dataclass(frozen=True)
class Sheet:
    """The sides that have something, and the height of the letters in points."""

    sides: list[Side]
    size: int


def sheet(showing: Showing) -> Sheet:
    """Deal the notes of a week out on a sheet. More than fits in the smallest letters goes on to a second sheet."""
    sides = [
        (side, heading, [note for note in notes if not note.was]) for side, heading, notes in showing.sides
    ]
    there = [one for one in sides if one[2]]
    size, across = next((pair for pair in SIZES if _fits(there, *pair)), SIZES[-1])
    wide = across * (1 if len(there) > 1 else 2)
    return Sheet([Side(side, heading, _dealt(notes, size, wide)) for side, heading, notes in there], size)


def _fits(sides: Sequence[tuple[str, str, list[Note]]], size: int, across: int) -> bool:
    wide = across * (1 if len(sides) > 1 else 2)
    columns = [column for _, _, notes in sides for column in _dealt(notes, size, wide)]
    room = HEIGHT / size - FRAME
    return all(sum(_height(note, size, wide * len(sides)) for note in column) <= room for column in columns)


def _dealt(notes: Iterable[Note], size: int, how_many: int) -> list[list[Note]]:
    """Notes in columns of about the same height: each goes where there is most room."""
    dealt: list[list[Note]] = [[] for _ in range(how_many)]
    heights = [0.0] * how_many
    for note in notes:
        at = heights.index(min(heights))
        dealt[at].append(note)
        heights[at] += _height(note, size, how_many * 2)
    return [column for column in dealt if column]


def _height(note: Note, size: int, columns: int) -> float:
    """About how high a note is, in letters' heights, where the sheet has so many columns."""
    larger = 1.3 if note.is_short else 1.0
    letters = max(8, ((WIDTH / size - 2) / columns - 3) / (LETTER * larger))
    return AROUND + note.is_win + 1.38 * larger * ceil(len(note.words) / letters)
