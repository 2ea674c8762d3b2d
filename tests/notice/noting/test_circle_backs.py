"""I said I'd come back to you: kept by the adult alone, on Today when its day comes, done, moved, taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from belong.base.clock import frozen, now, today
from belong.notice.models import CircleBack

ABOUT = "whether the art room can stay open on Fridays"


def promise(client, pupil, days=1, **more):
    sent = {
        "about": ABOUT,
        "due_on": (today() + timedelta(days=days)).isoformat(),
        "submission": str(uuid4()),
    }
    return client.post(f"/pupils/{pupil.pk}/circle-back/", sent | {"next": "/group/"} | more)


def test_it_is_promised_once_however_often_it_is_sent(cast, in_school, client_as):
    client, submission = client_as(cast.tutor), str(uuid4())
    first = promise(client, cast.pupils[1], submission=submission)
    second = promise(client, cast.pupils[1], submission=submission)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Kept"] == second["Kept"] == submission
    assert CircleBack.objects.count() == 1


def test_it_comes_to_today_on_its_day_and_goes_when_done(cast, in_school, client_as):
    client = client_as(cast.tutor)
    promise(client, cast.pupils[1], days=2)
    assert "You said you’d come back" not in client.get("/").content.decode()
    with frozen(now() + timedelta(days=2)):
        assert "You said you’d come back" in client.get("/").content.decode()
        row = CircleBack.objects.get()
        page = client.post(f"/circle-backs/{row.pk}/done/", follow=True).content.decode()
        assert "Done: you came back to Ben Carter." in page
        assert "Done in the last two weeks" in page
        assert "You said you’d come back" not in client.get("/").content.decode()
        client.post(f"/circle-backs/{row.pk}/again/")
        assert "You said you’d come back" in client.get("/").content.decode()


def test_done_may_lead_to_a_moment(cast, in_school, client_as):
    client = client_as(cast.tutor)
    promise(client, cast.pupils[1])
    answer = client.post(f"/circle-backs/{CircleBack.objects.get().pk}/done/", {"then": "moment"})
    assert answer.url == f"/pupils/{cast.pupils[1].pk}/moment/?next=/circle-backs/"


def test_it_can_be_moved_to_another_day(cast, in_school, client_as):
    client = client_as(cast.tutor)
    promise(client, cast.pupils[1])
    day = today() + timedelta(days=9)
    client.post(f"/circle-backs/{CircleBack.objects.get().pk}/later/", {"due_on": day.isoformat()})
    assert CircleBack.objects.get().due_on == day


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"about": " "}, "Write what you will come back to."),
        ({"due_on": "2020-01-01"}, "That day has gone. Choose today or later."),
        ({"due_on": "2099-01-01"}, "Choose a day within the next half year."),
        ({"about": "x" * 281}, "at most 280 characters"),
        ({"due_on": "soon"}, "Enter a valid date."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written_is_lost(cast, in_school, client_as, sent, words):
    answer = promise(client_as(cast.tutor), cast.pupils[1], **sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert sent.get("about", ABOUT).strip() in page
    assert CircleBack.objects.count() == 0


def test_it_can_be_taken_back_for_ten_minutes(cast, in_school, client_as):
    client = client_as(cast.tutor)
    promise(client, cast.pupils[1])
    row = CircleBack.objects.get()
    with frozen(now() + timedelta(minutes=11)):
        client.post(f"/circle-backs/{row.pk}/undo/", headers={"Referer": "http://testserver/circle-backs/"})
        assert CircleBack.objects.count() == 1
    client.post(f"/circle-backs/{row.pk}/undo/")
    assert CircleBack.objects.count() == 0


@pytest.mark.parametrize("who", ["other_tutor", "pastoral", "head", "dsl"])
def test_only_who_promised_sees_it(cast, in_school, client_as, who):
    promise(client_as(cast.tutor), cast.pupils[1], days=0)
    row, client = CircleBack.objects.get(), client_as(getattr(cast, who))
    assert client.post(f"/circle-backs/{row.pk}/done/").status_code == 404
    assert ABOUT not in client.get("/circle-backs/").content.decode()
    assert "You said you’d come back" not in client.get("/").content.decode()
