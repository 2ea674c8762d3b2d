"""What holds for every text: no error, true places, the same answer twice, and nothing taken away by more words."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belong.guard.detecting import URGENCIES, Hit, categories, detect
from belong.guard.detecting.engine import detector
from tests.guard.detecting.texts import written

TEXTS = [text.text for half in ("development", "held-out") for text in written(half)]
ENGLISH = [text.text for text in written("development") if text.language == "en" and text.text.isascii()]
WORDS = sorted({word for text in TEXTS for word in text.split()})

anything = st.text(max_size=200)
childlike = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
few = settings(max_examples=40, deadline=None)


@few
@given(st.one_of(anything, childlike))
def test_it_never_raises_and_says_where_what_and_why(text: str) -> None:
    hits = detect(text)
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.words == text[hit.start : hit.end]
        assert hit.urgency in URGENCIES
        assert hit.category in categories()
        assert hit.why
    assert hits == detect(text)
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)


def rules(text: str) -> list[tuple[str, str]]:
    return [(hit.rule, hit.urgency) for hit in detect(text)]


@few
@given(st.sampled_from(ENGLISH), st.sampled_from(["upper", "title", "swap"]))
def test_capitals_do_not_matter(text: str, way: str) -> None:
    changed = {"upper": text.upper(), "title": text.title(), "swap": text.swapcase()}[way]
    assert rules(changed) == rules(text)


@few
@given(st.sampled_from(TEXTS), st.sampled_from(["\n", "\t", "  ", "\u00a0", " \r\n ", "\u2003"]))
def test_kinds_of_space_do_not_matter(text: str, space: str) -> None:
    assert rules(text.replace(" ", space)) == rules(text)


@few
@given(
    st.sampled_from(TEXTS),
    st.sampled_from(["\u200b", "\u2060", "\ufeff", "\u00ad", "\0"]),
    st.integers(0, 60),
)
def test_hidden_characters_do_not_matter(text: str, hidden: str, at: int) -> None:
    assert rules(text[:at] + hidden + text[at:]) == rules(text)


def still_there(hit: Hit, hits: list[Hit], shift: int) -> bool:
    """The hit is there, or one of the same rule, at least as urgent, that covers it."""
    return any(
        other.rule == hit.rule
        and other.rank <= hit.rank
        and other.start <= hit.start + shift
        and hit.end + shift <= other.end
        for other in hits
    )


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(TEXTS), st.one_of(st.sampled_from(TEXTS), childlike), st.booleans())
def test_more_sentences_never_take_a_hit_away(text: str, more: str, before: bool) -> None:
    both, shift = (f"{more}. {text}", len(more) + 2) if before else (f"{text}. {more}", 0)
    hits = detect(both)
    for hit in detect(text):
        assert still_there(hit, hits, shift), (hit, both)


def steps(text: str) -> int:
    own = detector()
    own.detect(text)
    return own.steps


@pytest.mark.parametrize(
    "piece",
    [
        "i want to ", "die ", "k ", "a", "iwanttodie", "s*", "suicid", "*", "my dad my dad ",
        "not ",
        "im gonna kill if ", "'", "\u0301", "💀", "k.", "hhhh", "1l1l", "no no one ever ",
        "some words that are not known zzq ", "ابي ",
    ],
)  # fmt: skip
def test_the_work_grows_with_the_length_and_no_faster(piece: str) -> None:
    times = 800 // len(piece)
    once, twice = steps(piece * times), steps(piece * times * 2)
    assert twice <= 2.2 * once + 2000
    assert once <= 2500 * 800


def test_printable_noise_of_thousands_of_characters_is_read() -> None:
    assert isinstance(detect(string.printable * 30), list)
