"""Which groups of an attribute are joined with others, and what the joined ones are called."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from belong.release.model import SMALLER, UNKNOWN_KEY, Attribute, Words

Size = Callable[[Sequence[str]], int]
"""The fewest respondents that some groups have together, 0 only if nobody of them answered."""

Blocks = tuple[tuple[str, ...], ...]
"""Group names joined together, in reading order."""

_FEWEST, _EVERY_WAY = 2, 8
"""Blocks that are left at least; groups in a row up to which every way of joining them is looked at."""


def joined(attribute: Attribute, names: Sequence[str], size: Size, threshold: int) -> Blocks:
    """Groups under the threshold joined with others, as the attribute allows it.

    ``names`` in reading order; people whose group is not recorded are ``UNKNOWN_KEY``.
    """
    if attribute.merge == "neighbours":
        return _neighbours(names, size, threshold)
    if attribute.merge == "smallest":
        return _smallest(names, size, threshold)
    return tuple((name,) for name in names)


def coarser(attribute: Attribute, names: Sequence[str], size: Size, threshold: int) -> Iterator[Blocks]:
    """Every way to join more than ``joined`` does, no block under the threshold."""
    if attribute.merge == "smallest":
        large = sum(size([name]) >= threshold for name in names)
        yield from (_smallest(names, size, threshold, more) for more in range(1, large))
    elif attribute.merge == "neighbours":
        known = [name for name in names if size([name]) and name != UNKNOWN_KEY]
        if len(known) <= _EVERY_WAY:
            cuts = itertools.product((False, True), repeat=max(0, len(known) - 1))
            yield from _all_over(names, size, threshold, (_cut(known, at) for at in cuts))
        else:
            blocks = _large_enough(known, size, threshold)
            while len(blocks) > _FEWEST:
                blocks = _one_less(blocks, size)
                yield _with_others(blocks, names, size, threshold)


def _cut(names: Sequence[str], at: Sequence[bool]) -> list[tuple[str, ...]]:
    ends = [place + 1 for place, cut in enumerate(at) if cut]
    return [tuple(names[a:b]) for a, b in itertools.pairwise([0, *ends, len(names)])]


def _all_over(
    names: Sequence[str], size: Size, threshold: int, ways: Iterator[list[tuple[str, ...]]]
) -> Iterator[Blocks]:
    for blocks in ways:
        if len(blocks) >= _FEWEST and all(size(block) >= threshold for block in blocks):
            yield _with_others(blocks, names, size, threshold)


def _neighbours(names: Sequence[str], size: Size, threshold: int) -> Blocks:
    known = [name for name in names if size([name]) and name != UNKNOWN_KEY]
    return _with_others(_large_enough(known, size, threshold), names, size, threshold)


def _large_enough(known: Sequence[str], size: Size, threshold: int) -> Blocks:
    """Join the smallest block with its smaller neighbour until none is under the threshold."""
    blocks: Blocks = tuple((name,) for name in known)
    while len(blocks) > 1 and min(map(size, blocks)) < threshold:
        blocks = _one_less(blocks, size)
    return blocks


def _one_less(blocks: Blocks, size: Size) -> Blocks:
    least = min(range(len(blocks)), key=lambda place: size(blocks[place]))
    beside = [place for place in (least - 1, least + 1) if 0 <= place < len(blocks)]
    low, high = sorted((least, min(beside, key=lambda place: size(blocks[place]))))
    return (*blocks[:low], blocks[low] + blocks[high], *blocks[high + 1 :])


def _with_others(
    blocks: Sequence[tuple[str, ...]], names: Sequence[str], size: Size, threshold: int
) -> Blocks:
    """The blocks with those not recorded, too few of whom join the smallest. Groups in which nobody answered stay by
    themselves: they give nothing away and joining them says less.
    """
    found = [*blocks, *((name,) for name in names if not size([name]))]
    if UNKNOWN_KEY in names and (many := size([UNKNOWN_KEY])):
        if many < threshold and blocks:
            least = min(blocks, key=size)
            found[found.index(least)] = (*least, UNKNOWN_KEY)
        else:
            found.append((UNKNOWN_KEY,))
    return tuple(sorted(found, key=lambda block: names.index(block[0])))


def _smallest(names: Sequence[str], size: Size, threshold: int, more: int = 0) -> Blocks:
    """All groups under the threshold together, with the next smallest while that is still too few, and ``more`` of
    those after that.

    Of only two large groups the last in order joins, so that it is the same one in every wave.
    """
    large = [name for name in names if size([name]) >= threshold]
    small = [name for name in names if size([name]) < threshold]
    joining = large[::-1] if len(large) == 2 else sorted(large, key=lambda name: size([name]))
    while joining and small and 0 < size(small) < threshold:
        small.append(joining.pop(0))
    for _ in range(min(more, len(joining) + bool(small) - _FEWEST)):
        small += [joining.pop(0) for _ in range(1 if small else 2)]
    kept = [(name,) for name in names if name not in small]
    # Groups in which nobody answered are not named either: "before naming" holds for them, too.
    together = tuple(sorted(small, key=names.index))
    return (*kept, together) if any(size([name]) for name in small) else tuple(kept)


def parts_of_key(block: Sequence[str], attribute: Attribute, size: Size, threshold: int) -> list[str]:
    """What a joined group's key names: never groups joined for being small, who stand under ``SMALLER``."""
    if attribute.merge != "smallest":
        return list(block)
    named = [name for name in block if size([name]) >= threshold]
    return named if len(named) == len(block) else [*named, SMALLER]


def label_of(parts: Sequence[str], attribute: Attribute, labels: Mapping[str, str], words: Words) -> str:
    """``7 and 8``, ``7 to 9``, ``Black and smaller groups``, from what the key names."""
    known = [labels.get(part, part) for part in parts if part not in (UNKNOWN_KEY, SMALLER)]
    if attribute.merge == "smallest":
        return _of_smallest(known + [words.unknown] * (UNKNOWN_KEY in parts), SMALLER in parts, words)
    if not known:
        return words.unknown
    form = "{first}" if len(known) == 1 else words.both if len(known) == 2 else words.span
    text = form.format(first=known[0], last=known[-1])
    return words.both.format(first=text, last=words.unknown.lower()) if UNKNOWN_KEY in parts else text


def _of_smallest(names: Sequence[str], smaller: bool, words: Words) -> str:
    together = " + ".join(names)
    if smaller:
        return words.with_smaller.format(group=together) if names else words.smaller
    return words.both.format(first=names[0], last=names[1]) if len(names) == 2 else together
