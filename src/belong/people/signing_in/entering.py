"""From a first proof (a password, a passkey, the school's Google or Microsoft account) to being signed in.

    begin(request, user, PASSWORD, going="/see/")   → asks for the second step where there is one
    finish(request, user, PASSKEY, going)           → signed in, and on the way to the page
    sign_in(request, user, SCHOOL_ACCOUNT)          → signed in

Between the two steps the session holds who gave the right password, for ten minutes; that is no sign-in yet.
"""

import time
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_scopes import scopes_disabled

from belong.people.confirming import confirm
from belong.people.models import User
from belong.people.signing_in import devices, sessions, tries
from belong.people.signing_in.factors import has_factor
from belong.people.signing_in.trail import note_own

HALF_WAY, HALF_WAY_FOR = "half_way_in", 10 * 60
SHOWN = "shown_by"  # session: how this browser showed who it is
PASSWORD, PASSKEY, CODE, SCHOOL_ACCOUNT, DEMO = "password", "passkey", "code", "school account", "demo"
ENOUGH = frozenset({PASSKEY, CODE, SCHOOL_ACCOUNT})
BACKEND = "belong.people.signing_in.backend.NameOrMail"


def begin(request: HttpRequest, user: User, how: str, going: str = "") -> HttpResponse:
    """Go on after a first proof: to the second step where one is set up, else in."""
    if how in ENOUGH or not has_factor(user):
        return finish(request, user, how, going)
    request.session[HALF_WAY] = {
        "user": user.pk,
        "stamp": user.get_session_auth_hash(),
        "at": int(time.time()),
        "how": how,
    }
    return redirect(
        f"{reverse('sign-in-second')}?{urlencode({'next': going})}" if going else "sign-in-second"
    )


def half_way(request: HttpRequest) -> User | None:
    """Who gave the right password here in the last ten minutes, and still may sign in with it."""
    held: dict[str, Any] = request.session.get(HALF_WAY) or {}
    if not held or time.time() - held["at"] > HALF_WAY_FOR:
        return None
    with scopes_disabled():
        user = User.objects.filter(pk=held["user"], is_active=True).select_related("person", "school").first()
    return user if user is not None and user.get_session_auth_hash() == held["stamp"] else None


def sign_in(request: HttpRequest, user: User, how: str) -> None:
    """Sign in: a new session, on the person's list and in the trail, and their wrong tries are forgotten."""
    if not user.is_active:
        raise ValueError("a sign-in that was ended cannot be used")
    request.session.pop(HALF_WAY, None)
    with scopes_disabled():
        login(request, user, backend=BACKEND)
        request.session[SHOWN] = how
        if how != DEMO:
            confirm(request)
        sessions.begin(request)
        note_own("sign_in", user, by=how)
    _forgive(request, user)


def finish(request: HttpRequest, user: User, how: str, going: str = "") -> HttpResponse:
    """Sign in, know this device from now on, and go where the person was going."""
    sign_in(request, user, how)
    answer = redirect(safe(request, going))
    devices.remember(request, answer, user)
    return answer


def showed_enough(request: HttpRequest) -> bool:
    """Whether this browser came by a second step, a passkey or the school's own account."""
    return request.session.get(SHOWN) in ENOUGH


def add_proof(request: HttpRequest, how: str) -> None:
    """Somebody who is signed in has now also shown this; setting a second step up shows it."""
    request.session[SHOWN] = how


def safe(request: HttpRequest, going: str) -> str:
    """The page of ours that was asked for, else the first one."""
    return going if url_has_allowed_host_and_scheme(going, {request.get_host()}) else reverse("home")


def _forgive(request: HttpRequest, user: User) -> None:
    """Wrong tries before the right one are forgotten, on this device and elsewhere."""
    tries.forget(tries.ACCOUNT, user.pk)
    tries.forget(tries.FACTOR, user.pk)
    if number := devices.known_as(request, user):
        tries.forget(tries.DEVICE, user.pk, number)
