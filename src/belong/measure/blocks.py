"""All two-way tables of many items from a few joint counts of blocks of items.

Counting every pair of twelve items apart would go through the data sixty-six times; the joint counts of two blocks
of four items hold every pair between and within them, so three counts hold them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from belong.measure.responses import Floats

LARGEST = 1_400
"""Most answer combinations of one block; two such blocks make at most two million joint counts."""


@dataclass(frozen=True)
class Block:
    """Items counted together: their places in the scale, and how many codes (0 … k) each has."""

    items: tuple[int, ...]
    sizes: tuple[int, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """What one code more of each item adds to the block's number."""
        return tuple(int(np.prod(self.sizes[place + 1 :])) for place in range(len(self.sizes)))

    @property
    def count(self) -> int:
        return int(np.prod(self.sizes))

    def hot(self, categories: Sequence[int]) -> Floats:
        """Each combination's answers laid out as categories of all its items: (combinations, categories)."""
        numbers = np.arange(self.count)
        columns = [
            ((numbers // step) % size)[:, None] == np.arange(1, categories[item] + 1)
            for item, size, step in zip(self.items, self.sizes, self.steps, strict=True)
        ]
        return np.concatenate(columns, axis=1).astype(float)


Joint = tuple[tuple[Block, ...], NDArray[np.int64], Floats]
"""Which one or two blocks were counted jointly, their combined numbers, and the counts."""


def cut(sizes: Sequence[int], largest: int) -> list[tuple[int, ...]]:
    """Items, in order, in blocks of at most ``largest`` combinations of their ``sizes`` codes; one item at least."""
    found: list[list[int]] = []
    room = 1
    for item, size in enumerate(sizes):
        if not found or room * size > largest:
            found.append([])
            room = 1
        found[-1].append(item)
        room *= size
    return [tuple(block) for block in found]


def blocks_of(categories: Sequence[int], largest: int = LARGEST) -> list[Block]:
    """Cut the items, in order, into blocks of at most ``largest`` combinations of codes 0 … k (one item at least)."""
    found = cut([size + 1 for size in categories], largest)
    return [Block(items, tuple(categories[item] + 1 for item in items)) for items in found]


def pairs_of(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    """Which blocks to count jointly so that every two items meet: all pairs, or the one block there is."""
    return list(combinations(blocks, 2)) or [tuple(blocks)]


def tables(categories: Sequence[int], joint: Sequence[Joint]) -> Floats:
    """Every two-way table at once, as ``PairCounts.tables[g]``, from joint counts of blocks.

    A combined number is the first block's × the second's count + the second's.
    """
    ends = np.cumsum([0, *categories])
    whole = np.zeros((ends[-1], ends[-1]))
    for group, numbers, counts in joint:
        first, second = group[0], group[-1]
        width = second.count if len(group) == 2 else 1
        flat = np.bincount(numbers, weights=counts, minlength=first.count * width)
        seen = flat.reshape(first.count, width)
        one = first.hot(categories)
        places = [_places(block, ends, categories) for block in group]
        whole[np.ix_(places[0], places[0])] = one.T @ (one * seen.sum(axis=1)[:, None])
        if len(group) == 2:
            other = second.hot(categories)
            whole[np.ix_(places[1], places[1])] = other.T @ (other * seen.sum(axis=0)[:, None])
            between = one.T @ seen @ other
            whole[np.ix_(places[0], places[1])] = between
            whole[np.ix_(places[1], places[0])] = between.T
    return whole


def _places(block: Block, ends: NDArray[np.int64], categories: Sequence[int]) -> NDArray[np.intp]:
    return np.concatenate([np.arange(ends[item], ends[item] + categories[item]) for item in block.items])
