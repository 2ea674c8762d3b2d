"""No child's name on a page that anyone may read."""

import re

from belong.base.errors import Refused
from belong.people.queries import pupils_on_roll


def without_names(text: str) -> str:
    """The text as it is. Raises Refused if it holds the first and last name of a pupil on roll.

    First names alone are let through: many are words ("Grace", "Hall") or are shared by dozens.
    """
    said = f" {_plain(text)} "
    for names in pupils_on_roll().values_list("given_name", "preferred_name", "family_name"):
        given, preferred, family = names
        for first in {given, preferred} - {""}:
            if family and f" {_plain(first)} {_plain(family)} " in said:
                raise Refused(
                    f"“{first} {family}” is a pupil here. Take the name out: anyone with the link can read this."
                )
    return text


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))
