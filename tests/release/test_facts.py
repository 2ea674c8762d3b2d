"""Plain facts about people: gaps and changes tell no more than the shares that are written."""

from dataclasses import replace

import numpy as np
import pytest

from belong.release import SHOWN, Attribute, Menu, build
from belong.release.coding import band_floor, percent
from tests.release.schools import blocks, school

YEARS = blocks(a=40, b=60, c=200)


def facts(heard, wave="1", closed_on="2026-03-02"):
    """Three years; ``heard`` of each were heard by name."""
    sizes = (40, 60, 200)
    codes = [2 if i < so else 1 for so, many in zip(heard, sizes, strict=True) for i in range(many)]
    data = school({"year": YEARS}, {"q1": codes}, items=1, wave=wave, closed_on=closed_on)
    keys = [b"%d" % row for row in range(data.pupils)]
    return replace(data, categories={"q1": 2}, favourable={"q1": (2,)}, facts=True, person_keys=keys)


@pytest.mark.parametrize("heard", [(38, 30, 100), (20, 58, 110), (3, 30, 190)])
def test_gaps_are_between_written_shares(heard):
    """Year a may say no more than 95 %: a gap out of the true shares would say that it was nearly all of them."""
    release = build(facts(heard), Menu.of(Attribute("year")))
    gaps = [gap for gap in release.gaps if gap.symbol in SHOWN and gap.difference is not None]
    assert gaps
    for gap in gaps:
        cell = release.cell(gap.measure, gap.cut, gap.group)
        if gap.against != "rest":
            other = release.cell(gap.measure, gap.cut, gap.against).favourable
        else:
            other = cell.favourable - gap.difference
            assert other == percent(other, band_floor(cell.n_band)), "in the steps and limits of the group"
        assert gap.difference == cell.favourable - other
        assert gap.low <= gap.difference <= gap.high


def test_changes_go_no_further_than_shares_may():
    """From nobody to everybody in year a: written as from 5 to 95, and so as a change of 90 at most."""
    before = facts((0, 30, 100))
    first = build(before, Menu.of(Attribute("year")))
    now = facts((40, 30, 100), wave="2", closed_on="2026-07-02")
    second = build(now, Menu.of(Attribute("year")), previous=(first, before))
    changes = {c.group: c for c in second.changes if c.cut == "year" and c.symbol in SHOWN}
    assert set(changes) == {"a", "b", "c"}
    cell, change = second.cell("item:q1", "year", "a"), changes["a"]
    assert 5 <= cell.favourable - change.difference <= 95
    assert np.isclose(change.high - change.low, round(change.high - change.low))
