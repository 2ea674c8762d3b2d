"""Every address that takes a POST refuses one that was forged elsewhere."""

from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.urls import resolve

from tests.matrix.table import TABLE
from tests.matrix.walking import addresses_of, routes

# These stand on a proof of their own that no other site can send along: see `ask.views.child.quiet`.
OWN_PROOF = {
    "ask:code", "ask:wait", "ask:wait-state", "ask:names", "ask:number", "ask:card", "ask:start", "ask:again",
    "ask:questions", "ask:answers", "ask:done", "ask:talk", "ask:talk-by-card", "ask:talk-sent",
    "ask:look", "ask:not-me", "ask:sound", "ask:checkin-answer", "ask:place-answer", "ask:place-done",
    "ask:wall-answer", "ask:wall-done", "notice:our-turn-write",
}  # fmt: skip


@pytest.mark.once
def test_a_post_without_the_token_is_refused_everywhere(world, visitors):
    browser = Client(enforce_csrf_checks=True)
    arguments, exempt, let_through, tried = routes(), set(), [], 0
    for row in {row.route: row for rows in TABLE.values() for row in rows}.values():
        here, _ = addresses_of(world, row, arguments[row.route])
        if getattr(resolve(here.split("?")[0]).func, "csrf_exempt", False):
            exempt.add(row.route)
            continue
        browser.cookies = SimpleCookie(visitors.clients["head"].cookies.output(header=""))
        answer = browser.post(here, {"name": "value"})
        tried += 1
        if answer.status_code != 403:
            let_through.append(f"{row}: {answer.status_code}")
    assert exempt <= OWN_PROOF, exempt - OWN_PROOF
    assert tried > 100
    assert not let_through, "\n".join(let_through)
