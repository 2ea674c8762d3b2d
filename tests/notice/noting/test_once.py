"""Whatever the line does, one moment: a form arrives many times, late, at once, and out of order with its undo."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from belong.notice.models import Moment, TakenBack
from tests.conftest import browser_of

steps = st.lists(
    st.tuples(st.sampled_from(["send", "lost reply", "undo", "another tab"]), st.integers(0, 2)), max_size=12
)


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
def test_any_order_of_arrivals_keeps_each_form_once_or_not_at_all(cast, in_school, client_as, steps):
    forms = [str(uuid4()) for _ in range(3)]
    tabs = [client_as(cast.tutor), client_as(cast.tutor)]
    url = f"/pupils/{cast.pupils[0].pk}/moment/"
    kept, gone = set(), set()
    with transaction.atomic():
        for step, which in steps:
            form = forms[which]
            sent = {"kind": "praise", "submission": form, "next": "/group/", "note": f"Form {which}"}
            if step == "undo":
                tabs[0].post(f"/moments/{form}/undo/", headers={"Referer": "http://testserver/group/"})
                if form in kept:
                    kept.discard(form)
                    gone.add(form)
                continue
            answer = tabs[step == "another tab"].post(url, sent)
            if form in gone:
                assert answer.status_code == 422
                continue
            kept.add(form)
            if step == "lost reply":
                answer = tabs[0].post(url, sent)
            assert answer["Kept"] == form
        found = list(Moment.objects.values_list("submission", flat=True))
        assert sorted(map(str, found)) == sorted(kept)
        assert {str(one) for one in TakenBack.objects.values_list("submission", flat=True)} == gone
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_and_a_double_tap_at_once_keep_one(cast, school):
    pupil, form = cast.pupils[0], str(uuid4())
    sent = {"kind": "greeting", "submission": form, "next": "/group/"}
    with scope(school=school):
        tabs = [browser_of(cast.tutor) for _ in range(4)]

    def tap(client) -> str:
        try:
            return client.post(f"/pupils/{pupil.pk}/moment/", sent).headers.get("Kept", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(tap, tabs))
    assert answers == [form] * 4
    with scope(school=school):
        assert Moment.objects.count() == 1


def test_a_whole_group_at_the_door_is_kept_once_with_its_exceptions(cast, in_school, client_as):
    client, form = client_as(cast.tutor), str(uuid4())
    there = [str(pupil.pk) for pupil in cast.pupils[2:]]
    sent = {"kind": "greeting", "submission": form, "pupils": there}
    for _ in range(3):
        assert client.post(f"/group/{cast.tutor_group.pk}/moment/", sent)["Kept"] == form
    assert sorted(Moment.objects.values_list("pupil_id", flat=True)) == sorted(p.pk for p in cast.pupils[2:])


def test_a_refused_form_is_not_called_kept_and_holds_its_words(cast, in_school, client_as):
    sent = {"kind": "praise", "submission": str(uuid4()), "note": "Sang a solo.", "on": "2999-01-01"}
    answer = client_as(cast.tutor).post(f"/pupils/{cast.pupils[0].pk}/moment/", sent)
    assert "Kept" not in answer.headers
    assert "Sang a solo." in answer.content.decode()


def test_recording_asks_as_much_of_the_database_however_many_moments_there_are(
    cast, in_school, client_as, noted
):
    def tap() -> int:
        sent = {"kind": "praise", "submission": str(uuid4()), "where": "card", "note": "Held the door."}
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.post(f"/pupils/{cast.pupils[0].pk}/moment/", sent, headers={"HX-Request": "true"})
        return len(asked)

    client = client_as(cast.tutor)
    tap()
    before = tap()
    for pupil in cast.pupils:
        for days in range(5):
            noted(cast.tutor, pupil, days=days, kind="praise")
            noted(cast.other_tutor, pupil, days=days, kind="observation")
    assert tap() == before
    assert before <= 36
