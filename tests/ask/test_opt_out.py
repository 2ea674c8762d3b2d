"""Who does not take part is not asked, not called, not counted; past answers go by withdrawal."""

from datetime import timedelta

import pytest
from django.urls import reverse

from belong.ask import actions
from belong.ask.actions.optout import opt_back_in, opt_out
from belong.ask.models import OptOut, Receipt, Ticket
from belong.ask.queries import audience_of, still_to_call, wave_progress
from belong.base.clock import frozen, now
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.see.microdata import pooled_tables
from tests.ask.conftest import answer


def out(cast, pupil, **more) -> OptOut:
    return opt_out(cast.survey_lead, person=pupil, asked_by=OptOut.CARER, **more)


def test_not_called_not_carded_not_counted(cast, wave, session):
    pupil = cast.pupils[0]
    before = wave_progress(wave).of
    actions.issue_cards(cast.tutor, wave, cast.tutor_group)
    assert Ticket.objects.filter(person=pupil).exists()
    out(cast, pupil)
    assert not Ticket.objects.filter(person=pupil).exists()
    assert pupil not in still_to_call(session)
    assert pupil.pk not in {
        card.person.pk for card in actions.issue_cards(cast.tutor, wave, cast.tutor_group)
    }
    with pytest.raises(Refused, match="not asked"):
        actions.issue_card(cast.tutor, wave, cast.tutor_group, pupil.pk)
    assert wave_progress(wave).of == before - 1


def test_a_sheet_already_open_is_not_kept(cast, wave):
    out(cast, cast.pupils[0])
    with pytest.raises(Refused, match="Nothing was kept"):
        answer(wave, cast.pupils[0], **{"adults-1": 4})
    assert Receipt.objects.count() == 0


def test_who_answered_before_stays_counted_with_their_answer(cast, wave, close):
    for pupil in cast.pupils:
        answer(wave, pupil, **{"adults-1": 4})
    out(cast, cast.pupils[0])
    out(cast, cast.other_pupils[0])
    assert cast.pupils[0] in audience_of(wave)
    assert cast.other_pupils[0] not in audience_of(wave)
    data = pooled_tables(close(wave)).data
    assert (data.pupils, data.roll["year"]) == (12, {"8": 12, "9": 11})


def test_past_answers_go_by_withdrawal(cast, wave, client_as):
    answer(wave, cast.pupils[0], **{"adults-1": 4})
    out(cast, cast.pupils[0])
    actions.withdraw_answers(cast.survey_lead, wave, cast.pupils[0])
    assert cast.pupils[0] not in audience_of(wave)
    page = client_as(cast.survey_lead).get(reverse("ask:withdraw", args=[wave.pk]), {"name": "Amina"})
    assert "Amina Yusuf" in page.content.decode()


def test_taking_part_again_and_the_past_as_it_was(cast, wave):
    pupil = cast.pupils[0]
    opted = out(cast, pupil)
    day = opted.since
    with frozen(now() + timedelta(days=3)):
        opt_back_in(cast.survey_lead, opted)
        assert pupil in audience_of(wave)
        assert pupil not in audience_of(wave, day)
        with pytest.raises(Refused, match="ended already"):
            opt_back_in(cast.survey_lead, opted)
    verbs = AuditEntry.objects.filter(verb__startswith="ask.opt").order_by("number")
    assert [(entry.verb, entry.about) for entry in verbs] == [
        ("ask.opt_out", f"|{pupil.pk}|"),
        ("ask.opt_back_in", f"|{pupil.pk}|"),
    ]


def test_what_cannot_be(cast, in_school):
    with pytest.raises(Refused, match="carer speaks for a pupil"):
        out(cast, cast.tutor.person)
    with pytest.raises(Refused, match="Say who asked"):
        opt_out(cast.survey_lead, person=cast.pupils[0], asked_by="a friend")
    out(cast, cast.pupils[0])
    with pytest.raises(Refused, match="already"):
        out(cast, cast.pupils[0])


def test_on_screen(cast, wave, client_as):
    pastoral, address = client_as(cast.pastoral), reverse("ask:opt-outs")
    assert "Everybody takes part" in pastoral.get(address).content.decode()
    new = reverse("ask:new-opt-out", args=[cast.pupils[0].pk])
    assert new in pastoral.get(address, {"name": "amina"}).content.decode()
    assert pastoral.post(new, {"asked_by": "themselves"}).headers["Location"] == address
    page = pastoral.get(address).content.decode()
    assert "Amina Yusuf" in page
    assert "noted by" in page
    pastoral.post(reverse("ask:end-opt-out", args=[OptOut.objects.get().pk]))
    assert OptOut.objects.get().ended_on is not None
    assert new in pastoral.get(address, {"name": "amina"}).content.decode()
