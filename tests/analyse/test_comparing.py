"""`belong analyse --compare`: the same people found again, what changed, small groups hidden, slips named."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.analyse.conftest import people

WORDS = ("--instrument", "pisa-belong", "--id", "pupil", "--by", "sex")


def _waves(answers, lift: int = 0, n: int = 240):
    """Two files of the same pupils, in another order; girls' first three answers lifted in the second."""
    first = [{"pupil": f"p{i}", **row} for i, row in enumerate(people(n))]
    second = [{"pupil": f"p{i}", **row} for i, row in enumerate(people(n, seed=2))]
    for old, new in zip(first, second, strict=True):
        for column in ("ST27Q02", "ST27Q03", "ST27Q05"):
            new[column] = old[column]
            if new["ST03Q01"] == "1":
                new[column] = str(max(1, int(old[column]) - lift))
    order = np.random.default_rng(5).permutation(n)
    return answers(first, "autumn.csv"), answers([second[i] for i in order], "summer.csv")


def _read(belong, first, second, *more):
    ran = belong("analyse", first, *WORDS, "--compare", second, "--out", "r.json", *more)
    assert ran.code == 0, ran.err
    return json.loads(Path("r.json").read_text())["compared"]


def test_a_lift_of_girls_is_found_beyond_everybody_elses(belong, answers):
    found = _read(belong, *_waves(answers, lift=2))
    girls, boys = found["groups"]
    assert (found["matched"], found["only_before"], found["only_after"]) == (240, "none", "none")
    assert girls["more"]["low"] > 5
    assert girls["alike"]["low"] > 5
    assert boys["more"]["value"] == pytest.approx(-girls["more"]["value"])
    assert found["change"]["low"] > 0


def test_nothing_but_noise_is_called_no_change(belong, answers):
    first, second = _waves(answers)
    ran = belong("analyse", first, *WORDS, "--compare", second)
    shown = " ".join(ran.out.split())
    assert "No change we can tell among 240 pupils in both files" in shown
    assert "comes back towards the mean by itself" in shown


def test_classes_make_the_interval_honest(belong, answers):
    first, second = _waves(answers, lift=1)
    alone = _read(belong, first, second)
    together = _read(belong, first, second, "--cluster", "SCHOOLID")
    assert together["clustered"]
    assert not alone["clustered"]
    assert together["change"]["value"] == pytest.approx(alone["change"]["value"])
    assert together["change"]["low"] != alone["change"]["low"]


def test_a_small_group_is_not_shown_nor_the_other_of_two(belong, answers):
    first = [{"pupil": f"p{i}", **row, "ST03Q01": "1" if i < 4 else "2"} for i, row in enumerate(people(80))]
    found = _read(belong, answers(first, "a.csv"), answers(first, "b.csv"))
    assert [group["symbol"] for group in found["groups"]] == ["c", "c"]
    assert all(group["change"] is None for group in found["groups"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: [*rows, rows[0]], "'p0' stands in more than one line"),
        (lambda rows: [{**row, "pupil": f"x{row['pupil']}"} for row in rows], "nobody of a.csv is in it"),
        (lambda rows: rows[:6], "only 6 people have a score in both files"),
    ],
)
def test_files_that_do_not_match_are_said(belong, answers, change, said):
    rows = [{"pupil": f"p{i}", **row} for i, row in enumerate(people(60))]
    ran = belong("analyse", answers(rows, "a.csv"), "--instrument", "pisa-belong", "--id", "pupil",
                 "--compare", answers(change(rows), "b.csv"))  # fmt: skip
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_without_a_column_that_tells_people_apart_nothing_is_compared(belong, answers):
    ran = belong("analyse", answers(), "--instrument", "pisa-belong", "--compare", answers(None, "b.csv"))
    assert ran.code == 2
    assert "--compare needs --id" in ran.err
