"""One school with something at every address, and words planted in it that may be read by few.

`own` is the tutor group 8H with its tutor and `Ben`; `other` is 9K. The words of `CANARIES` stand nowhere else.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
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
from belong.notice.badges.actions import give_badge, make_badge
from belong.notice.badges.taking import take_badge
from belong.notice.boards.actions import write, write_as_pupil
from belong.notice.boards.setting import give_link, leave_off, make_board
from belong.notice.both_sides.actions import offer_match
from belong.notice.greeting import actions as greeting
from belong.notice.local.actions import write_page
from belong.notice.models import (
    Ambassador,
    CareStep,
    CareTask,
    HouseEvent,
    Letter,
    Moment,
    NamedByMany,
    Recognition,
    RecognitionPhoto,
    Shown,
    StatusList,
    Trait,
    UsualPrompt,
)
from belong.notice.noting.circle_backs import owe_circle_back
from belong.notice.noting.notes_home import write_home
from belong.notice.profiles import actions as profiles
from belong.notice.profiles.actions import Said
from belong.notice.recognition import houses
from belong.notice.recognition.actions import recognise
from belong.notice.register import actions as register
from belong.people.importing import begin_import
from belong.people.models import CarerLink, Characteristic, LinkedAccount, Person, SignInProvider
from belong.see.models import ReleaseRecord
from tests.ask.conftest import answer, plan
from tests.base.files.making import photo, wav
from tests.conftest import Cast, make_person
from tests.matrix.cast.checkins import LINE, check_ins
from tests.matrix.cast.friends import friends
from tests.matrix.cast.languages import own_language
from tests.matrix.cast.paper import paper
from tests.matrix.cast.places import WORDS as PLACE_WORDS
from tests.matrix.cast.places import places
from tests.matrix.cast.recordings import recordings
from tests.matrix.cast.walls import WORDS as WALL_WORDS
from tests.matrix.cast.walls import walls
from tests.see.noticing.build import DAYS, keep
from tests.tell.build import AUTUMN, make_release, make_wave, releases
from tests.tell.conftest import respond

BUILT = 90_003
NAME = "Quillfeather"
CANARIES = {
    "name": NAME,
    "note": "canary-note: waited for a friend",
    "observation": "canary-observation: sat alone",
    "reason": "canary-reason: we fell out",
    "knowing": "canary-knowing: his grandmother",
    "named": "canary-named: yes please",
    "text": "canary-text: nobody asks me",
    "talk up": "canary-talk-up: her cornet",
    "special": "canary-special",
    "match": "canary-match: likes chess",
    "care": "canary-care: walks in with him",
    "place": PLACE_WORDS,
    "wall": WALL_WORDS,
    "board": "canary-board: for the day you sat with me",
    "left off": "canary-left-off: moved away from an uncle",
    "hand over": "canary-hand-over: a minute to settle",
    "profile": "canary-profile: my hearing aid",
    "draft": "canary-draft: a break at ten",
    "held": "canary-held: please read",
    "recognition": "canary-recognition: shared the last biscuit",
    "badge": "canary-badge: waited every lunchtime",
    "promise": "canary-promise: about the trip",
    "home": "canary-home: carried the chairs",
    "concern": "canary-concern: lunch today",
    "line": LINE,
    "about the lead": "canary-lead: maths today",
    "about the head": "canary-head: music today",
}
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
def world(cast, in_school) -> World:
    """Everything there is, built by the rooms' own actions."""
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
    boards = _boards(cast)
    own |= boards.pop("own")
    other |= boards.pop("other")
    own |= _register(cast, ben)
    sides = _both_sides(cast, ben)
    own |= sides.pop("own")
    seen = _recognition(cast, ben)
    own |= seen.pop("own") | _greeting(cast, ben) | _noting(cast, ben)
    badges = _badges(cast, ben)
    own |= badges.pop("own")
    other |= badges.pop("other")
    seen["own-child"] |= badges.pop("own-child")
    return World(
        cast,
        {
            "-": _everywhere(cast) | badges.pop("-") | seen.pop("-") | _local(cast),
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
            **_profiles(cast, ben),
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


def _boards(cast: Cast) -> dict[str, dict[str, Any]]:
    """A board of each class, with a display link, what a pupil wrote and nobody has read, and what the tutor put up;
    one in a corridor; and a pupil who is left off."""
    places: dict[str, dict[str, Any]] = {}
    leave_off(cast.tutor, cast.pupils[6], why="safety", note=CANARIES["left off"])
    for word, tutor, group, pupil in (
        ("own", cast.tutor, cast.tutor_group, cast.pupils[1]),
        ("other", cast.other_tutor, cast.other_group, cast.other_pupils[1]),
    ):
        board = make_board(tutor, kind="gratitude", title=f"{group.name} says thank you", group=group)
        mine = write(tutor, board, pupils=[pupil], words="Thank you for waiting at the gate")
        sent = {"words": f"Thank you for the pencil. {CANARIES['board']}", "submission": uuid4()}
        waiting = write_as_pupil(pupil, board, **sent)
        places[word] = {"board_id": board.pk, "link": give_link(tutor, board), "post_id": mine.pk}
        if word == "own":
            places |= {"mine": {"post_id": mine.pk}, "waiting": {"post_id": waiting.pk}}
    corridor = make_board(cast.tutor, kind="hype", title="Science corridor", place="Science corridor")
    return places | {"place": {"board_id": corridor.pk}}


def _recognition(cast: Cast, ben: Person) -> dict[str, dict[str, Any]]:
    """Something seen in the pupil who signs in (with a picture) and in Ben; something about Daniel that waits; a house
    event that is on; an ambassador.
    """
    of = {"school": cast.school}
    child = cast.pupils[0]
    kindness = Trait.objects.create(name="Kindness", **of)
    seen = recognise(cast.tutor, pupil=child, trait=kindness, words="Stayed to clear up.")
    RecognitionPhoto.objects.create(recognition=seen, data=b"picture", kind="image/jpeg", **of)
    bens = recognise(cast.tutor, pupil=ben, trait=kindness, words="Owned up, and put it right.")
    waiting = Recognition.objects.create(
        pupil=cast.pupils[3],
        by=cast.pupils[2],
        trait=kindness,
        source="pupil",
        words=CANARIES["recognition"],
        on=today(),
        recorded_at=now(),
        **of,
    )
    part = Ambassador.objects.create(pupil=cast.pupils[4], since=today(), **of)
    houses.set_opted_in(cast.head, True)
    event = HouseEvent.objects.create(title="Kindness week", starts_on=today(), ends_on=today(), **of)
    entry = {"entry": "recognition"}
    return {
        "-": {"trait_id": kindness.pk, "event_id": event.pk, "ambassador_id": part.pk},
        "own": entry | {"number": bens.pk},
        "own-child": entry | {"number": seen.pk, "recognition_id": seen.pk, "pupil_id": child.pk},
        "waiting-words": {"recognition_id": waiting.pk},
    }


def _both_sides(cast: Cast, ben: Person) -> dict[str, dict[str, int]]:
    """The other tutor is asked about Ben; a task about the tutor's own state, in the pastoral lead's hands; one
    from Ben's answers, in the tutor's; many named the SENCO."""
    of = {"school": cast.school}
    wave = plan(cast, "trusted-adults", title="Adults to turn to")
    offer = offer_match(cast.tutor, pupil=ben, adult=cast.other_tutor.person, line=CANARIES["match"])
    about = {"pupil": ben, "opened_on": today(), **of}
    tutor, lead = cast.tutor.person, cast.pastoral.person
    task = CareTask.objects.create(adult=tutor, seen="again", owner=lead, **about)
    CareStep.objects.create(
        task=task, step="effort", line=CANARIES["care"], done_on=today(), done_by=lead, **of
    )
    answers = CareTask.objects.create(seen="answers", owner=tutor, wave=wave, **about)
    naming = NamedByMany.objects.create(adult=cast.senco.person, wave=wave, pupils=14, told_on=today(), **of)
    return {
        "own": {"offer_id": offer.pk, "task_id": task.pk, "naming_id": naming.pk},
        "answers": {"task_id": answers.pk},
    }


def _greeting(cast: Cast, ben: Person) -> dict[str, int]:
    """The names of Ben and of the pupil who signs in, said aloud; Ben back today; a line the tutor left about him."""
    greeting.keep_sound(cast.tutor, pupil=ben, upload=BytesIO(wav()))
    greeting.keep_sound(cast.pupil, pupil=cast.pupils[0], upload=BytesIO(wav()))
    greeting.mark_back(cast.tutor, pupil=ben)
    line = greeting.talk_up(cast.tutor, pupil=ben, line=CANARIES["talk up"])
    assert line is not None
    return {"line_id": line.pk}


def _register(cast: Cast, ben: Person) -> dict[str, int]:
    """Something the tutor means to do with Ben, and what the tutor leaves for the next adult."""
    words = {"what_helps": CANARIES["hand over"], "line": "He makes the whole row laugh."}
    register.write_hand_over(cast.tutor, group=cast.tutor_group, pupil_id=ben.pk, **words)
    return {"intention_id": register.intend(cast.tutor, pupil=ben, key="go-first").pk}


def _profiles(cast: Cast, ben: Person) -> dict[str, dict[str, int]]:
    """Pages of Ben (shared; a draft of the tutor) and of the pupil who signs in (shared; one held; one to answer)."""
    said = {"likes": Said("Foxes.", "staff"), "know": Said(CANARIES["profile"], "tutor")}
    shared = profiles.draft(cast.tutor, pupil=ben, parts=said, send=True)
    profiles.approve_with(cast.tutor, page=shared, yes_to=set(said))
    drafted = profiles.draft(cast.tutor, pupil=ben, parts={"likes": Said(CANARIES["draft"])}, send=True)
    childs = profiles.write_own(cast.pupil, parts={"likes": Said("Chess.", "staff")}, share=True)
    worry = {"know": Said(f"My uncle hits me at home. {CANARIES['held']}", "staff")}
    made = {
        "shared": shared,
        "drafted": drafted,
        "childs": childs,
        "held": profiles.write_own(cast.pupil, parts=worry, share=True),
        "asked": profiles.draft(
            cast.tutor, pupil=cast.pupils[0], parts={"helps": Said("A break.")}, send=True
        ),
    }
    return {f"page-{word}": {"page_id": page.pk, "pupil_id": page.pupil_id} for word, page in made.items()}


def _local(cast: Cast) -> dict[str, Any]:
    """A local page with a photo and a change that can be undone; a deck for the classroom screen."""
    words = {"kind": "shop", "title": "Bakery", "about": "Bread."}
    made = write_page(cast.tutor, words=words, photo=BytesIO(photo()), caption="The shop")
    return {"local_id": write_page(cast.tutor, page=made, words=words).pk, "deck": "older"}


def _noting(cast: Cast, ben: Person) -> dict[str, int]:
    """The tutor's promise to Ben, their observation about him, a note home that was mailed; a prompt about him."""
    of = {"school": cast.school}
    at_home = make_person(cast.school, Person.CARER, "Ida", NAME, email="ida@home.test")
    CarerLink.objects.create(carer=at_home, pupil=ben, may_see=True, **of)
    promise = owe_circle_back(
        cast.tutor, pupil=ben, about=CANARIES["promise"], due_on=today(), submission=uuid4()
    )
    note = write_home(cast.tutor, pupil=ben, words=CANARIES["home"], submission=uuid4())
    Letter.objects.filter(note=note).update(state=Letter.SENT, at=now())
    days = {"since": today() - timedelta(days=14), "made_on": today()}
    counts = {"recent": 7, "adults": 2, "before": 1, "weeks_before": 20}
    prompt = UsualPrompt.objects.create(pupil=ben, **days, **counts, **of)
    observed = Moment.objects.get(pupil=ben, adult=cast.tutor.person, kind="observation")
    return {
        "promise_id": promise.pk,
        "note_id": note.pk,
        "letter_id": note.letters.get().pk,
        "moment_id": observed.pk,
        "prompt_id": prompt.pk,
    }


def _badges(cast: Cast, ben: Person) -> dict[str, dict[str, Any]]:
    """A badge that Ben, a pupil of 9K and the pupil who signs in hold; the last lets the family see it and took it
    along. One that only pastoral staff give."""
    look = {"shape": "circle", "sign": "star", "colour": "teal"}
    made = make_badge(cast.head, name="Steadfast friend", criteria="Stood by somebody.", **look)
    kept = make_badge(cast.head, name="Kept badge", criteria="Rare.", given_by="pastoral", **look)
    own = give_badge(cast.tutor, made, [ben], evidence=CANARIES["badge"])[0]
    other = give_badge(cast.other_tutor, made, [cast.other_pupils[1]])[0]
    child = give_badge(cast.tutor, made, [cast.pupils[0]])[0]
    shown = {"entry": "award", "number": child.pk, "to_family": True, "chosen_on": today()}
    Shown.objects.create(school=cast.school, pupil=cast.pupils[0], **shown)
    take_badge(cast.pupil, child, kind="json")
    return {
        "-": {"badge_id": made.pk, "uid": StatusList.objects.get().uid},
        "own": {"award_id": own.pk},
        "other": {"award_id": other.pk},
        "own-child": {"award_id": child.pk},
        "kept-badge": {"badge_id": kept.pk},
    }


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
