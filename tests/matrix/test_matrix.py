"""Every address asked for by every role: the table holds, and a refusal says and does nothing."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from belong.base.clock import today
from tests.matrix.table import TABLE, Row
from tests.matrix.test_leaks import MUST_NOT, leaks_in
from tests.matrix.walking import addresses_of, letter_of, refusing_without_a_page, routes
from tests.matrix.world import World

ROUTES = routes()
ROWS = [row for rows in TABLE.values() for row in rows]
SENT = {  # what a POST must hold to come as far as the rule that decides
    "ask:withdraw": ("person",),
    "notice:sort": ("pupil", "state"),
    "notice:set-state": ("state",),
    "notice:set-review": ("review_on",),
    "notice:ambassadors": ("pupil",),
    "guard:concern-act": ("do", "text"),
    "guard:concern-export": ("to",),
}
LEAVES = ("sign-out",)  # does what it is for, and then asks everyone to sign in
SEEN = {"r": {"base_auditentry"}}  # the words stand on a pupil's page, and that the page was seen is noted
OPENLY_APART = (  # the object is no secret from whoever is refused: a way to sign in, results that all staff see
    "sign-in-invited-with",
    "sign-in-again-with",
    "see:again",
    "see:noticing-date",  # the dates of half-terms are no secret, nor that something is released on them
    "see:noticing-table",
    "see:noticing-csv",
    "see:noticing-xlsx",
    "see:noticing-share",
)
OUTSIDERS = ("other_tutor", "pupil", "stranger")


def test_every_route_has_a_row_and_every_row_a_route():
    assert {row.route for row in ROWS} == set(ROUTES), "tests/matrix/rows and the urlconf differ"


def test_nothing_stands_in_the_table_twice():
    assert sorted({str(row) for row in ROWS}) == sorted(str(row) for row in ROWS)


@pytest.mark.once
@pytest.mark.parametrize("quarter", range(4))
def test_the_table_holds(world, visitors, quarter):
    wrong = []
    for row in ROWS[quarter::4]:
        here, _ = addresses_of(world, row, ROUTES[row.route])
        for method, role, letter in row.expected():
            if _is_told_already(row, method, role, letter):
                continue
            with nullcontext() if _is_read(method, role, letter) else refusing_without_a_page():
                answer = visitors.ask(role, method, here, _sent(world, row))
            wrong += [f"{method} {row} as {role} counts answers by itself: {sql}" for sql in visitors.counted]
            if not _fits(letter, answer):
                wrong.append(
                    f"{method} {row} as {role}: {letter_of(answer)} ({answer.status_code}), not {letter}"
                )
            elif (
                letter != "y"
                and (wrote := visitors.wrote - SEEN.get(letter, set()))
                and row.route not in LEAVES
            ):
                wrong.append(f"{method} {row} as {role}: refused, yet wrote to {', '.join(wrote)}")
            if method == "GET":
                wrong += [f"{row} as {role}: {leak}" for leak in leaks_in(answer, role)]
    assert not wrong, "\n".join(wrong)


def _is_read(method: str, role: str, letter: str) -> bool:
    """Whether the words of an answer are looked at. A refusal is read by a few: it is the same for all, as
    `test_forbidden_and_absent_are_the_same_404` finds to the byte.
    """
    readers = ("head", "outside", "carer") if letter in "hno" else ("head", *MUST_NOT)
    return method == "GET" and role in readers


def _fits(letter: str, answer: Any) -> bool:
    return answer.status_code in (409, 422) if letter == "r" else letter_of(answer) == letter


def _is_told_already(row: Row, method: str, role: str, letter: str) -> bool:
    """A wrong method is wrong for all alike; a page that reads no method answers a POST as it answers a GET."""
    if letter == "-":
        return role not in ("head", "pupil")
    return method == "POST" and row.same_by_post and role not in ("head", *OUTSIDERS)


def _sent(world: World, row: Row) -> dict[str, Any]:
    pupil = world.arguments(row.what, {"pupil_id"})["pupil_id"]
    day = today() + timedelta(days=30)
    filled = {"person": pupil, "pupil": pupil, "state": "maintain", "review_on": day.isoformat()}
    filled |= {"do": "note", "text": "Spoke with them.", "to": "CPOMS"}
    return {name: filled[name] for name in SENT.get(row.route, ())}


def test_a_number_larger_than_any_is_absent(world, visitors):
    """Neither database has room for it, and neither says so: 404, or 405 and 302 like any other number."""
    huge = set()
    for row in ROWS:
        numbers = world.arguments(row.what, set(ROUTES[row.route]))
        if any(type(value) is int for value in numbers.values()):
            kwargs = {name: 10**20 if type(value) is int else value for name, value in numbers.items()}
            huge.add(reverse(row.route, kwargs=kwargs))
    asked = [("head", "GET"), ("head", "POST"), ("tutor", "GET")]
    with refusing_without_a_page():
        codes = {(*one, to): visitors.ask(*one, to).status_code for to in sorted(huge) for one in asked}
    assert {one: code for one, code in codes.items() if code >= 500} == {}
    assert len(codes) > 300


@pytest.mark.elsewhere
def test_every_page_and_every_act_asks_what_this_database_can_answer(world, visitors):
    """What is on a page, and for whom, is tested on one database; that the other understands it too is tested here."""
    broken = []
    for row in ROWS:
        here, _ = addresses_of(world, row, ROUTES[row.route])
        for method in ("GET", "POST"):
            opens = [role for role in ("head", "pupil", "tutor") if row.letter(method, role) == "y"]
            if opens and not (method == "POST" and row.same_by_post):
                answer = visitors.ask(opens[0], method, here, _sent(world, row))
                broken += [f"{method} {row}: {answer.status_code}"] if answer.status_code >= 500 else []
    assert broken == []


@pytest.mark.once
def test_forbidden_and_absent_are_the_same_404(world, visitors):
    """Body, headers and what the database is asked: nobody learns from a refusal that there is something to be refused.

    How long it takes is measured in `bench/stranger.py`; the same statements are what makes it the same.
    """
    wrong, absent, slower = [], {}, []
    hidden = [(row, *cell) for row in ROWS for cell in row.expected() if cell[2] == "h"]
    for row, method, role, _ in hidden:
        here, nowhere = addresses_of(world, row, ROUTES[row.route])
        if role not in OUTSIDERS or here == nowhere or (row.same_by_post and method == "POST"):
            continue
        key = (method, role, nowhere)
        if key not in absent:
            absent[key] = (_seen(visitors.ask(role, method, nowhere), nowhere), visitors.asked)
        forbidden = _seen(visitors.ask(role, method, here), here)
        if visitors.asked != absent[key][1] and len(ROUTES[row.route]) == 1 and row.route not in OPENLY_APART:
            slower.append(f"{method} {row} as {role}: {_apart(visitors.asked, absent[key][1])}")
        if forbidden != absent[key][0]:
            wrong.append(f"{method} {row} as {role}: {forbidden} is not {absent[key][0]}")
    assert not wrong, "\n".join(wrong)
    assert not slower, "\n".join(slower)
    assert len(absent) > 200


def _seen(answer: Any, address: str) -> tuple[int, dict[str, str], bytes]:
    """What came back. A page for answering names its own address in the menu of languages: that says nothing new."""
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, headers, answer.content.replace(address.removeprefix("/a").encode(), b"(here)")


def _apart(one: list[str], other: list[str]) -> str:
    """Where two runs of statements part."""
    at = next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
    return f"{len(one)} and {len(other)} statements; {one[at : at + 1]} is not {other[at : at + 1]}"
