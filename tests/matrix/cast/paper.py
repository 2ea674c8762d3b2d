"""A paper sheet of Ben's for the open wave, which the tutor types in; one of 9K, which the other tutor does."""

from typing import Any

from belong.ask.models import Wave
from belong.ask.paper.actions import print_sheets
from belong.people.models import Person
from tests.conftest import Cast


def paper(cast: Cast, wave: Wave) -> dict[str, dict[str, Any]]:
    """`my-paper` and `their-paper`, each by wave and number."""

    def printed(tutor: Any, pupil: Person, group: Any) -> dict[str, Any]:
        (sheet,) = print_sheets(tutor, wave, [pupil], helper=tutor.person, group=group)
        return {"wave_id": wave.pk, "number": sheet.number}

    return {
        "my-paper": printed(cast.tutor, cast.pupils[1], cast.tutor_group),
        "their-paper": printed(cast.other_tutor, cast.other_pupils[1], cast.other_group),
    }
