"""Each reader of outside bytes, on its own files, on what once broke it, and on a few hundred damaged copies."""

import random

import pytest

from tools.fuzz.__main__ import NAMES
from tools.fuzz.targets import TARGETS, inputs, tried


def test_the_command_knows_every_target():
    assert set(NAMES) == set(TARGETS)


@pytest.mark.parametrize("name", NAMES)
def test_a_target_refuses_only_as_it_says(name):
    chance = random.Random(name)
    seeds = inputs(name)
    assert seeds
    for data in seeds:
        tried(name, data)
        for _ in range(max(1, 24 // len(seeds))):
            assert tried(name, _damaged(chance, data)) in (True, False)


def _damaged(chance: random.Random, data: bytes) -> bytes:
    """A copy with a few bytes changed, a piece cut out, doubled or moved."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        piece = made[at : at + chance.randint(0, 40)]
        match chance.randint(0, 3):
            case 0:
                made[at:at] = bytes(chance.choices(b'\x00\xff"=,;\n{[&*<-', k=chance.randint(1, 4)))
            case 1:
                del made[at : at + len(piece)]
            case 2:
                made[at:at] = piece * chance.randint(1, 50)
            case _:
                made[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(made)
