"""The rules as data: `content/detector/<language>.yaml` and a school's own words, read and checked."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from belong.content import names, read
from belong.guard.detecting.folding import fold_word
from belong.guard.detecting.hits import URGENCIES
from belong.guard.detecting.phrases import Phrase, PhraseError, parse, words_of

STATUSES = ("draft", "checked")
SHORTEST_NEAR = 5
"""Shorter words are not read as misspelt by one letter: too many other words lie one letter away."""


class RulebookError(ValueError):
    """Rules that cannot be used; the message names the place and the mend."""


@dataclass(frozen=True)
class Rule:
    """Words of one kind of concern. `why` is said to an adult: "speaks of wanting to die"."""

    id: str
    language: str
    category: str
    urgency: str
    why: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True)
class Language:
    """One file of rules. `status` says whether a speaker has checked them."""

    code: str
    name: str
    status: str
    scripts: frozenset[str]
    rules: tuple[Rule, ...]
    everyday: frozenset[str]
    denials: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    undoing: frozenset[str] = frozenset()
    idioms: tuple[tuple[Phrase, bool], ...] = ()
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exact: frozenset[str] = frozenset()
    near_from: int = SHORTEST_NEAR

    def words(self) -> frozenset[str]:
        """Every word that its rules and idioms use, without stems' stars."""
        phrases = [*(p for rule in self.rules for p in rule.phrases), *(p for p, _ in self.idioms)]
        return frozenset(word for phrase in phrases for word in words_of(phrase))

    def near(self) -> frozenset[str]:
        """The words that may be misspelt by a letter."""
        return frozenset(
            word
            for word in self.words() - self.exact
            if len(word) >= self.near_from and not word.endswith("*") and word.isalpha()
        )


def categories() -> dict[str, str]:
    """Category → its plain name, in the order of the documents."""
    return dict(read("detector/en")["categories"])


def usual_urgency(category: str) -> str:
    """How urgent hits of a category are where a rule does not say."""
    return str(read("detector/en")["usual"][category])


@functools.cache
def languages() -> tuple[Language, ...]:
    """Every language with rules. Raises RulebookError naming the file and the mend."""
    return tuple(language(read(f"detector/{code}"), f"detector/{code}.yaml") for code in names("detector"))


def language(data: Mapping[str, Any], source: str) -> Language:
    """The language that a file holds. Raises RulebookError."""
    try:
        return _language(data, source)
    except (KeyError, TypeError, AttributeError) as error:
        raise RulebookError(f"{source}: {error} is missing or not what belongs there") from error


def _language(data: Mapping[str, Any], source: str) -> Language:
    sets = {name: [str(entry) for entry in entries] for name, entries in (data.get("sets") or {}).items()}
    code = data["language"]
    if data["status"] not in STATUSES:
        raise RulebookError(f"{source}: status must be one of {', '.join(STATUSES)}")
    rules = [_rule(rule, data["name"], code, sets, source) for rule in data["rules"]]
    doubled = {rule.id for rule in rules if [other.id for other in rules].count(rule.id) > 1}
    if doubled:
        raise RulebookError(f"{source}: two rules are called {', '.join(sorted(doubled))}")
    spellings = {
        fold_word(word): tuple(fold_word(way) for way in str(ways).split())
        for word, ways in (data.get("spellings") or {}).items()
    }
    return Language(
        code=code,
        name=data["name"],
        status=data["status"],
        scripts=frozenset(data["scripts"]),
        rules=tuple(rules),
        everyday=_words(data.get("everyday")) | _words(data.get("ordinary")),
        denials=_words(data.get("denials")),
        fillers=_words(data.get("fillers")),
        undoing=_words(data.get("undoing")),
        idioms=tuple(_idioms(data, sets, source)),
        spellings=spellings,
        exact=_words(data.get("exact")),
        near_from=int(data.get("near_from", SHORTEST_NEAR + 2)),
    )


def _rule(data: Mapping[str, Any], name: str, code: str, sets: Mapping[str, list[str]], source: str) -> Rule:
    category = data["category"]
    own = data.get("id", category)
    where = f"{source}: rule '{own}'"
    if category not in categories():
        raise RulebookError(f"{where}: there is no category '{category}'")
    urgency = data.get("urgency") or usual_urgency(category)
    if urgency not in URGENCIES:
        raise RulebookError(f"{where}: urgency must be one of {', '.join(URGENCIES)}")
    phrases = tuple(_phrase(text, sets, where) for text in data["say"])
    why = data.get("why") or f"in {name}: {_small(categories()[category])}"
    return Rule(own if code == "en" else f"{code}-{own}", code, category, urgency, why, phrases)


def _small(title: str) -> str:
    return title if title[:2].isupper() else title[0].lower() + title[1:]


def _idioms(
    data: Mapping[str, Any], sets: Mapping[str, list[str]], source: str
) -> Iterator[tuple[Phrase, bool]]:
    """Everyday sayings: those under `nothing` are no concern; those under `look` still want a look."""
    for kind, told in (("look", True), ("nothing", False)):
        for text in (data.get("idioms") or {}).get(kind, ()):
            yield _phrase(text, sets, f"{source}: idioms"), told


def _phrase(text: Any, sets: Mapping[str, list[str]], where: str) -> Phrase:
    try:
        return parse(str(text), sets)
    except PhraseError as error:
        raise RulebookError(f"{where}: {error}") from None


def _words(text: str | None) -> frozenset[str]:
    return frozenset(fold_word(word) for word in (text or "").split())
