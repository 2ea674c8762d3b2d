"""Unique Pupil Numbers (England): the check letter, by arithmetic.

A UPN is a check letter, a local authority (3 digits), a school (4), a year (2) and a serial (3). The letter is
the sum of digit × position, positions 2 to 13, modulo 23, looked up in an alphabet without I, O and S. A temporary
UPN ends in a letter, which counts as its place in that alphabet. Source: Department for Education, "Unique pupil
numbers: guidance", the check-letter table.
"""

import re

ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ"
SHAPE = re.compile(rf"[{ALPHABET}]\d{{11}}[\d{ALPHABET}]")


def tidy(text: str) -> str:
    """Upper case without spaces or dashes, as printed lists break them up."""
    return re.sub(r"[\s-]", "", text).upper()


def fault(upn: str) -> str:
    """Why a tidied UPN cannot be right, or "" when it can."""
    if len(upn) != 13:
        return f"has {len(upn)} characters where a UPN has 13"
    if not SHAPE.fullmatch(upn):
        return "is not a letter, eleven digits and a digit or letter"
    if upn[0] != check_letter(upn[1:]):
        return "has a check letter that does not fit its digits"
    return ""


def check_letter(rest: str) -> str:
    """The letter that belongs before these twelve characters."""
    values = [ALPHABET.index(char) if char.isalpha() else int(char) for char in rest]
    return ALPHABET[sum(value * place for place, value in enumerate(values, start=2)) % 23]


def is_temporary(upn: str) -> bool:
    """Whether a valid UPN is a temporary one."""
    return upn[-1:].isalpha()
