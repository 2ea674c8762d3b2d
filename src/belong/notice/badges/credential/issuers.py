"""Whose badges a verifier trusts: a key file, read in any of the forms in use.

A line with a key (z6Mk…), a did:key, a PEM, a JWK, a JWKS, a Multikey, a DID or controller document, or the issuer file
of a school (`belong badge keys --out`): that one lists every key the school ever signed with, and which of them no
longer count.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from belong.notice.badges.credential import publickeys
from belong.notice.badges.credential.dates import read_moment
from belong.notice.badges.credential.publickeys import KeyFormError, PublicKey
from belong.notice.badges.credential.shape import as_list

LARGEST = 1_000_000
MOST_KEYS = 200


class IssuerFileError(ValueError):
    """A key file that cannot be used; the text says what is wrong with it."""


@dataclass(frozen=True)
class TrustedKey:
    """A key of an issuer. `name` is its address in a proof ("did:web:school#key-1") or "".

    `replaced`: what it signed later is not the issuer's. `ended`: from then on it vouches for nothing, old or new.
    """

    key: PublicKey
    name: str = ""
    replaced: datetime | None = None
    ended: datetime | None = None


@dataclass(frozen=True)
class Issuer:
    """Keys, and the identifiers the issuer goes by; no identifiers: a key alone, for whoever its owner is."""

    keys: tuple[TrustedKey, ...]
    ids: frozenset[str] = frozenset()
    name: str = ""

    def goes_by(self, identifier: str) -> bool:
        """Whether the issuer a badge names is this one."""
        own = {one.key.did for one in self.keys} - {""}
        if self.ids:
            return identifier in self.ids or identifier in own
        return identifier in own or not identifier.startswith(("did:key:", "did:jwk:"))


def read_issuer(text: str) -> Issuer:
    """Read a key file. Raises IssuerFileError."""
    words = text.strip().lstrip("\ufeff")
    if len(words) > LARGEST:
        raise IssuerFileError("it is too large for a key file")
    try:
        issuer = _read(words)
    except (KeyFormError, RecursionError) as slip:
        raise IssuerFileError(str(slip) or "it is nested too deeply") from None
    if not issuer.keys:
        raise IssuerFileError("it holds no public key")
    if len(issuer.keys) > MOST_KEYS:
        raise IssuerFileError(f"it holds more than {MOST_KEYS} keys")
    return issuer


def alone(key: PublicKey, *ids: str) -> Issuer:
    """An issuer with one key."""
    return Issuer((TrustedKey(key),), frozenset(ids))


def _read(words: str) -> Issuer:
    if words.startswith("-----BEGIN"):
        return alone(publickeys.of_pem(words))
    if words.startswith(("{", "[", '"')):
        try:
            return _of_json(json.loads(words))
        except json.JSONDecodeError as slip:
            raise IssuerFileError(f"it is damaged JSON (line {slip.lineno})") from None
    if words.startswith("did:"):
        return _of_did(words)
    if words.startswith("z") and len(words.split()) == 1:
        return alone(publickeys.of_multibase(words))
    raise IssuerFileError("it is no key in a form we know (PEM, JWK, JWKS, Multikey, did:key, issuer file)")


def _of_did(did: str) -> Issuer:
    key = publickeys.of_did(did)
    if key is None:
        raise IssuerFileError(
            "this identifier does not carry its key; save the document it leads to and give that"
        )
    return alone(key, did.partition("#")[0])


def _of_json(data: Any) -> Issuer:
    if isinstance(data, str):
        return _read(data)
    if isinstance(data, list):
        return Issuer(tuple(_keys(data, "")))
    if not isinstance(data, dict):
        raise IssuerFileError("it holds no public key")
    if isinstance(data.get("keys"), list):
        return Issuer(tuple(_keys(data["keys"], "")), frozenset(_texts(data.get("issuer"))))
    if "kty" in data:
        return Issuer(tuple(_keys([data], "")))
    if "publicKeyMultibase" in data or "publicKeyJwk" in data:
        return Issuer(tuple(_keys([data], "")), frozenset(_texts(data.get("controller"))))
    return _of_document(data)


def _of_document(data: dict[str, Any]) -> Issuer:
    """A DID document, a controller document, an issuer file, or a profile that lists its keys."""
    own_id = data.get("id")
    name = own_id if isinstance(own_id, str) else ""
    methods = [*as_list(data.get("verificationMethod")), *as_list(data.get("publicKey"))]
    vouching = data.get("assertionMethod")
    methods += [one for one in as_list(vouching) if isinstance(one, dict)]
    keys = list(_keys(methods, name))
    if vouching is not None:
        named = {_absolute(one, name) for one in as_list(vouching) if isinstance(one, str)}
        own = {_absolute(one.get("id"), name) for one in as_list(vouching) if isinstance(one, dict)}
        keys = [one for one in keys if one.name in named | own]
    ids = {name, *_texts(data.get("alsoKnownAs"))} - {""}
    title = data.get("name")
    return Issuer(tuple(keys), frozenset(ids), title if isinstance(title, str) else "")


def _keys(methods: list[Any], document: str) -> Iterator[TrustedKey]:
    """The keys of a list; entries of kinds we do not use are passed over, damaged ones raise."""
    for one in methods:
        if isinstance(one, str) and one.startswith("z"):
            yield TrustedKey(publickeys.of_multibase(one))
        if not isinstance(one, dict):
            continue
        if "publicKeyMultibase" in one:
            key = publickeys.of_multibase(one["publicKeyMultibase"])
        elif "publicKeyJwk" in one:
            key = publickeys.of_jwk(one["publicKeyJwk"])
        elif "publicKeyPem" in one:
            key = publickeys.of_pem(str(one["publicKeyPem"]))
        elif "kty" in one and one.get("use", "sig") == "sig":
            key = publickeys.of_jwk(one)
        else:
            continue
        ends = [read_moment(one[field]) for field in ("expires", "revoked") if one.get(field)]
        if None in ends:
            raise IssuerFileError("the day on which one of its keys ends cannot be read")
        replaced = read_moment(one.get("replaced"))
        name = _absolute(one.get("id") or one.get("kid"), document)
        yield TrustedKey(key, name, replaced, min((end for end in ends if end), default=None))


def _absolute(name: Any, document: str) -> str:
    text = name if isinstance(name, str) else ""
    return document + text if text.startswith("#") else text


def _texts(value: Any) -> set[str]:
    return {one for one in as_list(value) if isinstance(one, str) and one}
