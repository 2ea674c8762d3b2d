"""Staff of a school where the second step is required, and an authenticator app that never drifts."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from belong.base.models import AuditEntry
from belong.people.confirming import SESSION_KEY

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def second_step_required(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def step(settings):
    """The second step is not required: for tests of something else."""
    settings.SECOND_FACTOR = False


def code(secret=SECRET, steps=0):
    """What an authenticator app shows now, or some half-minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_app(user, secret=SECRET):
    """Set the authenticator app up, as if long ago."""
    TOTP.activate(user, secret)


def try_password(name="tutor", password=PASSWORD, client=None, **more):
    client = client or Client()
    return client, client.post("/sign-in/", {"username": name, "password": password}, **more)


def is_in(client):
    return "_auth_user_id" in client.session


def unconfirm(client):
    """Let the quarter of an hour be over."""
    session = client.session
    session[SESSION_KEY] = int(time.time()) - 3600
    session.save()
    return client


def trail(verb):
    """Audit entries of one verb, oldest first."""
    return list(AuditEntry._base_manager.filter(verb=f"people.{verb}").order_by("number"))


def kinds_of(user):
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
