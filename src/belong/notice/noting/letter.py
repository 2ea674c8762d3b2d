"""A note home as the family reads it: the frame in their language, the name used at home, the teacher's own words.

The frame is a translation that ships with the program (`content/texts/note-home.yaml`); the words in it are sent as
they were written. A name stands between invisible marks (Unicode isolates), because the text around it may run the
other way.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from belong.content import read
from belong.people.models import CarerLink, Person

RIGHT_TO_LEFT = frozenset({"ur", "ar"})
OTHER_SCRIPT = frozenset({"pnb"}) | frozenset({"pa-arab", "pa-pk"})
"""Panjabi in Arabic letters: its readers may not read the frame we have in Gurmukhi, so they get English."""
FIRST, LAST = "\u2068", "\u2069"


@dataclass(frozen=True)
class Language:
    """One language of the frame: its code, English name, own name, direction; whether a speaker has checked it."""

    code: str
    called: str
    name: str
    is_checked: bool

    @property
    def direction(self) -> str:
        return "rtl" if self.code in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class LetterText:
    """Everything that stands on one note home. `greeting` names the carer, or the family where it is for paper."""

    language: Language
    subject: str
    greeting: str
    opening: str
    as_written: str
    words: str
    closing: str
    sender: str

    @property
    def plain(self) -> str:
        """The letter as plain text, for a mail."""
        parts = (self.greeting, self.opening, self.as_written, self.words, self.closing, self.sender)
        return "\n\n".join(part for part in parts if part) + "\n"


@dataclass(frozen=True)
class Recipient:
    """A carer to whom a note home may go, in which language, and whether there is an address to mail it to."""

    carer: Person
    relationship: str
    language: Language
    has_mail: bool


def languages() -> dict[str, Language]:
    """The languages of the frame by code, English first."""
    texts = read("texts/note-home")
    return {
        code: Language(code, texts["called"][code], name, texts["status"][code] == "checked")
        for code, name in texts["name"].items()
    }


def language_for(*wanted: str) -> Language:
    """The first of some language tags ("pl", "pa-IN", "") that the frame is there in; else English."""
    known = languages()
    for tag in wanted:
        low = tag.strip().replace("_", "-").lower()
        code = low.partition("-")[0]
        if code in known and low not in OTHER_SCRIPT:
            return known[code]
    return known["en"]


def name_at_home(pupil: Person) -> str:
    """What the child is called in messages home: never the name they go by at school, unless it is the one at home."""
    return pupil.name_at_home or pupil.given_name


def school_name_in(words: str, pupil: Person) -> str:
    """The name used at school, where the words hold it and home may not know it; else ""."""
    used = pupil.preferred_name
    if not used or used.casefold() in name_at_home(pupil).casefold().split():
        return ""
    return used if re.search(rf"\b{re.escape(used)}\b", words, re.IGNORECASE) else ""


def recipients(pupil: Person) -> list[Recipient]:
    """The carers who may see this child's things, by name; two with one address get one mail. One query."""
    links = CarerLink.objects.filter(pupil=pupil, may_see=True, carer__in=Person.objects.here())
    found, addresses = [], set()
    for link in links.select_related("carer").order_by("carer__family_name", "carer__given_name", "id"):
        address = link.carer.email.strip().casefold()
        if address and address in addresses:
            continue
        addresses.add(address)
        language = language_for(link.carer.home_language, pupil.home_language)
        found.append(Recipient(link.carer, link.relationship, language, bool(address)))
    return found


def compose(
    words: str, *, pupil: Person, adult: Person, language: Language, carer: Person | None = None
) -> LetterText:
    """The letter in one language, to one carer or (None) to the family."""
    texts = read("texts/note-home")
    names = {
        "school": _apart(pupil.school.name),
        "adult": _apart(adult.display_name),
        "child": _apart(name_at_home(pupil)),
        "carer": _apart(carer.display_name) if carer else "",
    }
    said = {key: texts[key][language.code].format(**names) for key in _PARTS}
    return LetterText(
        language=language,
        subject=_joined(texts["subject"][language.code].format(**names | {"school": pupil.school.name})),
        greeting=said["greeting"] if carer else said["family"],
        opening=said["opening"],
        as_written=said["as-written"],
        words=words,
        closing=said["closing"],
        sender=said["from"],
    )


def drafts_among(found: Collection[Language]) -> list[Language]:
    """Those of some languages whose frame no speaker has checked, once each."""
    return [language for language in dict.fromkeys(found) if not language.is_checked]


_PARTS = ("greeting", "family", "opening", "as-written", "closing", "from")


def _apart(name: str) -> str:
    return f"{FIRST}{name}{LAST}"


def _joined(subject: str) -> str:
    """One line: whatever a school is called, no header can be put into its mails."""
    return " ".join(subject.split())
