"""Passkeys: the device's own fingerprint, face or PIN, or a key on the key ring.

allauth and fido2 check what a device answers. Asked for is what works with nearly every device: a key the device can
find by itself, so that the name need not be typed, and its owner's finger or PIN where it has one; signing in with a
passkey alone insists on that.
"""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django_scopes import scopes_disabled
from fido2.webauthn import ResidentKeyRequirement, UserVerificationRequirement

from belong.people.models import User
from belong.people.signing_in import factors

NAME_LENGTH = 40
# What a browser sends is a stranger's text: everything that can go wrong while reading it is one wrong answer.
UNREADABLE = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError)


def registration_options(user: User) -> dict[str, Any]:
    """What the browser needs to make a key; the challenge stays in the session."""
    options, state = auth.get_server().register_begin(
        user=auth.build_user_payload(user),
        credentials=auth.get_credentials(user),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
        extensions=auth.EXTENSIONS,
    )
    auth.set_state(state)
    return dict(options)


def add(request: HttpRequest, user: User, name: str, answer: str) -> bool:
    """Keep the key the browser has made; False where the answer is not good."""
    try:
        credential = json.loads(answer)
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except UNREADABLE:
        return False
    words = " ".join(name.replace("\x00", "").split())[:NAME_LENGTH] or f"Passkey {_number(user)}"
    auth.WebAuthn.add(user, words, credential)
    factors.added(request, user, factors.PASSKEY)
    return True


def sign_in_options(user: User | None) -> dict[str, Any]:
    """What the browser needs to use a key: any of `user`'s, or whichever the device finds by itself."""
    return auth.begin_authentication(user)


def used(answer: str, user: User | None) -> User | None:
    """Whose key the browser has used: `user`, or whoever the device says where `user` is None; None for nobody."""
    try:
        credential = json.loads(answer)
        auth.parse_authentication_response(credential)
        with scopes_disabled():
            owner = user or auth.extract_user_from_response(credential)
            factor: Authenticator = auth.complete_authentication(owner, credential)
    except UNREADABLE:
        return None
    if not owner.is_active:
        return None
    factor.record_usage()
    return owner


def _number(user: User) -> int:
    return int(Authenticator.objects.filter(user=user, type=factors.PASSKEY).count()) + 1
