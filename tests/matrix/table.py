"""Who gets what at every address: the expectations, from the rules of access and nothing else.

The rows stand in `rows/`, a file for each room or part of one. A row is a route (its name in the urlconf), which one
of its objects is asked for, and what each role gets by GET and by POST. The roles stand in the order of `ROLES`, in
groups:

    teachers: tutor of 8H, tutor of 9K · pastoral lead, SENCO, DSL, head · survey lead
    · governor, analyst, technician, outside staff · carer, pupil (both of 8H) · head of another school · nobody

    y  gets it (for a POST: the rules let it through, whatever the action then says)
    n  403, for what is not about one object: lists, forms for something new
    h  404, the same as for an object that does not exist
    r  is told in words that it cannot be (409, 422), and nothing is written: the page is theirs, the act is not, or
       there is nothing of theirs to act upon
    o  410: nothing is running that this browser could take part in
    s  is asked to sign in

One letter stands for everyone. `-` for a method: there is none (405; nobody may be asked to sign in first). `=` for
POST: the page reads no method and answers as to GET.

Objects: own and other are what belongs to 8H and to 9K (group, pupil, who set or noted it); draft, open, closed
(released; its response is not published) and told (released, response published), and built (closed, release not
ready) are waves. Two words joined by a stroke take both.
"""

import re
from dataclasses import dataclass
from pathlib import Path

ROLES = (
    "tutor",
    "other_tutor",
    "pastoral",
    "senco",
    "dsl",
    "head",
    "survey_lead",
    "governor",
    "analyst",
    "technician",
    "outside",
    "carer",
    "pupil",
    "stranger",
    "nobody",
)
LETTERS = "ynhros"


@dataclass(frozen=True)
class Row:
    """One line of the table: letters by role, for each method the route knows."""

    route: str
    what: tuple[str, ...]
    letters: dict[str, str]

    def expected(self) -> list[tuple[str, str, str]]:
        """Method, role and letter; `-` where the method does not exist."""
        return [
            (method, role, letter)
            for method, letters in self.letters.items()
            for role, letter in zip(ROLES, letters, strict=True)
        ]

    def letter(self, method: str, role: str) -> str:
        return self.letters[method][ROLES.index(role)]

    @property
    def same_by_post(self) -> bool:
        return self.letters["GET"] is self.letters["POST"]

    def __str__(self) -> str:
        return " ".join([self.route, *self.what])


def _spread(cell: str, sign_in: bool) -> str:
    """Fifteen letters: as written, or one for everyone with another for nobody."""
    letters = re.sub(r"\s", "", cell)
    if len(letters) <= 2:
        letters = letters[0] * (len(ROLES) - 1) + letters[-1]
    if letters[0] == "-" and sign_in:
        letters = letters[:-1] + "s"
    if len(letters) != len(ROLES) or set(letters) - set(f"{LETTERS}-"):
        raise ValueError(f"not a letter for each of {len(ROLES)} roles: {cell!r}")
    return letters


def _row(line: str) -> Row:
    head, get, post = (part.strip() for part in line.split("|"))
    route, what = head.split()
    sign_in = "s" in f"{get[-1]}{post[-1]}" and not route.startswith("sign-")
    gets = _spread(get, sign_in)
    return Row(
        route,
        tuple(what.split("/")) if what != "-" else (),
        {"GET": gets, "POST": gets if post == "=" else _spread(post, sign_in)},
    )


TABLE: dict[str, list[Row]] = {
    room.stem: [_row(line) for line in room.read_text().splitlines() if line and not line.startswith("#")]
    for room in sorted((Path(__file__).parent / "rows").glob("*.txt"))
}
