"""Who may do what about the rights of people."""

from typing import Any

from belong.base.access import fetch
from belong.guard.models import AccessRequest, LegalHold
from belong.people.access import is_dsl, is_leader, is_technician
from belong.people.models import Person, User

is_keeper = is_leader | is_dsl
PERMISSIONS = {
    "guard.see_home": is_keeper | is_technician,
    "guard.read_data_map": is_keeper | is_technician,
    "guard.answer_request": is_keeper,
    "guard.erase": is_keeper,
    "guard.place_hold": is_keeper,
    "guard.read_retention": is_keeper,
    "guard.set_retention": is_leader,
}


def access_request(user: User, request_id: int) -> AccessRequest:
    """A request for access, for those who answer it; else a 404."""
    rows = AccessRequest.objects.select_related("person", "carer", "opened_by__person", "made_by__person")
    return fetch(user, "guard.answer_request", rows, pk=request_id)


def access_hold(user: User, hold_id: int) -> LegalHold:
    """A hold, for those who may place and lift them; else a 404."""
    return fetch(user, "guard.place_hold", LegalHold.objects.all(), pk=hold_id)


def access_person_to(user: User, verb: str, person_id: Any) -> Person:
    """Anybody the school holds something about, here or gone, for whoever may do `verb`; else a 404."""
    return fetch(user, verb, Person.objects.exclude(given_name="", family_name=""), pk=person_id)
