"""The guard against formulas: for any text at all."""

import csv
import io
import string

from hypothesis import example, given
from hypothesis import strategies as st

from belong.base.spreadsheet import RISKY, harmless

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
BEGINNINGS = st.sampled_from(["", " ", "\t", "\u00a0", "'", '"', "\ufeff", "\x00"])


@given(BEGINNINGS, st.sampled_from([*RISKY, *string.ascii_letters]), TEXT)
@example("", "=", 'HYPERLINK("http://evil")')
@example(" ", "@", "SUM(1)")
def test_no_text_is_run(before, first, rest):
    made = harmless(before + first + rest)
    assert not made.startswith(RISKY)
    assert made in (before + first + rest, f"'{before}{first}{rest}")
    if (before + first).strip(" \u00a0\ufeff\x00'\"").startswith(RISKY):
        assert made.startswith("'")


@given(TEXT)
def test_text_comes_back_as_it_was_but_for_the_apostrophe(text):
    made = harmless(text)
    assert made == text or made == f"'{text}"
    file = io.StringIO(newline="")
    csv.writer(file).writerow([made, 1])
    assert next(csv.reader(io.StringIO(file.getvalue(), newline=""))) == [made, "1"]


@given(st.one_of(st.integers(), st.floats(allow_nan=False)))
def test_numbers_stay_numbers(number):
    assert harmless(number) is number


def test_nothing_is_an_empty_cell():
    assert harmless(None) == ""
