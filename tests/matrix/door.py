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

BY_KEY = re.compile(r'^SELECT SUBSTR(?:ING)?\(.* AS "key", COUNT\(\*\) AS "n"', re.I)
"""How many sealed texts of every kind need a key, for `belong keys` and `belong check`; all kinds are added up."""


def past_the_door(method: str, sql: str) -> bool:
    """Whether a statement sums answers up, or a page that only reads looks at answers that belong to nobody."""
    if not SAID.search(sql) or OF_ONE.search(sql):
        return False
    if SUMS_UP.search(sql):
        return not any(known.search(sql) for known in (FOR_ITS_READER, TO_BE_DELETED, BY_KEY))
    return method == "GET" and bool(NOBODYS.search(sql))


BEHIND_IT = frozenset({"build_release", "release_places", "release_noticing"})
"""Jobs that build releases: they read the answers, and sum them up in the engine."""
MOVES_THEM = frozenset({"rewrite_answers", "build_request", "keep_time"})
"""Jobs that write answers anew in random order, give one person's out to them, or let them go."""


def job_past_the_door(job: str, sql: str) -> bool:
    """The same for a statement of background work, by the name of its task: most have no business with answers."""
    return past_the_door("POST" if job in BEHIND_IT | MOVES_THEM else "GET", sql)
