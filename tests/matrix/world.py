"""One school with something at every address, and words planted in it that may be read by few.

`own` is the tutor group 8H with its tutor and `Ben`; `other` is 9K. The words of `CANARIES` stand nowhere else.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.tokens import default_token_generator

from belong.act.actions import make_plan
from belong.act.models import Plan
from belong.ask import actions as ask
from belong.ask.actions.optout import opt_out
from belong.ask.bands import OLDER
from belong.ask.models import Wave
from belong.base.clock import now, today
from belong.guard.concerns.acting import note_export
from belong.guard.concerns.raising import raise_ask
from belong.guard.models import Deputy, Rota
from belong.guard.rights.holds import place_hold
from belong.guard.rights.requests import open_request
from belong.measure.instrument import from_dict
from belong.notice import actions as notice
from belong.notice.models import (
    Moment,
)
from belong.people.importing import begin_import
from belong.people.models import Characteristic, LinkedAccount, Person, SignInProvider
from belong.see.models import ReleaseRecord
from tests.ask.conftest import answer, plan
from tests.conftest import Cast, make_person
from tests.matrix.cast import notice as notices
from tests.matrix.cast.checkins import check_ins
from tests.matrix.cast.friends import friends
from tests.matrix.cast.languages import own_language
from tests.matrix.cast.paper import paper
from tests.matrix.cast.places import places
from tests.matrix.cast.recordings import recordings
from tests.matrix.cast.walls import walls
from tests.matrix.words import CANARIES, NAME
from tests.see.noticing.build import DAYS, keep
from tests.tell.build import AUTUMN, make_release, make_wave, releases
from tests.tell.conftest import respond

BUILT = 90_003
LIST = f"Adno,Surname,Forename,Reg,SEN Status\n91,Bell,Nia,8H,{CANARIES['special']}\n92,Bond,Omar,8H,K\n"


@dataclass
class World:
    """What there is, as arguments of addresses: `places["own"]["group_id"]`."""

    cast: Cast
    places: dict[str, dict[str, Any]]

    def arguments(self, what: tuple[str, ...], names: set[str]) -> dict[str, Any]:
        """Those of `names` that an address needs, the later words of `what` over the earlier ones."""
        found = dict(self.places["-"])
        for word in what:
            found |= self.places[word]
        return {name: found[name] for name in names}


@pytest.fixture
def world(cast, in_school, built_once) -> World:
    """Everything there is, built by the rooms' own actions."""
    return built_once("the matrix", lambda: _world(cast), cast)


def _world(cast: Cast) -> World:
    ben = cast.pupils[1]
    ben.family_name = NAME
    ben.save()
    waves = _closed(cast) | _asked(cast)
    own, other = _around(cast, cast.tutor, 1), _around(cast, cast.other_tutor, 1, other=True)
    own |= {"theirs": {"change_id": other["change_id"]}}
    plans = _plans(cast, waves)
    left = make_person(cast.school, Person.PUPIL, "Lena", "Gone", left_on=today() - timedelta(days=9))
    Characteristic.objects.create(school=cast.school, person=ben, kind="ethnicity", value=CANARIES["special"])
    own |= _session(cast, waves["open"], cast.tutor, cast.tutor_group) | plans[0]
    other |= _session(cast, waves["open"], cast.other_tutor, cast.other_group) | plans[1]
    card = ask.issue_card(cast.survey_lead, waves["open"], cast.tutor_group, ben.pk)
    theirs = own.pop("theirs") | {"step_id": other["step_id"], "item_id": waves["published"]}
    boards = notices.boards(cast)
    own |= boards.pop("own")
    other |= boards.pop("other")
    own |= notices.left_and_meant(cast, ben)
    sides = notices.both_sides(cast, ben)
    own |= sides.pop("own")
    seen = notices.recognition(cast, ben)
    own |= seen.pop("own") | notices.names_said(cast, ben) | notices.noting(cast, ben)
    badges = notices.badges(cast, ben)
    own |= badges.pop("own")
    other |= badges.pop("other")
    seen["own-child"] |= badges.pop("own-child")
    return World(
        cast,
        {
            "-": _everywhere(cast) | badges.pop("-") | seen.pop("-") | notices.local(cast),
            "own": own,
            "other": other,
            "theirs": theirs,
            **seen,
            **badges,
            "left": {"pupil_id": left.pk, "person_id": left.pk},
            "staff": {"person_id": cast.tutor.person.pk, "pupil_id": cast.tutor.person.pk}
            | {"wave_id": waves["staff"].pk},
            "wrong": {"token": "not-a-token", "link": "not-a-link"},
            **boards,
            **notices.own_pages(cast, ben),
            **sides,
            "nobody's": {"factor_id": 999_998, "session_id": 999_998},
            "right": {"token": card.token},
            "talk": {"token": ask.issue_talk_cards(cast.survey_lead, cast.tutor_group)[1].token},
            **_concerns(cast),
            **_half_terms(cast),
            **check_ins(cast),
            **own_language(cast),
            **paper(cast, waves["open"]),
            **recordings(cast, waves["open"]),
            **friends(cast),
            **places(cast),
            **walls(cast),
            "requested": _requested(cast),
            "opted": {"opt_out_id": opt_out(cast.survey_lead, person=cast.pupils[5], asked_by="carer").pk},
            **{word: {"wave_id": waves[word].pk} for word in ("draft", "open", "built")},
            "closed": {"wave_id": waves["closed"].pk} | waves["unpublished"],
            "told": {"wave_id": waves["told"].pk} | {"share_code": waves["share"]},
        },
    )


def _everywhere(cast: Cast) -> dict[str, Any]:
    record = begin_import(cast.survey_lead, file_name="list.csv", data=LIST.encode())
    return {
        "pupil_id": cast.pupils[1].pk,
        "key": "trusted-adult",
        "part": "listened",
        "cut": "sex",
        "band": OLDER,
        "import_id": record.pk,
        "uidb64": "MQ",
        "token": default_token_generator.make_token(cast.head)[::-1],
    } | _school_account(cast)


def _school_account(cast: Cast) -> dict[str, Any]:
    """Google, set up; the tutor's account there is linked."""
    SignInProvider.objects.create(
        school=cast.school, kind="google", home="oak.test", client_id="x", client_secret="y"
    )
    facts = {"kind": "google", "issuer": "https://accounts.google.com", "subject": "1", "linked_at": now()}
    account = LinkedAccount.objects.create(school=cast.school, user=cast.tutor, **facts)
    return {"slug": cast.school.slug, "kind": "google", "account_id": account.pk}


def _concerns(cast: Cast) -> dict[str, dict[str, Any]]:
    """One that goes the usual way, one about the DSL, one about the head; each was taken out once."""
    Rota.objects.create(school=cast.school, head=cast.head.person, chair=cast.governor.person)
    Deputy.objects.create(school=cast.school, person=cast.pastoral.person)
    made = {}
    for word, canary, about, reader in (
        ("usual", "concern", set(), cast.dsl),
        ("about-dsl", "about the lead", {cast.dsl.person.pk}, cast.head),
        ("about-head", "about the head", {cast.head.person.pk}, cast.governor),
    ):
        concern = raise_ask(cast.pupils[2], text=CANARIES[canary], about=about)
        note_export(reader, concern, kind="page", to="the local authority")
        made[word] = {"reference": concern.reference, "place": concern.entries.count()}
    return made


def _requested(cast: Cast) -> dict[str, Any]:
    """A request for access with something to decide, and a hold on somebody else."""
    pupil = cast.pupils[3]
    notice.record_knowing(cast.tutor, pupil=pupil, line="plays the cornet")
    facts = {"asked_on": today(), "known_by": "in person", "child_view": "agrees"}
    request = open_request(cast.dsl, person=pupil, asker="themselves", **facts)
    hold = place_hold(cast.head, person=cast.pupils[4], reason="a claim")
    item = request.items.get(model="notice.KnownBy")
    return {"request_id": request.pk, "item_id": item.pk, "hold_id": hold.pk}


def _closed(cast: Cast) -> dict[str, Any]:
    """One wave with a published response, one with an unpublished one, one whose release is not ready."""
    first, second = releases()
    told, closed = make_wave(cast.school, AUTUMN), make_wave(cast.school, AUTUMN + 1)
    make_release(told, first)
    make_release(closed, second)
    built = make_wave(cast.school, BUILT, closes_on=date(2026, 4, 1), opens_on=date(2026, 3, 20))
    ReleaseRecord.objects.create(school=cast.school, wave=built, requested_at=now())
    published, unpublished = respond(cast, told), respond(cast, closed, publish=False)
    return {
        "told": told,
        "closed": closed,
        "built": built,
        "share": published.share_code,
        "published": published.items.first().pk,
        "unpublished": {"share_code": unpublished.share_code, "item_id": unpublished.items.first().pk},
    }


def _asked(cast: Cast) -> dict[str, Wave]:
    """A draft, an open pupils' wave that 8H and one of 9K answered, and an open staff wave."""
    asked = plan(cast, title="Open wave")
    asked.instrument["scales"]["check-in"]["labels"]["en"][0] = CANARIES["named"]
    asked.instrument_hash = from_dict(asked.instrument).hash
    asked.save()
    asked = ask.open_wave(cast.head, asked, override_reason="For the matrix.")
    for pupil in [*cast.pupils[1:], cast.other_pupils[0]]:
        answer(asked, pupil, **{"check-in": 1, "open-helps": CANARIES["text"], "adults-1": 4})
    staff = plan(cast, "belong-staff", "staff", years=(), title="Staff wave")
    staff = ask.open_wave(cast.head, staff, override_reason="For the matrix.")
    return {"draft": plan(cast, title="Draft wave"), "open": asked, "staff": staff}


def _around(cast: Cast, tutor: Any, at: int, *, other: bool = False) -> dict[str, Any]:
    """A group's pupil, with what the tutor noted and set about them."""
    group, pupil = (cast.other_group, cast.other_pupils[at]) if other else (cast.tutor_group, cast.pupils[at])
    submission = uuid4()
    noted = {"on": today(), "pupils": [pupil]}
    notice.record_moment(tutor, kind="praise", note=CANARIES["note"], submission=submission, **noted)
    notice.record_moment(tutor, kind="observation", note=CANARIES["observation"], submission=uuid4(), **noted)
    change = notice.set_state(tutor, pupil=pupil, state="restore", reason=CANARIES["reason"])
    notice.record_knowing(tutor, pupil=pupil, line=CANARIES["knowing"])
    assert Moment.objects.filter(submission=submission).exists()
    return {
        "group_id": group.pk,
        "pupil_id": pupil.pk,
        "person_id": pupil.pk,
        "change_id": change.pk,
        "submission": submission,
    }


def _half_terms(cast: Cast) -> dict[str, dict[str, Any]]:
    """Figures about noticing: a date governors may read, one they may not, one on which nothing could be shown."""
    made = {word: keep(cast.school, word) for word in DAYS}
    return {f"half-{word}": {"day": row.on.isoformat(), "table": "states"} for word, row in made.items()}


def _session(cast: Cast, wave: Wave, tutor: Any, group: Any) -> dict[str, int]:
    return {"session_id": ask.open_class_session(tutor, wave, group).pk}


def _plans(cast: Cast, waves: dict[str, Any]) -> list[dict[str, int]]:
    """A plan in the tutor's hands and one in the head's, each with a step."""
    made = [
        make_plan(
            cast.head,
            title=f"Plan of {owner.title} {owner.family_name}",
            owner=owner,
            starts_on=today(),
            review_on=today() + timedelta(days=60),
            practice_key="trusted-adult",
            aim="Nobody is without an adult.",
            steps=[("Ask each pupil", None)],
        )
        for owner in (cast.tutor.person, cast.head.person)
    ]
    return [_plan_and_step(found) for found in made]


def _plan_and_step(found: Plan) -> dict[str, int]:
    return {"plan_id": found.pk, "step_id": found.steps.first().pk}
