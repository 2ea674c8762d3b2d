"""Names in what somebody wrote: whose names stand there, whether or not they were chosen."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from belong.people.models import Person

WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
TITLES = {"mr", "mrs", "miss", "ms", "mx", "dr", "sir", "madam", "prof"}
# First names that are everyday words too: read as a name only with a capital letter inside a sentence.
EVERYDAY = {
    "will", "grace", "hope", "joy", "faith", "mark", "may", "june", "april", "august", "summer", "autumn", "rose",
    "lily", "daisy", "ivy", "iris", "poppy", "sky", "skye", "star", "angel", "art", "bill", "bob", "chance", "chase",
    "dawn", "drew", "frank", "gene", "glen", "guy", "jack", "jade", "jay", "max", "miles", "nick", "olive", "pat",
    "pearl", "penny", "precious", "prince", "ray", "rich", "rob", "robin", "rocky", "ruby", "sage", "say", "sunny",
    "sue", "violet", "wade", "lee", "long", "young", "king", "brown", "green", "white", "black", "grey", "hall",
    "bell", "bond", "cook", "day", "early", "good", "hill", "hunt", "lane", "little", "love", "page", "park", "price",
    "reid", "read", "short", "small", "best", "wood", "wise", "winter", "snow", "field", "banks", "west", "east",
}  # fmt: skip


def names_in(words: str, people: Iterable[Person], *, family: bool = False) -> list[Person]:
    """Those of `people` whose first name stands in the words; `family`: or their family name, unless a title is before
    it ("Mrs Carter"). Accents and capitals are read alike; a name that is an everyday word needs its capital.
    """
    tokens = _tokens(words)
    return [person for person in people if _stands(person, tokens, family)]


def same_first_name(one: Person, other: Person) -> bool:
    """Whether two people are called alike, so that a name in the words may mean either."""
    return not _firsts(one).isdisjoint(_firsts(other))


def _stands(person: Person, tokens: Sequence[tuple[str, bool]], family: bool) -> bool:
    if any(_at(name, tokens) for name in _firsts(person)):
        return True
    return family and any(_at(name, tokens, no_title=True) for name in _parts([person.family_name]))


def _at(name: str, tokens: Sequence[tuple[str, bool]], *, no_title: bool = False) -> bool:
    wanted = name.split()
    for start in range(len(tokens) - len(wanted) + 1):
        piece = tokens[start : start + len(wanted)]
        if [word for word, _ in piece] != wanted:
            continue
        if no_title and start and tokens[start - 1][0] in TITLES:
            continue
        if name in EVERYDAY and not piece[0][1]:
            continue
        return True
    return False


def _firsts(person: Person) -> set[str]:
    """The ways in which one would call them: by the preferred name or the given one, a double name also by its first
    part."""
    return set(_parts([person.preferred_name, person.given_name]))


def _parts(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        whole = " ".join(_plain(word) for word in WORD.findall(name))
        found += [one for one in (whole, *whole.replace("-", " ").split()) if len(one) > 1]
    return found


def _tokens(words: str) -> list[tuple[str, bool]]:
    """Each word, plain, and whether it was written with a capital that no sentence asked for."""
    found = []
    for match in WORD.finditer(words):
        before = words[: match.start()].rstrip(" \t\n“\"'‘(")
        begins = not before or before[-1] in ".!?:…"
        capital = match[0][0].isupper() and not begins
        for part in re.split(r"-", re.sub(r"[’']s$", "", match[0])):
            found.append((_plain(part), capital))
    return found


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
