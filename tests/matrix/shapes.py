"""What a statement looks like without the numbers and words in it."""

import re

VALUES = re.compile(r"""'(?:[^']|'')*'|\b\d+\b|\bNULL\b|%s|\?|"s\d+_x\d+\"""")
LISTS = re.compile(r"\(\s*x(?:\s*,\s*x)*\s*\)")


def shape(sql: str) -> str:
    """ "SELECT … WHERE id = 12" and "… = 13" have one shape, and so have two lists of different lengths."""
    return LISTS.sub("(x)", VALUES.sub("x", sql))
