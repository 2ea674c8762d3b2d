"""Answers that contradict themselves are found; steady ones are not."""

import numpy as np

from belong.measure import Responses, insincere, load
from belong.measure.insincere import can_tell


def flagged(key: str, rows: list[dict[str, int]]) -> list[bool]:
    instrument = load(key)
    ids = [item.id for item in instrument.items if item.scale]
    return insincere(
        Responses.from_columns(instrument, {id: [row.get(id, 0) for row in rows] for id in ids})
    ).tolist()


def test_a_straight_line_over_turned_questions_is_found():
    ids = [item.id for item in load("pisa-belong").items]
    line, three = dict.fromkeys(ids, 4), dict.fromkeys(ids[:3], 1)
    meant = {item.id: 1 if item.reverse else 4 for item in load("pisa-belong").items}
    assert flagged("pisa-belong", [line, meant, three, {}]) == [True, False, False, False]


def test_a_line_of_the_middle_answer_is_no_contradiction():
    ids = [item.id for item in load("pssm").items]
    assert flagged("pssm", [dict.fromkeys(ids, 3), dict.fromkeys(ids, 5)]) == [False, True]


def test_scales_with_no_turned_question_cannot_tell():
    timss = load("timss-belong")
    ids = [item.id for item in timss.items]
    assert flagged("timss-belong", [dict.fromkeys(ids, 1)]) == [False]
    assert not can_tell(Responses.from_columns(timss, {id: [1] for id in ids}))


def test_the_honesty_question_counts():
    core = load("belong-core")
    honest = next(item for item in core.items if item.kind == "honesty")
    assert flagged("belong-core", [{honest.id: 1}, {honest.id: honest.categories}]) == [False, True]
    assert can_tell(Responses.from_columns(core, {honest.id: np.array([1])}))
