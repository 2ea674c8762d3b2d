"""The keyed scramble of a person: the same within a wave, unconnected between waves unless one holds both keys."""

import hashlib
import hmac
import secrets

from belong.ask.models.wave import POOL_KEY
from belong.base.secrets import unsealed

LENGTH = 16


def new_key() -> bytes:
    """A wave's key: 32 random bytes."""
    return secrets.token_bytes(32)


def scramble(key: str | bytes | memoryview, person_id: int) -> bytes:
    """HMAC-SHA256 of the person's id under the wave's key (sealed or open), first 16 bytes.

    To match two waves, compute both scrambles for everybody who was on roll and join on them; that works while
    both keys exist, which is until 13 months after each wave closed.
    """
    return hmac.new(unsealed(key, POOL_KEY), str(person_id).encode(), hashlib.sha256).digest()[:LENGTH]
