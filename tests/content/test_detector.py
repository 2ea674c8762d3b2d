"""The detector's rules as data: every file is sound, and says what it is."""

import pytest

from belong.content import names, read
from belong.guard.detecting.phrases import PhraseError, parse
from belong.guard.detecting.rulebook import RulebookError, categories, language, languages

FIRST_LANGUAGES = {"ar", "bn", "cy", "pa", "pl", "pt", "ro", "so", "uk", "ur"}


def test_english_and_the_first_languages_have_rules_and_drafts_say_so() -> None:
    assert {"en", "ru", *FIRST_LANGUAGES} == set(names("detector"))
    assert {own.code for own in languages() if own.status == "checked"} == {"en"}


@pytest.mark.parametrize("code", names("detector"))
def test_each_language_speaks_of_the_gravest_things(code: str) -> None:
    own = next(found for found in languages() if found.code == code)
    assert {"self-harm", "home-harm", "touching", "asking-help", "secrets"} <= {
        rule.category for rule in own.rules
    }
    assert own.everyday
    assert own.denials


def test_every_category_but_unread_has_english_rules() -> None:
    english = next(own for own in languages() if own.code == "en")
    assert {rule.category for rule in english.rules} == set(categories()) - {"unread"}
    assert all(rule.why.islower() or "FGM" in rule.why for rule in english.rules)


@pytest.mark.parametrize("phrase", ["", "(a)", ".. a", "a ..", "a (b", "{nobody}", "a||b", "(a) (b)"])
def test_a_phrase_that_says_nothing_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        parse(phrase, {})


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        ({"status": "finished"}, "status must be one of"),
        ({"rules": [{"category": "weather", "say": ["rain"]}]}, "no category 'weather'"),
        ({"rules": [{"category": "bullying", "urgency": "soon", "say": ["a"]}]}, "urgency must be one of"),
        ({"rules": [{"category": "bullying", "say": ["{x}"]}]}, "rule 'bullying'"),
        (
            {"rules": [{"category": "bullying", "say": ["a"]}, {"category": "bullying", "say": ["b"]}]},
            "two rules",
        ),
        ({"rules": None}, "not what belongs there"),
    ],
)
def test_a_wrong_file_is_named_with_its_mend(change: dict[str, object], mend: str) -> None:
    with pytest.raises(RulebookError, match=mend):
        language({**read("detector/cy"), **change}, "detector/cy.yaml")
