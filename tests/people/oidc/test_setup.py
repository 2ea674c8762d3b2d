"""Setting it up: what is asked, what is refused with a reason, what is never shown, and trying it."""

import pytest
from django.db import connection
from django.test import Client
from django_scopes import scope

from belong.base.models import AuditEntry
from belong.people.models import School, SignInProvider
from belong.people.oidc.kinds import ENDPOINTS
from tests.people.oidc.conftest import HOMES, KINDS, go, here, set_up, sign_in, signed_in
from tests.people.test_pages import text

PAGE = "/people/sign-in-with/"
SECRET = "GOCSPX-not-a-real-secret"
GOOGLE = {"home": "oakpark.sch.uk", "client_id": "1-a.apps.googleusercontent.com", "client_secret": SECRET}
MICROSOFT = {
    "home": HOMES["microsoft"],
    "client_id": "00001111-AAAA-2222-bbbb-3333cccc4444",
    "client_secret": "8Q~a-value",
}


def held(cast) -> list[tuple[str, str, str]]:
    with scope(school=cast.school):
        return list(SignInProvider.objects.order_by("kind").values_list("kind", "home", "client_id"))


@pytest.mark.parametrize("part", ["head", "technician"])
def test_leaders_and_the_technician_set_it_up(cast, client_as, part):
    client = client_as(getattr(cast, part))
    page = text(client.get(f"{PAGE}google/"))
    assert "http://testserver/sign-in/with/oak-park/google/back/" in page
    client.post(f"{PAGE}google/", GOOGLE)
    client.post(f"{PAGE}microsoft/", MICROSOFT)
    assert held(cast) == [
        ("google", "oakpark.sch.uk", GOOGLE["client_id"]),
        ("microsoft", HOMES["microsoft"], MICROSOFT["client_id"].lower()),
    ]
    page = text(Client().get("/sign-in/with/oak-park/"))
    assert "Sign in with Google" in page
    assert "Sign in with Microsoft" in page


@pytest.mark.parametrize("part", ["tutor", "survey_lead", "dsl", "governor", "pupil"])
def test_nobody_else_does(cast, client_as, part):
    client = client_as(getattr(cast, part))
    for answer in (client.get(PAGE), client.post(f"{PAGE}google/", GOOGLE), client.get(f"{PAGE}google/")):
        assert answer.status_code == 403
    assert held(cast) == []


def test_it_asks_for_the_password_again(cast, client_as):
    client = client_as(cast.head)
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    assert "/sign-in/again/" in client.post(f"{PAGE}google/", GOOGLE).headers["Location"]
    assert held(cast) == []


def test_the_secret_is_sealed_and_never_shown(cast, client_as):
    client = client_as(cast.head)
    client.post(f"{PAGE}google/", GOOGLE)
    for path in (PAGE, f"{PAGE}google/", "/guard/trail/"):
        assert SECRET not in client.get(path).content.decode()
    wrong = client.post(f"{PAGE}google/", GOOGLE | {"home": "nonsense"})
    assert SECRET not in wrong.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT client_secret FROM people_signinprovider")
        assert cursor.fetchone()[0].startswith("e1:")
    with scope(school=cast.school):
        assert SignInProvider.objects.get().client_secret == SECRET
        entry = AuditEntry.objects.get(verb="people.set_up_sign_in")
        assert entry.facts == {"kind": "google", "new": True, "new_secret": True}


def test_an_empty_secret_keeps_the_one_that_is_held(cast, client_as):
    client = client_as(cast.head)
    assert "This field is required" in text(client.post(f"{PAGE}google/", GOOGLE | {"client_secret": ""}))
    client.post(f"{PAGE}google/", GOOGLE)
    client.post(f"{PAGE}google/", GOOGLE | {"home": "@Oak.sch.uk", "client_secret": ""})
    with scope(school=cast.school):
        provider = SignInProvider.objects.get()
        assert (provider.home, provider.client_secret) == ("oak.sch.uk", SECRET)


MISTAKES = [
    ("google", "home", "gmail.com", "anybody can make one"),
    ("google", "home", "head@oakpark.sch.uk", "Write the domain alone"),
    ("google", "home", "https://oakpark.sch.uk/", "Write the domain alone"),
    ("google", "client_id", "1047", "ends in .apps.googleusercontent.com"),
    ("microsoft", "home", "common", "any organisation in the world"),
    ("microsoft", "home", "Organizations", "any organisation in the world"),
    ("microsoft", "home", "consumers", "any organisation in the world"),
    ("microsoft", "home", "9188040d-6c67-4c5b-b112-36a304b66dad", "all private Microsoft accounts"),
    ("microsoft", "home", "oakpark.onmicrosoft.com", "A tenant id looks like"),
    ("microsoft", "home", "{home}/../evil", "A tenant id looks like"),
    ("microsoft", "client_id", "belong", "An application ID looks like"),
    ("microsoft", "client_secret", "00001111-aaaa-2222-bbbb-3333cccc4444", "looks like the Secret ID"),
]


def test_common_mistakes_are_refused_with_a_reason(cast, client_as):
    client = client_as(cast.head)
    for kind, name, value, words in MISTAKES:
        good = GOOGLE if kind == "google" else MICROSOFT
        answer = client.post(f"{PAGE}{kind}/", good | {name: value})
        assert (answer.status_code, words in text(answer)) == (422, True), value
    assert held(cast) == []


@pytest.mark.parametrize("kind", KINDS)
def test_trying_it_signs_in_and_links_nobody(cast, remote, client_as, kind):
    with scope(school=cast.school):
        set_up(cast.school, kind)
    client = client_as(cast.technician)
    answer = client.get(here(go(client, f"/your-sign-in/accounts/{kind}/try/")))
    page = text(answer)
    assert "It works" in page
    assert "tutor@oak.test" in page
    assert signed_in(client) == cast.technician.pk
    with scope(school=cast.school):
        assert not AuditEntry.objects.filter(verb="people.link_account").exists()


def test_trying_it_says_to_whoever_sets_it_up_what_was_wrong(cast, remote, client_as):
    with scope(school=cast.school):
        set_up(cast.school, "google", home="elsewhere.sch.uk")
    client = client_as(cast.technician)
    page = text(client.get(here(go(client, "/your-sign-in/accounts/google/try/"))))
    assert "What belong noticed: hd" in page


def test_removing_it_closes_the_way_and_keeps_links(ready, client_as):
    client = client_as(ready.head)
    answer = client.post(f"{PAGE}google/remove/", follow=True)
    assert "Nobody signs in with Google any more" in text(answer)
    assert Client().get("/sign-in/with/oak-park/google/").status_code == 404
    with scope(school=ready.school):
        set_up(ready.school, "google")
    back = Client()
    sign_in(back, "google")
    assert signed_in(back) == ready.tutor.pk


def test_the_sign_in_page_shows_the_only_schools_buttons(ready):
    many = Client().get("/sign-in/?next=/group/").content.decode()
    assert 'href="/sign-in/with/"' in many
    assert "Sign in with Google" not in many
    School.objects.exclude(pk=ready.school.pk).delete()
    one = Client().get("/sign-in/?next=/group/").content.decode()
    assert 'href="/sign-in/with/oak-park/google/?next=/group/"' in one


def test_without_any_provider_the_sign_in_page_says_nothing_of_it(cast):
    page = text(Client().get("/sign-in/"))
    assert "Google" not in page
    assert "Microsoft" not in page


def test_the_school_is_found_by_its_short_name(ready):
    client = Client()
    assert client.get("/sign-in/with/?school=Oak-Park").headers["Location"] == "/sign-in/with/oak-park/"
    answer = client.get("/sign-in/with/?school=nowhere%00")
    assert answer.status_code == 404
    assert "No school has that short name here" in text(answer)


def test_the_pages_about_errors_need_no_sign_in():
    page = text(Client().get("/sign-in/trouble/"))
    for word in ("access_not_configured", "admin_policy_enforced", "AADSTS90094"):
        assert word in page


def test_real_addresses_are_googles_and_microsofts():
    for kind, hosts in {
        "google": {"accounts.google.com", "oauth2.googleapis.com", "www.googleapis.com"},
        "microsoft": {"login.microsoftonline.com"},
    }.items():
        at = ENDPOINTS[kind].of(HOMES[kind])
        found = (at.issuer, at.authorize, at.token, at.keys)
        assert {address.split("/")[2] for address in found} == hosts
        assert all(address.startswith("https://") for address in found)
    assert ENDPOINTS["microsoft"].of("abc").issuer == "https://login.microsoftonline.com/abc/v2.0"
