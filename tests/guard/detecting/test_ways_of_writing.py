"""The same words written in the ways children write, hide and misspell them."""

import pytest

from belong.guard.detecting import LOOK, NOW, UNREAD, detect


def found(text: str) -> set[tuple[str, str]]:
    return {(hit.category, hit.urgency) for hit in detect(text)}


@pytest.mark.parametrize(
    "text",
    [
        "kms", "KMS", "k m s", "k.m.s", "K-M-S", "k_m_s", "k\u200bm\u200bs", "k\0ms", "ctb",
        "suicide", "su1cide", "s*icide", "s**cide", "suic1de", "sui-cide", "s u i c i d e", "suicde", "sucide",
        "sooiside", "ｓｕｉｃｉｄｅ", "𝓼𝓾𝓲𝓬𝓲𝓭𝓮", "suiсide", "sυicide", "su\u00adicide", "sewerslide",
        "killmyself", "iwanttokillmyself", "kill my self", "k1ll myself", "KILL   MYSELF", "kill\nmyself",
        "kill. my. self", "i want to diiiiiie", "I WANT TO DIE", "i wanna die",
        "I’d rather be dead", "I'd rather be dead", "unalive",
        "dont want to live", "don’t want to live", "don't want to live", "do not want to live",
    ],
)  # fmt: skip
def test_wanting_to_die_is_found_however_it_is_written(text: str) -> None:
    assert ("self-harm", NOW) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "my dad herts me",
        "my dad hurrrrts me",
        "MY DAD HURTS ME",
        "my dad h*rts me",
        "mydadhitsme",
        "my dadd hits me",
    ],
)
def test_young_spelling_of_harm_at_home(text: str) -> None:
    assert "home-harm" in {category for category, _ in found(text)}


@pytest.mark.parametrize(
    "text", ["im skared of scool", "i am scaird at school", "im scarred of school", "so scaerd at school"]
)
def test_young_spelling_of_fear(text: str) -> None:
    assert "bullying" in {category for category, _ in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to die",
        "I do not want to die",
        "my dad never hits me",
        "nobody hurts me",
        "I am not suicidal",
    ],
)
def test_what_is_denied_is_still_a_look_and_says_so(text: str) -> None:
    hits = detect(text)
    assert hits
    assert {hit.urgency for hit in hits} == {LOOK}
    assert all(hit.why.endswith("(says it is not so)") for hit in hits)


@pytest.mark.parametrize(
    "text",
    [
        "not going to lie. I want to die",
        "my dad wont stop hitting me",
        "he doesnt hit me but my mum hits me",
        "I cant take it I want to die",
        "i dont want to die my nan died i want to kill myself",
    ],
)
def test_a_denial_of_something_else_takes_nothing_away(text: str) -> None:
    assert any(hit.urgency == NOW for hit in detect(text))


@pytest.mark.parametrize(
    "text",
    [
        "this homework is killing me",
        "i could kill for pizza",
        "I am dying of boredom",
        "my phone died",
        "dead good",
    ],
)
def test_clear_sayings_are_left_alone(text: str) -> None:
    assert detect(text) == []


def test_a_saying_beside_real_words_hides_nothing() -> None:
    assert ("self-harm", NOW) in found("this homework is killing me and i want to kill myself")
    assert ("home-harm", NOW) in found("dying of boredom and my dad hits me")


def test_a_skull_alone_is_slang_and_wants_only_a_look() -> None:
    assert found("💀") == {("self-harm", LOOK)}
    assert ("self-harm", LOOK) in found("🔪")
    assert any(urgency == NOW for _, urgency in found("bringing a 🔪 tomorrow"))


@pytest.mark.parametrize(
    "text",
    ["我不想活了", "ฉันกลัวพ่อ", "Ich habe Angst vor meinem Vater", "அப்பா அடிக்கிறார்", "qwpo zxkj vvbq lkwq"],
)
def test_what_no_rule_can_read_is_said(text: str) -> None:
    hits = detect(text)
    assert [(hit.category, hit.urgency) for hit in hits] == [(UNREAD, LOOK)]
    assert "please read" in hits[0].why


def test_places_are_those_of_the_text_as_written() -> None:
    text = "\u200b𝓘 𝔀𝓪𝓷𝓽 𝓽𝓸 𝓭𝓲𝓮 😀 ok"
    hit = detect(text)[0]
    assert text[hit.start : hit.end] == hit.words
    assert hit.words.endswith("𝓭𝓲𝓮")


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\ud800", "💀" * 50, "****", "'", "’", "." * 500, "ﷺ", "\u0300"]
)
def test_odd_texts_are_read_without_harm(text: str) -> None:
    assert isinstance(detect(text), list)
