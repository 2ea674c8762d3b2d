"""Digits as people type them: with spaces, in their own script, and with the letters that look like them."""

import unicodedata

_LOOK_ALIKE = str.maketrans("OoQIilLSsZzB", "000111155228")


def digits(typed: str) -> str:
    """Only the digits, as 0–9: "12O 45l" is "120451", "١٢٣" is "123"."""
    found = []
    for letter in typed.translate(_LOOK_ALIKE):
        value = unicodedata.digit(letter, None)
        if value is not None:
            found.append(str(value))
    return "".join(found)
