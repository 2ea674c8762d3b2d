"""Setting the rota: who may, what is refused, and what a closed school means for reading."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse

from belong.base.clock import frozen
from belong.base.models import AuditEntry
from belong.guard.concerns.rota import next_reading, posts_of, rota_of
from belong.guard.models import Concern, Deputy, Holiday, Rota, Shift
from tests.guard.concerns.conftest import MONDAY
from tests.safeguarding import put_on_rota

HERE = reverse("guard:rota")
CHANGE = reverse("guard:rota-change")


def form(cast, **more) -> dict[str, object]:
    """The rota as the page sends it."""
    week = {f"from_{n}": "08:30" for n in range(5)} | {f"until_{n}": "15:30" for n in range(5)}
    posts = {"head": cast.head.person.pk, "chair": cast.governor.person.pk, "out_of_hours": ""}
    limits = {"urgent_minutes": "60", "other_minutes": "", "read_within_days": "4"}
    return week | posts | limits | {"deputies": [cast.senco.person.pk]} | more


def test_a_leader_sets_it_and_the_trail_says_so(cast, in_school, client_as):
    answered = client_as(cast.head).post(HERE, form(cast, until_4="13:00", urgent_minutes="30"))
    assert (answered.status_code, answered.url) == (302, HERE)
    rota = rota_of(cast.school)
    assert (rota.head, rota.chair, rota.urgent_minutes) == (cast.head.person, cast.governor.person, 30)
    assert rota.hours[4:] == [["08:30", "13:00"], None, None]
    assert posts_of(rota).deputies == (cast.senco.person.pk,)
    entry = AuditEntry.objects.latest("number")
    assert entry.verb == "guard.change_rota"
    assert {"head_id", "chair_id", "deputies", "hours", "urgent_minutes"} <= set(entry.facts["fields"])


def test_the_lead_sets_all_but_the_head_and_the_chair(posts, client_as):
    """Whoever a concern may be about does not choose who hears of it."""
    other = posts.users["assistant"].person.pk
    answered = client_as(posts.dsl).post(HERE, form(posts, head=other, chair="", urgent_minutes="45"))
    assert answered.status_code == 302
    rota = rota_of(posts.school)
    assert (rota.head, rota.chair, rota.urgent_minutes) == (posts.head.person, posts.governor.person, 45)


@pytest.mark.parametrize(
    "wrong",
    [
        {"until_0": ""},
        {"until_0": "08:00"},
        {"urgent_minutes": "0"},
        {"urgent_minutes": "x"},
        {"read_within_days": "30"},
        {"head": "999999"},
        {"deputies": ["999999"]},
        {"from_1": "25:00"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(posts, client_as, wrong):
    before = list(Rota.objects.values())
    answered = client_as(posts.head).post(HERE, form(posts, **wrong))
    assert answered.status_code == 422
    assert "Please look at this again" in answered.content.decode()
    assert list(Rota.objects.values()) == before


def test_readers_and_holidays_come_and_go(posts, client_as):
    Shift.objects.all().delete()
    client = client_as(posts.dsl)
    shift = {"person": posts.dsl.person.pk, "weekdays": ["0", "2"], "starts": "09:00", "ends": "12:00"}
    for _ in range(2):  # the same twice is there once
        assert client.post(CHANGE, {"do": "add-shift"} | shift).status_code == 302
    assert Shift.objects.count() == 2
    assert client.post(CHANGE, {"do": "add-shift"} | shift | {"ends": "08:00"}).status_code == 422
    not_a_reader = {"do": "add-shift"} | shift | {"person": posts.tutor.person.pk}
    assert client.post(CHANGE, not_a_reader).status_code == 422
    client.post(CHANGE, {"do": "remove-shift", "row": Shift.objects.first().pk})
    assert Shift.objects.count() == 1
    days = {"do": "add-holiday", "name": "Christmas", "first": "2026-12-21", "last": "2027-01-03"}
    client.post(CHANGE, days)
    assert client.post(CHANGE, days | {"last": "2026-12-01"}).status_code == 422
    assert Holiday.objects.get().name == "Christmas"
    client.post(CHANGE, {"do": "remove-holiday", "row": Holiday.objects.get().pk})
    assert client.post(CHANGE, {"do": "remove-holiday", "row": "x"}).status_code == 302
    assert not Holiday.objects.exists()


def test_the_page_says_what_is_missing(cast, in_school, client_as):
    Shift.objects.all().delete()
    page = client_as(cast.head).get(HERE).content.decode()
    assert "Nobody is on the rota to read what pupils write." in page
    assert "No head is named" in page
    assert "No chair of governors is named" in page
    assert "There is no deputy" in page


def test_a_test_alert_is_sent_from_here(posts, client_as):
    before = Concern.objects.filter(kind=Concern.TEST).count()
    assert client_as(posts.head).post(reverse("guard:rota-test")).status_code == 302
    assert Concern.objects.filter(kind=Concern.TEST).count() == before + 1


@pytest.mark.parametrize(
    ("at", "when"),
    [
        (MONDAY, MONDAY),  # somebody reads now
        (MONDAY.replace(hour=14), datetime(2026, 11, 18, 9)),  # Wednesday
        (MONDAY.replace(day=18, hour=13), datetime(2026, 11, 23, 9)),  # five days on: too long
    ],
)
def test_when_own_words_are_next_read(posts, at, when):
    Shift.objects.all().delete()
    put_on_rota(posts.dsl, (time(9), time(12)), range(0, 3, 2))
    reading = next_reading(posts.school, at)
    if when.day == 23:
        assert not reading.is_rostered
    else:
        assert reading.when is not None
        assert reading.when.replace(tzinfo=None) == when.replace(tzinfo=None)
        assert reading.names == ("Mx Dsl",)


def test_nobody_reads_in_the_holidays_nor_after_leaving(posts):
    Shift.objects.all().delete()
    put_on_rota(posts.dsl)
    Holiday.objects.create(
        school=posts.school, name="Half-term", first=MONDAY.date(), last=MONDAY.date() + timedelta(days=6)
    )
    assert not next_reading(posts.school, MONDAY).is_rostered
    Holiday.objects.all().delete()
    assert next_reading(posts.school, MONDAY).is_rostered
    person = posts.dsl.person
    person.left_on = date(2026, 11, 1)
    person.save()
    with frozen(MONDAY):
        assert not next_reading(posts.school).is_rostered


def test_a_deputy_who_has_left_is_no_deputy(posts):
    person = posts.deputy.person
    person.left_on = date(2026, 11, 1)
    person.save()
    with frozen(MONDAY):
        assert posts_of(rota_of(posts.school)).deputies == ()
    assert Deputy.objects.count() == 1
