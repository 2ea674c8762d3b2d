"""The verdict on a file: is this a badge of this issuer, unchanged, in date and not withdrawn?

A good signature is not enough. Three outcomes besides "not valid": everything was verified ("valid"); everything but
withdrawal, because the badge names no list ("genuine"); or something could not be verified with what was given
("unsure").
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from belong.notice.badges.credential.dates import SKEW, read_moment
from belong.notice.badges.credential.issuers import Issuer, TrustedKey, alone
from belong.notice.badges.credential.proofs import (
    BadProof,
    Proof,
    check_badge,
    check_list,
    issuer_part,
    keys_for,
    proof_of,
    self_named,
)
from belong.notice.badges.credential.reading import NotABadge, Read, clean, read_badge
from belong.notice.badges.credential.shape import as_list, faults, issuer_of, subject_of
from belong.notice.badges.credential.status import StatusFile, StatusFileError

NOT_CHECKED = "revocation not checked"
ENTRY = "BitstringStatusListEntry"
MEANS = {"revocation": "it was withdrawn by its issuer", "suspension": "it is suspended by its issuer"}


class Outcome(StrEnum):
    """What a verifier may conclude."""

    VALID = "valid"
    GENUINE = "genuine"
    UNSURE = "unsure"
    NOT_VALID = "not valid"


@dataclass(frozen=True)
class Verdict:
    """An outcome with its reasons: `wrong` why it is not valid, `open` what was not verified, `good` what was."""

    outcome: Outcome
    wrong: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    says: dict[str, str] = field(default_factory=dict)


@dataclass
class _Case:
    """One badge being looked at."""

    read: Read
    at: datetime
    wrong: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    good: list[str] = field(default_factory=list)
    is_revocable: bool = False

    def verdict(self) -> Verdict:
        if self.wrong:
            outcome = Outcome.NOT_VALID
        elif self.open:
            outcome = Outcome.UNSURE
        else:
            outcome = Outcome.VALID
        return Verdict(
            outcome, tuple(self.wrong), tuple(self.open), tuple(self.good), _says(self.read.credential)
        )


def verify(
    data: bytes, *, issuer: Issuer | None = None, status: StatusFile | None = None, at: datetime | None = None
) -> Verdict:
    """Verify the badge in a file, with the keys of the issuer one trusts and the issuer's list of withdrawn badges."""
    try:
        read = read_badge(data)
    except NotABadge as slip:
        return Verdict(Outcome.NOT_VALID, (str(slip),))
    case = _Case(read, at or datetime.now(UTC))
    case.wrong += dict.fromkeys(_shape(read))
    if case.wrong:
        return case.verdict()
    _dates(case)
    if case.wrong:
        return case.verdict()
    key = _signature(case, issuer)
    if key is None:
        return case.verdict()
    return _status(case, key, issuer, status)


def _shape(read: Read) -> list[str]:
    if read.is_token and isinstance(read.credential.get("vc"), dict):
        return ["it is a token in the older form (1.1), which is not verified here"]
    found = list(faults(read.credential))
    return found + (_claims(read.credential) if read.is_token and not found else [])


def _claims(payload: dict[str, Any]) -> list[str]:
    """Where the claims of a token and the credential in it disagree."""
    subject = subject_of(payload)
    same = [
        ("iss", payload.get("iss") == issuer_of(payload), "issuer"),
        ("jti", payload.get("jti") == payload.get("id"), "identifier"),
        ("sub", payload.get("sub") == subject.get("id"), "person it was given to"),
        ("nbf", _same_moment(payload.get("nbf"), payload.get("validFrom")), "day it begins"),
        ("exp", _same_moment(payload.get("exp"), payload.get("validUntil")), "day it ends"),
    ]
    return [
        f"its token and the credential in it disagree about the {what} ({claim})"
        for claim, fits, what in same
        if not fits
    ]


def _same_moment(claim: Any, member: Any) -> bool:
    """Whether a claim in seconds is the moment of a member; absent from both is the same too."""
    if claim is None or member is None:
        return claim is None and member is None
    moment = read_moment(member)
    return type(claim) in (int, float) and moment is not None and int(claim) == int(moment.timestamp())


def _dates(case: _Case) -> None:
    credential = case.read.credential
    since, until = (read_moment(credential.get(name)) for name in ("validFrom", "validUntil"))
    if until and until < case.at - SKEW:
        case.wrong.append(f"it expired on {_day(until)}")
    if since and since > case.at + SKEW:
        case.wrong.append(f"it is not valid before {_day(since)}")
    case.good.append("It is in date.")


def _signature(case: _Case, issuer: Issuer | None) -> TrustedKey | None:
    """The key that signed it, once it is the issuer's; else None, with the reason in the case."""
    named = issuer_of(case.read.credential)
    try:
        proof = proof_of(case.read)
        trusted = issuer or _own_word(case, proof, named)
        if trusted is None:
            return None
        if not trusted.goes_by(named):
            raise BadProof(f"it names another issuer: {clean(named, 120)}")
        key = _signing_key(case.read, proof, trusted)
        _belongs(proof, named, trusted, key)
        _still_counts(case, proof, key)
    except BadProof as no:
        case.wrong.append(str(no))
        return None
    case.good.append("Its signature is good: nothing in it was changed.")
    if issuer is not None:
        case.good.append(f"It was signed by {clean(issuer.name, 80) or 'the issuer of the key file'}.")
    return key


def _own_word(case: _Case, proof: Proof, named: str) -> Issuer | None:
    """Without a key file: the key the badge itself speaks of. That shows that it is whole, not whose it is."""
    key = next(self_named(proof, named), None)
    if key is None:
        case.open.append("who signed it was not checked: give the issuer's key file (--issuer)")
        case.open.append(NOT_CHECKED)
        return None
    case.open.append(
        "whether the signer is the school it names was not checked: give the issuer's key file (--issuer)"
    )
    return alone(key) if not named.startswith("did:") else alone(key, named)


def _signing_key(read: Read, proof: Proof, issuer: Issuer) -> TrustedKey:
    """The first of the issuer's keys that fits. Raises BadProof when none does."""
    last: BadProof | None = None
    for one in keys_for(proof, issuer):
        try:
            check_badge(read, one.key)
        except BadProof as no:
            last = no
        else:
            return one
    raise last or BadProof("it was signed with a key that is not the issuer's")


def _belongs(proof: Proof, named: str, issuer: Issuer, key: TrustedKey) -> None:
    """The address of the key in the proof must be the issuer's own, or the key itself."""
    owner = issuer_part(proof.method)
    if owner and owner != named and owner != key.key.did and owner not in issuer.ids:
        raise BadProof(f"its signature names a key of somebody else: {clean(owner, 120)}")


def _still_counts(case: _Case, proof: Proof, key: TrustedKey) -> None:
    if key.ended and case.at >= key.ended:
        raise BadProof(f"the issuer no longer stands by the key it was signed with (since {_day(key.ended)})")
    if key.replaced and (proof.made is None or proof.made > key.replaced + SKEW):
        raise BadProof(f"it was signed after the issuer had replaced that key (on {_day(key.replaced)})")


def _status(case: _Case, key: TrustedKey, issuer: Issuer | None, status: StatusFile | None) -> Verdict:
    given = as_list(case.read.credential.get("credentialStatus"))
    entries = [
        one for one in given if not isinstance(one, dict) or one.get("statusPurpose") in (None, *MEANS)
    ]
    if not entries:
        return _unlisted(case)
    for entry in entries:
        try:
            _check_entry(case, entry, key, issuer, status)
        except (BadProof, StatusFileError) as no:
            case.open.append(f"{NOT_CHECKED}: {no}")
    return case.verdict()


def _unlisted(case: _Case) -> Verdict:
    """A badge that names no list: whether its issuer stands by it still, nobody can see from files."""
    case.good.append("Revocation not checked: it names no list of withdrawn badges.")
    verdict = case.verdict()
    return replace(verdict, outcome=Outcome.GENUINE) if verdict.outcome is Outcome.VALID else verdict


def _check_entry(
    case: _Case, entry: Any, key: TrustedKey, issuer: Issuer | None, status: StatusFile | None
) -> None:
    """Look one entry up. Raises with the reason why that cannot be done."""
    if not isinstance(entry, dict) or entry.get("type") not in (ENTRY, [ENTRY]):
        raise StatusFileError("the badge names a way of withdrawing that is not read here")
    address, purpose = entry.get("statusListCredential"), entry.get("statusPurpose")
    place = str(entry.get("statusListIndex"))
    if not (place.isascii() and place.isdecimal() and len(place) < 12 and isinstance(address, str)):
        raise StatusFileError("the badge's place in its list cannot be read")
    if purpose is None or str(entry.get("statusSize", 1)) != "1":
        raise StatusFileError("the badge does not say what its place in the list means")
    if status is None:
        raise StatusFileError(f"give the issuer's list (--status); the badge names {clean(address, 120)}")
    _check_authority(case, key, issuer, status, purpose)
    if status.is_set(int(place)):
        case.wrong.append(MEANS[purpose])
    elif status.id and status.id != address:
        raise StatusFileError("the list given is not the one the badge names")
    else:
        day = f" of {_day(status.since)}" if status.since else ""
        case.good.append(f"It is not withdrawn, by the issuer's list{day}.")


def _check_authority(
    case: _Case, key: TrustedKey, issuer: Issuer | None, status: StatusFile, purpose: str
) -> None:
    """The list must be the same issuer's, in date, for this purpose, and signed by a key that still counts."""
    named = issuer_of(case.read.credential)
    trusted = issuer or Issuer((key,), frozenset({named}))
    if status.issuer != named and not (trusted.ids and trusted.goes_by(status.issuer)):
        raise StatusFileError("the list given is of another issuer")
    if stale := status.why_stale(case.at):
        raise StatusFileError(stale)
    if purpose not in status.purposes:
        raise StatusFileError("the list given is of another kind")
    proof = proof_of(status.read)
    for one in keys_for(proof, trusted):
        try:
            check_list(status.read, one.key)
        except BadProof:
            continue
        _belongs(proof, status.issuer, trusted, one)
        _still_counts(case, proof, one)
        return
    raise StatusFileError("the list given was not signed by the issuer, or was changed")


def _says(credential: dict[str, Any]) -> dict[str, str]:
    """What the badge says of itself, cleaned for showing."""
    subject = subject_of(credential)
    achievement = subject.get("achievement")
    issuer = credential.get("issuer")
    until = read_moment(credential.get("validUntil"))
    since = read_moment(credential.get("validFrom"))
    said = {
        "badge": achievement.get("name") if isinstance(achievement, dict) else credential.get("name"),
        "issuer": issuer.get("name") if isinstance(issuer, dict) else "",
        "issuer id": issuer_of(credential),
        "given to": subject.get("id"),
        "from": _day(since) if since else "",
        "until": _day(until) if until else "",
    }
    return {name: clean(value) for name, value in said.items() if isinstance(value, str) and value}


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
