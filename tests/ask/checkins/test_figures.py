"""Pooled questions of a check-in reach a screen through a release only, once a round has closed."""

from belong.see.models import ReleaseRecord
from belong.see.queries import latest
from tests.ask.checkins.conftest import answer, turn


def test_a_round_is_released_when_it_closes_and_is_no_wave(
    cast, check_in, round_, client_as, django_capture_on_commit_callbacks
):
    for n, pupil in enumerate(cast.pupils):
        answer(round_, pupil, break_=1 + n % 5)
    client = client_as(cast.tutor)
    assert 'href="/see/check-ins/"' in client.get("/see/").content.decode()
    assert "No figures yet" in client.get("/see/check-ins/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        turn(cast.school, 1)
    record = ReleaseRecord.everything.get(wave=round_)
    assert (record.state, record.reason) == ("ready", "")
    assert not ReleaseRecord.objects.exists()
    assert latest() is None
    assert "Monday check-in" in client.get("/see/check-ins/").content.decode()
    page = client.get(f"/see/check-ins/{check_in.pk}/").content.decode()
    assert "Break: " in page
    assert "How they are today" not in page  # named
    assert client.get(f"/see/{round_.pk}/").status_code == 404
    assert "Monday check-in" not in client.get("/see/").content.decode()


def test_with_fewer_than_ten_answers_nothing_is_shown(
    cast, check_in, round_, client_as, django_capture_on_commit_callbacks
):
    for pupil in cast.pupils[:7]:
        answer(round_, pupil, break_=2)
    with django_capture_on_commit_callbacks(execute=True):
        turn(cast.school, 1)
    page = client_as(cast.head).get(f"/see/check-ins/{check_in.pk}/").content.decode()
    assert "Kept back" in page
    assert "Break: " not in page
