"""Pooled answers lie under a scramble of the pupil. With its key, everybody's scramble can be worked out.

The key of a wave must be kept for 13 months, so that a pupil's answers can be matched with the next wave's. In the
clear in the database it would make the scramble worth nothing to whoever has a copy. It is sealed under
`text.key`, which is
in no backup; the naive variant, a digest without a key, falls to trying all the forty names.
"""

import hashlib
import hmac

from tests.attacks.attackers import Guess, View
from tests.attacks.conftest import Design


def _by_working_out(view: View) -> Guess:
    """Try every value of the wave's row as the key, and no key at all, on every pupil."""
    keys = [b""]
    for row in view.tables.get("ask_wave", []):
        keys += [value if isinstance(value, bytes) else str(value).encode() for value in row.values()]
    worked_out = {_scramble(key, person): person for key in keys for person in view.people}
    return {row["id"]: worked_out[row["scramble"]] for row in view.said if row["scramble"] in worked_out}


def _scramble(key: bytes, person: int) -> bytes:
    return hmac.new(key, str(person).encode(), hashlib.sha256).digest()[:16]


def test_a_digest_without_a_key_is_worked_out(scene):
    people = sorted(scene.pooled.view.people)
    said = [{"id": n, "scramble": _scramble(b"", person)} for n, person in enumerate(people)]
    naive = Design(View([], said, frozenset(people)), dict(enumerate(people)))
    assert naive.right(_by_working_out) == 40


def test_a_key_in_the_clear_is_found(scene):
    people = sorted(scene.pooled.view.people)
    said = [{"id": n, "scramble": _scramble(b"k" * 32, person)} for n, person in enumerate(people)]
    view = View([], said, frozenset(people), tables={"ask_wave": [{"pool_key": b"k" * 32}]})
    assert Design(view, dict(enumerate(people))).right(_by_working_out) == 40


def test_the_database_alone_works_out_nobody(scene):
    assert scene.pooled.right(_by_working_out) == 0
    (wave,) = scene.copies["closed"].tables["ask_wave"]
    assert wave["pool_key"].startswith("e1:")
