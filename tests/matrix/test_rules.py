"""Every verb has somebody who may and somebody who may not, and each can be told why in plain words."""

import itertools

import pytest

from belong.act.models import Plan
from belong.ask.models import (
    CheckIn,
    ClassSession,
    LeftOutOfFriends,
    PlaceAsking,
    SignedSheet,
    UsualNote,
    Wall,
    WallPost,
    Wave,
)
from belong.base.access import allowed, rule_of, verbs
from belong.base.reasons import names_in, reasons
from belong.content import read
from belong.guard.models import Concern
from belong.guard.why import condition_in_words, explained, verb_in_words
from belong.notice.models import (
    Award,
    Badge,
    Board,
    BoardPost,
    CareTask,
    CircleBack,
    HandOver,
    HouseEvent,
    Intention,
    KnownBy,
    LeftOff,
    LocalPage,
    MatchOffer,
    Moment,
    NamedByMany,
    NoteHome,
    ProfilePage,
    ProfilePart,
    Recognition,
    Relationship,
    RelationshipChange,
    TalkUp,
    UsualPrompt,
)
from belong.people.models import Group, Person
from belong.see.models import NoticingRelease, PlaceRelease, ReleaseRecord
from belong.site.command import main
from belong.tell.models import Response
from tests.matrix.rules import ELSEWHERE, LINES, STAFF

pytestmark = pytest.mark.alike

RULES = [
    [part.strip() for part in line.split("|")] for line in LINES.replace("STAFF", STAFF).strip().splitlines()
]
SCHOOL = 14  # everyone of the cast but the head of another school


@pytest.fixture
def things(world, cast):
    """What the verbs are about, by the words of the table."""
    found = {"-": None, "left": Person.objects.get(given_name="Lena"), "staff": cast.tutor.person}
    for side, tutor in (("own", cast.tutor.person), ("other", cast.other_tutor.person)):
        of = world.places[side]
        mine = {"adult": tutor, "pupil": of["pupil_id"]}
        found |= {
            f"pupil {side}": Person.objects.get(pk=of["pupil_id"]),
            f"group {side}": Group.objects.get(pk=of["group_id"]),
            f"session {side}": ClassSession.objects.get(pk=of["session_id"]),
            f"moment {side}": Moment.objects.get(kind="praise", **mine),
            f"observation {side}": Moment.objects.get(kind="observation", **mine),
            f"state {side}": Relationship.objects.get(**mine),
            f"change {side}": RelationshipChange.objects.get(pk=of["change_id"]),
            f"knowing {side}": KnownBy.objects.get(**mine),
            f"plan {side}": Plan.objects.get(pk=of["plan_id"]),
            f"board {side}": Board.objects.get(pk=of["board_id"]),
            f"post {side}": BoardPost.objects.get(pk=of["post_id"]),
        }
    for word in ("draft", "open", "closed", "told"):
        found[f"wave {word}"] = Wave.objects.get(pk=world.places[word]["wave_id"])
    for word in ("closed", "told", "built"):
        found[f"release {word}"] = ReleaseRecord.objects.get(wave=world.places[word]["wave_id"])
    for word in ("shared", "unshared", "refused"):
        found[f"half-term {word}"] = NoticingRelease.objects.get(on=world.places[f"half-{word}"]["day"])
    for word in ("closed", "told"):
        found[f"response {word}"] = Response.objects.get(wave=world.places[word]["wave_id"])
    for word, place in (("own", "my-check-in"), ("other", "their-check-in")):
        found[f"check-in {word}"] = CheckIn.objects.get(pk=world.places[place]["check_in_id"])
    found["wave friends"] = Wave.objects.get(pk=world.places["friends"]["wave_id"])
    found["left out"] = LeftOutOfFriends.objects.get()
    for word in ("open", "draft"):
        found[f"places {word}"] = PlaceAsking.objects.get(pk=world.places[f"places-{word}"]["asking_id"])
    found["places picture"] = PlaceRelease.objects.get()
    found["wall"] = Wall.objects.get()
    found["idea"] = WallPost.objects.get(pk=world.places["wall"]["post_id"])
    found["idea of pupil"] = WallPost.objects.get(pk=world.places["wall-picture"]["post_id"])
    found["usual note"] = UsualNote.objects.get()
    found["asked"] = Concern.objects.get(reference=world.places["chosen"]["reference"])
    found["board place"] = Board.objects.get(pk=world.places["place"]["board_id"])
    found["line"] = TalkUp.objects.get()
    found["local page"] = LocalPage.objects.get()
    found["child"] = cast.pupils[0]
    found["event"] = HouseEvent.objects.get()
    found["recognition shown"] = Recognition.objects.get(pk=world.places["own-child"]["recognition_id"])
    found["recognition waiting"] = Recognition.objects.get(state="waiting")
    found["left off"] = LeftOff.objects.get()
    found["sheet"] = SignedSheet.objects.get(wave=found["wave open"], person=found["pupil own"])
    found["club"] = Group.objects.create(kind=Group.CLUB, name="Chess", school=cast.school)
    for word in ("drafted", "asked", "shared", "childs", "held"):
        found[f"page {word}"] = ProfilePage.objects.get(pk=world.places[f"page-{word}"]["page_id"])
    shared = ProfilePart.objects.filter(page=found["page shared"]).select_related("page__pupil")
    found |= {"part own": shared.get(audience="staff"), "part tutor": shared.get(audience="tutor")}
    found["promise own"] = CircleBack.objects.get()
    found["note home own"] = NoteHome.objects.get()
    found["prompt own"] = UsualPrompt.objects.get()
    found["match"] = MatchOffer.objects.get()
    found["care"] = CareTask.objects.get(pk=world.places["own"]["task_id"])
    found["care answers"] = CareTask.objects.get(pk=world.places["answers"]["task_id"])
    found["naming"] = NamedByMany.objects.get()
    found["intention own"] = Intention.objects.get(pk=world.places["own"]["intention_id"])
    found["hand over own"] = HandOver.objects.get()
    for word, place in (("own", "own"), ("other", "other"), ("child", "own-child")):
        found[f"award {word}"] = Award.objects.get(pk=world.places[place]["award_id"])
    found["badge"] = found["award own"].badge
    found["badge kept"] = Badge.objects.get(name="Kept badge")
    found["award kept"] = Award(school=cast.school, badge=found["badge kept"], pupil=found["pupil own"])
    return found


def test_every_verb_has_a_line_and_every_line_a_verb():
    assert {verb for verb, *_ in RULES} | set(ELSEWHERE) == set(verbs())


def test_the_lines_hold(cast, things):
    wrong = []
    for verb, about, may in RULES:
        found = sorted(part for part, user in cast.users.items() if allowed(user, verb, things[about]))
        if found != sorted(may.split()):
            wrong.append(f"{verb} | {about} | {' '.join(found)}")
    assert not wrong, "\n".join(wrong)


def test_a_verb_about_a_row_is_passed_by_somebody_at_the_school_and_failed_by_somebody():
    for verb, lines in itertools.groupby(sorted(RULES), key=lambda line: line[0]):
        about = [line for line in lines if line[1] != "-"]
        if about:
            assert any(may for _, _, may in about), f"nobody may {verb}"
            assert any(len(may.split()) < SCHOOL - 1 for _, _, may in about), f"everybody may {verb}"


def test_a_sign_in_that_is_switched_off_may_nothing(cast, things):
    cast.head.is_active = False
    assert not [verb for verb, about, _ in RULES if allowed(cast.head, verb, things[about])]


def test_every_verb_and_condition_has_words_and_no_words_are_left_over():
    texts = read("texts/rules")
    worded = {f"{room}.{verb.replace('-', '_')}" for room, found in texts["verbs"].items() for verb in found}
    assert worded == set(verbs())
    asked = {name for verb in verbs() for name in names_in(verb)}
    assert {name.replace("-", "_") for name in texts["conditions"]} == asked
    assert all(verb_in_words(verb) for verb in worded)
    assert all(condition_in_words(name) for name in asked)


def test_why_says_what_allowed_says(cast, things):
    for verb, about, _ in RULES:
        for user in cast.users.values():
            found = reasons(user, verb, things[about])
            assert found.allowed is allowed(user, verb, things[about])
            assert found.before or found.rule.holds is found.allowed, (verb, rule_of(verb).name)


def test_why_names_the_rule_condition_by_condition(cast, things):
    no = explained(cast.other_tutor, "notice.view_pupil", things["pupil own"])
    assert no.verdict == "No: Mx Other_Tutor Other Tutor may not open a pupil’s page."
    assert [(step.depth, step.holds, step.text) for step in no.steps][2:5] == [
        (1, False, "one of these"),
        (2, False, "has a pastoral role for the whole school, or for a group this pupil is in"),
        (2, False, "leads or assists a group this pupil is in today"),
    ]
    yes = explained(cast.tutor, "notice.view_pupil", things["pupil own"])
    assert (yes.allowed, yes.steps[-1].holds) == (True, True)
    strange = explained(cast.stranger, "notice.view_pupil", things["pupil own"])
    assert strange.verdict.endswith(
        "What is asked about belongs to another school than this, so it is as if it were not there."
    )


def test_the_command_says_it_and_its_exit_code_is_the_verdict(cast, things, capsys):
    pupil = things["pupil own"].pk
    assert main(["why", "tutor", "notice.view_pupil", f"person:{pupil}"]) == 0
    assert main(["why", "OTHER_TUTOR", "notice.view_pupil", f"people.person:{pupil}"]) == 1
    said = capsys.readouterr().out
    assert "Yes: Mx Tutor Tutor may open a pupil’s page." in said
    assert "  no      leads or assists a group this pupil is in today" in said
    assert things["pupil own"].family_name not in said
    assert main(["why"]) == 0
    assert "notice.view_pupil              open a pupil’s page" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["tutor", "notice.view_pupils"], "did you mean 'notice.view_pupil'?"),
        (["nobody", "notice.view_pupil"], "nobody signs in as 'nobody'"),
        (["tutor", "notice.view_pupil", "12"], "is not a row; it looks like person:12"),
        (["tutor", "notice.view_pupil", "person:999999"], "there is no person 999999"),
        (["tutor", "people.view_group"], "people.view_group is about one row; add it"),
        (["tutor"], "say what they want to do"),
    ],
)
def test_a_slip_is_told(cast, capsys, words, says):
    assert main(["why", *words]) == 2
    assert says in capsys.readouterr().err
