"""Asking again who it is before a dangerous act: an export, an erasure, a new key.

    @login_required
    @password_again
    def export_everything(request): …

Whoever gave a password, a code or a passkey in the last quarter of an hour goes straight through, signing in
included. Everyone else is sent to /sign-in/again/ and comes back: to the page itself, or for a button to the page
it stands on, where they press it once more. Nothing that was posted is kept meanwhile.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

LASTS = 15 * 60
SESSION_KEY = "confirmed_at"


def confirm(request: HttpRequest) -> None:
    """Note that the person at this browser has just shown who they are."""
    request.session[SESSION_KEY] = int(time.time())


def is_confirmed(request: HttpRequest) -> bool:
    """Whether that was less than a quarter of an hour ago, by the real clock."""
    age = time.time() - request.session.get(SESSION_KEY, 0)
    return bool(-60 <= age < LASTS)


def password_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let `view` run only when the viewer has shown again who they are; stands below `login_required`."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_confirmed(request):
            return view(request, *args, **kwargs)
        return ask_again(request)

    return asked


def ask_again(request: HttpRequest) -> HttpResponse:
    """The way to the page that asks, and from there back to this act."""
    words = {"next": _back(request)}
    if request.method != "GET":
        words["press"] = "1"
    url = f"{reverse('sign-in-again')}?{urlencode(words)}"
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = url
        return answer
    return redirect(url)


def _back(request: HttpRequest) -> str:
    """The page asked for; for a button, the page it stands on."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    named = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(named, {request.get_host()}):
        return reverse("home")
    parts = urlsplit(named)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
