"""`belong simulate-cat`: what it says, that it is the same twice, and slips on the command line."""

import re

import pytest

from tests.analyse.conftest import PISA

WORDS = ("simulate-cat", PISA, "--instrument", "pisa-belong", "--people", "400")


def test_it_says_how_few_questions_are_enough(belong):
    ran = belong(*WORDS)
    assert ran.code == 0
    needs = re.search(
        r"Chosen question by question: (\d) are enough. The same for everybody: (\d) are enough", ran.out
    )
    assert 1 < int(needs[1]) <= int(needs[2]) <= 6
    errors = [float(line.split()[1]) for line in ran.out.splitlines() if re.match(r"\s+\d\s", line)]
    assert len(errors) == 6
    assert errors == sorted(errors, reverse=True)
    assert belong(*WORDS).out == ran.out


def test_as_sure_as_a_form_of_three(belong):
    ran = belong(*WORDS, "--like", "3")
    assert "as sure as the best fixed form of 3" in ran.out
    assert "The same for everybody: 3 are enough" in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--like", "9"), "from 1 to 6"),
        (("--people", "5"), "from 100 to 100,000"),
        (("--instrument", "pisa-belonging"), "pisa-belong"),
    ],
)
def test_slips_are_answered_and_nothing_is_worked_out(belong, words, said):
    ran = belong(*WORDS, *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_too_few_people_carry_no_model(belong, answers):
    ran = belong("simulate-cat", answers(), "--instrument", "pisa-belong")
    assert ran.code == 2
    assert "at least 100 people" in ran.err
