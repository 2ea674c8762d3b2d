"""Planning and opening: what is refused, what a leader may override, what is fixed from then on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from belong.ask import actions
from belong.ask.budget import sum_with
from belong.ask.models import PooledSheet, Receipt, Wave
from belong.ask.models.wave import POOL_KEY
from belong.ask.opening import check_opening
from belong.ask.signals import wave_opening
from belong.base import clock
from belong.base.errors import Refused
from belong.base.models import AuditEntry
from belong.base.secrets import unsealed
from belong.people.models import Person
from tests.ask.conftest import plan


def test_a_survey_lead_plans_and_opens_a_wave_in_three_pages(cast, client_as, in_school):
    client = client_as(cast.survey_lead)
    shelf = client.get("/ask/new/").content.decode()
    assert "Belonging in five parts" in shelf
    assert "In the last week, adults at school said hello to me by name." in shelf
    assert "Sense of belonging at school (PISA" not in shelf
    address = "/ask/new/?for=pupils&with=belong-core"
    form = client.get(address).context["form"]
    assert form.initial["years"] == ["8", "9"]
    days = {name: form.initial[name].isoformat() for name in ("opens_on", "closes_on")}
    made = client.post(address, {"title": "Autumn", "years": ["8"], **days})
    wave = Wave.objects.get()
    assert made.url == reverse("ask:wave", args=[wave.pk])
    page = client.get(made.url).content.decode()
    assert "12 pupils are on roll to be asked." in page
    assert "24 of at most 60 questions" in page
    assert client.post(reverse("ask:open", args=[wave.pk])).url == made.url
    wave.refresh_from_db()
    assert (wave.state, wave.years, len(unsealed(wave.pool_key, POOL_KEY))) == ("open", ["8"], 32)
    assert "Close now" in client.get(made.url).content.decode()
    assert AuditEntry.objects.filter(verb="ask.open_wave", actor=cast.survey_lead).count() == 1


def test_a_wrong_window_is_told_at_its_field(cast, client_as, in_school):
    client = client_as(cast.survey_lead)
    today = clock.today()
    days = {"opens_on": today.isoformat(), "closes_on": (today - timedelta(days=1)).isoformat()}
    reply = client.post("/ask/new/?for=pupils&with=belong-core", {"title": "X", "years": ["8"], **days})
    assert (reply.status_code, "The last day is before the first day." in reply.content.decode()) == (
        422,
        True,
    )
    assert not Wave.objects.exists()


def test_a_questionnaire_for_others_is_refused(cast, in_school):
    with pytest.raises(Refused, match="not written for pupils"):
        plan(cast, "belong-staff")
    with pytest.raises(Refused, match="can't be used"):
        plan(cast, "no-such-key")


def test_the_same_people_are_asked_one_wave_at_a_time(cast, wave):
    second = plan(cast, "belong-pulse")
    with pytest.raises(Refused, match="“How is school\\?” is still open for the same people"):
        actions.open_wave(cast.survey_lead, second)
    assert Wave.objects.get(pk=second.pk).is_draft


def test_other_year_groups_may_be_asked_meanwhile(cast, in_school):
    actions.open_wave(cast.survey_lead, plan(cast, years=["8"]))
    other = actions.open_wave(cast.survey_lead, plan(cast, years=["9"]))
    assert other.is_open


def test_more_than_sixty_questions_a_term_are_refused(cast, in_school, close):
    with clock.frozen(clock.now().replace(month=10, day=1)):
        for _ in range(2):
            close(actions.open_wave(cast.survey_lead, plan(cast)))
        third = plan(cast)
        assert sum_with(third).all.questions == 72
        with pytest.raises(
            Refused, match=r"be asked 72 questions this term \(48 in waves.* and 60 is the most"
        ):
            actions.open_wave(cast.survey_lead, third, override_reason="I want to")
        assert actions.open_wave(cast.survey_lead, plan(cast, "belong-pulse")).is_open
    with clock.frozen(clock.now().replace(year=clock.now().year + 1, month=1, day=8)):
        actions.change_draft(cast.survey_lead, third, opens_on=clock.today(), closes_on=clock.today())
        assert sum_with(third).all.questions == 24


def test_a_school_may_set_its_own_budget(cast, draft):
    cast.school.settings = {"survey_budget": 20}
    cast.school.save()
    with pytest.raises(Refused, match="20 is the most"):
        actions.open_wave(cast.survey_lead, Wave.objects.get(pk=draft.pk))


@pytest.fixture
def unanswered(monkeypatch):
    """A room above says that the last wave has no published response."""

    def receiver(sender, wave, user, **kwargs):
        return "The last wave has no published response yet."

    wave_opening.connect(receiver)
    yield receiver
    wave_opening.disconnect(receiver)


def test_without_a_response_only_a_leader_opens_and_says_why(cast, draft, unanswered):
    with pytest.raises(Refused, match=r"no published response yet\. A senior leader can open it anyway"):
        actions.open_wave(cast.survey_lead, draft, override_reason="I would like to")
    with pytest.raises(Refused):
        actions.open_wave(cast.head, draft, override_reason="  ")
    wave = actions.open_wave(cast.head, draft, override_reason="The inspection is on Monday.")
    assert wave.override_reason == "The inspection is on Monday."
    entry = AuditEntry.objects.get(verb="ask.open_wave")
    assert (entry.why, entry.facts) == ("The inspection is on Monday.", {"overrode": True})


def test_the_page_offers_the_reason_to_a_leader_only(cast, draft, unanswered, client_as):
    address = reverse("ask:wave", args=[draft.pk])
    leader, lead = (client_as(user).get(address).content.decode() for user in (cast.head, cast.survey_lead))
    assert 'name="reason"' in leader
    assert 'name="reason"' not in lead
    assert "A senior leader can open it anyway" in lead
    assert all(
        f'href="{reverse("tell:responses")}"' in page
        for page in (leader.split("Before it opens")[1], lead.split("Before it opens")[1])
    )
    client_as(cast.head).post(reverse("ask:open", args=[draft.pk]), {"reason": "We publish it today."})
    assert Wave.objects.get(pk=draft.pk).override_reason == "We publish it today."


def test_unlinked_questions_need_ten_people_in_every_group(cast, draft):
    def with_attributes(*names):
        actions.change_visibility(
            cast.survey_lead, draft, visibility={"adults-1": "unlinked"}, readers=["tutor"], attributes=names
        )
        return check_opening(draft, cast.survey_lead).refusals

    assert with_attributes() == []
    assert with_attributes("year") == []
    assert "4 groups of fewer than 10" in with_attributes("year", "sex")[0]
    with pytest.raises(Refused, match="an answer could be traced"):
        actions.open_wave(cast.survey_lead, draft)
    Person.objects.filter(pk__in=[person.pk for person in cast.pupils[:3]]).update(left_on=clock.today())
    assert "1 group of fewer than 10" in with_attributes("year")[0]


def test_free_text_is_always_confidential_and_honesty_always_pooled(cast, draft):
    for visibility in ({"open-helps": "pooled"}, {"honesty": "unlinked"}, {"adults-1": "everyone"}):
        with pytest.raises(Refused, match="can't be"):
            actions.change_visibility(cast.survey_lead, draft, visibility=visibility)


def test_who_sees_each_question_is_fixed_when_the_wave_opens(cast, wave, client_as):
    with pytest.raises(Refused, match="fixed when the wave opened"):
        actions.change_visibility(cast.survey_lead, wave, visibility={"adults-1": "named"})
    page = client_as(cast.survey_lead).get(reverse("ask:wave-questions", args=[wave.pk])).content.decode()
    assert "<select" not in page


def test_visibility_is_chosen_on_its_page(cast, draft, client_as):
    client, address = client_as(cast.survey_lead), reverse("ask:wave-questions", args=[draft.pk])
    form = client.get(address).context["form"]
    given = {f"seen-{item}": kind for item, kind in draft.visibility.items()}
    nobody = client.post(address, given | {"seen-adults-1": "named"})
    assert (nobody.status_code, "Choose who reads the named answers." in nobody.content.decode()) == (
        422,
        True,
    )
    client.post(address, given | {"seen-adults-1": "named", "seen-open-helps": "pooled", "readers": ["DSL"]})
    draft.refresh_from_db()
    assert (draft.visibility["adults-1"], draft.visibility["open-helps"]) == ("named", "confidential")
    assert draft.readers == ["DSL"]
    assert len(list(form.rows())) == 24


def test_small_groups_are_warned_about_and_told(cast, in_school):
    Person.objects.filter(pk__in=[person.pk for person in cast.pupils[:4]]).update(left_on=clock.today())
    draft = plan(cast)
    assert "Year 8: fewer than 10 people" in check_opening(draft).warnings[0]
    assert actions.open_wave(cast.survey_lead, draft).small_groups == ["8"]


def test_nobody_to_ask_is_said(cast, in_school):
    assert "Nobody is on roll" in check_opening(plan(cast, years=["3"])).refusals[0]


def test_a_year_group_without_a_question_is_said(cast, in_school):
    draft = plan(cast, "belong-picture", years=["8"])
    assert "Year 8 would get no question" in check_opening(draft).refusals[0]


def test_an_open_wave_keeps_its_people_and_first_day(cast, wave, client_as):
    with pytest.raises(Refused, match="keeps its people"):
        actions.change_draft(cast.survey_lead, wave, years=["8"])
    client, address = client_as(cast.survey_lead), reverse("ask:edit", args=[wave.pk])
    later = wave.closes_on + timedelta(days=7)
    client.post(address, {"title": "Autumn", "closes_on": later.isoformat()})
    wave.refresh_from_db()
    assert (wave.title, wave.closes_on, wave.years) == ("Autumn", later, ["8", "9"])


def test_a_draft_can_be_thrown_away_and_an_open_wave_not(cast, draft, client_as):
    client = client_as(cast.survey_lead)
    client.post(reverse("ask:discard", args=[draft.pk]))
    assert not Wave.objects.exists()
    wave = actions.open_wave(cast.survey_lead, plan(cast))
    back = {"referer": f"http://testserver/ask/{wave.pk}/"}
    told = client.post(reverse("ask:discard", args=[wave.pk]), headers=back, follow=True)
    assert "Only a draft can be thrown away." in told.content.decode()
    assert Wave.objects.get().is_open


def test_trying_it_out_keeps_nothing(cast, draft, client_as):
    client, address = client_as(cast.survey_lead), reverse("ask:try", args=[draft.pk])
    page = client.get(address).content.decode()
    assert "You are trying it out" in page
    assert client.post(address, {"q-adults-1": "3"}).url == reverse("ask:wave", args=[draft.pk])
    assert (Receipt.objects.count(), PooledSheet.objects.count()) == (0, 0)
