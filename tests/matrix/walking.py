"""The routes of the urlconf, and asking at one of them as somebody without leaving a trace."""

import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from unittest import mock
from uuid import UUID

from django.conf import settings
from django.contrib import auth
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes import scope

from belong.people.models import User
from tests.conftest import Cast, browser_of
from tests.matrix.door import past_the_door
from tests.matrix.shapes import shape
from tests.matrix.table import ROLES, Row
from tests.matrix.world import World

WRITES = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.I)
ASKED = {
    "see:gap": "?measure=part:adults&cut=sen&group=sen",
    "see:why": "?figure=score&measure=score&cut=eal&group=Y",
}
OWN_HOUSEKEEPING = {"django_session", "shared_cache", "usersessions_usersession", "people_tries"}


def routes() -> dict[str, dict[str, Any]]:
    """Every named route of the urlconf, but static files: its name and the converters of its arguments."""
    return dict(_walk(get_resolver().url_patterns, "", {}))


def _walk(patterns: list[Any], space: str, arguments: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for found in patterns:
        inside = arguments | found.pattern.converters
        if isinstance(found, URLResolver):
            yield from _walk(found.url_patterns, _joined(space, found.namespace), inside)
        elif isinstance(found, URLPattern) and not str(found.pattern).startswith("static/"):
            yield _joined(space, found.name or f"(no name) {found.pattern}"), inside


def _joined(space: str, name: str | None) -> str:
    return f"{space}:{name}" if space and name else name or space


class Visitors:
    """A browser per role. Each request is undone in the database and leaves the browser as it was."""

    def __init__(self, cast: Cast) -> None:
        self.clients = {
            role: Client() if role == "nobody" else browser_of(cast.users[role]) for role in ROLES
        }
        self._people = {role: _as_they_are(cast.users[role]) for role in ROLES if role != "nobody"}
        self._cookies = {role: client.cookies.output(header="") for role, client in self.clients.items()}
        self.wrote: set[str] = set()
        self.counted: list[str] = []
        self._statements: list[str] = []

    def ask(self, role: str, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
        """The answer. `wrote` then names the tables that were written to, sessions and cache apart; `counted` holds the
        statements that went past the release to the answers themselves.
        """
        client, self.wrote, self._statements = self.clients[role], set(), []
        try:
            with transaction.atomic(), self._signed_in(role), connection.execute_wrapper(self._note):
                answer = client.get(address) if method == "GET" else client.post(address, data or {})
                transaction.set_rollback(True)
                return answer
        finally:
            self.counted = [sql for sql in self._statements if past_the_door(method, sql)]
            client.cookies = SimpleCookie(self._cookies[role])

    @contextmanager
    def _signed_in(self, role: str) -> Iterator[None]:
        """Who asks is not looked up again for each of ten thousand requests: every one gets a fresh copy."""
        if role not in self._people:
            yield
            return
        with mock.patch.object(auth, "get_user", return_value=pickle.loads(self._people[role])):
            yield

    def _note(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if found := WRITES.match(sql):
            self.wrote |= {found[2]} - OWN_HOUSEKEEPING
        self._statements.append(sql)
        return execute(sql, params, many, context)

    @property
    def asked(self) -> list[str]:
        """The statements of the last request that reached the database, without their values."""
        return [shape(sql) for sql in self._statements]


def _as_they_are(user: User) -> bytes:
    """A sign-in with what is read of it at every request."""
    found = User.objects.select_related("school", "person").get(pk=user.pk)
    with scope(school=found.school):
        assert found.roles is not None
    return pickle.dumps(found)


@contextmanager
def refusing_without_a_page() -> Iterator[None]:
    """Inside it a 403 or 404 is its status alone: for who does not read its page, which costs as much as the rest."""
    resolver = get_resolver()
    resolver.resolve_error_handler = lambda code: lambda request, exception=None: HttpResponse(status=code)
    try:
        yield
    finally:
        del resolver.resolve_error_handler


def addresses_of(world: World, row: Row, converters: dict[str, Any]) -> tuple[str, str]:
    """Where the row's object is, and where there is none: the same route for another number or word."""
    here = world.arguments(row.what, set(converters))
    nowhere = {name: _absent(value) for name, value in here.items()}
    asked = ASKED.get(row.route, "")
    return reverse(row.route, kwargs=here) + asked, reverse(row.route, kwargs=nowhere) + asked


def _absent(value: Any) -> Any:
    if isinstance(value, int):
        return 999_999
    return UUID(int=7) if isinstance(value, UUID) else "not-there"


def letter_of(answer: Any) -> str:
    """What an answer means, in the letters of the table."""
    if answer.status_code == 302 and answer.headers["Location"].startswith(f"/{settings.LOGIN_URL}/"):
        return "s"
    return {403: "n", 404: "h", 405: "-", 410: "o"}.get(answer.status_code, "y")
