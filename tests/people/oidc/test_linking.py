"""How an account comes to open somebody's sign-in, and stops doing so."""

from datetime import timedelta

import pytest
from django.test import Client
from django_scopes import scope

from belong.base.clock import frozen, now
from belong.base.models import AuditEntry
from belong.people.models import LinkedAccount, Person
from belong.people.staffing import make_sign_in
from tests.conftest import make_person
from tests.people.oidc.conftest import KINDS, OID, go, here, link, set_up, sign_in, signed_in
from tests.people.test_pages import text

MINE = "/your-sign-in/accounts/"


@pytest.fixture
def school_with_both(cast, remote):
    """Both kinds set up, nobody's account linked."""
    with scope(school=cast.school):
        for kind in KINDS:
            set_up(cast.school, kind)
    return cast


@pytest.fixture
def newcomer(school_with_both) -> Person:
    with scope(school=school_with_both.school):
        return make_person(school_with_both.school, Person.STAFF, "Ruth", "Bell", email="ruth@oak.test")


def invitation(cast, person) -> str:
    with scope(school=cast.school):
        return make_sign_in(cast.head, person=person)


def open_invitation(client: Client, path: str, kind: str) -> str:
    """The address of the button for `kind` on the page of the one-time link."""
    page = client.get(path, follow=True).content.decode()
    start = page.index("/sign-in/new/", page.index("Or use your school account"))
    button = page[start : page.index('"', start)]
    return button if kind == "google" else button.replace("google", kind)


def linked(cast) -> list[tuple[str, str, str]]:
    with scope(school=cast.school):
        return sorted(LinkedAccount.objects.values_list("user__username", "kind", "subject"))


def trail(cast, verb: str) -> list[dict]:
    with scope(school=cast.school):
        return [entry.facts for entry in AuditEntry.objects.filter(verb=f"people.{verb}").order_by("number")]


@pytest.mark.parametrize(("kind", "subject"), [("google", "1047"), ("microsoft", OID)])
def test_an_invitation_links_the_account_once_and_signs_in(
    school_with_both, newcomer, mailoutbox, django_capture_on_commit_callbacks, kind, subject
):
    path = invitation(school_with_both, newcomer)
    client = Client()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.get(here(go(client, open_invitation(client, path, kind))), follow=True)
    newcomer.refresh_from_db()
    assert f"From now on you sign in with {kind.title()}" in text(answer)
    assert signed_in(client) == newcomer.user.pk
    assert linked(school_with_both) == [("ruth@oak.test", kind, subject)]
    assert trail(school_with_both, "link_account") == [{"kind": kind}]
    assert not newcomer.user.has_usable_password()
    assert "older than three days" in text(Client().get(path, follow=True))
    later = Client()
    sign_in(later, kind)
    assert signed_in(later) == newcomer.user.pk
    assert [mail.to for mail in mailoutbox if "linked" in mail.subject] == [["ruth@oak.test"]]


def test_an_invitation_used_meanwhile_links_nothing(school_with_both, newcomer):
    path = invitation(school_with_both, newcomer)
    client, other = Client(), Client()
    address = here(go(client, open_invitation(client, path, "google")))
    form = other.get(path, follow=True).request["PATH_INFO"]
    words = "four plain words together"
    other.post(form, {"new_password1": words, "new_password2": words})
    assert "Please begin again" in text(client.get(address))
    assert signed_in(client) is None
    assert linked(school_with_both) == []


def test_an_old_invitation_and_none_at_all(school_with_both, newcomer):
    path = invitation(school_with_both, newcomer)
    client = Client()
    button = open_invitation(client, path, "google")
    assert Client().get(button).status_code == 404  # the link was not opened in that browser
    address = here(go(client, button))
    with scope(school=school_with_both.school):
        newcomer.refresh_from_db()
        newcomer.user.is_active = False
        newcomer.user.save()
    assert client.get(button).status_code == 404
    assert client.get(address).status_code == 400
    assert linked(school_with_both) == []


def test_an_invitation_does_not_take_somebody_elses_account(school_with_both, newcomer, remote):
    with scope(school=school_with_both.school):
        link(school_with_both.tutor, remote, "google")
    client = Client()
    button = open_invitation(client, invitation(school_with_both, newcomer), "google")
    answer = client.get(here(go(client, button)))
    assert (answer.status_code, signed_in(client)) == (409, None)
    assert "linked to another person here already" in text(answer)
    assert linked(school_with_both) == [("tutor", "google", "1047")]


def test_an_invitation_with_an_account_from_outside_stays_good(school_with_both, newcomer, remote):
    remote.rules(account={"hd": "elsewhere.example"})
    client = Client()
    button = open_invitation(client, invitation(school_with_both, newcomer), "google")
    answer = client.get(here(go(client, button)))
    assert "That is another account" in text(answer)
    assert (signed_in(client), linked(school_with_both)) == (None, [])
    remote.rules()
    client.get(here(go(client, button)))
    assert [row[1] for row in linked(school_with_both)] == ["google"]


def test_from_the_account_page_and_back_off_it(
    school_with_both, client_as, mailoutbox, django_capture_on_commit_callbacks
):
    client = client_as(school_with_both.tutor)
    assert "Not linked" in text(client.get(MINE))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.get(here(go(client, f"{MINE}google/")), follow=True)
    assert "You can now sign in with Google (tutor@oak.test)" in text(answer)
    assert linked(school_with_both) == [("tutor", "google", "1047")]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{MINE}google/unlink/", follow=True)
    assert "Google no longer signs you in" in text(answer)
    assert linked(school_with_both) == []
    assert trail(school_with_both, "unlink_account") == [{"kind": "google"}]
    assert [mail.subject for mail in mailoutbox] == [
        "Oak Park School: a school account was linked",
        "Oak Park School: a school account was unlinked",
    ]
    assert sign_in(Client(), "google").status_code == 403


def test_linking_and_unlinking_ask_for_the_password_again(school_with_both, client_as, remote):
    client = client_as(school_with_both.tutor)
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    assert "/sign-in/again/" in client.get(MINE).headers["Location"]
    assert client.get(f"{MINE}google/").headers["Location"] == MINE
    with scope(school=school_with_both.school):
        link(school_with_both.tutor, remote, "google")
    assert "/sign-in/again/" in client.post(f"{MINE}google/unlink/").headers["Location"]
    assert len(linked(school_with_both)) == 1


def test_an_unverified_address_is_not_kept(school_with_both, client_as, remote):
    remote.rules(account={"email_verified": False})
    client = client_as(school_with_both.tutor)
    client.get(here(go(client, f"{MINE}google/")))
    with scope(school=school_with_both.school):
        assert LinkedAccount.objects.get().label == ""


def test_another_account_takes_the_place_of_the_first(school_with_both, client_as, remote):
    client = client_as(school_with_both.tutor)
    client.get(here(go(client, f"{MINE}google/")))
    remote.rules(account={"sub": "2002"})
    client.get(here(go(client, f"{MINE}google/")))
    assert linked(school_with_both) == [("tutor", "google", "2002")]


def test_nobody_links_what_another_browser_or_person_began(school_with_both, client_as):
    """Somebody's half-done link, finished by a victim, would give the attacker's account the victim's sign-in."""
    attacker, victim = client_as(school_with_both.tutor), client_as(school_with_both.head)
    address = here(go(attacker, f"{MINE}google/"))
    assert victim.get(address).status_code == 400
    other = client_as(school_with_both.tutor)
    address = here(go(other, f"{MINE}google/"))
    other.force_login(school_with_both.head)
    assert other.get(address).status_code == 400
    assert linked(school_with_both) == []


def test_whoever_has_no_other_way_in_keeps_the_account(school_with_both, client_as, remote):
    tutor = school_with_both.tutor
    tutor.set_unusable_password()
    tutor.save()
    with scope(school=school_with_both.school):
        link(tutor, remote, "google")
    client = client_as(tutor)
    assert "could not come in again" in text(client.post(f"{MINE}google/unlink/"))
    assert len(linked(school_with_both)) == 1
    with scope(school=school_with_both.school):
        link(tutor, remote, "microsoft")
    client.post(f"{MINE}google/unlink/")
    assert [row[1] for row in linked(school_with_both)] == ["microsoft"]


@pytest.mark.parametrize("part", ["pupil", "carer"])
def test_pupils_and_carers_link_nothing(school_with_both, client_as, part):
    client = client_as(getattr(school_with_both, part))
    assert client.get(MINE).status_code == 403
    assert client.get(f"{MINE}google/").status_code == 403


def test_whoever_looks_after_sign_ins_unlinks_and_signs_out(ready, client_as):
    tutor = Client()
    sign_in(tutor, "google")
    with scope(school=ready.school):
        account = LinkedAccount.objects.get(kind="google")
    path = f"/people/sign-in-with/linked/{account.pk}/unlink/"
    for part, status in (("tutor", 404), ("governor", 404), ("stranger", 404)):
        assert client_as(getattr(ready, part)).post(path).status_code == status
    answer = client_as(ready.technician).post(path, follow=True)
    assert "Tutor no longer signs in with Google" in text(answer)
    assert signed_in(tutor) is None
    assert [row[1] for row in linked(ready)] == ["microsoft"]


def test_showing_once_more_who_it_is(ready, remote):
    """Without a password the account itself is shown again: the same one, and by the person who is signed in."""
    ready.tutor.set_unusable_password()
    ready.tutor.save()
    client = Client()
    sign_in(client, "microsoft")
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    page = client.get(client.get(MINE).headers["Location"])
    assert "Show it with Microsoft" in text(page)
    again = f"/sign-in/again/with/microsoft/?next={MINE}"
    remote.rules(account={"oid": "6c9e2f5a-0000-4000-8000-00000000ffff"})
    assert "That is another account" in text(client.get(here(go(client, again))))
    assert client.get(MINE).status_code == 302
    remote.rules()
    assert client.get(here(go(client, again))).headers["Location"] == MINE
    assert remote.seen("authorize")[-1]["prompt"] == "login"
    assert client.get(MINE).status_code == 200


def test_a_way_begun_is_forgotten_after_ten_minutes(school_with_both, client_as):
    client = client_as(school_with_both.tutor)
    address = here(go(client, f"{MINE}google/"))
    with frozen(now() + timedelta(minutes=10)):
        assert client.get(address).status_code == 400
    assert linked(school_with_both) == []
