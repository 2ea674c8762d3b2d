"""Bitstring status lists: one bit for each badge, saying that it was withdrawn.

A list is itself a signed credential. It is read strictly: plain members only, so that what is read is what was signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import decode_encoded_list, encode_bitstring

from belong.notice.badges.credential import reading
from belong.notice.badges.credential.dates import SKEW, read_moment, write_moment
from belong.notice.badges.credential.making import Signer, signed
from belong.notice.badges.credential.reading import NotABadge, Read
from belong.notice.badges.credential.shape import VC2, as_list, issuer_of, types_of

PLACES = 131_072  # the least the standard allows, so that a place says nothing about the school
FRESH = timedelta(days=180)
MEMBERS = {
    "@context",
    "id",
    "type",
    "issuer",
    "validFrom",
    "validUntil",
    "credentialSubject",
    "proof",
    "name",
    "description",
}
CLAIMS = {"iss", "jti", "nbf", "sub", "exp", "iat"}
SUBJECT = {"id", "type", "statusPurpose", "encodedList", "ttl", "statusSize"}
LARGEST = 8_000_000


class StatusFileError(ValueError):
    """A list of withdrawn badges that cannot be used; the text says why."""


@dataclass(frozen=True)
class StatusFile:
    """A list as read, its signature not yet verified."""

    read: Read
    id: str
    issuer: str
    purposes: frozenset[str]
    bits: bytes
    since: datetime | None
    until: datetime | None

    def is_set(self, place: int) -> bool:
        """Whether the bit of a place is set. Raises StatusFileError beyond the end."""
        if not 0 <= place < len(self.bits) * 8:
            raise StatusFileError("the list is shorter than the badge's place in it")
        return bool(self.bits[place // 8] >> (7 - place % 8) & 1)

    def why_stale(self, at: datetime) -> str:
        """Why the list does not count now, or ""."""
        if self.since and self.since > at + SKEW:
            return "the list of withdrawn badges is dated in the future"
        if self.until and self.until < at - SKEW:
            return "the list of withdrawn badges is out of date; fetch a newer one"
        return ""


def make_status_list(signer: Signer, address: str, revoked: Iterable[int], at: datetime) -> dict[str, Any]:
    """A signed list in which the given places are set. It counts for half a year."""
    document = {
        "@context": [VC2],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": signer.issuer_id,
        "validFrom": write_moment(at),
        "validUntil": write_moment(at + FRESH),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode_bitstring(revoked, PLACES),
        },
    }
    return signed(document, signer, at)


def read_status(data: bytes) -> StatusFile:
    """Read a list, JSON or token. Raises StatusFileError."""
    if len(data) > LARGEST:
        raise StatusFileError("it is too large")
    try:
        read = reading.read_words(data.decode("utf-8-sig"))
    except (NotABadge, UnicodeDecodeError) as slip:
        raise StatusFileError(str(slip) if isinstance(slip, NotABadge) else "it is no text") from None
    return _parsed(read)


def _parsed(read: Read) -> StatusFile:
    credential = read.credential
    subject = credential.get("credentialSubject")
    if not isinstance(subject, dict) or "BitstringStatusListCredential" not in types_of(credential):
        raise StatusFileError("it is no list of withdrawn badges (BitstringStatusListCredential)")
    odd = set(credential) - MEMBERS - (CLAIMS if read.is_token else set()) or set(subject) - SUBJECT
    contexts = as_list(credential.get("@context"))
    if odd or contexts[:1] != [VC2] or not all(isinstance(one, str) for one in contexts):
        raise StatusFileError("it is not written in the plain form that can be verified")
    if subject.get("type") != "BitstringStatusList" or str(subject.get("statusSize", 1)) != "1":
        raise StatusFileError("it is a list of a kind that is not read here")
    try:
        bits = decode_encoded_list(subject.get("encodedList") or "")
    except (LibOpenBadgesException, ValueError):
        raise StatusFileError("the list in it is damaged") from None
    days = [credential.get(name) for name in ("validFrom", "validUntil")]
    since, until = (read_moment(day) for day in days)
    if any(day is not None and moment is None for day, moment in zip(days, (since, until), strict=True)):
        raise StatusFileError("its dates cannot be read")
    purposes = frozenset(one for one in as_list(subject.get("statusPurpose")) if isinstance(one, str))
    own = credential.get("id")
    return StatusFile(
        read, own if isinstance(own, str) else "", issuer_of(credential), purposes, bits, since, until
    )
