"""Every address asked for by every role: the table holds, and a refusal says and does nothing."""

import pytest

from tests.matrix.table import TABLE
from tests.matrix.walking import addresses_of, letter_of, routes

ROUTES = routes()
SENT = {  # what a POST needs to come as far as the rule that decides
    "ask:withdraw": lambda here: {"person": here["pupil_id"]},
    "notice:sort": lambda here: {"pupil": here["pupil_id"], "state": "maintain"},
    "notice:set-state": lambda here: {"state": "maintain"},
    "notice:set-review": lambda here: {"review_on": "2099-01-01"},
}
CLASS_OF = {"ask:withdraw": ("own",)}


def test_every_route_has_a_row_and_every_row_a_route():
    rows = {row.route for rows in TABLE.values() for row in rows}
    assert rows == set(ROUTES), "tests/matrix/table.py and the urlconf differ"


def test_no_object_is_asked_for_twice():
    rows = [str(row) for rows in TABLE.values() for row in rows]
    assert sorted(rows) == sorted(set(rows))


@pytest.mark.parametrize("room", TABLE)
def test_the_table_holds(world, visitors, room):
    wrong = []
    for row in TABLE[room]:
        here, nowhere = addresses_of(world, row, ROUTES[row.route])
        for method, role, letter in row.expected():
            if _is_told_already(row, method, role, letter):
                continue
            answer = visitors.ask(role, method, here, _sent(world, row))
            got = letter_of(answer)
            if got != letter:
                wrong.append(f"{method} {row} as {role}: {got} ({answer.status_code}), not {letter}")
            elif letter != "y" and letter != "o" and visitors.wrote:
                wrong.append(f"{method} {row} as {role}: refused, and yet wrote to {visitors.wrote}")
    assert not wrong, "\n".join(wrong)


def _is_told_already(row, method, role, letter) -> bool:
    """Asking with the wrong method is alike for all; a page that reads no method answers a POST as a GET."""
    if letter == "-":
        return role not in ("head", "pupil")
    return row.same_by_post and method == "POST" and letter == "y" and role != "head" and "tell:" in row.route


def _sent(world, row):
    made = SENT.get(row.route)
    return made(world.places["own"] | dict.fromkeys(()) | _place(world, row)) if made else None


def _place(world, row):
    return {k: v for word in row.what for k, v in world.places[word].items()}
