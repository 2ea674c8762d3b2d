"""What stands on the first sheet of every Excel file of figures: why some are missing, what protects people."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from belong.people.models import School
from belong.see.words import symbol_in_words, text

Lines = list[tuple[str, str]]
SIGNS = ("c", "low", "u", "x", "z")
LIMITS = {"top": "or more", "bottom": "or less"}
"""What stands beside a figure that is limited at an end."""


def demo_lines(school: School) -> Lines:
    """That everybody is invented, where they are."""
    return [("Keep in mind", "Demonstration data.")] if school.is_demo else []


def missing_lines() -> Lines:
    """The symbols with their meaning."""
    signs = [(f"{symbol_in_words(sign)} ({sign})", text("symbols", sign)) for sign in SIGNS]
    return [
        (text("missing", "general-title"), ""),
        ("Empty cells", text("workbook", "empty")),
        *signs,
        ("For everyone alike", text("missing", "every-reader")),
    ]


def protecting_lines(threshold: int) -> Lines:
    """How people are protected, and how to read what that does to figures."""
    return [
        ("How people are protected", ""),
        ("Smallest group", text("method", "threshold", threshold=threshold)),
        ("People", text("symbols", "bands")),
        ("Small groups", text("symbols", "merged")),
        ("Limited", text("workbook", "limited")),
    ]


def seal_lines(seals: Iterable[tuple[str, str]]) -> Lines:
    """By what one can tell which release a file is of: a name and a seal for each in it."""
    return [
        ("This release", ""),
        ("Frozen", text("workbook", "frozen")),
        *seals,
        ("What the seal is", text("workbook", "seal")),
    ]


def in_words(day: date | datetime) -> str:
    """ "1 February 2027", where the school is; the same in every language, as the file is."""
    day = timezone.localtime(day).date() if isinstance(day, datetime) else day
    return f"{day.day} {day:%B %Y}"


def span(first: date, last: date) -> str:
    return f"{in_words(first)} to {in_words(last)}"
