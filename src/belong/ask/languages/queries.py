"""What the languages pages show."""

from dataclasses import dataclass
from typing import Any

from belong.ask.languages.editing import shipped, status_of, wanted
from belong.ask.languages.wording import in_use
from belong.ask.models import OwnWording, Wave
from belong.content.translations import ENGLISH, Language, languages


@dataclass(frozen=True)
class Standing:
    """How a language stands in a school: texts there and missing, own words, whether it is a draft, who checked it."""

    language: Language
    there: int
    missing: int
    own: int
    is_draft: bool
    edition: OwnWording | None
    can_go_back: bool

    @property
    def was_checked_before(self) -> bool:
        """A speaker checked it, and words have changed since."""
        return bool(self.is_draft and self.edition and self.edition.checked_hash)

    @property
    def checked_by(self) -> str:
        """Who checked the words in use, for the school or for the project; "" for a draft."""
        if self.is_draft:
            return ""
        return (
            self.edition.checked_by
            if self.edition and self.edition.checked_hash
            else self.language.checked_by
        )


def standing(language: Language, school: Any) -> Standing:
    """One language as it stands in a school."""
    edition = in_use(language.code, school)
    own = edition.words if edition else {}
    there = shipped(language.code).keys() | own.keys()
    return Standing(
        language=language,
        there=len(there & wanted(language.code)),
        missing=len(wanted(language.code) - there),
        own=len(own),
        is_draft=status_of(language.code, school) == "draft",
        edition=edition,
        can_go_back=edition is not None,
    )


def standings(school: Any) -> list[Standing]:
    """Every language but English."""
    return [standing(one, school) for one in languages() if one.code != ENGLISH]


@dataclass(frozen=True)
class OfWave:
    """A language a wave can be answered in."""

    language: Language
    is_draft: bool


def languages_of(wave: Wave) -> list[OfWave]:
    """The languages a wave took in, in the order of the menu; English is always there and not among them."""
    return [
        OfWave(one, wave.languages[one.code]["status"] == "draft")
        for one in languages()
        if one.code in wave.languages
    ]
