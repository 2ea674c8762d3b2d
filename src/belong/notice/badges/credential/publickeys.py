"""Public keys in the forms verifiers meet: PEM, JWK, Multikey ("z6Mk…"), did:key, did:jwk.

Ed25519 for both kinds of proof; RSA (from 2,048 bits) and NIST curves for tokens of other issuers.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from cryptography.x509 import load_pem_x509_certificate
from jwt import PyJWK
from jwt.exceptions import PyJWTError
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import multikey_from_pem, resolve_did

CURVES = {"secp256r1": ("ES256",), "secp384r1": ("ES384",), "secp521r1": ("ES512",)}
LEAST_RSA = 2048
LONGEST = 16_384


class KeyFormError(ValueError):
    """Something that should be a public key and is none we can use; the text says why."""


@dataclass(frozen=True)
class PublicKey:
    """A public key as PEM; `multibase` ("z…") where its kind has one, else ""."""

    pem: bytes
    multibase: str
    algorithms: tuple[str, ...]

    @property
    def did(self) -> str:
        """The did:key that is this key, or ""."""
        return f"did:key:{self.multibase}" if self.multibase else ""

    @property
    def is_ed25519(self) -> bool:
        return self.algorithms == ("EdDSA",)


def of_key(key: Any) -> PublicKey:
    """A public key from a `cryptography` object. Raises KeyFormError for kinds and sizes we do not use."""
    if isinstance(key, Ed25519PublicKey):
        algorithms: tuple[str, ...] = ("EdDSA",)
    elif isinstance(key, rsa.RSAPublicKey):
        if key.key_size < LEAST_RSA:
            raise KeyFormError(f"an RSA key of {key.key_size} bits is too weak; {LEAST_RSA} is the least")
        algorithms = ("RS256", "RS384", "RS512")
    elif isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in CURVES:
        algorithms = CURVES[key.curve.name]
    else:
        raise KeyFormError("this kind of key is not used for badges")
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        multibase = multikey_from_pem(pem)
    except ValueError:
        multibase = ""
    return PublicKey(pem, multibase, algorithms)


def of_raw(raw: bytes) -> PublicKey:
    """An Ed25519 key from its 32 bytes."""
    return of_key(Ed25519PublicKey.from_public_bytes(raw))


def of_pem(text: str) -> PublicKey:
    """A public key, or the one of a certificate. A private key raises: it must be in nobody's key file."""
    data = text.encode("utf-8", "replace")
    if "PRIVATE KEY" in text:
        raise KeyFormError("this is a private key; a verifier needs the public one only")
    try:
        if "BEGIN CERTIFICATE" in text:
            return of_key(load_pem_x509_certificate(data).public_key())
        return of_key(load_pem_public_key(data))
    except KeyFormError:
        raise
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyFormError("the PEM text is damaged") from None


def of_jwk(jwk: Any) -> PublicKey:
    """A public key from a JWK. One with private or shared parts raises."""
    if not isinstance(jwk, dict) or not isinstance(jwk.get("kty"), str):
        raise KeyFormError("this is not a JWK")
    if "d" in jwk or "k" in jwk:
        raise KeyFormError("this JWK holds a secret; a verifier needs the public part only")
    try:
        return of_key(PyJWK({name: value for name, value in jwk.items() if name not in ("alg", "use")}).key)
    except KeyFormError:
        raise
    except (PyJWTError, ValueError, TypeError, KeyError, AttributeError, UnsupportedAlgorithm):
        raise KeyFormError("the JWK is damaged, or of a kind not used for badges") from None


def of_multibase(text: Any) -> PublicKey:
    """A public key from its Multikey form ("z6Mk…")."""
    if not isinstance(text, str):
        raise KeyFormError("a Multikey is text that begins with z")
    try:
        return of_key(load_pem_public_key(resolve_did(f"did:key:{text}", download=_never)))
    except KeyFormError:
        raise
    except (LibOpenBadgesException, ValueError, UnsupportedAlgorithm):
        raise KeyFormError("the Multikey (z…) is damaged, or of a kind not used for badges") from None


def of_did(did: str) -> PublicKey | None:
    """The key that a did:key or did:jwk is; None for an identifier that does not carry its key."""
    name = did.partition("#")[0]
    if name.startswith("did:key:"):
        return of_multibase(name.removeprefix("did:key:"))
    if name.startswith("did:jwk:") and len(name) < LONGEST:
        body = name.removeprefix("did:jwk:")
        try:
            return of_jwk(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))
        except (binascii.Error, ValueError) as slip:
            raise slip if isinstance(slip, KeyFormError) else KeyFormError("the did:jwk is damaged") from None
    return None


def _never(address: str) -> bytes:
    """What stands where the library would fetch something."""
    raise OSError(f"nothing is fetched from the network: {address}")
