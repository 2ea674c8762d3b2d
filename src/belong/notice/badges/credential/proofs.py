"""Whether a badge, or a list of withdrawn ones, was signed by a given key.

A key is always given: nothing is looked up. For badges the library verifies; it is told the key, and so its ways of
fetching one are never reached.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt
from jwt.exceptions import PyJWTError
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OB3LdpVerifier, OB3Verifier, verify_data_integrity_proof

from belong.notice.badges.credential import publickeys, reading
from belong.notice.badges.credential.dates import read_moment
from belong.notice.badges.credential.issuers import Issuer, TrustedKey
from belong.notice.badges.credential.publickeys import KeyFormError, PublicKey
from belong.notice.badges.credential.reading import Read
from belong.notice.badges.credential.shape import as_list

SUITE = "eddsa-rdfc-2022"
LAST_SECOND = 253_402_300_800  # of the year 9999
CHANGED = "its signature does not fit: it was changed after it was signed, or signed with another key"


class BadProof(ValueError):
    """Why the proof of a badge does not hold, in words that follow "Not valid:"."""


@dataclass(frozen=True)
class Proof:
    """What a badge says about its own proof: the address of the key, the key it carries along, when it was made."""

    method: str
    carried: PublicKey | None
    made: datetime | None
    algorithm: str


def proof_of(read: Read) -> Proof:
    """The proof of a badge. Raises BadProof where there is none that we verify."""
    return _of_token(read, read.head) if read.head is not None else _of_document(read.credential)


def keys_for(proof: Proof, issuer: Issuer) -> list[TrustedKey]:
    """The keys of the issuer that may have made this proof, likeliest first. Raises BadProof when none may."""
    usable = [one for one in issuer.keys if proof.algorithm in one.key.algorithms]
    if not usable:
        raise BadProof("the issuer's key is of another kind than the one it was signed with")
    if proof.carried is not None:
        usable = [one for one in usable if one.key.pem == proof.carried.pem]
        if not usable:
            raise BadProof("it was signed with a key that is not the issuer's")
    if not proof.method:
        return usable
    claimed = proof.method.rpartition("#")[2].removeprefix("did:key:")
    named = [one for one in usable if claimed == one.key.multibase or proof.method == one.name]
    if not named and claimed.startswith(("z6Mk", "zDn")):
        raise BadProof("it was signed with a key that is not the issuer's")
    return (
        named
        or [one for one in usable if not one.name or not proof.method.startswith(issuer_part(one.name))]
        or usable
    )


def issuer_part(method: str) -> str:
    """The part of a key's address that names its owner."""
    return method.partition("#")[0]


def check_badge(read: Read, key: PublicKey) -> None:
    """Raise BadProof unless this key signed this badge, all of it."""
    try:
        if read.is_token:
            OB3Verifier(pubkey_pem=key.pem).verify(read.text)
        else:
            OB3LdpVerifier(pubkey_pem=key.pem).verify(read.text)
    except LibOpenBadgesException as no:
        raise BadProof(_words(str(no))) from None
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise BadProof("it cannot be read the way it would have to be to verify it") from None


def check_list(read: Read, key: PublicKey) -> None:
    """The same for a list of withdrawn badges, whose members `status` reads strictly."""
    try:
        if read.is_token:
            options: Any = {
                "verify_aud": False,
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            }
            jwt.decode(read.text, key.pem.decode(), algorithms=list(key.algorithms), options=options)
        else:
            verify_data_integrity_proof(read.credential, key.pem)
    except (PyJWTError, LibOpenBadgesException, ValueError, TypeError):
        raise BadProof(CHANGED) from None


def _of_token(read: Read, head: dict[str, Any]) -> Proof:
    algorithm = head.get("alg")
    if not isinstance(algorithm, str) or algorithm.lower() == "none":
        raise BadProof("it is not signed")
    if algorithm.startswith("HS"):
        raise BadProof("it is signed with a shared secret, which proves nothing to anybody else")
    if "crit" in head or "b64" in head:
        raise BadProof("its token asks for something we do not know")
    kid, carried = head.get("kid"), None
    if kid is not None and not isinstance(kid, str):
        raise BadProof("the address of its key cannot be read")
    if "jwk" in head:
        carried = _key(lambda: publickeys.of_jwk(head["jwk"]))
    since: Any = read.credential.get("nbf")
    is_moment = type(since) in (int, float) and 0 <= since < LAST_SECOND
    made = datetime.fromtimestamp(since, UTC) if is_moment else None
    method = kid if kid and ":" in kid else ""  # a short name says nothing outside the issuer's own list
    return Proof(method, carried, made, algorithm)


def _of_document(credential: dict[str, Any]) -> Proof:
    proofs = [one for one in as_list(credential.get("proof")) if isinstance(one, dict)]
    if not proofs:
        raise BadProof("it is not signed")
    ours = [
        one for one in proofs if one.get("type") == "DataIntegrityProof" and one.get("cryptosuite") == SUITE
    ]
    if not ours:
        kinds = ", ".join(sorted({str(one.get("cryptosuite") or one.get("type"))[:40] for one in proofs}))
        raise BadProof(f"it is signed in a way that is not verified here ({kinds})")
    if len(ours) > 1:
        raise BadProof("it carries two signatures, so it does not say which one speaks for it")
    proof = ours[0]
    method = proof.get("verificationMethod")
    if not isinstance(method, str) or not method:
        raise BadProof("its signature does not say with which key it was made")
    if "created" in proof and read_moment(proof["created"]) is None:
        raise BadProof("its signature has no date that can be read")
    return Proof(method, None, read_moment(proof.get("created")), "EdDSA")


def _key(read: Any) -> PublicKey:
    try:
        key: PublicKey = read()
    except KeyFormError as slip:
        raise BadProof(f"the key it carries along cannot be used: {slip}") from None
    return key


def self_named(proof: Proof, issuer_id: str) -> Iterator[PublicKey]:
    """The key that an issuer's identifier carries (did:key, did:jwk), else the one the badge carries along."""
    for address in (issuer_id, issuer_part(proof.method)):
        try:
            key = publickeys.of_did(address)
        except KeyFormError as slip:
            raise BadProof(f"the key it names cannot be used: {slip}") from None
        if key is not None:
            yield key
            return
    if proof.carried is not None:
        yield proof.carried


def _words(reason: str) -> str:
    """What the library says, in words for people; its own stay where they tell more."""
    low = reason.lower()
    if "signature" in low or "proofvalue" in low:
        return CHANGED
    if "expired" in low or "not yet valid" in low:
        return "its signature has expired, or is dated in the future"
    if "algorithm" in low:
        return "the key is of another kind than the one it was signed with"
    return f"it is not written in the form its signature covers ({reading.clean(reason, 160)})"
