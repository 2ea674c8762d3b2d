"""Record keys and cell keys: numbers drawn once for every person, so that the same people always get the same noise.

A person's record key is an HMAC-SHA-256 of their lasting id under a secret that the trust holds, read as a number in
[0, 1) in steps of 2⁻⁶⁴ (and kept as that whole number of steps, so that sums are exact). A cell's key is the sum of
its people's record keys without its whole part. Nobody without the secret can work out either, and no table, date or
name of a cell has a part in it: asked twice, or by another way, the same people give the same key.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from belong.release.across.perturbation import Keys, Perturbation
from belong.release.model import Flags, ReleaseRefused

SECRET_BYTES = 32
"""A secret is at least so long."""

_VARIED = 8
"""Different bytes that a secret must have at least: 32 random ones never have fewer."""


@dataclass(frozen=True)
class Noise:
    """Cell-key noise: the ``secret``, and how far counts are changed. Raises ``ReleaseRefused`` for a poor secret."""

    secret: bytes = field(repr=False)
    table: Perturbation = field(default_factory=Perturbation)

    def __post_init__(self) -> None:
        if len(self.secret) < SECRET_BYTES or len(set(self.secret)) < _VARIED:
            raise ReleaseRefused(f"The key of the noise must be at least {SECRET_BYTES} random bytes.")

    @property
    def mark(self) -> str:
        """Tells whether two tables were made with the same secret, and nothing else about it."""
        return hmac.new(self.secret, b"belong: which key", hashlib.sha256).hexdigest()[:12]


def record_keys(ids: Sequence[str], noise: Noise) -> Keys:
    """Everybody's record key (people,), in steps of 2⁻⁶⁴. Raises ``ReleaseRefused`` for an id missing or there
    twice.
    """
    if any(not one for one in ids):
        raise ReleaseRefused("With noise every person needs an id that stays the same, and one has none.")
    if len(set(ids)) < len(ids):
        raise ReleaseRefused("The same id stands for two people, so their noise would be the same.")
    return np.array([_key(one, noise.secret) for one in ids], dtype=np.uint64)


def cell_keys(members: Flags, records: Keys) -> Keys:
    """The key of each cell (cells × people), in steps of 2⁻⁶⁴: sums run over at 2⁶⁴ and so lose their whole part."""
    with np.errstate(over="ignore"):
        return np.array([records[cell].sum(dtype=np.uint64) for cell in members], dtype=np.uint64)


def _key(one: str, secret: bytes) -> int:
    made = hmac.new(secret, b"belong: a person\x00" + one.encode(), hashlib.sha256).digest()
    return int.from_bytes(made[:8], "big")
