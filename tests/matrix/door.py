"""Answers become figures behind one door, the building of a release: no page, file or job counts them by itself."""

import re

SUMS_UP = re.compile(
    r"\b(?:COUNT|SUM|AVG|TOTAL|MIN|MAX|STDDEV\w*|VAR\w*|GROUP_CONCAT|\w+_AGG)\s*\(|\bGROUP BY\b", re.I
)
SAID = re.compile(
    r'\b(?:FROM|JOIN)\s+"?ask_(?:(?:pooled|unlinked)(?:sheet|row)|place(?:sheet|row)|signedsheet)\b', re.I
)
NOBODYS = re.compile(
    r'\b(?:FROM|JOIN)\s+"?ask_(?:(?:pooled|unlinked)(?:sheet|row)|place(?:sheet|row))\b', re.I
)
FOR_ITS_READER = re.compile(r'^SELECT .*"(?:readers|texts_read_by|named_read_by)".*\bCOUNT\(', re.I | re.S)
"""How many named answers wait to be read by the people whose names stood beside the question."""
OF_ONE = re.compile(r'"ask_\w+"\."(?:scramble|person_id)" = ', re.I)
"""What is held about one person, to give it out or to erase it at their asking."""

TO_BE_DELETED = re.compile(
    r'FROM "ask_signedsheet" INNER JOIN "ask_wave".*"ask_wave"\."closed_at".*<=', re.I | re.S
)
"""How many named sheets have reached the end of their time, on the page of retention."""


def past_the_door(method: str, sql: str) -> bool:
    """Whether a statement sums answers up, or a page that only reads looks at answers that belong to nobody."""
    if not SAID.search(sql) or OF_ONE.search(sql):
        return False
    if SUMS_UP.search(sql):
        return not (FOR_ITS_READER.search(sql) or TO_BE_DELETED.search(sql))
    return method == "GET" and bool(NOBODYS.search(sql))
