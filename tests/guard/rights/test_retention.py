"""Clocks: what is overdue is listed, then goes; holds and the school's own terms count."""

from datetime import timedelta

import pytest
from django.urls import reverse

from belong.ask import actions as ask
from belong.ask.models import PooledSheet, Receipt, SignedSheet, Wave
from belong.base import registry
from belong.base.clock import frozen, now, today
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.guard.rights import holds, retention
from belong.notice.models import KnownBy, Moment, Relationship, RelationshipChange
from belong.people.models import Person
from belong.site.command import main


def later(days: int):
    return frozen(now() + timedelta(days=days))


def counts(school) -> dict[str, int]:
    return {one.term.clock.key: one.count for one in retention.look(school) if one.count}


def test_nothing_is_overdue_at_first(school, amina, closed):
    assert counts(school) == {}
    assert retention.run(school) == {}


def test_looking_lists_counts_and_the_oldest_day_and_changes_nothing(school, amina, closed):
    began = today()
    with later(1100):
        assert counts(school) == {
            "free text": 12,
            "knowing": 1,
            "moments": 2,
            "pooled keys": 1,
            "receipts": 12,
            "relationships": 1,
        }
        oldest = {one.term.clock.key: one.oldest for one in retention.look(school) if one.count}
        assert set(oldest.values()) == {began}
    assert (Moment.objects.count(), Receipt.objects.count()) == (2, 12)


def test_letting_go(school, cast, amina, closed):
    with later(1100):
        gone = retention.run(school)
        assert gone["free text"] == 12
        assert counts(school) == {}
    assert (Moment.objects.count(), KnownBy.objects.count(), Relationship.objects.count()) == (0, 0, 0)
    assert (Receipt.objects.count(), RelationshipChange.objects.count()) == (0, 0)
    assert Wave.objects.get().pool_key is None
    assert PooledSheet.objects.count() == 12
    sheet = SignedSheet.objects.get(person=amina)
    assert (sheet.answers["check-in"], sheet.texts, sheet.wrote) == (2, {}, False)
    noted = AuditEntry.objects.filter(verb="guard.retention")
    assert {entry.facts["kind"] for entry in noted} == set(gone)
    assert {entry.actor for entry in noted} == {None}


def test_a_sheet_that_held_words_only_goes_with_them(school, cast, amina, closed):
    SignedSheet.objects.filter(person=amina).update(answers={})
    with later(400):
        retention.run(school)
    assert not SignedSheet.objects.filter(person=amina).exists()
    assert SignedSheet.objects.count() == 11


def test_a_relationship_that_is_kept_up_keeps_its_place_and_loses_its_past(school, cast, amina):
    from belong.notice import actions as notice

    with later(1000):
        notice.set_state(cast.tutor, pupil=amina, state="maintain", reason="better now")
    with later(1100):
        retention.run(school)
    assert RelationshipChange.objects.get().state == "maintain"
    assert Relationship.objects.get().state == "maintain"


def test_leavers_are_erased_when_their_year_is_over(school, cast, amina, closed):
    Person.objects.filter(pk=amina.pk).update(left_on=today())
    with later(364):
        assert "leavers" not in counts(school)
    with later(366):
        assert counts(school)["leavers"] == 1
        retention.run(school)
        assert "leavers" not in counts(school)
    assert not Person.objects.filter(pk=amina.pk).exists()
    assert Receipt.objects.count() == 11


def test_staff_who_left_become_nobody_and_are_not_met_again(school, cast, amina):
    tutor = Person.objects.get(pk=cast.tutor.person_id)
    Person.objects.filter(pk=tutor.pk).update(left_on=today() - timedelta(days=400))
    assert counts(school) == {"leavers": 1}
    retention.run(school)
    tutor.refresh_from_db()
    assert (tutor.display_name, counts(school)) == ("", {})
    assert Moment.objects.filter(adult=tutor).count() == 2


def test_the_schools_own_term_within_limits(school, cast, amina):
    retention.set_term(cast.head, "moments", 200)
    school.refresh_from_db()
    with later(201):
        assert counts(school) == {"moments": 2}
    for days in (0, 179, 2556):
        with pytest.raises(Refused, match="180 to 2555 days"):
            retention.set_term(cast.head, "moments", days)
    for key in ("pooled keys", "audit trail", "nothing"):
        with pytest.raises(Refused, match="cannot be chosen"):
            retention.set_term(cast.head, key, 500)


def test_named_answers_stay_until_the_school_says_otherwise(school, cast, closed):
    assert "named answers" not in dict.fromkeys(counts(school))
    with later(3000):
        assert "named answers" not in counts(school)
    retention.set_term(cast.head, "named answers", 100)
    school.refresh_from_db()
    with later(101):
        assert counts(school)["named answers"] == 12
    retention.set_term(cast.head, "named answers", 0)
    school.refresh_from_db()
    with later(3000):
        assert "named answers" not in counts(school)


def test_a_stored_term_outside_todays_limits_is_brought_inside(school):
    school.settings = {"retention": {"moments": 1, "free text": 99999, "pooled keys": 5}}
    days = {term.clock.key: term.days for term in retention.terms(school)}
    assert (days["moments"], days["free text"], days["pooled keys"]) == (180, 1095, 396)


def test_a_hold_on_a_person_stops_their_clocks_only(school, cast, amina, closed):
    holds.place_hold(cast.head, person=amina, reason="a claim")
    with later(1100):
        held = {one.term.clock.key: (one.count, one.held) for one in retention.look(school) if one.held}
        assert held["moments"] == (0, 2)
        assert held["free text"] == (11, 1)
        retention.run(school)
        assert Moment.objects.count() == 2
        assert [receipt.person_id for receipt in Receipt.objects.all()] == [amina.pk]
        assert SignedSheet.objects.get(person=amina).texts
        holds.lift_hold(cast.head, holds.standing().get())
        retention.run(school)
    assert Moment.objects.count() == 0


def test_a_hold_on_a_wave_stops_its_key_and_withdrawal(school, cast, amina, closed):
    hold = holds.place_hold(cast.head, wave=closed.pk, reason="an inquiry")
    with pytest.raises(Refused, match="legal hold"):
        ask.withdraw_answers(cast.survey_lead, closed, amina)
    with later(500):
        from belong.ask.rewriting import expire_keys

        assert expire_keys() == 0
        retention.run(school)
        assert Wave.objects.get().pool_key is not None
        assert Receipt.objects.count() == 12
        holds.lift_hold(cast.head, hold)
        assert retention.run(school)["pooled keys"] == 1
    assert Wave.objects.get().pool_key is None


def test_a_hold_is_placed_once_and_lifted_once(cast, amina):
    hold = holds.place_hold(cast.dsl, person=amina, reason="a claim")
    with pytest.raises(Refused, match="already"):
        holds.place_hold(cast.dsl, person=amina, reason="again")
    holds.lift_hold(cast.head, hold)
    with pytest.raises(Refused, match="lifted already"):
        holds.lift_hold(cast.head, hold)
    holds.place_hold(cast.dsl, person=amina, reason="again")
    verbs = AuditEntry.objects.filter(verb__endswith="hold").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["guard.place_hold", "guard.lift_hold", "guard.place_hold"]


def test_the_page_shows_and_sets(school, cast, amina, client_as):
    address = reverse("guard:retention")
    head = client_as(cast.head)
    assert "Moments and their notes" in head.get(address).content.decode()
    assert 'name="days"' not in client_as(cast.dsl).get(address).content.decode()
    head.post(address, {"key": "moments", "days": "200"})
    school.refresh_from_db()
    assert school.settings["retention"] == {"moments": 200}
    with later(300):
        page = head.get(address)
        assert page.status_code in (200, 302)
    assert client_as(cast.dsl).post(address, {"key": "moments", "days": "300"}).status_code == 403


def test_the_command_lists_and_lets_go(school, cast, amina, capsys, monkeypatch):
    monkeypatch.setattr("belong.site.prepare.setup", lambda: None)
    with later(1100):
        assert main(["retention", "--dry-run", "--school", school.slug]) == 0
        listed = capsys.readouterr().out
        assert "     2  Moments and their notes (3 years), the oldest from" in listed
        assert Moment.objects.count() == 2
        assert main(["retention", "--school", school.slug]) == 0
    assert "     2  moments" in capsys.readouterr().out
    assert Moment.objects.count() == 0
    assert main(["retention", "--school", "nowhere"]) == 2


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (365, "1 year"),
        (1095, "3 years"),
        (9131, "25 years"),
        (396, "13 months"),
        (90, "3 months"),
        (14, "2 weeks"),
        (7, "1 week"),
        (1, "1 day"),
        (100, "100 days"),
        (None, "until the person’s record goes"),
    ],
)
def test_terms_in_words(days, words):
    assert retention.in_words(days) == words


def test_every_clock_can_be_looked_at(school, in_school):
    listed = {one.term.clock.key for one in retention.look(school)}
    assert listed == {key for key, clock in registry.clocks().items() if not clock.outside}
