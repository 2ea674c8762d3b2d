"""A provider process for the session, told before each test to behave; and a browser's way through it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from django.core.cache import cache
from django.test import Client
from django_scopes import scope

from belong.base.clock import now
from belong.people.models import LinkedAccount, SignInProvider
from belong.people.oidc.kinds import Endpoints
from tests.people.oidc.provider import CLIENT, DOMAIN, SECRET, TENANT

HOMES = {"google": DOMAIN, "microsoft": TENANT}
KINDS = tuple(HOMES)
OID = "6c9e2f5a-0000-4000-8000-000000001047"


class Remote:
    """The provider process as tests speak to it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def rules(self, **rules: Any) -> None:
        """How to behave from now on; nothing stands for well."""
        requests.post(f"{self.url}/switches", data=json.dumps(rules), timeout=5).raise_for_status()

    def seen(self, what: str) -> list[dict[str, str]]:
        """What it was asked since the rules were set."""
        found = requests.get(f"{self.url}/seen", timeout=5).json()["seen"]
        return [one for one in found if one["what"] == what]

    def endpoints(self) -> dict[str, Endpoints]:
        google, entra = f"{self.url}/google", f"{self.url}/microsoft"
        return {
            "google": Endpoints(google, f"{google}/authorize", f"{google}/token", f"{google}/keys"),
            "microsoft": Endpoints(
                entra + "/{home}/v2.0", f"{entra}/authorize", f"{entra}/token", f"{entra}/keys"
            ),
        }

    def issuer(self, kind: str) -> str:
        return self.endpoints()[kind].of(TENANT).issuer


@pytest.fixture(scope="session")
def provider_process() -> Iterator[Remote]:
    program = Path(__file__).with_name("provider.py")
    process = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True)
    try:
        yield Remote(int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def remote(provider_process, settings) -> Remote:
    """The provider, behaving, with nothing remembered of it here."""
    provider_process.rules()
    settings.OIDC_ENDPOINTS = provider_process.endpoints()
    cache.clear()
    return provider_process


def set_up(school: Any, kind: str, **more: str) -> SignInProvider:
    facts = {"client_id": CLIENT, "client_secret": SECRET, "home": HOMES[kind]} | more
    return SignInProvider.objects.create(school=school, kind=kind, **facts)


def link(user: Any, remote: Remote, kind: str, subject: str = "") -> LinkedAccount:
    return LinkedAccount.objects.create(
        school=user.school,
        user=user,
        kind=kind,
        issuer=remote.issuer(kind),
        subject=subject or ("1047" if kind == "google" else OID),
        linked_at=now(),
    )


@pytest.fixture
def ready(cast, remote) -> Any:
    """The cast's school with both kinds set up, and the tutor's account of each kind linked."""
    with scope(school=cast.school):
        for kind in KINDS:
            set_up(cast.school, kind)
            link(cast.tutor, remote, kind)
    return cast


def go(client: Client, path: str) -> str:
    """From one of our addresses through the provider: the address it sends the browser back to."""
    left = client.get(path)
    assert left.status_code == 302, left.content.decode()[:400]
    answer = requests.get(left.headers["Location"], allow_redirects=False, timeout=5)
    assert answer.status_code == 302
    return answer.headers["Location"]


def here(address: str) -> str:
    """The same without the host."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def query(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def sign_in(client: Client, kind: str, slug: str = "oak-park", **more: Any) -> Any:
    """All the way: the answer to the browser that comes back."""
    return client.get(here(go(client, f"/sign-in/with/{slug}/{kind}/")), **more)


def signed_in(client: Client) -> Any:
    """The number of whoever this browser is signed in as, or None."""
    number = client.session.get("_auth_user_id")
    return int(number) if number else None
