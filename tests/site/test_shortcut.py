"""The shortest way to a questionnaire: the same page and the same headers as the long way, and only for nobody."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from belong.ask.models import Receipt
from belong.site import shortcut
from tests.ask.conftest import alone, begin, card_of, draft, send, sheet_on, wave  # noqa: F401  (fixtures)

PASS = re.compile(r'name="pass" value="([^"]+)"')


@pytest.fixture
def went(monkeypatch):
    """The addresses that took the shortcut."""
    taken: list[str] = []
    usual = shortcut._views()

    def noting(view):
        def inner(request):
            taken.append(request.path)
            return view(request)

        return inner

    monkeypatch.setattr(shortcut, "_views", lambda: {path: noting(view) for path, view in usual.items()})
    return taken


def the_long_way(client: Client) -> Client:
    """The same browser with a session cookie that opens nothing."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "nobody"
    return client


def headers_of(answer) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items() if name.lower() != "content-length"}


def test_both_ways_give_the_same_page_and_the_same_headers(cast, wave, card_of, went):  # noqa: F811
    client = begin(card_of(cast.pupils[0]))
    short = client.get("/a/questions/")
    assert went == ["/a/questions/"]
    long = the_long_way(client).get("/a/questions/")
    assert len(went) == 1
    assert PASS.sub("", short.content.decode()) == PASS.sub("", long.content.decode())
    assert headers_of(short) == headers_of(long)
    assert "default-src 'self'" in short["Content-Security-Policy"]
    assert short["Cache-Control"] == "no-store"
    assert not short.cookies


def test_a_sheet_is_taken_in_and_refused_alike(cast, wave, card_of, went):  # noqa: F811
    answers = []
    for pupil, way in ((cast.pupils[0], lambda one: one), (cast.pupils[1], the_long_way)):
        client = way(begin(card_of(pupil)))
        sheet = sheet_on(client) | {"q-adults-1": "4"}
        given = [send(client, sheet), send(client, {"pass": "made up"}), send(client, sheet, script=False)]
        assert [one.status_code for one in given] == [201, 403, 302]
        answers.append([(one.content, headers_of(one)) for one in given])
    assert answers[0] == answers[1]
    assert set(went) == {"/a/questions/", "/a/answers/"}
    assert Receipt.objects.count() == 2


def test_it_is_there_in_every_language_and_for_nobody_who_is_signed_in(cast, wave, card_of, client_as, went):  # noqa: F811
    client = begin(card_of(cast.pupils[0]))
    page = client.get("/a/pl/questions/")
    assert page["Content-Language"] == "pl"
    assert went == ["/a/pl/questions/"]
    signed_in = client_as(cast.tutor)
    begin(card_of(cast.pupils[1]), signed_in)
    assert signed_in.get("/a/questions/").status_code == 200
    assert signed_in.get(reverse("ask:code")).status_code == 200
    assert len(went) == 1


def test_another_host_name_and_another_method_are_refused_as_ever(client, went):
    assert client.get("/a/questions/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert client.get("/a/answers/").status_code == 405
    assert went == ["/a/answers/"]
