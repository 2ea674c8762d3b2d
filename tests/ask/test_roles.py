"""Which role sees and does what: everybody else gets the 404 of a page that does not exist."""

import pytest
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from belong.ask.access import visible_waves
from belong.ask.models import ClassSession, Wave
from belong.base.access import allowed
from tests.ask.conftest import plan

pytestmark = pytest.mark.alike

STAFF = ["tutor", "other_tutor", "pastoral", "senco", "dsl", "head", "survey_lead"]
OTHERS = ["governor", "technician", "analyst", "outside", "carer", "pupil"]
EVERYONE = [*STAFF, *OTHERS, "stranger"]


def statuses(client_as, cast, method, address, data=None):
    found = {}
    for part in EVERYONE:
        client = client_as(getattr(cast, part))
        found[part] = getattr(client, method)(address, data or {}).status_code
    return found


def expect(yes, no=404, code=200):
    return {part: code if part in yes else no for part in EVERYONE}


def test_who_sees_the_list(cast, wave, client_as):
    found = statuses(client_as, cast, "get", "/ask/")
    assert found == expect([*STAFF, "stranger"], no=403)
    assert wave.title not in client_as(cast.stranger).get("/ask/").content.decode()


def test_who_sees_a_wave(cast, wave, client_as):
    for name in ("wave", "wave-questions", "paper", "try", "named"):
        assert statuses(client_as, cast, "get", reverse(f"ask:{name}", args=[wave.pk])) == expect(STAFF), name


def test_a_draft_is_seen_by_those_who_plan(cast, draft, client_as):
    found = statuses(client_as, cast, "get", reverse("ask:wave", args=[draft.pk]))
    assert found == expect(["head", "survey_lead"])


@pytest.mark.parametrize("name", ["edit"])
def test_who_changes_a_wave(cast, wave, client_as, name):
    assert statuses(client_as, cast, "get", reverse(f"ask:{name}", args=[wave.pk])) == expect(
        ["head", "survey_lead"]
    )


@pytest.mark.parametrize("name", ["open", "close", "discard", "mail-links", "slips"])
def test_who_may_not_act_on_a_wave(cast, draft, client_as, name):
    address = reverse(f"ask:{name}", args=[draft.pk])
    for part in set(EVERYONE) - {"head", "survey_lead"}:
        assert client_as(getattr(cast, part)).post(address).status_code == 404, part
    assert Wave.objects.get().is_draft


def test_who_plans(cast, client_as):
    found = statuses(client_as, cast, "get", "/ask/new/")
    assert found == expect(["head", "survey_lead", "stranger"], no=403)


def test_who_gets_a_class_in(cast, wave, client_as):
    address = reverse("ask:class", args=[wave.pk, cast.tutor_group.pk])
    assert statuses(client_as, cast, "get", address) == expect(["tutor", "head", "survey_lead"])
    for name in ("cards", "open-session"):
        found = statuses(client_as, cast, "post", reverse(f"ask:{name}", args=[wave.pk, cast.tutor_group.pk]))
        assert found == expect(["tutor", "head", "survey_lead"], code=200 if name == "cards" else 302), name
    found = statuses(client_as, cast, "post", reverse("ask:numbers", args=[cast.tutor_group.pk]))
    assert found == expect(["tutor", "head", "survey_lead"])


def test_who_runs_a_class_session(cast, session, client_as):
    yes = ["tutor", "head", "survey_lead"]
    for name in ("session", "board"):
        assert statuses(client_as, cast, "get", reverse(f"ask:{name}", args=[session.pk])) == expect(yes), (
            name
        )
    for name in ("let-in", "turn-away"):
        found = statuses(client_as, cast, "post", reverse(f"ask:{name}", args=[session.pk]), {"device": "1"})
        assert found == expect(yes, code=302), name
    for part in set(EVERYONE) - set(yes):
        client_as(getattr(cast, part)).post(reverse("ask:end-session", args=[session.pk]))
    assert ClassSession.objects.get(pk=session.pk).is_live


def test_who_reads_what_was_written(cast, wave, client_as):
    found = statuses(client_as, cast, "get", reverse("ask:texts", args=[wave.pk]))
    assert found == expect(["pastoral", "dsl"])


def test_someone_not_signed_in_is_asked_to(client, wave):
    for name in ("wave", "texts", "named", "links", "edit"):
        assert client.get(reverse(f"ask:{name}", args=[wave.pk])).url.startswith("/sign-in/")


@pytest.mark.parametrize("part", EVERYONE)
def test_seeing_a_wave_is_being_in_the_list(cast, wave, part):
    plan(cast)
    user = getattr(cast, part)
    with scope(school=user.school):
        seen = {one for one in Wave.objects.all() if allowed(user, "ask.view_wave", one)}
        assert set(visible_waves(user)) == seen
    with scopes_disabled():
        assert part != "stranger" or not any(
            allowed(user, "ask.view_wave", one) for one in Wave.objects.all()
        )
