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
) -> dict[str, set[str]]:
    """For each cut (group value per person) the values that must not be shown, by those ``counted``.

    ``masked`` groups are to be hidden whatever their size (everyone in them gave the same answers).

    People of unknown group are a hidden cell of every cut. Rules: a shown group has at least ten people;
    the hidden part of a cut is nobody, or at least ten people in at least two cells; and no hidden set or
    difference of shown sets under ten follows exactly from what is shown, across all cuts together.
    """
    forced = masked or {}
    hidden = {cut: _within(values[counted], forced.get(cut, set())) for cut, values in cuts.items()}
    while exposed := _exposed(cuts, counted, hidden):
        cut, victim = exposed
        hidden[cut].add(victim)
    return hidden


def sizes(values: NDArray[np.str_]) -> dict[str, int]:
    """People per group value, in order of first appearance."""
    found, first, count = np.unique(values, return_index=True, return_counts=True)
    order = np.argsort(first)
    return {str(found[i]): int(count[i]) for i in order}


def _within(values: NDArray[np.str_], forced: set[str]) -> set[str]:
    """Hide small groups, then the next smallest until the hidden part protects itself."""
    count = sizes(values)
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
    cuts: Mapping[str, NDArray[np.str_]], counted: NDArray[np.bool_], hidden: Mapping[str, set[str]]
) -> tuple[str, str] | None:
    """A cut and the group to hide next because a hidden small set can be had exactly; None when all is
    well.

    People alike in every cut are one atom. A set is a 0/1 vector over atoms; it can be had exactly if it
    lies in the span of the shown sets (the whole file is always shown).
    """
    table = (
        np.stack([values[counted] for values in cuts.values()], axis=1)
        if cuts
        else np.empty((0, 0), dtype=str)
    )
    if not table.size:
        return None
    atoms, people = np.unique(table, axis=0, return_counts=True)
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
