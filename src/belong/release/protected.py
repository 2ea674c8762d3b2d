"""A wave protected as well as it can be: what is hidden, what is merged instead, and what may stand after all.

First by rules and row space, then by the bounds audit, again and again until no small group is told too closely.
Done twice, with small groups merged as soon as they are under the threshold and under twice that, as a merged group
is often left standing where two would be hidden; whichever keeps more.
"""

from __future__ import annotations

import numpy as np

from belong.release.model import Flags, Menu, Microdata, Policy
from belong.release.protect import price
from belong.release.reach import hemmed_in
from belong.release.wave import Worked, work_out
from belong.release.witness import Book

_AGAIN = 4
"""Groups that are tried once more, at most: each try is an audit of its own."""


def protected(data: Microdata, menu: Menu, policy: Policy) -> Worked:
    """The wave with all hidden that must be. Raises ``ReleaseRefused``."""
    book = Book()
    best = _until_wide(data, menu, policy, 1, book)
    if _everything(best) or all(attribute.merge == "never" for attribute in menu.attributes):
        return best
    merged = _until_wide(data, menu, policy, 2, book)
    return merged if _kept(merged) > _kept(best) else best


def _until_wide(data: Microdata, menu: Menu, policy: Policy, coarse: int, book: Book) -> Worked:
    now = work_out(data, menu, policy, coarse=coarse)
    barred = np.zeros(len(now.layout.groups), dtype=bool)
    while (narrow := hemmed_in(now, policy, book)).any():
        barred |= narrow
        now = work_out(data, menu, policy, coarse=coarse, barred=barred)
    return _restored(now, barred, data, menu, policy, coarse, book)


def _restored(
    now: Worked, barred: Flags, data: Microdata, menu: Menu, policy: Policy, coarse: int, book: Book
) -> Worked:
    """The same with groups shown again that need not have been hidden, now that others are."""
    everybody = np.ones(now.data.pupils, dtype=bool)
    places = sorted(np.flatnonzero(barred).tolist(), key=lambda place: -price(now.layout, place, everybody))
    for place in [place for place in places if not now.layout.groups[place].parents][:_AGAIN]:
        fewer = barred.copy()
        fewer[place] = False
        tried = work_out(data, menu, policy, coarse=coarse, barred=fewer)
        if _kept(tried) > _kept(now) and not hemmed_in(tried, policy, book, 1).any():
            now, barred = tried, fewer
    return now


def _everything(now: Worked) -> bool:
    return bool(now.pattern.means.all())


def _kept(now: Worked) -> float:
    """What all shown groups are worth together."""
    everybody = np.ones(now.data.pupils, dtype=bool)
    shown = np.flatnonzero(now.pattern.means[:, 0])
    return sum(price(now.layout, place, everybody) for place in shown.tolist())
