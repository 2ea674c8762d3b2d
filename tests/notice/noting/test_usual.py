"""A child's own usual: off until signed, a prompt to a person, rarely wrong, closed by a look."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from belong.base.clock import frozen
from belong.notice.models import Kind, Moment, UsualPrompt, UsualSignOff
from belong.notice.noting import usual
from belong.notice.noting.rule import Counts, chance, prompts
from belong.people.models import Characteristic, Person

MONDAY = date(2026, 3, 16)
PUPILS, LOOKS = 1500, 104


@pytest.fixture
def monday(cast, in_school):
    """A Monday on which the school has noted something on every school day since September."""
    with frozen(datetime(2026, 3, 16, 8, tzinfo=ZoneInfo("Europe/London"))):
        days = [MONDAY - timedelta(days=back) for back in range(1, 197)]
        for on in days:
            if on.weekday() < 5:
                _note(cast, cast.tutor, cast.pupils[11], on, Kind.GREETING)
        yield cast


def _note(cast, user, pupil, on, kind=Kind.OBSERVATION, aspect=""):
    at = datetime(on.year, on.month, on.day, 9, tzinfo=ZoneInfo("Europe/London"))
    of = {"school": cast.school, "adult": user.person, "pupil": pupil, "kind": kind, "aspect": aspect}
    return Moment.objects.create(**of, note="w" if kind == Kind.OBSERVATION else "", on=on, recorded_at=at)


def much(cast, pupil, days=(1, 3, 4, 5, 8, 10, 11), users=("tutor", "head")):
    for at, back in enumerate(days):
        user = getattr(cast, users[at % len(users)])
        _note(cast, user, pupil, MONDAY - timedelta(days=back), aspect=("mood", "friendship")[at % 2])


def sign(client):
    return client.post("/own-usual/", {"understood": "yes"}, follow=True)


def test_off_until_somebody_answerable_signs(monday, client_as):
    much(monday, monday.pupils[1])
    assert usual.look(monday.school) == 0
    head = client_as(monday.head)
    assert "Tick that you have read" in head.post("/own-usual/").content.decode()
    assert UsualSignOff.objects.count() == 0
    assert "Switched on by Mx Head" in sign(head).content.decode()
    assert usual.look(monday.school) == 1


@pytest.mark.parametrize("who", ["tutor", "pastoral", "senco", "survey_lead", "governor"])
def test_nobody_else_signs(monday, client_as, who):
    client = client_as(getattr(monday, who))
    assert client.get("/own-usual/").status_code == 403
    assert client.post("/own-usual/", {"understood": "yes"}).status_code == 403
    assert UsualSignOff.objects.count() == 0


def test_the_pastoral_lead_is_asked_in_plain_words_and_closes_it(monday, client_as):
    sign(client_as(monday.dsl))
    much(monday, monday.pupils[1])
    usual.look(monday.school)
    lead = client_as(monday.pastoral)
    assert "Please look" in lead.get("/").content.decode()
    found = UsualPrompt.objects.get()
    page = lead.get(f"/own-usual/{found.pk}/").content.decode()
    assert (
        "In two weeks, two adults noted something on seven days, about friendship (three), mood (four)."
        in page
    )
    assert "before there was none." in page
    for who in ("tutor", "head", "senco"):
        other = client_as(getattr(monday, who))
        assert other.get(f"/own-usual/{found.pk}/").status_code == 404
        assert "Please look" not in other.get("/").content.decode()
    lead.post(f"/own-usual/{found.pk}/looked/")
    assert "Please look" not in lead.get("/").content.decode()


@pytest.mark.parametrize(
    ("days", "users"),
    [
        ((1, 3, 4, 5, 8), ("tutor", "head")),  # fewer than six in all
        ((1, 3, 4, 5, 8, 10, 11), ("tutor",)),  # one adult
        ((1, 3, *range(20, 190, 9)), ("tutor", "head")),  # no more than usual
        ((1,) * 9, ("tutor", "head")),  # one day that many saw
    ],
)
def test_what_is_not_enough_prompts_nobody(monday, client_as, days, users):
    sign(client_as(monday.head))
    much(monday, monday.pupils[1], days, users)
    assert usual.look(monday.school) == 0


def test_a_prompt_comes_once_and_only_on_mondays(monday, client_as):
    sign(client_as(monday.head))
    much(monday, monday.pupils[1])
    with frozen(datetime(2026, 3, 17, 8, tzinfo=ZoneInfo("Europe/London"))):
        assert usual.look(monday.school) == 0
    assert usual.look(monday.school) == 1
    assert usual.look(monday.school) == 0
    with frozen(datetime(2026, 3, 23, 8, tzinfo=ZoneInfo("Europe/London"))):
        assert usual.look(monday.school) == 0


def test_switched_off_what_nobody_looked_at_goes(monday, client_as):
    head = client_as(monday.head)
    sign(head)
    much(monday, monday.pupils[1])
    usual.look(monday.school)
    head.post("/own-usual/", {"do": "end"})
    assert UsualPrompt.objects.count() == 0
    assert usual.look(monday.school) == 0


def test_another_rule_needs_another_signature(monday, client_as, monkeypatch):
    sign(client_as(monday.head))
    monkeypatch.setattr(usual, "SIGNED", replace(usual.SIGNED, rule="next"))
    assert usual.signed_off() is None


def test_nothing_but_days_adults_and_aspects_changes_who_is_prompted(monday, client_as):
    sign(client_as(monday.head))
    for pupil in monday.pupils[1:3]:
        much(monday, pupil)
    Person.objects.filter(pk=monday.pupils[1].pk).update(sex="X", home_language="ur", year="13")
    Characteristic.objects.create(school=monday.school, person=monday.pupils[1], kind="sen", value="E")
    Moment.objects.filter(pupil=monday.pupils[1], kind=Kind.OBSERVATION).update(note="e1:x:unreadable")
    assert usual.look(monday.school) == 2


def test_a_leaver_is_nobodys_prompt(monday, client_as):
    sign(client_as(monday.head))
    much(monday, monday.pupils[1])
    Person.objects.filter(pk=monday.pupils[1].pk).update(left_on=MONDAY)
    assert usual.look(monday.school) == 0


@given(
    recent=st.integers(0, 14),
    before=st.integers(0, 60),
    days=st.integers(1, 10),
    long=st.integers(20, 130),
)
def test_the_chance_is_one_and_falls_as_the_fortnight_grows(recent, before, days, long):
    here, more = Counts(recent, 3, before, days, long), Counts(recent + 1, 3, before, days, long)
    assert 0 <= chance(more) <= chance(here) + 1e-12 <= 1 + 1e-9
    assert not prompts(Counts(recent, 1, before, days, long)), "never by one adult alone"


@pytest.mark.parametrize("rate", [0.005, 0.02, 0.05, 0.1])
def test_false_prompts_are_as_few_as_the_sign_off_page_says(rate):
    """1,500 pupils for whom nothing changes: fewer than one false prompt in three weeks, however much adults write.

    Children differ in how often they are observed, as a gamma distribution has it.
    """
    rng = np.random.default_rng(7)
    false = 0
    on_a_day = 1 - np.exp(-rng.gamma(1.0, rate, PUPILS))  # a day counts once
    for _ in range(LOOKS):
        before, recent = rng.binomial(125, on_a_day), rng.binomial(10, on_a_day)
        likely = np.nonzero((recent >= 3) & (before + recent >= 6))[0]
        for at in likely:
            adults = len(set(rng.integers(0, 6, recent[at])))
            false += prompts(Counts(int(recent[at]), adults, int(before[at]), 10, 125))
    assert false / LOOKS < 1 / 3
