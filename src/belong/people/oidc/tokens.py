"""Whether an id_token proves who came back: OpenID Connect Core 1.0 §3.1.3.7, with nothing left optional."""

import hmac
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import jwt

from belong.people.oidc.keys import ALGORITHMS, key_for
from belong.people.oidc.kinds import GOOGLE, Endpoints

LEEWAY = 60  # seconds by which two clocks may differ
LONGEST = 16 * 1024  # characters; real ones have one or two thousand
NEEDED = ["iss", "aud", "exp", "iat", "sub", "nonce"]


class NotProven(Exception):
    """The token proves nothing. `reason` is one word for the log; nobody at a browser sees it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotOurs(NotProven):
    """A genuine token of an account that does not belong to this school."""


@dataclass(frozen=True)
class Proof:
    """Who it is: `issuer` and `subject` recognise a person, `label` is only for showing them which account."""

    issuer: str
    subject: str
    label: str


def prove(token: Any, *, kind: str, home: str, client_id: str, nonce: str, at: Endpoints) -> Proof:
    """The person an id_token proves. Raises NotProven or NotOurs, and NoAnswer when keys cannot be fetched.

    The algorithm is ours to choose: the key decides between RS256 and ES256, never the token. A token for several
    audiences is refused, though the standard would let us trust the others: neither provider sends one.
    """
    claims = _opened(token, at, client_id)
    if claims.get("azp", client_id) != client_id:
        raise NotProven("azp")
    if not isinstance(claims["nonce"], str) or not hmac.compare_digest(
        claims["nonce"].encode(), nonce.encode()
    ):
        raise NotProven("nonce")
    return _google(claims, home) if kind == GOOGLE else _microsoft(claims, home)


def _opened(token: Any, at: Endpoints, client_id: str) -> dict[str, Any]:
    """The claims, once signature, issuer, audience and times hold."""
    if not isinstance(token, str) or not token.isascii() or len(token) > LONGEST:
        raise NotProven("no token")
    try:
        head = jwt.get_unverified_header(token)
        kid = head.get("kid")
        if head.get("alg") not in ALGORITHMS or not isinstance(kid, str):
            raise NotProven("algorithm")
        found = key_for(at.keys, kid)
        if found is None:
            raise NotProven("key")
        key, told = found
        # Microsoft says of each key whom it may speak for, as a pattern or in full.
        if "issuer" in told and told["issuer"].replace("{tenantid}", _tenant_of(at)) != at.issuer:
            raise NotProven("key of another issuer")
        return jwt.decode(
            token,
            key,
            algorithms=[key.algorithm_name],
            audience=client_id,
            issuer=at.issuer,
            leeway=LEEWAY,
            options={"require": NEEDED, "strict_aud": True, "enforce_minimum_key_length": True},
        )
    except jwt.PyJWTError as error:
        raise NotProven(type(error).__name__) from None
    except (ValueError, TypeError, OverflowError, AttributeError):
        raise NotProven("malformed") from None


def _tenant_of(at: Endpoints) -> str:
    return at.issuer.removesuffix("/v2.0").rpartition("/")[2]


def _google(claims: dict[str, Any], home: str) -> Proof:
    """A private account has no `hd`; only an account that the school gave out has the school's."""
    domain = claims.get("hd")
    if not isinstance(domain, str) or domain.lower() != home:
        raise NotOurs("hd")
    shown = claims.get("email") if claims.get("email_verified") is True else ""
    return Proof(claims["iss"], _subject(claims["sub"]), _label(shown))


def _microsoft(claims: dict[str, Any], home: str) -> Proof:
    """`oid` names the person in the tenant; `sub` would change with the app registration."""
    if claims.get("tid") != home:
        raise NotOurs("tid")
    try:
        subject = str(UUID(claims["oid"]))
    except (KeyError, ValueError, TypeError, AttributeError):
        raise NotProven("oid") from None
    return Proof(claims["iss"], subject, _label(claims.get("preferred_username")))


def _subject(value: Any) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= 255 or not value.isascii():
        raise NotProven("sub")
    return value


def _label(value: Any) -> str:
    return value[:160] if isinstance(value, str) and value.isprintable() else ""
