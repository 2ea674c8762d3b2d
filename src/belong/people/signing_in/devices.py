"""Devices a sign-in was used on before: they are not kept waiting for what strangers try elsewhere.

A cookie, signed, holds a random number of the device and a mark per person who signed in there; marks cannot be
read back into people. It lets nobody in: it only counts that device's wrong tries by themselves.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from belong.people.models import User

COOKIE = "belong_device"
AGE = 180 * 24 * 3600
MOST = 12  # people of one shared computer


def known_as(request: HttpRequest, user: User | None) -> str:
    """The device's number, where `user` has signed in on it; else nothing."""
    held = _read(request)
    return str(held["id"]) if user is not None and _mark(user, held["id"]) in held["marks"] else ""


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Keep that `user` signed in here."""
    held = _read(request)
    number = held["id"] or secrets.token_urlsafe(12)
    mark = _mark(user, number)
    marks = [mark, *(one for one in held["marks"] if one != mark)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps({"id": number, "marks": marks}, salt=COOKIE),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/sign-in/",
    )


def _mark(user: User, number: str) -> str:
    return salted_hmac("belong.people.device", f"{user.pk}:{number}", algorithm="sha256").hexdigest()[:20]


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        return dict(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=AGE))
    except signing.BadSignature:
        return {"id": "", "marks": []}
