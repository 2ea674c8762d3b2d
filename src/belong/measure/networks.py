"""Who named whom: what a network of nominations says about a whole group, and whom nobody named.

Wasserman & Faust (1994), Social Network Analysis; transitivity and reciprocity as R's sna has them (``weak`` and
``edgewise``). Answers from people who did not take part are unknown, not "named nobody": leave them out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray
from scipy import sparse


@dataclass(frozen=True)
class Network:
    """A directed network. ``named_by`` (people,) is the in-degree, ``named`` the out-degree, in ``people``'s order.

    ``density``: ties over possible ties; ``reciprocity``: share of ties that are returned; ``transitivity``: share of
    paths A → B → C with A → C; the last two are nan where there is no tie, or no path. ``mutual``, ``one_way`` and
    ``none`` count pairs. ``components``: groups not linked to each other in either direction, largest first.
    """

    people: tuple[Hashable, ...]
    ties: int
    density: float
    reciprocity: float
    transitivity: float
    mutual: int
    one_way: int
    none: int
    components: tuple[tuple[Hashable, ...], ...]
    named_by: NDArray[np.int64]
    named: NDArray[np.int64]

    @property
    def isolates(self) -> tuple[Hashable, ...]:
        """People whom nobody named and who named nobody."""
        alone = (self.named_by == 0) & (self.named == 0)
        return tuple(person for person, out in zip(self.people, alone, strict=True) if out)

    @property
    def named_by_nobody(self) -> tuple[Hashable, ...]:
        return tuple(person for person, count in zip(self.people, self.named_by, strict=True) if count == 0)


@dataclass(frozen=True)
class Mismatch:
    """Two sides of trust: adults a pupil named who did not record knowing them, and the other way round.

    ``without`` are pupils with nobody on either side.
    """

    only_pupil: tuple[tuple[Hashable, Hashable], ...]
    only_adult: tuple[tuple[Hashable, Hashable], ...]
    both: tuple[tuple[Hashable, Hashable], ...]
    without: tuple[Hashable, ...]


def network(people: Sequence[Hashable], ties: Iterable[tuple[Hashable, Hashable]]) -> Network:
    """The figures of a network; naming oneself or naming twice counts for nothing, strangers raise ValueError."""
    place = {person: number for number, person in enumerate(people)}
    if len(place) != len(people):
        raise ValueError("A person stands in the list twice.")
    edges = set()
    for one, other in ties:
        if one not in place or other not in place:
            raise ValueError(
                f"{one if one not in place else other} is named in a tie but is not one of the people."
            )
        if one != other:
            edges.add((place[one], place[other]))
    count = len(people)
    graph = rx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(list(range(count)))
    graph.add_edges_from_no_data(sorted(edges))
    rows, columns = (np.array([edge[side] for edge in edges], dtype=np.intp) for side in (0, 1))
    matrix = sparse.csr_array((np.ones(len(edges)), (rows, columns)), shape=(count, count))
    mutual = int(matrix.multiply(matrix.T).sum()) // 2
    possible = count * (count - 1)
    parts = sorted(
        (sorted(part) for part in rx.weakly_connected_components(graph)), key=lambda part: (-len(part), part)
    )
    return Network(
        tuple(people),
        len(edges),
        len(edges) / possible if possible else float("nan"),
        2 * mutual / len(edges) if edges else float("nan"),
        _transitivity(matrix),
        mutual,
        len(edges) - 2 * mutual,
        possible // 2 - (len(edges) - mutual),
        tuple(tuple(people[number] for number in part) for part in parts),
        np.bincount(columns, minlength=count).astype(np.int64),
        np.bincount(rows, minlength=count).astype(np.int64),
    )


def _transitivity(matrix: sparse.csr_array) -> float:
    """Share of paths of two ties between different people that a third tie closes."""
    two = (matrix @ matrix).tolil()
    two.setdiag(0)
    two = two.tocsr()
    paths = float(two.sum())
    return float(two.multiply(matrix).sum()) / paths if paths else float("nan")


def mismatch(
    pupils: Iterable[Hashable],
    named: Iterable[tuple[Hashable, Hashable]],
    known: Iterable[tuple[Hashable, Hashable]],
) -> Mismatch:
    """Compare (pupil, adult) pairs that pupils ``named`` with those that adults recorded as ``known``."""
    said, kept = set(named), set(known)
    heard = {pupil for pupil, _ in said | kept}
    return Mismatch(
        tuple(sorted(said - kept, key=_order)),
        tuple(sorted(kept - said, key=_order)),
        tuple(sorted(said & kept, key=_order)),
        tuple(pupil for pupil in pupils if pupil not in heard),
    )


def _order(pair: tuple[Hashable, Hashable]) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])
