"""What the notice room adds to the world that the table of addresses walks: boards, badges, profiles, notes home."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from belong.base.clock import now, today
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
from belong.people.models import CarerLink, Person
from tests.ask.conftest import plan
from tests.base.files.making import photo, wav
from tests.conftest import Cast, make_person
from tests.matrix.words import CANARIES, NAME


def boards(cast: Cast) -> dict[str, dict[str, Any]]:
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


def recognition(cast: Cast, ben: Person) -> dict[str, dict[str, Any]]:
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


def both_sides(cast: Cast, ben: Person) -> dict[str, dict[str, int]]:
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


def names_said(cast: Cast, ben: Person) -> dict[str, int]:
    """The names of Ben and of the pupil who signs in, said aloud; Ben back today; a line the tutor left about him."""
    greeting.keep_sound(cast.tutor, pupil=ben, upload=BytesIO(wav()))
    greeting.keep_sound(cast.pupil, pupil=cast.pupils[0], upload=BytesIO(wav()))
    greeting.mark_back(cast.tutor, pupil=ben)
    line = greeting.talk_up(cast.tutor, pupil=ben, line=CANARIES["talk up"])
    assert line is not None
    return {"line_id": line.pk}


def left_and_meant(cast: Cast, ben: Person) -> dict[str, int]:
    """Something the tutor means to do with Ben, and what the tutor leaves for the next adult."""
    words = {"what_helps": CANARIES["hand over"], "line": "He makes the whole row laugh."}
    register.write_hand_over(cast.tutor, group=cast.tutor_group, pupil_id=ben.pk, **words)
    return {"intention_id": register.intend(cast.tutor, pupil=ben, key="go-first").pk}


def own_pages(cast: Cast, ben: Person) -> dict[str, dict[str, int]]:
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


def local(cast: Cast) -> dict[str, Any]:
    """A local page with a photo and a change that can be undone; a deck for the classroom screen."""
    words = {"kind": "shop", "title": "Bakery", "about": "Bread."}
    made = write_page(cast.tutor, words=words, photo=BytesIO(photo()), caption="The shop")
    return {"local_id": write_page(cast.tutor, page=made, words=words).pk, "deck": "older"}


def noting(cast: Cast, ben: Person) -> dict[str, int]:
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


def badges(cast: Cast, ben: Person) -> dict[str, dict[str, Any]]:
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
