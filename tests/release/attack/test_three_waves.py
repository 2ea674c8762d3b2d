"""Three waves joined by two changes: what is told of the middle one must not follow from its neighbours.

A change is the people of two waves, now minus then. Where they are everyone of a published group in one of the waves,
their sum in the other follows; with two changes there are two such sums in the middle wave, and the few who are in one
of them and not in the other are told on.
"""

import itertools
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from belong.release import Menu, Policy, build
from belong.release.panel import match
from belong.release.protected import protected
from tests.release.attack.files import by_way, class_list_of_two, exported, naive_rows, tried, write
from tests.release.schools import points, school

ITEM = "item:q1"


def wave(number, people, *, seed=3):
    """The answers of one wave: {person: groups}, everybody answers."""
    draw = np.random.default_rng(seed + number)
    names = list(next(iter(people.values())))
    return school(
        {name: [groups[name] for groups in people.values()] for name in names},
        {"q1": draw.integers(1, 6, len(people)).tolist()},
        items=0, person_keys=[person.to_bytes(4, "big") for person in people], wave=str(number),
        closed_on=f"2026-0{number}-02",
    )  # fmt: skip


def history(waves, menu, policy):
    """The release of each wave beside the one before, and who is in the changes of each, by key."""
    releases, compared = [build(waves[0], menu, policy)], {}
    for before, data in itertools.pairwise(waves):
        now = protected(data, menu, policy)
        found = match(now, releases[-1], before, policy)
        inside = ~np.isnan(found.moved[now.values.place(ITEM)])
        compared[data.wave] = {key for key, is_in in zip(now.data.person_keys, inside, strict=True) if is_in}
        releases.append(build(data, menu, policy, previous=(releases[-1], before)))
    return releases, compared


def report_on(folder, waves, releases, compared, threshold):
    """What an insider learns; with ``compared``, one who was told whom the changes leave out."""
    files = [exported(folder / f"{release.wave}.json", release) for release in releases]
    roll = class_list_of_two(folder / "roll.csv", *waves, compared=compared)
    return tried(*files, roll=roll, threshold=threshold, measures=(ITEM,))


def plain_changes(waves):
    """Tables without protection, each with the change of everybody who answered the wave before, too."""
    rows = [row | {"wave": "1"} for row in naive_rows(waves[0], decimals=4)]
    for before, data in itertools.pairwise(waves):
        then = {key: place for place, key in enumerate(before.person_keys)}
        was = np.array([then.get(key, -1) for key in data.person_keys])
        both = was >= 0
        moved = (data.items["q1"][both].astype(float) - before.items["q1"][was[both]]) * 25
        change = {"change": f"{moved.mean():.4f}", "matched": int(both.sum()), "since": before.wave}
        rows += [row | {"wave": data.wave} | change for row in naive_rows(data, decimals=4)]
    return rows


def test_a_child_in_two_of_three_waves(tmp_path):
    """Twenty come for the second wave only; child 0 leaves with them. Each change is everyone of a wave."""
    sexes = {person: {"sex": "FM"[person % 2]} for person in range(120)}
    stays = (range(100), range(120), range(1, 100))
    waves = [wave(number, {p: sexes[p] for p in some}) for number, some in enumerate(stays, start=1)]
    table = write(tmp_path / "naive.csv", plain_changes(waves))
    roll = class_list_of_two(tmp_path / "roll.csv", *waves)
    truth = points(waves[1], "q1", np.arange(120) == 0)
    found = by_way(tried(table, plain=True, roll=roll), "exact")
    assert any(
        one.people == "1 person" and one.low <= truth <= one.high for one in found if one.low is not None
    )

    releases, compared = history(waves, Menu.of("sex"), Policy())
    assert all(release.change(ITEM).difference is not None for release in releases[1:])
    report = report_on(tmp_path, waves, releases, compared, 10)
    assert report.learned == (), report.text()


@st.composite
def schools(draw):
    """Every kind of person (groups, and which of three waves they answer) some number of times: few, or many."""
    both = draw(st.booleans())
    kinds = [
        dict(zip(("sex", "club"), some, strict=False))
        for some in itertools.product("FM", "ab" if both else "a")
    ]
    kinds = kinds if both else [{"sex": kind["sex"]} for kind in kinds]
    present = [some for some in itertools.product((False, True), repeat=3) if any(some)]
    people, stays = {}, {}
    for groups, here in itertools.product(kinds, present):
        few = st.sampled_from((12, 20, 30)) if all(here) else st.sampled_from((0, 0, 0, 1, 2, 3, 6, 8, 12))
        for person in range(len(people), len(people) + draw(few)):
            people[person], stays[person] = groups, here
    return [
        wave(number, {p: people[p] for p in people if stays[p][number - 1]}, seed=draw(st.integers(0, 10**6)))
        for number in (1, 2, 3)
    ]


@settings(max_examples=25, deadline=None)
@given(schools())
def test_three_waves_together_point_at_nobody(waves):
    """Nothing exactly, even for somebody who was told whom the changes leave out; nothing narrowed for anybody else."""
    menu, policy = Menu.of(*waves[0].attributes), Policy(threshold=5)
    releases, compared = history(waves, menu, policy)
    with tempfile.TemporaryDirectory() as folder:
        told = report_on(Path(folder), waves, releases, compared, 5)
        assert not by_way(told, "exact"), told.text()
        report = report_on(Path(folder), waves, releases, None, 5)
        assert report.learned == (), report.text()
