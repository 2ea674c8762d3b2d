"""Setting a check-in up: who may, within which budget, what is refused in which words, and when it asks."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from belong.ask.budget import MINUTES, Asked, OverBudget, sum_with
from belong.ask.checkins import actions
from belong.ask.models import CheckIn, Receipt, Wave
from belong.ask.places.actions import open_asking
from belong.base.clock import frozen
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.guard.models import Holiday, Shift
from tests.ask.checkins.conftest import MONDAY, USUAL, WEEK, answer, turn
from tests.ask.conftest import plan
from tests.ask.places.conftest import make


def test_its_first_round_opens_at_once_and_is_no_wave(cast, check_in, round_):
    assert (round_.opens_on, round_.closes_on, round_.state) == (date(2026, 11, 2), date(2026, 11, 6), "open")
    assert {item["id"]: round_.visibility[item["id"]] for item in round_.instrument["items"]} == {
        **dict.fromkeys(("mood-4", "mood-8", "mood-12"), "named"),
        **dict.fromkeys(("break-4", "break-8", "break-12"), "pooled"),
        **dict.fromkeys(("line-4", "line-8", "line-12"), "confidential"),
    }
    assert not Wave.objects.exists()
    assert list(Wave.askings.all()) == [round_]


def test_every_week_a_round_one_open_at_a_time_none_in_holidays(cast, check_in):
    Holiday.objects.create(
        school=cast.school, name="A week off", first=date(2026, 11, 16), last=date(2026, 11, 20)
    )
    for week in range(9):
        turn(cast.school, week)
        turn(cast.school, week)  # twice on one day changes nothing
    rounds = Wave.askings.filter(check_in=check_in).order_by("opens_on")
    days = [date(2026, 11, 2) + timedelta(weeks=week) for week in (0, 1, 3, 4, 5, 6)]
    assert [wave.opens_on for wave in rounds] == days
    assert {wave.state for wave in rounds} == {"closed"}


def test_a_day_that_was_missed_is_caught_up_within_its_week(cast, check_in):
    with frozen(MONDAY + WEEK + timedelta(days=2)):
        actions.close_due(cast.school)
        assert actions.open_due(cast.school) == 1
    assert Wave.askings.order_by("-opens_on").first().opens_on == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": " "}, "Give it a name"),
        ({"topics": []}, "at least one question"),
        ({"topics": ["mood", "nonsense"]}, "at least one question"),
        ({"topics": ["mood", "weekend", "break", "lessons", "others"]}, "4 questions are the most"),
        (
            {"topics": ["mood", "break", "others"], "named": ["mood", "break", "others"]},
            "At most 2 questions",
        ),
        ({"readers": []}, "Choose who sees the named answers"),
        ({"ends_on": date(2026, 10, 1)}, "before the first"),
        ({"starts_on": date(2026, 9, 1), "ends_on": date(2026, 9, 20)}, "is past"),
        ({"ends_on": date(2027, 3, 1)}, "until the end of the term at most: 31 December 2026"),
        ({"every": 1}, "which is the most"),
    ],
)
def test_what_is_refused_and_why(cast, in_school, change, says):
    with pytest.raises(Refused, match=says):
        actions.set_up(cast.tutor, group=cast.tutor_group, **(USUAL | change))
    assert not CheckIn.objects.exists()


def test_over_the_budget_it_says_the_sum(cast, in_school):
    wave = plan(cast)
    wave.state, wave.opened_on = Wave.OPEN, wave.opens_on
    wave.save()
    many = USUAL | {
        "topics": ["mood", "break", "others", "adults"],
        "ends_on": date(2026, 12, 31),
        "with_line": False,
    }
    cast.school.settings["survey_budget"] = 50
    cast.school.save()
    with pytest.raises(
        OverBudget,
        match=r"A pupil of Year 8 would be asked 60 questions this term \(24 in waves, 0 in check-ins, 0 about "
        r"places and 36 here\), and 50 is the most\..*A senior leader can",
    ):
        actions.set_up(cast.tutor, group=cast.tutor_group, override_reason="I want to", **many)
    made = actions.set_up(cast.head, group=cast.tutor_group, override_reason="After the fire.", **many)
    entry = AuditEntry.objects.get(verb="ask.set_up_check_in")
    assert (entry.row, entry.why, entry.facts["over_budget"]) == (
        f"ask.checkin:{made.pk}",
        "After the fire.",
        True,
    )


def test_the_page_asks_a_leader_for_the_reason_and_nobody_else(cast, client_as, in_school):
    cast.school.settings["survey_budget"] = 10
    cast.school.save()
    given = {"title": "Often", "whom": str(cast.tutor_group.pk), "every": "7", "ask-mood": "pooled"}
    given |= {"ask-break": "pooled", "starts_on": "2026-11-02", "ends_on": "2026-12-18"}
    pages = [
        client_as(user).post(reverse("ask:new-check-in"), given).content.decode()
        for user in (cast.tutor, cast.head)
    ]
    assert all("would be asked 14 questions this term" in page for page in pages)
    assert ['name="reason"' in page for page in pages] == [False, True]
    client_as(cast.head).post(reverse("ask:new-check-in"), given | {"reason": "After the fire."})
    assert CheckIn.objects.get().title == "Often"


def test_twenty_minutes_are_the_most_whatever_the_number(cast, in_school):
    cast.school.settings["survey_budget"] = 500
    cast.school.save()
    long = USUAL | {"topics": ["mood", "break", "others", "adults"], "starts_on": date(2026, 9, 7)}
    with frozen(MONDAY - 8 * WEEK):
        for state in (Wave.OPEN, Wave.CLOSED):
            wave = plan(cast)
            Wave.objects.filter(pk=wave.pk).update(state=state, opened_on=wave.opens_on)
        with pytest.raises(Refused, match=f"about 30 minutes.*{MINUTES} is the most"):
            actions.set_up(cast.tutor, group=cast.tutor_group, **long)


def test_a_wave_counts_the_check_ins_of_its_years(cast, check_in):
    wave = plan(cast, years=("8", "9"))
    found = sum_with(wave)
    assert (found.year, found.this.questions, found.check_ins.questions) == ("8", 24, 7 * 3)
    assert found.check_ins.seconds == 7 * (8 + 8 + 25)
    assert sum_with(plan(cast, years=("9",))).check_ins == Asked()


def test_places_count_and_are_counted(cast, check_in, client_as):
    places = make(cast, with_words=True)
    found = sum_with(places)
    assert (found.check_ins.questions, found.this) == (21, Asked(5, 120))
    cast.school.settings["survey_budget"] = 25
    cast.school.save()
    places.refresh_from_db()
    with pytest.raises(OverBudget, match="21 in check-ins, 0 about places and 5 here"):
        open_asking(cast.survey_lead, places)
    page = reverse("ask:place-asking", args=[places.pk])
    shown = [client_as(user).get(page).content.decode() for user in (cast.survey_lead, cast.head)]
    assert ['name="reason"' in one for one in shown] == [False, True]
    open_asking(cast.head, places, override_reason="Before the new canteen.")
    assert AuditEntry.objects.get(verb="ask.open_places").why == "Before the new canteen."
    assert sum_with(plan(cast)).places == Asked(5, 120)


def test_no_pupil_is_asked_twice_in_a_week(cast, check_in):
    again = USUAL | {"title": "Another", "with_line": False}
    with pytest.raises(Refused, match="12 of these pupils are asked by “Monday check-in” in the same weeks"):
        actions.set_up(cast.pastoral, years=["8"], **again)
    assert actions.set_up(cast.pastoral, years=["9"], **again).pk
    between = again | {"every": CheckIn.FORTNIGHTLY}
    with pytest.raises(Refused, match="same weeks"):
        actions.set_up(cast.tutor, group=cast.tutor_group, **between)
    actions.stop(cast.tutor, check_in)
    with frozen(MONDAY + WEEK):
        later = again | {"starts_on": (MONDAY + WEEK).date()}
        assert actions.set_up(cast.tutor, group=cast.tutor_group, **later).is_running


def test_no_line_before_the_way_to_the_safeguarding_lead_was_tried(cast, in_school):
    Shift.objects.all().delete()
    with pytest.raises(Refused, match="Until then leave the line of own words out"):
        actions.set_up(cast.tutor, group=cast.tutor_group, **USUAL)
    assert actions.set_up(cast.tutor, group=cast.tutor_group, **(USUAL | {"with_line": False})).pk


def test_stopped_it_asks_nobody_and_keeps_what_was_told(cast, check_in, round_):
    answer(round_, cast.pupils[1])
    actions.stop(cast.tutor, check_in)
    actions.stop(cast.tutor, check_in)
    turn(cast.school, 1)
    assert [wave.state for wave in Wave.askings.filter(check_in=check_in)] == ["closed"]
    assert Receipt.objects.filter(wave=round_).count() == 1


def test_by_the_form(cast, client_as, in_school):
    client = client_as(cast.tutor)
    page = client.get(f"/ask/check-ins/new/?group={cast.tutor_group.pk}").content.decode()
    assert "60 questions and 20 minutes are the most for each pupil until 31 December" in page
    form = {
        "title": "Monday check-in",
        "whom": str(cast.tutor_group.pk),
        "ask-mood": "named",
        "ask-break": "pooled",
        "readers": ["tutor", "pastoral lead"],
        "every": "7",
        "starts_on": "2026-11-02",
        "ends_on": "2026-12-18",
    }
    made = client.post("/ask/check-ins/new/", form)
    check_in = CheckIn.objects.get()
    assert (made.status_code, made.url) == (302, f"/ask/check-ins/{check_in.pk}/")
    assert (check_in.topics, check_in.named, check_in.years) == (["mood", "break"], ["mood"], [])
    again = client.post("/ask/check-ins/new/", form)
    assert again.status_code == 422
    assert "same weeks" in again.content.decode()
    nobody = client.post("/ask/check-ins/new/", form | {"whom": str(cast.other_group.pk)})
    assert nobody.status_code == 422
    assert CheckIn.objects.count() == 1
