"""Badges made for tests: by an invented issuer with a fixed key, sound unless changed, and signed after the change.

The shapes are those of 1EdTech's public examples, which are not copied here: no licence says that they may be.
"""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.ob3 import add_data_integrity_proof

from belong.notice.badges.credential import Given, credential_of, make_status_list, read_issuer
from belong.notice.badges.credential.making import Signer, public_of

SEED = sha256(b"belong tests: a key that signs nothing real").digest()
OTHER_SEED = sha256(b"belong tests: somebody else").digest()
AT = datetime(2024, 11, 2, 9, tzinfo=UTC)
LIST = "urn:uuid:5a0d7f0e-9f64-4a57-8b1f-6f4f0a3f6d11"
PLACE = 4711
Change = Callable[[dict[str, Any]], Any]


def signer(seed: bytes = SEED, issuer: str = "") -> Signer:
    return Signer.of(seed, "Oak Park School", issuer)


def key_file(seed: bytes = SEED, issuer: str = "") -> dict[str, Any]:
    """The issuer file of a signer."""
    key = public_of(seed)
    name = issuer or key.did
    method = {
        "id": f"{name}#{key.multibase}",
        "type": "Multikey",
        "controller": name,
        "publicKeyMultibase": key.multibase,
    }
    return {
        "id": name,
        "name": "Oak Park School",
        "verificationMethod": [method],
        "assertionMethod": [method["id"]],
    }


def issuer(seed: bytes = SEED, name: str = "") -> Any:
    return read_issuer(json.dumps(key_file(seed, name)))


def given(**more: Any) -> Given:
    facts: dict[str, Any] = {
        "uid": UUID("0b6c2b54-6a35-4a8e-9a4b-0f6f5f9b2c01"),
        "recipient": UUID("7f0c1c62-6a0e-4a0b-8a3e-6d9b5b5e9d02"),
        "badge": UUID("c3a0d1de-0f0a-4f59-9a7e-2b7f4f2f8e03"),
        "name": "Steadfast friend",
        "criteria": "Stood by somebody when it was hard.",
        "since": datetime(2024, 3, 3, tzinfo=UTC),
        "evidence": "Waited every lunchtime for a new classmate — “come on, I’ll show you” ☀️.",
        "status_list": LIST,
        "status_place": PLACE,
    }
    return Given(**facts | more)


def credential(change: Change | None = None, by: Signer | None = None, **more: Any) -> dict[str, Any]:
    made = credential_of(given(**more), by or signer())
    if change:
        change(made)
    return made


def document(change: Change | None = None, by: Signer | None = None, **more: Any) -> dict[str, Any]:
    """A credential, changed and then signed: the signature is good whatever the change did."""
    by = by or signer()
    return add_data_integrity_proof(credential(change, by, **more), by.pem, by.method, created=AT)


def as_file(made: dict[str, Any]) -> bytes:
    return json.dumps(made, ensure_ascii=False).encode()


def claims(made: dict[str, Any]) -> dict[str, Any]:
    """The claims that go with a credential."""
    stamp = {"iss": made["issuer"]["id"], "jti": made["id"], "sub": made["credentialSubject"]["id"]}
    stamp["nbf"] = _seconds(made["validFrom"])
    return stamp | ({"exp": _seconds(made["validUntil"])} if "validUntil" in made else {})


def token(
    change: Change | None = None, head: dict[str, Any] | None = None, by: Signer | None = None, **more: Any
) -> bytes:
    """A token whose claims and credential were changed together, and then signed."""
    by = by or signer()
    made = credential(None, by, **more)
    made |= claims(made)
    if change:
        change(made)
    return jwt.encode(made, by.pem, algorithm="EdDSA", headers=head or {}).encode()


def unsigned(made: dict[str, Any], head: dict[str, Any], signature: bytes = b"") -> bytes:
    """A token put together by hand."""
    parts = (json.dumps(head).encode(), json.dumps(made | claims(made)).encode(), signature)
    return b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)


def status_list(*withdrawn: int, by: Signer | None = None, at: datetime = AT, address: str = LIST) -> bytes:
    return as_file(make_status_list(by or signer(), address, withdrawn, at))


def jwk(seed: bytes = SEED) -> dict[str, str]:
    raw = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return {"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(raw).rstrip(b"=").decode()}


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
