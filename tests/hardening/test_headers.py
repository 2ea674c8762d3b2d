"""What every answer carries, whoever asks for it; and that no page has anything inline."""

import re

import pytest

from tests.matrix.table import TABLE
from tests.matrix.walking import addresses_of, routes

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "Server": "belong",
}
POLICY = (
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
)
INLINE = {
    "a script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I),
    "a style": re.compile(r"<style\b|<[a-z][^>]*\sstyle\s*=", re.I),
    "a handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "a script address": re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.I),
    "another host": re.compile(
        r"<(?:script|link|img|iframe|source)[^>]+(?:src|href)=[\"'](?:https?:)?//", re.I
    ),
}


@pytest.mark.once
def test_every_answer_carries_the_headers_and_no_page_has_anything_inline(world, visitors):
    arguments, wrong, pages = routes(), [], 0
    for row in {row.route: row for rows in TABLE.values() for row in rows}.values():
        here, _ = addresses_of(world, row, arguments[row.route])
        for role in ("head", "nobody"):
            answer = visitors.ask(role, "GET", here)
            wrong += [
                f"{row} as {role}: {name} is {answer.headers.get(name)}"
                for name, value in EVERYWHERE.items()
                if answer.headers.get(name) != value
            ]
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            pages += 1
            policy = answer.headers.get("Content-Security-Policy", "")
            if "unsafe" in policy or [part for part in POLICY if part not in policy]:
                wrong.append(f"{row} as {role}: policy {policy!r}")
            body = answer.content.decode()
            wrong += [f"{row} as {role}: {what}" for what, mark in INLINE.items() if mark.search(body)]
    assert pages > 100
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_features_of_the_browser_that_nobody_needs_are_off(client):
    said = client.get("/robots.txt").headers["Permissions-Policy"]
    for feature in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{feature}=()" in said
