"""Friendly names for devices that wait to be let in: easy to say across a room, none that teases."""

import secrets
from collections.abc import Collection

FIRST = """
amber blue bright brave calm clever copper coral crimson early gentle golden green happy jolly kind lemon lilac lucky
merry mint orange pearl purple quick quiet red rosy ruby silver sky snowy sunny swift teal tidy velvet violet warm
yellow
""".split()
SECOND = """
acorn badger beetle bramble butterfly comet daisy dolphin falcon fern finch fox hare hazel hedgehog heron island kite
ladybird lantern maple meadow moth mountain orchid otter owl pebble penguin puffin rabbit river robin seal sparrow
squirrel starling swan thistle tulip
""".split()


def new_label(taken: Collection[str]) -> str:
    """Two words such as "Silver otter", different from those taken; a number is added when words run out."""
    for _ in range(40):
        label = f"{secrets.choice(FIRST).capitalize()} {secrets.choice(SECOND)}"
        if label not in taken:
            return label
    return f"{secrets.choice(SECOND).capitalize()} {secrets.randbelow(9000) + 1000}"
