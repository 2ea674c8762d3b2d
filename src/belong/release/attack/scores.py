"""A score is the mean of its questions: a hidden one follows from the others, for people who answered all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from belong.release.attack.roll import Roll
from belong.release.attack.told import MEAN, Key, Span, Told
from belong.release.model import Flags


def derived(
    told: Told, roll: Roll, measure: str, key: Key, people: Flags
) -> Iterator[tuple[Span, bool, str]]:
    """Spans of the sum of a hidden figure of ``people``, whether it is exact but for rounding, and how it was had."""
    for whole, items in told.made_of.items():
        if measure != whole and measure not in items:
            continue
        others = [item for item in items if item != measure] + ([whole] if measure != whole else [])
        figures = [told.figures.get((other, key)) for other in others]
        if any(figure is None or MEAN not in figure.spans for figure in figures):
            continue
        answered = {m: roll.answered(told, m) for m in (*items, whole)}
        same = not ((answered[measure] ^ answered[whole]) & people).any()
        if not same or any((people & ~answered[item]).any() for item in items):
            continue
        members = roll.members(told)[key]
        sums = {m: _sum(told, members & answered[m], people, m, key) for m in others}
        low, high = _combined(sums, whole, measure, len(items))
        is_exact = all(not (members & answered[m] & ~people).any() for m in others)
        yield (
            (low, high),
            is_exact,
            f"{told.measures.get(whole, whole)} and its other questions, of {told.label(key)}",
        )


def _sum(told: Told, asked: Flags, people: Flags, measure: str, key: Key) -> Span:
    """The sum of one figure over ``people``, some of those whom it was told of: the rest may have said anything."""
    low, high = told.figures[measure, key].spans[MEAN]
    every, few = int(asked.sum()), int(people.sum())
    return max(0.0, low * every - 100 * (every - few)), min(100.0 * few, high * every)


def _combined(sums: Mapping[str, Span], whole: str, measure: str, many: int) -> Span:
    items = [span for name, span in sums.items() if name != whole]
    low, high = sum(span[0] for span in items), sum(span[1] for span in items)
    if measure == whole:
        return low / many, high / many
    return many * sums[whole][0] - high, many * sums[whole][1] - low
