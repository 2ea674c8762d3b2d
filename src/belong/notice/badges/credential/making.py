"""Making a credential from what a school gives, and signing it with an Ed25519 key, in both forms of proof."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OB3Signer, add_data_integrity_proof

from belong.notice.badges.credential import publickeys
from belong.notice.badges.credential.dates import read_moment, write_moment
from belong.notice.badges.credential.publickeys import PublicKey
from belong.notice.badges.credential.shape import VC2, faults, issuer_of, subject_of

OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


@dataclass(frozen=True)
class Signer:
    """A private key (32 bytes) with the identifier its owner signs as and the address of the key in a proof."""

    seed: bytes
    issuer_id: str
    issuer_name: str
    method: str

    @classmethod
    def of(cls, seed: bytes, issuer_name: str, issuer_id: str = "") -> "Signer":
        """A signer; without an identifier of its own it is its key (did:key), which needs no hostname."""
        key = public_of(seed)
        return cls(seed, issuer_id or key.did, issuer_name, f"{issuer_id or key.did}#{key.multibase}")

    @property
    def pem(self) -> bytes:
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@dataclass(frozen=True)
class Given:
    """A badge given to somebody: `recipient` is a number that says nothing about who it is.

    `status_list` is the address of the list that would say it was withdrawn, `status_place` the place in it.
    """

    uid: UUID
    recipient: UUID
    badge: UUID
    name: str
    criteria: str
    since: datetime
    until: datetime | None = None
    evidence: str = ""
    status_list: str = ""
    status_place: int = 0


class CannotSign(ValueError):
    """A credential that must not be signed; the text says why."""


def public_of(seed: bytes) -> PublicKey:
    """The public half of a private key."""
    return publickeys.of_key(Ed25519PrivateKey.from_private_bytes(seed).public_key())


def credential_of(given: Given, signer: Signer) -> dict[str, Any]:
    """The unsigned AchievementCredential."""
    achievement = {
        "id": f"urn:uuid:{given.badge}",
        "type": ["Achievement"],
        "achievementType": "Badge",
        "name": given.name,
        "description": f"A badge of {signer.issuer_name}.",
        "criteria": {"narrative": given.criteria},
    }
    credential: dict[str, Any] = {
        "@context": [VC2, OB3],
        "id": f"urn:uuid:{given.uid}",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": given.name,
        "issuer": {"id": signer.issuer_id, "type": ["Profile"], "name": signer.issuer_name},
        "validFrom": write_moment(given.since),
        "credentialSubject": {
            "id": f"urn:uuid:{given.recipient}",
            "type": ["AchievementSubject"],
            "achievement": achievement,
        },
    }
    if given.until:
        credential["validUntil"] = write_moment(given.until)
    if given.evidence:
        credential["evidence"] = [{"type": ["Evidence"], "narrative": given.evidence}]
    if given.status_list:
        credential["credentialStatus"] = {
            "id": f"{given.status_list}#{given.status_place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(given.status_place),
            "statusListCredential": given.status_list,
        }
    return credential


def sign_ldp(credential: dict[str, Any], signer: Signer, created: datetime) -> dict[str, Any]:
    """The credential with a Data Integrity proof (eddsa-rdfc-2022). Raises CannotSign."""
    _check(credential, signer)
    return signed(credential, signer, created)


def sign_jwt(credential: dict[str, Any], signer: Signer) -> str:
    """The credential as a compact token (VC-JWT, EdDSA), its claims the same as the credential's. Raises CannotSign."""
    _check(credential, signer)
    payload = credential | {
        "iss": issuer_of(credential),
        "jti": credential["id"],
        "sub": subject_of(credential)["id"],
        "nbf": _seconds(credential["validFrom"]),
    }
    if "validUntil" in credential:
        payload["exp"] = _seconds(credential["validUntil"])
    return OB3Signer(privkey_pem=signer.pem, algorithm="EdDSA").sign_payload(payload)


def signed(document: dict[str, Any], signer: Signer, created: datetime) -> dict[str, Any]:
    """Any document of ours with a Data Integrity proof."""
    try:
        return add_data_integrity_proof(
            document, signer.pem, signer.method, created=created.replace(microsecond=0)
        )
    except LibOpenBadgesException as no:
        raise CannotSign(str(no)) from None


def _check(credential: dict[str, Any], signer: Signer) -> None:
    """Nothing is signed that a verifier would refuse for its shape, or in another's name."""
    wrong = next(faults(credential), "")
    if wrong:
        raise CannotSign(wrong)
    if issuer_of(credential) != signer.issuer_id:
        raise CannotSign("it names another issuer")


def _seconds(moment: str) -> int:
    read = read_moment(moment)
    if read is None:  # `faults` has looked already
        raise CannotSign("its dates cannot be read")
    return int(read.timestamp())
