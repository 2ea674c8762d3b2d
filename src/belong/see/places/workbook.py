"""Where pupils feel they belong, or less safe, as an Excel workbook: a sheet to read first, and a row a share."""

from belong.release import Release
from belong.see.columns import LIMITED, SIGN
from belong.see.models import PlaceRelease
from belong.see.places.picture import rows
from belong.see.read_first import (
    LIMITS,
    Lines,
    demo_lines,
    in_words,
    missing_lines,
    protecting_lines,
    seal_lines,
    span,
)
from belong.see.words import text
from belong.see.xlsx import WHOLE, Book, Column, Sheet

COLUMNS = (
    Column("Place", "place", width=28),
    Column("Time of day", "time", width=18),
    Column("Feeling", "feeling", width=18),
    Column("Share (%)", "share %", WHOLE),
    LIMITED,
    Column("Pupils", "pupils", width=14),
    *SIGN,
)


def book_of(row: PlaceRelease) -> Book:
    """The book of an asking; a row is what its CSV file holds (`picture.rows`)."""
    asking = row.asking
    found = [one | {"limited in words": LIMITS.get(one["limited"], "")} for one in rows(asking, row)]
    return Book(
        title=f"Places: {asking.title}",
        school=asking.school.name,
        made_on=asking.closes_on,
        first=_first(row),
        sheets=(Sheet("Places", COLUMNS, found),),
    )


def _first(row: PlaceRelease) -> Lines:
    asking, threshold = row.asking, Release.from_json(row.payload or {}).threshold
    return [
        ("School", asking.school.name),
        ("Asked", span(asking.opens_on, asking.closes_on)),
        *demo_lines(asking.school),
        *missing_lines(),
        ("How to read the sheet", ""),
        ("Shares", text("workbook", "places")),
        *protecting_lines(threshold),
        *seal_lines([("Frozen on", in_words(row.built_at)), ("Seal", row.hash)]),
    ]
