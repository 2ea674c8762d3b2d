"""The minute's reminders: who, when, once; late after a stop, and said so; a mail server that is away."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from belong.base.clock import frozen
from belong.guard.concerns.acting import acknowledge
from belong.guard.concerns.page import entries_of, lines_of
from belong.guard.concerns.queue import gaps
from belong.guard.concerns.raising import raise_ask
from belong.guard.concerns.ticking import tick, tick_school
from belong.guard.models import Heartbeat, Outage, Rota
from tests.guard.concerns.conftest import EVENING, MONDAY

MINUTE = timedelta(minutes=1)


class NoPost(BaseEmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages):
        raise OSError("away")


def run(school, begin, minutes: int, step: int = 1) -> None:
    """The server runs for so many minutes."""
    for minute in range(0, minutes, step):
        with frozen(begin + minute * MINUTE):
            tick_school(school)


def told() -> list[tuple[str, ...]]:
    return [one.to[0].split("@")[0] for one in mail.outbox]


def test_dsl_then_deputy_then_head_in_hours(posts):
    with frozen(MONDAY):
        raise_ask(posts.pupils[1], soon=True)
    run(posts.school, MONDAY, 59)
    assert told() == ["dsl"]
    run(posts.school, MONDAY + 59 * MINUTE, 3)
    assert told() == ["dsl", "dsl", "pastoral"]
    run(posts.school, MONDAY + 119 * MINUTE, 30)
    assert told() == ["dsl", "dsl", "pastoral", "dsl", "pastoral", "head"]


def test_taken_on_the_reminders_stop(posts):
    with frozen(MONDAY):
        concern = raise_ask(posts.pupils[1], soon=True)
    run(posts.school, MONDAY, 5)
    with frozen(MONDAY + 6 * MINUTE):
        acknowledge(posts.dsl, concern)
    run(posts.school, MONDAY + 7 * MINUTE, 300, 10)
    assert told() == ["dsl"]


def test_out_of_hours_the_contact_is_told_at_once_if_it_is_urgent(posts):
    Rota.objects.update(out_of_hours=posts.pastoral.person)
    with frozen(EVENING):
        raise_ask(posts.pupils[1], soon=True)
        raise_ask(posts.pupils[2])
    run(posts.school, EVENING, 120, 10)
    assert told() == ["pastoral"]
    run(posts.school, EVENING.replace(day=17, hour=8, minute=31), 2)
    assert told() == ["pastoral", "dsl", "dsl"]


def test_a_contact_whom_it_is_about_is_not_told(posts):
    Rota.objects.update(out_of_hours=posts.pastoral.person)
    with frozen(EVENING):
        raise_ask(posts.pupils[1], soon=True, about={posts.pastoral.person.pk})
    run(posts.school, EVENING, 3)
    assert told() == ["head"]


def test_mails_say_nothing(posts):
    with frozen(MONDAY):
        concern = raise_ask(posts.pupils[1], text="Quillfeather", soon=True)
    run(posts.school, MONDAY, 2)
    (one,) = mail.outbox
    assert one.subject == "There is something for you to read in belong"
    said = one.body + one.subject
    assert [
        word for word in ("Ben", "Carter", "Quillfeather", concern.reference, "asked") if word in said
    ] == []
    assert "/guard/concerns/" in one.body


def test_after_a_stop_it_catches_up_and_says_so(posts):
    """Down from 10:05 to 13:00: each missed rung once, marked late, and the queue tells from when to when."""
    run(posts.school, MONDAY, 6)
    with frozen(MONDAY + 10 * MINUTE):  # the web server may still take it in
        concern = raise_ask(posts.pupils[1], soon=True)
    with frozen(MONDAY.replace(hour=13)):
        tick_school(posts.school)
        assert told() == ["dsl", "dsl", "pastoral", "dsl", "pastoral", "head"]
        (gap,) = gaps(posts.dsl)
        assert (gap.since, gap.until, gap.late) == (MONDAY + 5 * MINUTE, MONDAY.replace(hour=13), 3)
        lines = [line.did for line in lines_of(entries_of(concern)) if line.kind == "reminded"]
        assert all("late, because belong was not running when it was due" in did for did in lines)
        tick_school(posts.school)
    assert len(mail.outbox) == 6
    assert Outage.objects.count() == 1


def test_a_stop_in_which_nothing_was_due_is_not_spoken_of(posts):
    run(posts.school, MONDAY, 6)
    run(posts.school, MONDAY.replace(hour=14), 6)
    assert not Outage.objects.exists()


def test_a_weekend_off_brings_one_morning_and_not_many(posts):
    with frozen(MONDAY):
        raise_ask(posts.pupils[1])
        tick_school(posts.school)
    mail.outbox.clear()
    with frozen(MONDAY + timedelta(days=9)):
        tick_school(posts.school)
    assert told().count("head") == 2  # the rung of the head, and the last morning


def test_a_mail_server_that_is_away_is_tried_again(posts, settings):
    with frozen(MONDAY):
        concern = raise_ask(posts.pupils[1], soon=True)
    settings.EMAIL_BACKEND = f"{__name__}.NoPost"
    run(posts.school, MONDAY, 5)
    assert [entry.kind for entry in concern.entries.all()] == ["raised", "unsent"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run(posts.school, MONDAY + 5 * MINUTE, 2)
    assert told() == ["dsl"]
    assert [entry.kind for entry in concern.entries.all()] == ["raised", "unsent", "reminded"]


def test_somebody_without_a_mail_address_is_told_on_today_and_the_record_says_so(posts):
    person = posts.dsl.person
    person.email = ""
    person.save()
    with frozen(MONDAY):
        concern = raise_ask(posts.pupils[1], soon=True)
        tick_school(posts.school)
    assert mail.outbox == []
    (line,) = [line for line in lines_of(entries_of(concern)) if line.kind == "reminded"]
    assert "on Today only" in line.did


def test_a_clock_that_jumps_back_sends_nothing_twice(posts):
    with frozen(MONDAY):
        raise_ask(posts.pupils[1], soon=True)
    run(posts.school, MONDAY, 3)
    run(posts.school, MONDAY - timedelta(hours=2), 3)
    run(posts.school, MONDAY, 3)
    assert told() == ["dsl"]
    assert Heartbeat.objects.count() == 1


@pytest.mark.parametrize("schools", [2])
def test_one_schools_trouble_is_not_anothers(posts, monkeypatch, schools):
    from belong.guard.concerns import ticking

    with frozen(MONDAY):
        raise_ask(posts.pupils[1], soon=True)
        whole = ticking.tick_school

        def fragile(school):
            if school.pk != posts.school.pk:
                raise RuntimeError
            return whole(school)

        monkeypatch.setattr(ticking, "tick_school", fragile)
        assert tick() == 1
    assert told() == ["dsl"]


def test_ticking_costs_the_same_for_any_number(posts, django_assert_max_num_queries):
    with frozen(MONDAY):
        for pupil in posts.pupils:
            raise_ask(pupil)
        tick_school(posts.school)
    with frozen(MONDAY + MINUTE), django_assert_max_num_queries(16):
        tick_school(posts.school)
