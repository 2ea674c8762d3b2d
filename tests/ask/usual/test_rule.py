"""The two counting rules of own usual, as laws; and how often they prompt when nothing has changed."""

from hypothesis import given
from hypothesis import strategies as st

from belong.ask.usual.expected import expected, false_rate
from belong.ask.usual.rule import FAR, LEAST, LOW, THREE, prompts, usual

face = st.integers(1, 5)
series = st.lists(face, min_size=0, max_size=30)


@given(st.lists(face, max_size=LEAST - 1))
def test_never_before_six_answers(faces):
    assert prompts(faces) == ""


@given(series)
def test_never_when_the_newest_is_not_low(faces):
    assert prompts([*faces, 3]) == ""


@given(st.lists(st.integers(1, LOW), min_size=3, max_size=3), st.lists(face, min_size=3, max_size=20))
def test_three_low_ones_running_always_prompt(three, before):
    assert prompts([*before, *three]) == THREE


@given(series, st.integers(1, 4))
def test_a_sadder_newest_face_never_takes_a_prompt_away(faces, newest):
    if prompts([*faces, newest + 1]):
        assert prompts([*faces, newest])


@given(st.lists(face, min_size=LEAST, max_size=20), st.integers(0, 19))
def test_a_happier_past_never_takes_far_away(faces, at):
    at %= len(faces) - 1
    happier = [*faces]
    happier[at] = min(5, happier[at] + 1)
    if prompts(faces) == FAR:
        assert prompts(happier) == FAR


@given(series)
def test_far_means_two_faces_below_and_below_the_last_ten(faces):
    if prompts(faces) == FAR:
        assert faces[-1] <= usual(faces) - 2
        assert faces[-1] < min(faces[-11:-1])


@given(face, st.integers(LEAST, 20))
def test_a_child_who_always_says_the_same_is_only_prompted_where_that_is_low(same, times):
    assert bool(prompts([same] * times)) == (same <= LOW)


def test_some_that_were_worked_out_by_hand():
    assert prompts([5, 4, 5, 4, 5, 2]) == FAR
    assert prompts([5, 4, 5, 4, 5, 3]) == ""
    assert prompts([3, 3, 4, 3, 3, 2]) == ""  # one face below
    assert prompts([5, 2, 5, 5, 5, 5, 2]) == ""  # it was so before
    assert prompts([3, 3, 3, 2, 1, 2]) == THREE


def test_what_is_said_about_false_prompts_is_what_the_rule_does():
    assert 0.005 < false_rate(0.0) < 0.03
    low, high = expected(1500)
    assert 20 <= low <= high <= 45
    assert expected(0) == (0, 0)
    assert expected(300)[1] <= high
