"""Which groups may be shown: none under ten people, and none that would give a hidden one away by
subtraction.

The release engine does this for whole waves and their history. This is the same rule for the one-way cuts
of a single file, so that a report from the command line is as safe as a screen: groups and the whole file
are sets of people; a set is exposed when its indicator is a combination of the sets shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 10
"""Fewer people than this are never shown."""

DISTRIBUTION_FROM = 30
"""From this many people on, spreads and distributions are shown."""

UNKNOWN = ""
"""The group value of people whose group is not known."""


def hidden_groups(
    cuts: Mapping[str, NDArray[np.str_]],
    counted: NDArray[np.bool_],
    masked: Mapping[str, set[str]] | None = None,
    people: NDArray[np.float64] | None = None,
) -> dict[str, set[str]]:
    """For each cut (group value per person) the values that must not be shown, by those ``counted``.

    ``people``: how many each entry stands for, where that is not one. ``masked`` groups are to be hidden
    whatever their size (everyone in them gave the same answers).

    People of unknown group are a hidden cell of every cut. Rules: a shown group has at least ten people;
    the hidden part of a cut is nobody, or at least ten people in at least two cells; and no hidden set or
    difference of shown sets under ten follows exactly from what is shown, across all cuts together.
    """
    forced = masked or {}
    atoms, many = _atoms(cuts, counted, people)
    hidden = {
        cut: _within(_sizes(atoms[:, place], many), forced.get(cut, set())) for place, cut in enumerate(cuts)
    }
    while exposed := _exposed(list(cuts), atoms, many, hidden):
        cut, victim = exposed
        hidden[cut].add(victim)
    return hidden


def _atoms(
    cuts: Mapping[str, NDArray[np.str_]], counted: NDArray[np.bool_], people: NDArray[np.float64] | None
) -> tuple[NDArray[np.str_], NDArray[np.intp]]:
    """People alike in every cut: their values (atoms, cuts), and how many they are (atoms,)."""
    known = [values[counted] for values in cuts.values()]
    place, first = alike(known, int(counted.sum()))
    many = np.bincount(place, weights=None if people is None else people[counted], minlength=len(first))
    table = np.stack([values[first] for values in known], axis=1) if known else np.empty((0, 0), dtype=str)
    return table, np.rint(many).astype(np.intp)


def alike(columns: Sequence[NDArray[np.str_]], rows: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which combination of the columns' values each of ``rows`` rows has, and the first row of each combination."""
    number = np.zeros(rows, dtype=np.intp)
    for values in columns:
        names, place = np.unique(values, return_inverse=True)
        # Numbered anew after each column, so that the numbers stay small however many there are.
        _, number = np.unique(number * len(names) + place, return_inverse=True)
    _, first, place = np.unique(number, return_index=True, return_inverse=True)
    return place, first


def _sizes(values: NDArray[np.str_], people: NDArray[np.intp]) -> dict[str, int]:
    """People per group value."""
    found, place = np.unique(values, return_inverse=True)
    count = np.bincount(place, weights=people, minlength=len(found))
    return {str(name): int(many) for name, many in zip(found, count, strict=True)}


def _within(count: dict[str, int], forced: set[str]) -> set[str]:
    """Hide small groups, then the next smallest until the hidden part protects itself."""
    unknown = count.pop(UNKNOWN, 0)
    hidden = {name for name, people in count.items() if people < THRESHOLD or name in forced}
    left = sorted((name for name in count if name not in hidden), key=lambda name: (count[name], name))
    while hidden or unknown:
        cells = len(hidden) + (1 if unknown else 0)
        people = sum(count[name] for name in hidden) + unknown
        small = bool(hidden) or 0 < unknown < THRESHOLD
        if not left or not small or (people >= THRESHOLD and cells >= 2):
            break
        hidden.add(left.pop(0))
    return hidden


def _exposed(
    cuts: Sequence[str], atoms: NDArray[np.str_], people: NDArray[np.intp], hidden: Mapping[str, set[str]]
) -> tuple[str, str] | None:
    """A cut and the group to hide next because a hidden small set can be had exactly; None when all is
    well.

    People alike in every cut are one atom. A set is a 0/1 vector over atoms; it can be had exactly if it
    lies in the span of the shown sets (the whole file is always shown).
    """
    if not atoms.size:
        return None
    shown: list[tuple[str, str, NDArray[np.float64]]] = []
    small: list[tuple[str, NDArray[np.float64]]] = []
    for place, cut in enumerate(cuts):
        for name in np.unique(atoms[:, place]).tolist():
            member = (atoms[:, place] == name).astype(np.float64)
            if name != UNKNOWN and name not in hidden[cut]:
                shown.append((cut, name, member))
            elif member @ people < THRESHOLD:
                small.append((cut, member))
    basis = np.stack([np.ones(len(atoms)), *(member for _, _, member in shown)], axis=1)
    small += _small_differences(shown, people)
    for cut, target in small:
        solution = np.linalg.lstsq(basis, target, rcond=None)[0]
        if np.allclose(basis @ solution, target, atol=1e-8):
            candidates = [(float(m @ people), c, n) for c, n, m in shown if c == cut] or [
                (float(m @ people), c, n) for c, n, m in shown
            ]
            if candidates:
                _, cut, name = min(candidates)
                return cut, name
    return None


def _small_differences(
    shown: Sequence[tuple[str, str, NDArray[np.float64]]], people: NDArray[np.intp]
) -> list[tuple[str, NDArray[np.float64]]]:
    """What is left when one shown set lies inside another and they differ by fewer than ten people."""
    left = []
    for cut, _, inner in shown:
        for _, _, outer in shown:
            rest = outer - inner
            if rest.min() >= 0 and 0 < rest @ people < THRESHOLD:
                left.append((cut, rest))
    return left


def band(people: int) -> str:
    """A number of people as a band: ``under 10``, ``40–49`` below a hundred, ``1,900–1,999`` above."""
    if people < THRESHOLD:
        return f"under {THRESHOLD}"
    width = 10 if people < 100 else 100
    low = people // width * width
    return f"{low:,}–{low + width - 1:,}"


def coded_percent(share: float, people: int) -> int:
    """A share (0–100) as a whole percentage, its extremes coded by how many people it rests on.

    1/99 from 300 people on, 2/98 from 100, 5/95 from 40, 10/90 from 20, 20/80 below.
    """
    edge = next((edge for least, edge in ((300, 1), (100, 2), (40, 5), (20, 10)) if people >= least), 20)
    return int(min(max(round(share), edge), 100 - edge))
