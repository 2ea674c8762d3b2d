"""The people of a change are a group that a reader can name: what they share with a published group is small, too.

Year 2 nearly all say Always; any nine of them are told closely. Nobody marks off nine of them in one wave, but the boys
of both waves do, as soon as a change is told of boys.
"""

import numpy as np

from belong.release import Menu, Policy, build
from belong.release.twowaves import Compared
from tests.release.attack.files import by_way, class_list_of_two, exported, tried
from tests.release.schools import school

STAYED = {"2M": 9, "2F": 11, "3M": 20, "3F": 20}
LEFT = {"2M": 5, "2F": 6, "3M": 12, "3F": 12}
JOINED = {"2M": 5, "2F": 6, "3M": 12, "3F": 12}


def people(prefix, kinds):
    """Keys and their year and sex, some of each kind."""
    return {f"{prefix}{kind}{n}": kind for kind, many in kinds.items() for n in range(many)}


def wave(number, kinds, *, happy):
    """Answers in the middle, in Year 2 nearly all at the top if they are ``happy``."""
    draw = np.random.default_rng(number)
    codes = draw.integers(1, 6, len(kinds))
    year_2 = np.array([kind.startswith("2") for kind in kinds.values()])
    if happy:
        codes[year_2] = np.resize([5, 4, 5, 5, 4], year_2.sum())
    return school(
        {"year": [kind[0] for kind in kinds.values()], "sex": [kind[1] for kind in kinds.values()]},
        {"q1": codes.tolist()},
        items=0, person_keys=[key.encode() for key in kinds], wave=str(number), closed_on=f"2026-0{number}-02",
    )  # fmt: skip


def waves(*, happy):
    stayed = people("s", STAYED)
    return (
        wave(1, stayed | people("l", LEFT), happy=False),
        wave(2, stayed | people("j", JOINED), happy=happy),
    )


def told(folder, *, happy):
    """Both releases, and what an insider with exact class lists learns from them."""
    before, now = waves(happy=happy)
    menu, policy = Menu.of("year", "sex"), Policy()
    first = build(before, menu, policy)
    second = build(now, menu, policy, previous=(first, before))
    files = [exported(folder / f"{release.wave}.json", release) for release in (first, second)]
    report = tried(*files, roll=class_list_of_two(folder / "roll.csv", before, now), measures=("item:q1",))
    return second, report


def test_nine_of_a_happy_year_are_not_told_closely(tmp_path, monkeypatch):
    with monkeypatch.context() as unguarded:
        unguarded.setattr(Compared, "narrow", lambda *_: [])
        second, report = told(tmp_path, happy=True)
        assert second.change("item:q1", "sex", "M").difference is not None
        (found,) = by_way(report, "interval")
        assert found.people == "9 people"
        assert "2 (year) in wave 2 and also those in the change of M (sex)" in found.about
    second, report = told(tmp_path, happy=True)
    assert second.change("item:q1", "sex", "M").symbol == "c"
    assert second.change("item:q1").difference is not None
    assert report.learned == (), report.text()


def test_nobody_is_hidden_where_a_year_says_this_and_that(tmp_path):
    second, report = told(tmp_path, happy=False)
    assert second.change("item:q1", "sex", "M").difference is not None
    assert report.learned == (), report.text()
