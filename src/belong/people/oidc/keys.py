"""A provider's public keys, kept in the shared cache and fetched again when an unknown one turns up.

Providers change their keys every few weeks and announce it by using one we have not seen. A token that names an
unknown key makes us ask once, and then not again for a minute, whoever sends more of them.
"""

from typing import Any

from django.core.cache import cache
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from belong.people.oidc.asking import get_json

KEPT = 6 * 60 * 60  # seconds
AGAIN = 60  # seconds between two fetches for unknown keys
ALGORITHMS = ("RS256", "ES256")


def key_for(url: str, kid: str) -> tuple[PyJWK, dict[str, Any]] | None:
    """The key named `kid` among those at `url`, with what the provider says of it. Raises NoAnswer."""
    place = f"oidc-keys:{url}"
    held = cache.get(place)
    if held is not None and (found := _find(held, kid)):
        return found
    if held is not None and not cache.add(f"oidc-asked:{url}", True, AGAIN):
        return None
    fresh = [one for one in get_json(url).get("keys") or [] if isinstance(one, dict)]
    cache.set(place, fresh, KEPT)
    return _find(fresh, kid)


def _find(keys: list[dict[str, Any]], kid: str) -> tuple[PyJWK, dict[str, Any]] | None:
    for one in keys:
        if one.get("kid") == kid and one.get("kty") in ("RSA", "EC") and one.get("use", "sig") == "sig":
            try:
                key = PyJWK(one)
            except (PyJWTError, ValueError, KeyError):
                return None
            return (key, one) if key.algorithm_name in ALGORITHMS else None
    return None
