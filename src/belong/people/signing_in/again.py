"""The page that asks once more who it is, before a dangerous act."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from belong.people.confirming import confirm
from belong.people.models import User
from belong.people.request import SignedIn, back_to
from belong.people.signing_in import factors, passkeys, tries
from belong.people.signing_in.trail import note_own


@never_cache
@sensitive_post_parameters("password", "code")
@login_required
def again(request: SignedIn) -> HttpResponse:
    """Ask for the password, a code or a passkey; in the labelled demo, where nobody has one, for a tap."""
    user = request.user
    going = back_to(request, reverse("home"))
    page: dict[str, Any] = {
        "next": going if not going.startswith(request.path) else reverse("home"),
        "press": request.GET.get("press") or request.POST.get("press"),
        **_ways(user),
    }
    if request.method != "POST":
        return _page(request, page)
    if not page["any"]:  # only the school's own account is left: that is asked by signing in again
        logout(request)
        return redirect(f"{reverse('sign-in')}?{urlencode({'next': page['next']})}")
    wait = 0 if page["demo"] else tries.take(tries.AGAIN, user.pk)
    how = "" if wait else _shown(request, page)
    if not how:
        if not wait:
            note_own("fail_confirm", user)
        page |= {"wrong": True, "minutes": -(-wait // 60)}
        return _page(request, page, status=429 if wait else 422)
    tries.forget(tries.AGAIN, user.pk)
    confirm(request)
    note_own("confirm", user, by=how)
    if page["press"]:
        messages.success(request, "Thank you. Now press the button once more.")
    return redirect(page["next"])


def _page(request: SignedIn, page: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page; a new question for the passkey is made only now, after the answer to the last was looked at."""
    if page.get("has_passkey"):
        page["options"] = passkeys.sign_in_options(request.user)
    return render(request, "people/signing_in/again.html", page, status=status)


def is_demo(user: User) -> bool:
    """Whether everyone here is invented and signs in by one tap."""
    return bool(settings.DEMO and user.school.is_demo)


def _ways(user: User) -> dict[str, Any]:
    """What this person can show."""
    if is_demo(user):
        return {"demo": True, "any": True}
    held = {factor.type for factor in factors.factors_of(user)}
    ways: dict[str, Any] = {
        "demo": False,
        "has_password": user.has_usable_password(),
        "has_app": factors.TOTP_TYPE in held,
        "has_passkey": factors.PASSKEY in held,
    }
    ways["any"] = ways["has_password"] or bool(held)
    return ways


def _shown(request: SignedIn, page: dict[str, Any]) -> str:
    """By which way the person has shown who they are; nothing where it was wrong."""
    user = request.user
    if page["demo"]:
        return "demo"
    if answer := request.POST.get("credential"):
        return "passkey" if passkeys.used(answer, user) else ""
    if code := request.POST.get("code", "").strip()[:40]:
        return "code" if factors.use_code(user, code) else ""
    return "password" if user.check_password(request.POST.get("password", "")) else ""
