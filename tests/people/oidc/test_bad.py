"""Everything that must not sign anybody in: forged, replayed, borrowed, late, foreign, broken."""

import logging
import time
from datetime import timedelta

import pytest
from django.test import Client
from django_scopes import scope

from belong.base.clock import frozen, now
from belong.base.models import AuditEntry
from belong.people.oidc import asking
from belong.people.oidc.kinds import Endpoints
from belong.people.signing_in import tries
from tests.people.oidc.conftest import KINDS, go, here, query, sign_in, signed_in
from tests.people.test_pages import text

HOUR = 3600
NOT_SURE = "We could not make sure that it is you"
UNKNOWN = "We do not know this account yet"
AGAIN = "Please begin again"
NO_ANSWER = "does not answer"


def refused(client: Client, answer, words: str, status: int) -> str:
    """Nobody is signed in and the page says `words`; the page."""
    page = text(answer)
    assert words in page
    assert answer.status_code == status
    assert signed_in(client) is None
    assert client.get("/").status_code == 302
    return page


def soon(seconds: int) -> int:
    return int(time.time()) + seconds


TOKENS = {  # what is wrong: how the provider makes it, and the reason in the log
    "alg=none": ({"token": "none"}, "algorithm"),
    "HS256 with the public key": ({"token": "public key as secret"}, "algorithm"),
    "a thief's key under our key's name": ({"token": "thief with our kid"}, "InvalidSignatureError"),
    "another kind of key under our key's name": ({"token": "new with our kid"}, "InvalidAlgorithmError"),
    "an unpublished key": ({"key": "thief"}, "key"),
    "no kid": ({"token": "no kid"}, "algorithm"),
    "claims changed after signing": ({"token": "changed"}, "InvalidSignatureError"),
    "not a token": ({"token": "nonsense"}, "DecodeError"),
    "a token of twenty thousand letters": ({"token": "huge"}, "no token"),
    "wrong nonce": ({"account": {"nonce": "another"}}, "nonce"),
    "empty nonce": ({"account": {"nonce": ""}}, "nonce"),
    "nonce that is no text": ({"account": {"nonce": ["a"]}}, "nonce"),
    "missing nonce": ({"drop": ["nonce"]}, "MissingRequiredClaimError"),
    "wrong audience": ({"account": {"aud": "another-client"}}, "InvalidAudienceError"),
    "several audiences": (
        {"account": {"aud": ["belong-at-school", "another-client"]}},
        "InvalidAudienceError",
    ),
    "missing audience": ({"drop": ["aud"]}, "MissingRequiredClaimError"),
    "another party": ({"account": {"azp": "another-client"}}, "azp"),
    "wrong issuer": ({"account": {"iss": "https://accounts.google.example"}}, "InvalidIssuerError"),
    "missing issuer": ({"drop": ["iss"]}, "MissingRequiredClaimError"),
    "expired": ({"account": {"iat": -2 * HOUR, "exp": -HOUR}}, "ExpiredSignatureError"),
    "expired two minutes ago": ({"account": {"exp": -120}}, "ExpiredSignatureError"),
    "issued in the future": ({"account": {"iat": HOUR, "exp": 2 * HOUR}}, "ImmatureSignatureError"),
    "not valid yet": ({"account": {"nbf": HOUR}}, "ImmatureSignatureError"),
    "missing expiry": ({"drop": ["exp"]}, "MissingRequiredClaimError"),
    "missing time of issue": ({"drop": ["iat"]}, "MissingRequiredClaimError"),
    "missing subject": ({"drop": ["sub"]}, "MissingRequiredClaimError"),
}
TIMES = ("iat", "exp", "nbf")


@pytest.mark.parametrize("kind", KINDS)
def test_tokens_that_prove_nothing(ready, remote, caplog, kind):
    """Each gets the same page and signs nobody in; the reason stands in the log, which names no person."""
    found = {}
    for what, (rules, _) in TOKENS.items():
        claims = rules.get("account", {})
        set_now = {name: soon(value) if name in TIMES else value for name, value in claims.items()}
        remote.rules(**rules | {"account": set_now})
        client = Client()
        with caplog.at_level(logging.WARNING, "belong.people.oidc"):
            answer = sign_in(client, kind)
        ours = [one for one in caplog.records if one.name.startswith("belong.people.oidc")]
        found[what] = ours[-1].args[-1]
        said = (answer.status_code, NOT_SURE in text(answer), found[what] in text(answer), signed_in(client))
        assert said == (403, True, False, None), what
    assert found == {what: reason for what, (_, reason) in TOKENS.items()}
    assert "oak.test" not in caplog.text


def test_every_bad_token_gets_the_same_page(ready, remote):
    """Whoever tries does not learn how near they came."""
    pages = set()
    for rules in ({"token": "none"}, {"key": "thief"}, {"account": {"aud": "x"}}, {"drop": ["nonce"]}):
        remote.rules(**rules)
        pages.add(sign_in(Client(), "google").content)
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("kind", "account", "drop"),
    [
        ("google", {"hd": "elmroad.sch.uk"}, []),
        ("google", {"hd": "oakpark.sch.uk.evil.example"}, []),
        ("google", {"hd": ["oakpark.sch.uk"]}, []),
        ("google", {}, ["hd"]),
        ("microsoft", {"tid": "9188040d-6c67-4c5b-b112-36a304b66dad"}, []),
        ("microsoft", {}, ["tid"]),
    ],
)
def test_an_account_from_outside_the_school_is_a_stranger(ready, remote, kind, account, drop):
    remote.rules(account=account, drop=drop)
    client = Client()
    page = refused(client, sign_in(client, kind), UNKNOWN, 403)
    assert "Did you choose your school account" in page


@pytest.mark.parametrize("oid", [None, "", "1047", {"a": 1}])
def test_microsoft_must_name_the_person(ready, remote, oid):
    remote.rules(account={"oid": oid})
    client = Client()
    refused(client, sign_in(client, "microsoft"), NOT_SURE, 403)


def test_a_replayed_answer(ready):
    """The address that signed somebody in signs in nobody else and nobody again."""
    first = Client()
    address = here(go(first, "/sign-in/with/oak-park/google/"))
    assert first.get(address).status_code == 302
    thief = Client()
    refused(thief, thief.get(address), AGAIN, 400)
    first.post("/sign-out/")
    refused(first, first.get(address), AGAIN, 400)


def test_one_answer_sent_twice_at_the_same_moment(ready, remote):
    """Both requests read the session before either has written it."""
    client = Client()
    address = here(go(client, "/sign-in/with/oak-park/google/"))
    read = client.session["oidc"]
    assert client.get(address).status_code == 302
    second = Client()
    session = second.session
    session["oidc"] = read
    session.save()
    second.cookies["belong"] = session.session_key
    refused(second, second.get(address), AGAIN, 400)
    assert len(remote.seen("token")) == 1


def test_hundreds_of_bad_codes_from_one_address_wait(ready, monkeypatch):
    monkeypatch.setattr(tries, "ADDRESS", tries.Rule("address", 2, (60,), 600))
    client = Client()
    for words, status in ((AGAIN, 400), (AGAIN, 400), (AGAIN, 400), ("Please wait a minute", 429)):
        address = here(go(client, "/sign-in/with/oak-park/google/")).replace("code=", "code=x")
        refused(client, client.get(address), words, status)


def test_a_replayed_code(ready, remote):
    """A used code under a fresh state: the provider says no to it."""
    first = Client()
    used = go(first, "/sign-in/with/oak-park/google/")
    first.get(here(used))
    thief = Client()
    fresh = go(thief, "/sign-in/with/oak-park/google/")
    swapped = here(fresh).replace(query(fresh)["code"], query(used)["code"])
    refused(thief, thief.get(swapped), AGAIN, 400)


def test_a_stolen_code_that_was_not_used_yet(ready):
    """PKCE: the code was asked for by another browser, which alone holds the verifier."""
    victim, thief = Client(), Client()
    stolen = query(go(victim, "/sign-in/with/oak-park/google/"))["code"]
    own = go(thief, "/sign-in/with/oak-park/google/")
    refused(thief, thief.get(here(own).replace(query(own)["code"], stolen)), AGAIN, 400)


def test_the_state_of_another_browser(ready):
    """An attacker sends their own way back to somebody, to sign them in as the attacker."""
    attacker, victim = Client(), Client()
    address = here(go(attacker, "/sign-in/with/oak-park/google/"))
    victim.get("/sign-in/with/oak-park/google/")
    refused(victim, victim.get(address), AGAIN, 400)


@pytest.mark.parametrize("state", ["", "wrong"])
def test_a_wrong_state_and_none(ready, remote, state):
    remote.rules(state=state)
    client = Client()
    refused(client, sign_in(client, "google"), AGAIN, 400)
    assert remote.seen("token") == []


def test_coming_back_without_having_left(ready, remote):
    client = Client()
    refused(client, client.get("/sign-in/with/oak-park/google/back/?code=a&state=b"), AGAIN, 400)
    refused(client, client.get("/sign-in/with/oak-park/google/back/"), AGAIN, 400)
    assert remote.seen("token") == []


def test_coming_back_after_ten_minutes(ready):
    client = Client()
    address = here(go(client, "/sign-in/with/oak-park/google/"))
    with frozen(now() + timedelta(minutes=11)):
        refused(client, client.get(address), AGAIN, 400)


def test_coming_back_by_the_other_provider(ready):
    """Mix-up: a way begun at Google cannot end at Microsoft's address."""
    client = Client()
    address = here(go(client, "/sign-in/with/oak-park/google/")).replace("/google/", "/microsoft/")
    refused(client, client.get(address), AGAIN, 400)
    client = Client()
    address = here(go(client, "/sign-in/with/oak-park/google/"))
    refused(client, client.get(f"{address}&iss=https://evil.example"), NOT_SURE, 403)


@pytest.mark.parametrize(
    ("said", "words", "status"),
    [
        ({"error": "access_denied"}, "You turned round at Google", 200),
        ({"error": "admin_policy_enforced"}, "does not let belong in yet", 403),
        ({"error": "access_denied", "error_subtype": "access_not_configured"}, "API controls", 403),
        ({"error": "server_error"}, NO_ANSWER, 503),
        ({"error": "invalid_scope"}, "not set up rightly", 503),
        ({"error": "<script>alert(1)</script>"}, "not set up rightly", 503),
    ],
)
def test_what_the_provider_refuses_is_said_in_plain_words(ready, remote, said, words, status):
    remote.rules(error=said)
    client = Client()
    page = refused(client, sign_in(client, "google"), words, status)
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"error": "consent_required"}, "Grant admin consent"),
        (
            {"error": "access_denied", "error_description": "AADSTS50105: not assigned"},
            "assignment is required",
        ),
        ({"error": "access_denied", "error_subcode": "cancel"}, "You turned round at Microsoft"),
    ],
)
def test_microsoft_says_it_its_own_way(ready, remote, said, words):
    remote.rules(error=said)
    client = Client()
    answer = sign_in(client, "microsoft")
    assert words in text(answer)
    assert signed_in(client) is None


@pytest.mark.parametrize("reply", ["slow", "drip", "huge", "elsewhere", "page", "broken", "no keys"])
def test_a_provider_that_is_down_slow_or_babbling(ready, remote, monkeypatch, reply):
    monkeypatch.setattr(asking, "READ", 0.3)
    monkeypatch.setattr(asking, "WHOLE", 0.5)
    remote.rules(reply=reply)
    client = Client()
    page = refused(client, sign_in(client, "google"), NO_ANSWER, 503)
    assert "A user name and password work without it" in page
    if reply == "elsewhere":
        assert remote.seen("keys") == []  # the redirect was not followed


def test_a_provider_that_nobody_reaches(ready, remote, settings):
    client = Client()
    address = here(go(client, "/sign-in/with/oak-park/google/"))
    nowhere = Endpoints(remote.issuer("google"), *["http://127.0.0.1:9/none"] * 3)
    settings.OIDC_ENDPOINTS = remote.endpoints() | {"google": nowhere}
    refused(client, client.get(address), NO_ANSWER, 503)


def test_a_secret_that_ran_out(ready, remote):
    remote.rules(secret="a newer one")
    client = Client()
    refused(client, sign_in(client, "microsoft"), "A secret of Microsoft runs out", 503)


def test_where_the_account_is_known_the_trail_says_so(ready, remote, client_as):
    remote.rules(token="none")
    client = client_as(ready.head)
    answer = client.get(here(go(client, "/your-sign-in/accounts/google/")))
    assert NOT_SURE in text(answer)
    with scope(school=ready.school):
        entry = AuditEntry.objects.get(verb="people.refuse_sign_in")
        assert (entry.actor_id, entry.facts) == (ready.head.pk, {"kind": "google", "reason": "not-proven"})
