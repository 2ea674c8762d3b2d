"""What an Open Badges 3.0 credential must hold, in the order in which one would miss it.

The parts of the published schema that decide meaning: contexts, types, required members, and the type of every object
whose property calls for one. The library checks contexts and a few members; this checks the rest (1EdTech's own
negative examples are mostly of this kind).
"""

import re
from collections.abc import Iterator
from typing import Any

from belong.notice.badges.credential.dates import read_moment

VC2 = "https://www.w3.org/ns/credentials/v2"
VC1 = "https://www.w3.org/2018/credentials/v1"
OB3 = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.0\.\d+)?\.json")
BADGE_TYPES = {"AchievementCredential", "OpenBadgeCredential"}
TYPES = {
    "issuer": "Profile",
    "creator": "Profile",
    "source": "Profile",
    "parentOrg": "Profile",
    "achievement": "Achievement",
    "evidence": "Evidence",
    "result": "Result",
    "resultDescription": "ResultDescription",
    "rubricCriterionLevel": "RubricCriterionLevel",
    "alignment": "Alignment",
    "identifier": "IdentityObject",
    "otherIdentifier": "IdentifierEntry",
    "image": "Image",
    "address": "Address",
    "geo": "GeoCoordinates",
    "related": "Related",
    "endorsement": "EndorsementCredential",
}
ELSEWHERE = ("proof", "credentialSchema", "credentialStatus", "refreshService", "termsOfUse", "@context")


def faults(credential: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the shape of a credential; nothing when it is sound."""
    yield from _context(credential.get("@context"))
    yield from _kind(credential)
    if not _text(credential.get("id")):
        yield "it has no identifier of its own"
    if not issuer_of(credential):
        yield "it names no issuer"
    yield from _dates(credential)
    yield from _subject(credential.get("credentialSubject"))
    yield from _wrong_types(credential)


def issuer_of(credential: dict[str, Any]) -> str:
    """The identifier of the issuer, given as text or as a profile; "" when there is none."""
    issuer = credential.get("issuer")
    name = issuer.get("id") if isinstance(issuer, dict) else issuer
    return name if isinstance(name, str) else ""


def subject_of(credential: dict[str, Any]) -> dict[str, Any]:
    """The one subject of a credential, or {}."""
    subject = credential.get("credentialSubject")
    if isinstance(subject, list) and len(subject) == 1:
        subject = subject[0]
    return subject if isinstance(subject, dict) else {}


def types_of(node: Any) -> set[str]:
    """The types an object says it has."""
    types = node.get("type") if isinstance(node, dict) else None
    found = types if isinstance(types, list) else [types]
    return {one for one in found if isinstance(one, str)}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _context(context: Any) -> Iterator[str]:
    if not isinstance(context, list) or len(context) < 2:
        yield "it does not name the two vocabularies of Open Badges 3.0 (@context)"
    elif context[0] == VC1:
        yield "it is written in the older data model (1.1), which is not verified here"
    elif context[0] != VC2 or not isinstance(context[1], str) or not OB3.fullmatch(context[1]):
        yield "its vocabularies are not those of Open Badges 3.0 (@context)"


def _kind(credential: dict[str, Any]) -> Iterator[str]:
    types = types_of(credential)
    if "VerifiableCredential" not in types or not types & BADGE_TYPES:
        yield "it is a credential, but no badge (its type is not AchievementCredential)"


def _dates(credential: dict[str, Any]) -> Iterator[str]:
    for name, needed in (("validFrom", True), ("validUntil", False), ("awardedDate", False)):
        value = credential.get(name)
        if (needed or value is not None) and read_moment(value) is None:
            yield f"its {name} is missing or is no date with a time zone"


def _subject(given: Any) -> Iterator[str]:
    if isinstance(given, list) and len(given) > 1:
        yield "it speaks of more than one person"
        return
    subject = subject_of({"credentialSubject": given})
    if "AchievementSubject" not in types_of(subject):
        yield "it does not speak of an achievement (AchievementSubject)"
    if not _text(subject.get("id")) and not as_list(subject.get("identifier")):
        yield "it does not say whom it was given to, not even by a number"
    achievement = subject.get("achievement")
    if not isinstance(achievement, dict):
        yield "it does not say what was achieved"
        return
    for member, words in (("id", "identifier"), ("name", "name"), ("description", "description")):
        if not _text(achievement.get(member)):
            yield f"what was achieved has no {words}"
    criteria = achievement.get("criteria")
    if not isinstance(criteria, dict) or not (_text(criteria.get("narrative")) or _text(criteria.get("id"))):
        yield "it does not say what the badge is given for (criteria)"


def _wrong_types(node: Any) -> Iterator[str]:
    """Objects that are not of the type their property calls for, at any depth."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        for name, value in here.items():
            for one in as_list(value) if name not in ELSEWHERE else ():
                if isinstance(one, dict):
                    if name in TYPES and TYPES[name] not in types_of(one):
                        yield f"its {name} is not a {TYPES[name]}"
                    waiting.append(one)


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
