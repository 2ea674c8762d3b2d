"""Planted words and a crawl: each role follows every link it can find and knocks at every address there is."""

import re
from collections import Counter
from collections.abc import Sequence
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from tests.matrix import xlsx
from tests.matrix.pdf import words_of
from tests.matrix.table import TABLE, Row
from tests.matrix.walking import Visitors, addresses_of, letter_of, routes
from tests.matrix.world import CANARIES, World

pytestmark = pytest.mark.alike

ROUTES = routes()
ROWS = [row for rows in TABLE.values() for row in rows]
LINKS = re.compile(r'\b(?:href|src|action|hx-get)="([^"#]*)')
KINDS = {
    "text/html",
    "text/csv",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
    "audio/wav",
    "text/plain",
    "application/json",
    "application/pdf",
    xlsx.MIME,
}
READABLE = ("text/", "application/json", "image/svg")
MOST_PAGES = 1000
# The same pages in nine languages more, or of one more questionnaire to be read aloud: some are enough.
ALIKE = re.compile(
    r"/(?:a|ask/languages|ask/recordings/[a-z-]+)/(?:cy|ro|ur|pa|ar|bn|so|pt|uk)/|/ask/recordings/(?!belong-pulse/)\w"
)
MOST_ALIKE = 4  # addresses that differ only after the question mark
EVERYTHING = frozenset(CANARIES)
MUST_NOT = {  # a technician keeps the roster, so reads names there, and never a child's words or what adults wrote
    "technician": EVERYTHING - {"name"},
    "governor": EVERYTHING - {"about the lead", "about the head"},  # chairs the governors
    "analyst": EVERYTHING,
    "outside": EVERYTHING,
    "carer": EVERYTHING,
    "pupil": EVERYTHING - {"held"},  # wrote it, and reads it on their own page
    "stranger": EVERYTHING,
    "nobody": EVERYTHING,
}
MAY = [  # word, who may read it, where
    ("name", "tutor", "notice:pupil", "own"),
    ("name", "technician", "people:person", "own"),
    ("note", "tutor", "notice:pupil", "own"),
    ("note", "senco", "notice:pupil", "own"),
    ("observation", "pastoral", "notice:pupil", "own"),
    ("reason", "pastoral", "notice:pupil", "own"),
    ("knowing", "pastoral", "notice:pupil", "own"),
    ("talk up", "head", "notice:door", "own"),
    ("board", "tutor", "notice:board-reading", "own"),
    ("match", "other_tutor", "notice:match", "own"),
    ("care", "pastoral", "notice:care", "own"),
    ("recognition", "tutor", "notice:recognition", "-"),
    ("named", "tutor", "ask:named", "open"),
    ("text", "dsl", "ask:texts", "open"),
    ("place", "dsl", "ask:place-words", "places-open"),
    ("wall", "tutor", "ask:wall-reading", "wall"),
    ("line", "pastoral", "ask:check-in", "my-check-in"),
    ("line", "dsl", "ask:check-in", "my-check-in"),
    ("hand over", "tutor", "notice:hand-over-pupil", "own"),
    ("profile", "tutor", "notice:profile", "own"),
    ("draft", "tutor", "notice:profile-together", "page-drafted"),
    ("held", "dsl", "notice:held-profile", "page-held"),
    ("held", "pupil", "notice:own-profile", "-"),
    ("promise", "tutor", "notice:circle-backs", "-"),
    ("badge", "tutor", "notice:award", "own"),
    ("home", "senco", "notice:note-home", "own"),
    ("observation", "pastoral", "notice:observations", "-"),
    ("special", "survey_lead", "people:import-columns", "-"),
    ("concern", "dsl", "guard:concern", "usual"),
    ("about the lead", "head", "guard:concern", "about-dsl"),
    ("about the head", "governor", "guard:concern", "about-head"),
    ("about the head", "governor", "guard:concern-json", "about-head"),
]
MAY_NOT = [  # the same pages, for a reader whom the rule leaves out
    ("line", "tutor", "ask:check-in", "my-check-in"),
    ("line", "head", "ask:check-in", "my-check-in"),
    ("observation", "senco", "notice:pupil", "own"),
    ("reason", "senco", "notice:pupil", "own"),
    ("reason", "head", "notice:pupil", "own"),
    ("knowing", "head", "notice:pupil", "own"),
    ("recognition", "senco", "notice:recognition", "-"),
    ("profile", "pastoral", "notice:profile", "own"),
    ("draft", "senco", "notice:draft-profile", "own"),
    ("promise", "head", "notice:circle-backs", "-"),
    ("promise", "pastoral", "notice:pupil", "own"),
    ("named", "head", "ask:named", "open"),
    ("place", "tutor", "ask:place-asking", "places-open"),
    ("wall", "head", "ask:wall-show", "wall"),
    ("special", "technician", "people:import-columns", "-"),
]


def words_in(answer: Any) -> set[str]:
    """Which of the planted words an answer holds: body, headers, and what a redirect carries along."""
    kind = answer.headers.get("Content-Type", "text/")
    if kind == "application/pdf":
        shown = words_of(answer.content)
        return {name for name, word in CANARIES.items() if re.sub(r"\s", "", word) in shown}
    body = answer.content.decode() if kind.startswith(READABLE) else ""
    if kind == xlsx.MIME:
        body = "\n".join(xlsx.parts_of(answer.content).values())
    held = unescape(body) + repr(dict(answer.headers))
    return {name for name, word in CANARIES.items() if word in held}


def read(world: World, visitors: Visitors, role: str, route: str, what: str) -> set[str]:
    row = next(
        row
        for rows in TABLE.values()
        for row in rows
        if row.route == route and ("/".join(row.what) or "-") == what
    )
    answer = visitors.ask(role, "GET", addresses_of(world, row, ROUTES[route])[0])
    assert answer.status_code == 200
    return words_in(answer)


def test_planted_words_are_read_by_whom_they_are_for(world, visitors):
    for word, role, route, what in MAY:
        assert word in read(world, visitors, role, route, what), (word, role, route)


def test_and_by_nobody_else_on_the_same_page(world, visitors):
    for word, role, route, what in MAY_NOT:
        assert word not in read(world, visitors, role, route, what), (word, role, route)


@pytest.mark.once
def test_a_crawl_finds_nothing_that_is_not_for_the_role(world, visitors):
    """From every address that opens for the role; what the others say, `test_matrix.py::test_the_table_holds` reads."""
    leaks = []
    for role in MUST_NOT:
        pages, opens = 0, [row for row in ROWS if row.letter("GET", role) == "y"]
        for address, answer in crawl(world, visitors, role, opens):
            pages += answer.status_code == 200
            leaks += [
                f"{role} at {address} ({answer.status_code}): {leak}" for leak in leaks_in(answer, role)
            ]
        assert pages > 5, role
    assert not leaks, "\n".join(leaks)


def leaks_in(answer: Any, role: str) -> list[str]:
    """What an answer tells a role of `MUST_NOT` that is not for them, be it by the way it is sent."""
    if role not in MUST_NOT:
        return []
    found = sorted(words_in(answer) & MUST_NOT[role])
    kind = answer.get("Content-Type", "text/html").partition(";")[0]
    sent = kind not in KINDS or "ETag" in answer.headers
    return found + (["a feed, or a tag that tells one page from another"] if sent else [])


def crawl(
    world: World, visitors: Visitors, role: str, start: Sequence[Row] = ROWS, inside: tuple[str, ...] = ("/",)
):
    """Every address of some rows of the table, and from there every link `inside`, each once: address and answer."""
    waiting = [addresses_of(world, row, ROUTES[row.route])[0] for row in start]
    known, alike = set(waiting), Counter()
    while waiting:
        address = waiting.pop()
        answer = visitors.ask(role, "GET", address)
        yield address, answer
        if letter_of(answer) == "y" and answer.headers.get("Content-Type", "").startswith("text/html"):
            new = {one for one in _links(address, answer) if one not in known}
            known |= new
            for link in sorted(new):
                alike[urlsplit(link).path] += 1
                if alike[urlsplit(link).path] <= MOST_ALIKE and link.startswith(inside):
                    waiting.append(link)
        assert len(known) < MOST_PAGES, f"{role} finds no end of pages"


def _links(address: str, answer: Any) -> set[str]:
    found = {urljoin(address, unescape(link)) for link in LINKS.findall(answer.content.decode())}
    if answer.status_code in (301, 302):
        found.add(urljoin(address, answer.headers["Location"]))
    inside = {link for link in found if not urlsplit(link).netloc and urlsplit(link).path.startswith("/")}
    return {link for link in inside if not link.startswith("/static/") and not ALIKE.match(link)}
