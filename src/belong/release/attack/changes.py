"""Two waves and the change between them: sum now − change − sum then is joiners' answers minus leavers'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from belong.release.attack.bounds import Banded, banded, is_narrow
from belong.release.attack.learned import Learned, Tried, people_words
from belong.release.attack.told import MEAN, MOST, WHOLE, Figure, Moved, Span, Told

WAY = "change"
_STAYED, _WERE, _JOINED, _LEFT = range(4)


def between_waves(every: Sequence[Told], threshold: int) -> tuple[list[Learned], Tried]:
    """Joiners and leavers of every group whose change is told beside its two means."""
    waves = {told.wave: told for told in every}
    learned: list[Learned] = []
    seen = 0
    for now in every:
        for moved in now.changes:
            then = waves.get(moved.before) or _only_other(every, now, moved)
            if then is None or then.wave == now.wave or not same_questions(now, then, moved):
                continue
            figures = (
                now.figures.get((moved.measure, moved.key)),
                then.figures.get((moved.measure, moved.key)),
            )
            if all(figure is not None and MEAN in figure.spans for figure in figures):
                seen += 1
                learned += _of(now, then, moved, figures, threshold)  # type: ignore[arg-type]
    return learned, Tried(WAY, seen)


def same_questions(now: Told, then: Told, moved: Moved) -> bool:
    """Whether the change rests on the very questions that both waves' means rest on."""
    return moved.whole and now.marks.get(moved.measure) == then.marks.get(moved.measure)


def _only_other(every: Sequence[Told], now: Told, moved: Moved) -> Told | None:
    """A plain table need not name the earlier wave where there is but one."""
    others = [told for told in every if told.wave != now.wave]
    return others[0] if not moved.before and len(others) == 1 else None


def _of(
    now: Told, then: Told, moved: Moved, figures: tuple[Figure, Figure], threshold: int
) -> Iterator[Learned]:
    here, there = figures
    counted = moved.people if moved.people[1] < MOST else (0.0, min(here.people[1], there.people[1]))
    system = _system(here, there, moved, counted)
    for block, figure, words in (
        (_JOINED, here, "not in the change"),
        (_LEFT, there, "then, not in the change"),
    ):
        few = max(figure.people[0] - counted[1], 0.0), figure.people[1] - counted[0]
        if not 1 <= few[1] < threshold:
            continue
        span = system.mean(np.eye(4)[block])
        if span is not None and is_narrow(span):
            stays = "" if moved.key == WHOLE else ", if nobody moved from group to group"
            how = f"the mean now, the mean then and the change of those in both{stays}"
            about, people = (
                f"those of {now.label(moved.key)} {words}",
                people_words(few),
            )
            files = tuple(dict.fromkeys((then.file, now.file)))
            yield Learned(
                WAY, about, people, now.measures.get(moved.measure, moved.measure), *span, how, files
            )


def _system(here: Figure, there: Figure, moved: Moved, counted: Span) -> Banded:
    """Blocks: those who stayed as they are now, the same as they were, those who joined, those who left."""
    low, high = moved.span
    rows = np.zeros((4, 8))
    rows[0, [_STAYED, _WERE]] = 1, -1
    rows[1, [_STAYED, _WERE]] = -1, 1
    rows[2, [_STAYED, 4 + _STAYED, 4 + _WERE]] = -high, 1, -1
    rows[3, [_STAYED, 4 + _STAYED, 4 + _WERE]] = low, -1, 1
    now, then = np.zeros(4, dtype=bool), np.zeros(4, dtype=bool)
    now[[_STAYED, _JOINED]] = then[[_WERE, _LEFT]] = True
    return banded(
        [counted, counted, (0.0, MOST), (0.0, MOST)],
        sets=[(now, here.people, here.spans[MEAN]), (then, there.people, there.spans[MEAN])],
        moved=list(rows),
    )
