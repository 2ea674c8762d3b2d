"""Which places and times may be shown at all, before the engine works out a single figure.

A *cell* is one place at one time of day; its *margin* is the place at any time. Both are sets of pupils, and the cells
lie inside the margin, so three rules hold (the attacker knows how many pupils spoke in each set):

1. a set is shown only if it holds as many pupils as the threshold, or more;
2. a margin is shown only if it tells nothing about pupils beyond the cells shown with it: for every union of shown
   cells, the pupils of the margin outside it are none, or as many as the threshold;
3. hidden cells beside a shown margin are none or two at least, so that none is the margin's rest alone.

Cells are never added up over places: there is no total from which one could be taken away. A set nobody spoke in
looks like one in which too few did.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

Said = Sequence[tuple[int, str, int]]
Key = tuple[int, str]
Sets = Mapping[Key, frozenset[int]]
ANY = "any"


def sets_of(said: Sequence[Said]) -> dict[Key, frozenset[int]]:
    """(place, time) → rows of the pupils who spoke of it; (place, "any") → those who spoke of the place."""
    found: dict[Key, set[int]] = {}
    for row, lines in enumerate(said):
        for place, time, _feeling in lines:
            found.setdefault((place, time), set()).add(row)
            found.setdefault((place, ANY), set()).add(row)
    return {key: frozenset(rows) for key, rows in found.items()}


def showable(sets: Sets, threshold: int) -> set[Key]:
    """The cells and margins that may be shown."""
    cells = {key for key, rows in sets.items() if key[1] != ANY and len(rows) >= threshold}
    places = {place for place, time in sets if time == ANY}
    margins = {(place, ANY) for place in places if _margin_holds(sets, cells, place, threshold)}
    return cells | margins


def _margin_holds(sets: Sets, cells: Collection[Key], place: int, threshold: int) -> bool:
    margin = sets[place, ANY]
    shown = [sets[key] for key in cells if key[0] == place]
    hidden = [rows for key, rows in sets.items() if key[0] == place and key[1] != ANY and key not in cells]
    if len(margin) < threshold or len(hidden) == 1:
        return False
    rests = (len(margin - union) for union in _unions(shown))
    return all(rest == 0 or rest >= threshold for rest in rests)


def _unions(sets: Sequence[frozenset[int]]) -> Iterable[frozenset[int]]:
    """Every union of one or more sets; a day has five times, so there are 31 at most."""
    for size in range(1, len(sets) + 1):
        for some in combinations(sets, size):
            yield frozenset().union(*some)
