"""Every address with invented values, as several roles: never an error of ours, never an undeclared answer.

`./run fuzz --http --seconds N` does the same for N seconds with other values each time.
"""

import itertools
import os
import time

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.matrix.openapi import STATUSES, Fields, description, fields_on
from tests.matrix.table import TABLE
from tests.matrix.walking import addresses_of, routes

ROLES = ("head", "survey_lead", "tutor", "dsl", "technician", "pupil", "stranger", "nobody")
BEGINNERS = ("head", "survey_lead", "tutor", "dsl", "technician", "nobody")
SECONDS = float(os.environ.get("BELONG_FUZZ_SECONDS", "0"))
TELLTALES = (
    b"Traceback (most recent call last)",
    b"DisallowedHost at",
    b"django.db.utils",
    b"site-packages/",
)


def fields_of(world, visitors) -> Fields:
    """The fields of all forms that the roles meet on the pages of the table."""
    found: Fields = {}
    arguments, met = routes(), set()
    for row in [row for rows in TABLE.values() for row in rows]:
        if row.letters["GET"][0] == "-" or row.route in met:
            continue
        met.add(row.route)
        here, _ = addresses_of(world, row, arguments[row.route])
        for role in BEGINNERS:
            answer = visitors.ask(role, "GET", here)
            if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
                fields_on(here.split("?")[0], answer.content.decode(), found)
                break
    return found


@pytest.mark.once
def test_no_value_breaks_any_address(world, visitors):
    import schemathesis  # half a second, which every worker would spend that only collects this

    schema = schemathesis.openapi.from_dict(description(fields_of(world, visitors)))
    operations = [one.ok() for one in schema.get_all_operations()]
    if (
        not SECONDS
    ):  # in the suite every form, and every sixth page: the matrix has asked for each with sound values
        operations = [one for at, one in enumerate(operations) if one.method == "post" or at % 6 == 0]
    places = [place for what in world.places.values() for place in what.items()]
    until, requests = time.monotonic() + SECONDS, 0

    @st.composite
    def asking(draw, operation):
        """A case, half the time about what is really there, and who asks."""
        case = draw(operation.as_strategy())
        for name in sorted(case.path_parameters or {}):
            real = [value for key, value in places if key == name]
            if real and draw(st.booleans()):
                case.path_parameters[name] = draw(st.sampled_from(real))
        return case, draw(st.sampled_from(ROLES))

    def ask(asked):
        nonlocal requests
        requests += 1
        case, role = asked
        values = case.body if isinstance(case.body, dict) else case.query
        answer = visitors.ask(role, case.method, case.formatted_path, dict(values or {}))
        assert answer.status_code in STATUSES, (role, case.method, case.formatted_path, answer.status_code)
        assert not [mark for mark in TELLTALES if mark in getattr(answer, "content", b"")]

    # Each address has a run of its own: hypothesis may not be handed another strategy in the middle of one.
    quiet = {
        "database": None,
        "deadline": None,
        "phases": [Phase.generate],
        "suppress_health_check": list(HealthCheck),
    }
    few = settings(max_examples=10 if SECONDS else 1, derandomize=not SECONDS, **quiet)
    for _ in itertools.count():
        for operation in operations:
            few(given(asking(operation))(ask))()
        if time.monotonic() > until:
            break
    print(f"http: {requests} requests to {len(operations)} operations")
    assert requests >= len(operations) > 100
