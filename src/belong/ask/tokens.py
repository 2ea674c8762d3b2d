"""Secrets on paper and on devices: how they are made, and what is stored of them.

Tokens have 128 random bits and are stored as HMAC-SHA256 under the installation's key, so a copy of the database
opens nothing. A pupil's number has four digits: its hash only keeps it from being read at a glance, and what
protects it is that it works after a teacher let the device in, five times at most.
"""

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

PIN_DIGITS = 4
CODE_DIGITS = 6
_TOO_EASY = {"1234", "4321", "0123", "1212", "2580"}


def new_token() -> str:
    """A token of 128 random bits, 22 characters that are safe in an address."""
    return secrets.token_urlsafe(16)


def hash_of(token: str) -> str:
    """What is stored of a token: 64 hexadecimal digits."""
    return salted_hmac("belong.ask.token", token, algorithm="sha256").hexdigest()


def new_code() -> str:
    """A class code: six digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def new_pin() -> str:
    """A pupil's number: four digits, none of the ones everybody tries first."""
    while True:
        pin = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"
        if pin not in _TOO_EASY and len(set(pin)) > 1:
            return pin


def pin_hash(person_id: int, pin: str) -> str:
    """What is stored of a pupil's number."""
    return salted_hmac("belong.ask.pin", f"{person_id}:{pin}", algorithm="sha256").hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two hashes in constant time."""
    return constant_time_compare(left, right)
