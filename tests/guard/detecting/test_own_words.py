"""A school's own words: found like any other, and checked with the line and the mend."""

from pathlib import Path

import pytest

from belong.guard.detecting import RulebookError, detect, own_rules, read_own_rules

FILE = """\
words:
- say: the cage
  category: bullying
  urgency: today
  why: speaks of the place behind the gym where fights are
- say: lacing|laced (up)
  category: substances
"""


def test_a_schools_own_words_are_found_beside_the_others() -> None:
    own = own_rules(FILE)
    hits = detect("they made me go in The  Cage and my dad hits me", own)
    assert {(hit.category, hit.urgency) for hit in hits} >= {("bullying", "today"), ("home-harm", "now")}
    assert "speaks of the place behind the gym where fights are" in {hit.why for hit in hits}
    assert not [hit for hit in detect("the cage") if hit.rule.startswith("own")]


def test_urgency_and_reason_may_be_left_out() -> None:
    hit = next(hit for hit in detect("he was lacing it", own_rules(FILE)) if hit.rule == "own-2")
    assert (hit.urgency, hit.words) == ("look", "lacing")
    assert "lacing" in hit.why


def test_no_file_is_no_own_words(tmp_path: Path) -> None:
    assert read_own_rules(tmp_path) == ()
    (tmp_path / "detector.yaml").write_text(FILE, "utf-8")
    assert len(read_own_rules(tmp_path)) == 2


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ("- a\n", 1, "begin with 'words:'"),
        ("words:\n- say: x\n  category: bulying\n", 3, "choose from self-harm"),
        ("words:\n- say: x\n  category: bullying\n  urgency: soon\n", 4, "now, today, look"),
        ("words:\n- category: bullying\n", 2, "'say:' is missing"),
        ("words:\n- say: x\n", 2, "'category:' is missing"),
        ("words:\n- say: (x)\n  category: bullying\n", 2, "must begin and end with a word"),
        ("words:\n- say: '{he} x'\n  category: bullying\n", 2, "there is no set called 'he'"),
        ("words:\n- say: x\n  kategory: bullying\n", 2, "'kategory' is not known"),
        ("words:\n- say: [x, y]\n  category: bullying\n", 2, "takes words, not a list"),
        ("words:\n- x\n", 2, "write each entry"),
        ("words:\n- say: 'x\n", 3, "not YAML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, line: int, mend: str) -> None:
    with pytest.raises(RulebookError) as refused:
        own_rules(text)
    assert f"detector.yaml, line {line}: " in str(refused.value)
    assert mend in str(refused.value)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "detector.yaml").write_bytes(b"\xff\xfe\x00\x80words")
    with pytest.raises(RulebookError, match="UTF-8"):
        read_own_rules(tmp_path)
