"""Columns that the sheets of several Excel files share."""

from belong.see.xlsx import Column

GROUP = (Column("Groups by", "by", width=18), Column("Group", "group name", width=24))
AGAINST = Column("Set against", "against in words", width=22)
LIMITED = Column("Limited", "limited in words", width=8)
BAND = Column("People", "people", width=11)
SIGN = (Column("Symbol", "symbol", width=8), Column("In words", "in words", width=12))
MEASURE_KEY = Column("measure", "measure", width=16, is_key=True)
GROUP_KEYS = (Column("cut", "cut", width=14, is_key=True), Column("group", "group", width=12, is_key=True))
AGAINST_KEY = Column("against", "against", width=12, is_key=True)
EARLIER_KEY = Column("compared with", "compared with", width=19, is_key=True)


def interval(kind: str) -> tuple[Column, Column]:
    """Both ends of a figure's 95 % interval."""
    return Column("95 % interval from", "low", kind), Column("95 % interval to", "high", kind)
