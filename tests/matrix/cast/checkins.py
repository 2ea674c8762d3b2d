"""A check-in of each tutor group, answered by Ben and by one of 9K; a prompt about Ben; his request for the tutor."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from belong.ask.actions import submit_sheet
from belong.ask.checkins import actions
from belong.ask.models import UsualNote, Wave
from belong.ask.terms import term_end
from belong.ask.who_sees import seers_for
from belong.base.clock import today
from belong.guard.concerns.raising import raise_ask
from tests.conftest import Cast

LINE = "canary-line: nobody to sit with"


def check_ins(cast: Cast) -> dict[str, dict[str, Any]]:
    """`my-check-in` and `their-check-in` with their round, class and (mine) a prompt; `chosen` by its reference."""

    def made(tutor: Any, group: Any, pupil: Any) -> dict[str, Any]:
        check_in = actions.set_up(
            tutor,
            title="Monday check-in",
            group=group,
            every=0,
            topics=["mood"],
            named=["mood"],
            readers=["tutor", "pastoral lead"],
            with_line=True,
            starts_on=today(),
            ends_on=min(today() + timedelta(days=7), term_end(cast.school, today())),
        )
        wave = Wave.askings.select_related("check_in__group", "school").get(check_in=check_in)
        submit_sheet(wave, pupil, {"mood-12": 1, "line-12": LINE}, uuid4(), seers_for(wave, pupil).reader_ids)
        return {
            "check_in_id": check_in.pk,
            "wave_id": wave.pk,
            "group_id": group.pk,
            "item_id": "mood-12",
        }

    mine = made(cast.tutor, cast.tutor_group, cast.pupils[1])
    theirs = made(cast.other_tutor, cast.other_group, cast.other_pupils[1])
    note = UsualNote.objects.create(
        school=cast.school,
        pupil=cast.pupils[1],
        topic="mood",
        round_id=mine["wave_id"],
        reason=UsualNote.LOW,
        readers=[cast.pastoral.person.pk],
        made_on=today(),
    )
    request = raise_ask(cast.pupils[1], chosen=cast.tutor.person.pk)
    return {
        "my-check-in": mine | {"note_id": note.pk},
        "their-check-in": theirs,
        "chosen": {"reference": request.reference},
    }
