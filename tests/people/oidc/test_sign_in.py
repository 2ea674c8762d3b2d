"""Signing in with Google or Microsoft when all goes well, and who is let in."""

from datetime import timedelta

import pytest
from django.test import Client
from django_scopes import scope

from belong.base.clock import today
from belong.base.models import AuditEntry
from belong.people.models import LinkedAccount
from tests.people.oidc.conftest import KINDS, go, here, link, query, set_up, sign_in, signed_in
from tests.people.oidc.provider import CLIENT, DOMAIN
from tests.people.test_pages import text


@pytest.mark.parametrize("kind", KINDS)
def test_a_linked_account_signs_in(ready, kind):
    client = Client()
    answer = sign_in(client, kind)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert signed_in(client) == ready.tutor.pk
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_no_second_factor_of_ours_is_asked(ready, settings, kind):
    settings.SECOND_FACTOR = True
    client = Client()
    sign_in(client, kind)
    assert "Today" in text(client.get("/"))


def test_what_is_sent_to_the_provider(ready, remote):
    left = Client().get("/sign-in/with/oak-park/google/").headers["Location"]
    sent = query(left)
    assert left.startswith(f"{remote.url}/google/authorize?")
    assert sent["scope"] == "openid email profile"
    assert (sent["response_type"], sent["code_challenge_method"]) == ("code", "S256")
    assert (sent["client_id"], sent["hd"], sent["prompt"]) == (CLIENT, DOMAIN, "select_account")
    assert sent["redirect_uri"] == "http://testserver/sign-in/with/oak-park/google/back/"
    assert min(len(sent[name]) for name in ("state", "nonce", "code_challenge")) >= 43


def test_the_secret_and_the_verifier_go_to_the_token_address_only(ready, remote):
    client = Client()
    address = go(client, "/sign-in/with/oak-park/google/")
    asked, verifier = remote.seen("authorize")[0], next(iter(client.session["oidc"].values()))["verifier"]
    assert verifier not in str(asked)
    assert "client_secret" not in asked
    client.get(here(address))
    assert remote.seen("token")[0]["code_verifier"] == verifier


def test_signing_in_makes_a_new_session(ready):
    client = Client()
    address = go(client, "/sign-in/with/oak-park/google/")
    before = client.session.session_key
    client.get(here(address))
    assert client.session.session_key != before
    assert "oidc" not in client.session or client.session["oidc"] == {}


def test_they_go_on_to_the_page_they_wanted_if_it_is_ours(ready):
    client = Client()
    address = go(client, "/sign-in/with/oak-park/google/?next=/group/")
    assert client.get(here(address)).headers["Location"] == "/group/"
    for elsewhere in ("https://evil.example/", "//evil.example", "\\\\evil.example", "javascript:alert(1)"):
        client = Client()
        address = go(client, f"/sign-in/with/oak-park/google/?next={elsewhere}")
        assert client.get(here(address)).headers["Location"] == "/"


def test_two_windows_at_once_both_arrive(ready):
    client = Client()
    first, second = (go(client, f"/sign-in/with/oak-park/{kind}/") for kind in KINDS)
    assert client.get(here(second)).status_code == 302
    assert signed_in(client) == ready.tutor.pk
    assert client.get(here(first)).status_code in (302, 400)
    assert signed_in(client) == ready.tutor.pk


def test_a_new_key_of_the_provider_is_fetched_once_and_keys_are_kept(ready, remote):
    sign_in(Client(), "google")
    sign_in(Client(), "google")
    assert len(remote.seen("keys")) == 1
    remote.rules(key="new", published=["rsa", "new"])
    client = Client()
    sign_in(client, "google")
    assert signed_in(client) == ready.tutor.pk
    assert len(remote.seen("keys")) == 1


def test_unknown_keys_are_asked_for_once_a_minute(ready, remote):
    sign_in(Client(), "google")
    remote.rules(key="thief")
    for _ in range(3):
        client = Client()
        assert sign_in(client, "google").status_code == 403
        assert signed_in(client) is None
    assert len(remote.seen("keys")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_e_mail_address_lets_nobody_in(cast, remote, kind):
    """The provider says tutor@oak.test, verified, which is the tutor's address here; nobody linked that account."""
    with scope(school=cast.school):
        set_up(cast.school, kind)
        assert cast.tutor.person.email == "tutor@oak.test"
    client = Client()
    answer = sign_in(client, kind)
    assert answer.status_code == 403
    assert "We do not know this account yet" in text(answer)
    assert signed_in(client) is None
    with scope(school=cast.school):
        assert not LinkedAccount.objects.exists()


def test_one_subject_of_two_issuers_is_two_people(cast, remote):
    """Google's 1047 is the tutor; the same number from Microsoft is nobody."""
    with scope(school=cast.school):
        set_up(cast.school, "google")
        set_up(cast.school, "microsoft")
        link(cast.tutor, remote, "google", "6c9e2f5a-0000-4000-8000-000000001047")
    remote.rules(account={"sub": "6c9e2f5a-0000-4000-8000-000000001047"})
    client = Client()
    assert sign_in(client, "microsoft").status_code == 403
    assert signed_in(client) is None
    sign_in(client, "google")
    assert signed_in(client) == cast.tutor.pk


def test_an_unverified_address_neither_helps_nor_harms(ready, remote):
    """The account is known by its number; the address is not looked at, and not kept."""
    remote.rules(account={"email": "head@oak.test", "email_verified": False})
    client = Client()
    sign_in(client, "google")
    assert signed_in(client) == ready.tutor.pk


@pytest.mark.parametrize("what", ["left", "closed", "carer"])
def test_who_may_not_come_sees_what_a_stranger_sees_and_the_trail_knows(ready, remote, what):
    with scope(school=ready.school):
        if what == "left":
            ready.tutor.person.left_on = today() - timedelta(days=1)
            ready.tutor.person.save()
        elif what == "closed":
            ready.tutor.is_active = False
            ready.tutor.save()
        else:
            ready.tutor.person.kind = "carer"
            ready.tutor.person.save()
    client = Client()
    known = sign_in(client, "google")
    assert signed_in(client) is None
    remote.rules(account={"sub": "nobody-here"})
    stranger = sign_in(Client(), "google")
    assert (known.status_code, known.content) == (stranger.status_code, stranger.content)
    with scope(school=ready.school):
        entries = AuditEntry.objects.filter(verb="people.refuse_sign_in")
        reason = {"left": "left", "closed": "closed", "carer": "not staff"}[what]
        assert [entry.facts["reason"] for entry in entries] == [reason]
        assert entries[0].about == f"|{ready.tutor.person_id}|"


def test_two_schools_of_one_tenant_keep_their_people_apart(ready, remote):
    """The stranger's school uses the same tenant; the same account is linked there to somebody else."""
    with scope(school=ready.stranger.school):
        set_up(ready.stranger.school, "microsoft")
    client = Client()
    assert sign_in(client, "microsoft", "elm-road").status_code == 403
    assert signed_in(client) is None
    with scope(school=ready.stranger.school):
        link(ready.stranger, remote, "microsoft")
    sign_in(client, "microsoft", "elm-road")
    assert signed_in(client) == ready.stranger.pk
    other = Client()
    sign_in(other, "microsoft", "oak-park")
    assert signed_in(other) == ready.tutor.pk


def test_one_school_cannot_end_what_another_began(ready, remote):
    with scope(school=ready.stranger.school):
        set_up(ready.stranger.school, "google")
        link(ready.stranger, remote, "google")
    client = Client()
    address = here(go(client, "/sign-in/with/oak-park/google/")).replace("oak-park", "elm-road")
    assert client.get(address).status_code == 400
    assert signed_in(client) is None


def test_what_is_not_set_up_is_not_there(cast, remote):
    client = Client()
    assert client.get("/sign-in/with/oak-park/google/").status_code == 404
    assert client.get("/sign-in/with/oak-park/yahoo/").status_code == 404
    assert client.get("/sign-in/with/no-school/google/").status_code == 404
    assert "not set up here" in text(client.get("/sign-in/with/oak-park/"))
