"""A forgotten password: a link by mail, and the same page for everybody who asks."""

import re

import pytest
from django.core import mail
from django.test import Client

from belong.people.signing_in import passwords, tries
from tests.people.signing_in.conftest import is_in, trail, try_password

pytestmark = pytest.mark.usefixtures("step")
NEW = {"new_password1": "four quiet kettles singing", "new_password2": "four quiet kettles singing"}


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    def send(name, client=None):
        with django_capture_on_commit_callbacks(execute=True):
            return (client or Client()).post("/sign-in/forgotten/", {"username": name})

    return send


def link():
    return re.search(r"http://testserver(/sign-in/new/\S+)", mail.outbox[-1].body)[1]


def test_the_page_is_the_same_for_everybody(cast, ask):
    cast.senco.is_active = False
    cast.senco.save()
    names = ["tutor", "tutor@oak.test", "senco", "nobody-here", "\x00"]
    pages = []
    for name in names:
        answer = ask(name)
        assert answer.status_code == 200
        pages.append(answer.content.decode().replace(f"<strong>{name}</strong>", "").replace("\x00", ""))
    assert len({page.split("<main")[1] for page in pages}) == 1
    assert [letter.to for letter in mail.outbox] == [["tutor@oak.test"]] * 2


def test_the_same_work_is_done_for_everybody(cast, ask, monkeypatch):
    asked = []
    monkeypatch.setattr(passwords, "enqueue", lambda task, **ids: asked.append((task.name, sorted(ids))))
    ask("tutor")
    ask("nobody-here")
    assert asked == [("send_new_password", ["base_url", "user_id"])] * 2


def test_the_link_sets_a_password_once(cast, ask):
    old, _ = try_password()
    ask("tutor")
    client = Client()
    page = client.get(link(), follow=True)
    assert "You sign in as <strong>tutor</strong>" in page.content.decode()
    client.post(page.redirect_chain[-1][0], NEW)
    assert is_in(client)
    assert old.get("/").url.startswith("/sign-in/")
    assert trail("change_password")[0].facts == {"by": "link"}
    assert "has been used" in Client().get(link(), follow=True).content.decode()


def test_it_lets_the_honest_in_at_once_when_a_stranger_made_them_wait(cast, ask):
    for number in range(6):
        try_password(password=f"guess {number}")
    assert try_password()[1].status_code == 429
    ask("tutor")
    client = Client()
    page = client.get(link(), follow=True)
    client.post(page.redirect_chain[-1][0], NEW)
    assert is_in(client)
    assert try_password(password=NEW["new_password1"])[1].status_code == 302


def test_nobodys_letter_box_is_filled(cast, ask):
    answers = [ask("tutor").status_code for _ in range(9)]
    assert answers == [200] * 9
    assert len(mail.outbox) == 4


def test_one_address_cannot_write_to_everybody(cast, ask, monkeypatch):
    monkeypatch.setattr(tries, "LETTERS", tries.Rule("letters", 3, (600,), 600))
    assert [ask(f"name-{n}").status_code for n in range(6)] == [200] * 4 + [429] * 2


def test_a_leavers_link_does_nothing(cast, ask):
    ask("tutor")
    sent = link()
    cast.tutor.is_active = False
    cast.tutor.save()
    assert "has been used" in Client().get(sent, follow=True).content.decode()


def test_who_has_no_address_gets_no_letter_and_the_same_page(cast, ask):
    cast.tutor.person.email = ""
    cast.tutor.person.save()
    assert ask("tutor").status_code == 200
    assert mail.outbox == []


def test_an_empty_name_is_asked_for(cast, ask):
    assert "Write your user name" in ask("  ").content.decode()
