"""A person asks for their answers to be deleted, and they are; nobody learns whether there were any."""

from uuid import uuid4

import pytest
from django.urls import reverse

from belong.ask import actions
from belong.ask.models import PooledRow, PooledSheet, Receipt, SignedSheet, Wave
from belong.ask.queries.rows import pooled_rows
from belong.base.models import AuditEntry


def answer(wave, *pupils):
    for pupil in pupils:
        actions.submit_sheet(wave, pupil, {"adults-1": 3, "open-helps": "x"}, uuid4())


def counts():
    return [model.objects.count() for model in (Receipt, SignedSheet, PooledSheet, PooledRow)]


def test_answers_are_taken_out_of_an_open_wave(cast, wave):
    answer(wave, *cast.pupils[:2])
    actions.withdraw_answers(cast.survey_lead, wave, cast.pupils[0])
    assert counts() == [1, 1, 1, 0]
    assert SignedSheet.objects.get().person == cast.pupils[1]
    answer(wave, cast.pupils[0])
    assert counts() == [2, 2, 2, 0]


def test_answers_are_taken_out_of_a_closed_wave_while_its_key_lives(cast, wave, close):
    answer(wave, *cast.pupils[:3])
    closed = close(wave)
    actions.withdraw_answers(cast.survey_lead, closed, cast.pupils[0])
    assert (counts(), len(pooled_rows(closed))) == ([2, 2, 0, 2], 2)
    Wave.objects.update(pool_key=None)
    actions.withdraw_answers(cast.survey_lead, Wave.objects.get(), cast.pupils[1])
    assert counts() == [1, 1, 0, 2]


def test_the_page_says_the_same_whether_or_not_there_was_an_answer(cast, wave, client_as):
    answer(wave, cast.pupils[0])
    client, address = client_as(cast.survey_lead), reverse("ask:withdraw", args=[wave.pk])
    assert "Take out" not in client.get(address).content.decode()
    assert "Amina Yusuf" in client.get(address, {"name": "amina y"}).content.decode()
    told = [
        client.post(address, {"person": pupil.pk}, follow=True).content.decode() for pupil in cast.pupils[:2]
    ]
    for pupil, page in zip(cast.pupils, told, strict=False):
        assert f"held with the name or code of {pupil.display_name} is deleted." in page
    assert not Receipt.objects.exists()
    trail = AuditEntry.objects.filter(verb="ask.withdraw_answers").values_list("facts", flat=True)
    assert [facts["person"] for facts in trail] == [cast.pupils[1].pk, cast.pupils[0].pk]


@pytest.mark.parametrize("part", ["tutor", "pastoral", "dsl", "governor", "technician", "stranger"])
def test_only_those_who_run_waves_take_answers_out(cast, wave, client_as, part):
    answer(wave, cast.pupils[0])
    address = reverse("ask:withdraw", args=[wave.pk])
    assert client_as(getattr(cast, part)).post(address, {"person": cast.pupils[0].pk}).status_code == 404
    assert Receipt.objects.count() == 1


def test_someone_who_was_not_asked_is_not_found(cast, wave, client_as):
    address = reverse("ask:withdraw", args=[wave.pk])
    for person in (str(cast.tutor.person_id), "", "x", "9" * 40):
        assert client_as(cast.survey_lead).post(address, {"person": person}).status_code == 404
