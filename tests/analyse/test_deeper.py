"""Ordered answers, models and fairness from the command line: R's values in every file, and kind words where not."""

import json
from pathlib import Path

import pytest

from tests.analyse.conftest import PISA

ANALYSE = ("analyse", PISA, "--instrument", "pisa-belong")
SMALL = ("--instrument", "pisa-belong", "--model", "grm")


def test_the_files_hold_the_values_of_r(belong):
    ran = belong(
        *ANALYSE, "--model", "grm", "--dif", "sex", "--out", "r.json", "--out", "r.csv", "--out", "r.html"
    )
    assert ran.code == 0
    found = json.loads(Path("r.json").read_text())["deeper"]
    assert found["ordinal"]["categorical_omega"] == pytest.approx(0.797435, abs=1e-6)
    assert found["ordinal"]["chi2_scaled"] == pytest.approx(683.796, abs=1e-3)
    assert found["model"]["log_likelihood"] == pytest.approx(-15493.1786, abs=1e-3)
    item = next(one for one in found["dif"][0]["items"] if one["item"] == "belong")
    assert item["total"] == pytest.approx(41.125, abs=1e-3)
    assert [step["df"] for step in found["dif"][0]["steps"]] == [18, 24, 29]
    assert "grm,,,lonely,slope,2.92" in Path("r.csv").read_text()
    page = Path("r.html").read_text()
    assert "Categorical omega" in page
    assert "no question works differently" in page


def test_few_people_carry_no_model(belong, answers):
    ran = belong("analyse", answers(), *SMALL)
    assert ran.code == 0
    assert "from three questions and a hundred complete cases on" in " ".join(ran.out.split())


def test_a_question_everybody_answers_alike_is_said(belong, answers):
    lines = [
        {"ST27Q01": "4", **{f"ST27Q0{n}": str(1 + (row * n) % 4) for n in range(2, 7)}} for row in range(160)
    ]
    ran = belong("analyse", answers(lines), *SMALL)
    assert ran.code == 0
    shown = " ".join(ran.out.split())
    assert "Not an outsider is left out: everybody gave the same answer (4)." in shown
    assert "Slope of each question" in shown


def test_an_unknown_model_or_group_is_named(belong, capsys):
    with pytest.raises(SystemExit):
        belong(*ANALYSE, "--model", "rasch")
    assert "'rasch'" in capsys.readouterr().err
    ran = belong(*ANALYSE, "--dif", "sexx")
    assert (ran.code, ran.out) == (2, "")
    assert "sexx" in ran.err
