"""Answers in translations that no speaker has checked: said beside the figures in a band, never counted on a screen."""

import pytest

from belong.ask.models import PooledRow
from belong.see.translations import NO_MORE_THAN_A_FEW, SOME, SOME_HELP, flags_of, helped_note_for, note_for


class Drafts:
    """A closed wave with so many sheets in a draft, and so many in all."""

    def __init__(self, drafts: int, sheets: int, status: str = "draft") -> None:
        self.languages = {"pl": {"status": status, "hash": "x"}}
        self.counted = (drafts, sheets)


class Noted:
    """As much of a release as its flag needs."""

    def __init__(self, notes) -> None:
        self.notes = notes


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    for name in ("drafts_among", "helped_among"):
        monkeypatch.setattr(f"belong.see.translations.{name}", lambda wave: wave.counted)


@pytest.mark.parametrize(
    ("drafts", "sheets", "words"),
    [
        (10, 200, "Fewer than one in ten"),
        (40, 200, "Between one in ten and a quarter"),
        (99, 200, "Between a quarter and half"),
        (200, 200, "More than half"),
    ],
)
def test_the_share_is_said_in_a_band_and_flagged(drafts, sheets, words):
    notes = note_for(Drafts(drafts, sheets), 10)
    assert words in notes[0].text
    assert str(drafts) not in notes[0].text
    assert flags_of(Noted(notes)) == [SOME]


@pytest.mark.parametrize("drafts", [0, 1, 9])
def test_fewer_than_ten_are_few_or_none_so_that_nobody_is_found_out(drafts):
    notes = note_for(Drafts(drafts, 30), 10)
    assert notes == note_for(Drafts(0, 30), 10)
    assert notes[0].about == NO_MORE_THAN_A_FEW
    assert flags_of(Noted(notes)) == []


def test_help_is_said_in_a_band_and_fewer_than_ten_are_not_said():
    notes = helped_note_for(Drafts(40, 200), 10)
    assert notes[0].text.startswith(
        "Between one in ten and a quarter of the answers were given with an adult’s help"
    )
    assert flags_of(Noted(notes)) == [SOME_HELP]
    assert helped_note_for(Drafts(9, 200), 10) == helped_note_for(Drafts(0, 200), 10) == ()


def test_checked_translations_need_no_word():
    assert note_for(Drafts(50, 100, status="checked"), 10) == ()


def test_rows_keep_in_which_language_somebody_answered():
    assert PooledRow._meta.get_field("how")
