"""Your sign-in: password, second step, recovery codes, and where you are signed in."""

from typing import Any
from urllib.parse import quote, urlencode

import segno
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from belong.base.secrets import decrypt, encrypt
from belong.people.confirming import password_again
from belong.people.models import Person, User
from belong.people.request import SignedIn
from belong.people.signing_in import entering, factors, passkeys, sessions, tries
from belong.people.signing_in.adapter import PURPOSE
from belong.people.signing_in.trail import note_own

SECRET, GOING = "new_app_secret", "going_after_second_step"


def has_own_sign_in(user: User) -> bool:
    """Pupils have no password of their own to look after; everybody else who signs in does."""
    return user.person is None or user.person.kind != Person.PUPIL


def _frame(request: SignedIn) -> dict[str, Any]:
    """No ways to other pages for whoever must set a second step up first: each would lead back here."""
    if factors.must_have_factor(request.user) and not entering.showed_enough(request):
        return {"nav": [], "account_links": []}
    return {}


def _mine(request: SignedIn) -> User:
    if not has_own_sign_in(request.user):
        raise Http404
    return request.user


@never_cache
@login_required
def yours(request: SignedIn) -> HttpResponse:
    """Everything about one's own sign-in on one page."""
    user = _mine(request)
    page = {
        "has_password": user.has_usable_password(),
        "factors": factors.factors_of(user),
        "codes_left": factors.codes_left(user),
        "must": factors.must_have_factor(user),
        "sessions": len(sessions.sessions_of(user)),
        "has_app": factors.has_app(user),
    }
    return render(request, "people/signing_in/yours.html", page)


@never_cache
@login_required
def second_step(request: SignedIn) -> HttpResponse:
    """Which second step to set up; whoever must have one comes here before anything else."""
    user = _mine(request)
    going = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(going, {request.get_host()}):
        request.session[GOING] = going
    page: dict[str, Any] = _frame(request)
    page |= {"first": not factors.has_factor(user), "has_app": factors.has_app(user)}
    return render(request, "people/signing_in/second_step.html", page)


@never_cache
@login_required
@password_again
def add_app(request: SignedIn) -> HttpResponse:
    """Show a secret as a square and as letters, until a code of it is typed."""
    user = _mine(request)
    if factors.has_app(user):
        messages.info(request, "You have an authenticator app already. Remove it first to set up another.")
        return redirect("your-sign-in")
    if request.method != "POST" or SECRET not in request.session:
        request.session[SECRET] = encrypt(
            generate_totp_secret(), PURPOSE
        )  # sessions lie in the database, too
    secret = decrypt(request.session[SECRET], PURPOSE)
    page = _frame(request) | {"secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}
    status = 200
    if request.method == "POST":
        wait = tries.take(tries.FACTOR, user.pk)
        step = 0 if wait else factors.right_step(secret, request.POST.get("code", "")[:40])
        if step:
            tries.forget(tries.FACTOR, user.pk)
            factors.add_app(request, user, secret, step)
            del request.session[SECRET]
            entering.add_proof(request, entering.CODE)
            return _after_adding(request, "Your authenticator app is set up.")
        page |= {"wrong": True, "minutes": -(-wait // 60)}
        status = 422
    page["square"] = square(user, secret)
    return render(request, "people/signing_in/add_app.html", page, status=status)


def square(user: User, secret: str) -> str:
    """The secret as a QR code, an SVG: what an authenticator app reads."""
    issuer = f"belong {user.school.name}"
    words = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    address = f"otpauth://totp/{quote(f'{issuer}:{user.username}', safe='')}?{words}"
    drawn = segno.make(address, error="m", micro=False)
    title = "Square to read with the authenticator app"
    return str(drawn.svg_inline(scale=5, border=2, svgclass="qr", lineclass=None, omitsize=True, title=title))


@never_cache
@login_required
@password_again
def add_passkey(request: SignedIn) -> HttpResponse:
    """Make a passkey on this device or on a key."""
    user = _mine(request)
    page = _frame(request)
    if request.method == "POST":
        if passkeys.add(request, user, request.POST.get("name", ""), request.POST.get("credential", "")):
            entering.add_proof(request, entering.PASSKEY)
            return _after_adding(request, "Your passkey is set up.")
        page["wrong"] = True
    page["options"] = passkeys.registration_options(user)
    return render(
        request, "people/signing_in/add_passkey.html", page, status=422 if page.get("wrong") else 200
    )


def _after_adding(request: SignedIn, said: str) -> HttpResponse:
    messages.success(request, said)
    if factors.codes_to_show(request, request.user):
        return redirect("recovery-codes")
    return redirect(request.session.pop(GOING, "") or "your-sign-in")


@login_required
@require_POST
@password_again
def remove_factor(request: SignedIn, factor_id: int) -> HttpResponse:
    """Take an app or a passkey away; whoever must have one keeps the last until there is another."""
    user = _mine(request)
    held = factors.factors_of(user)
    factor = next((one for one in held if one.pk == factor_id), None)
    if factor is None:
        raise Http404
    if factors.must_have_factor(user) and len(held) == 1:
        messages.error(request, "This is your only second step. Add another first, then remove this one.")
        return redirect("your-sign-in")
    factors.remove(user, factor)
    messages.success(request, f"{factors.NAMES[Authenticator.Type(factor.type)]} was removed.")
    return redirect("your-sign-in")


@never_cache
@login_required
@password_again
def codes(request: SignedIn) -> HttpResponse:
    """New recovery codes, once; POST makes new ones."""
    user = _mine(request)
    if not factors.has_factor(user):
        return redirect("second-step")
    if request.method == "POST":
        factors.new_codes(request, user)
        note_own("make_recovery_codes", user)
        return redirect("recovery-codes")
    page = {"codes": factors.codes_to_show(request, user), "left": factors.codes_left(user)}
    return render(request, "people/signing_in/codes.html", page)


@never_cache
@login_required
def codes_file(request: SignedIn) -> HttpResponse:
    """The same codes as a text file, while they may be read."""
    shown = factors.codes_to_show(request, _mine(request))
    if not shown:
        raise Http404
    lines = [f"Recovery codes for belong, {request.user.username}. Each works once.", "", *shown, ""]
    answer = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="belong-recovery-codes.txt"'
    return answer


@login_required
@require_POST
def codes_kept(request: SignedIn) -> HttpResponse:
    """They are safe; they are not shown again."""
    _mine(request)
    factors.kept_codes(request)
    return redirect(request.session.pop(GOING, "") or "home")


@never_cache
@login_required
def where(request: SignedIn) -> HttpResponse:
    """The devices on which one is signed in."""
    here = request.session.session_key
    rows = [
        {
            "id": one.pk,
            "device": sessions.device_words(one.user_agent),
            "since": one.created_at,
            "seen": one.last_seen_at,
            "here": one.session_key == here,
        }
        for one in sessions.sessions_of(_mine(request))
    ]
    rows.sort(key=lambda row: not row["here"])
    return render(request, "people/signing_in/where.html", {"rows": rows})


@login_required
@require_POST
def end_one(request: SignedIn, session_id: int) -> HttpResponse:
    """Sign out one other device."""
    user = _mine(request)
    one = get_object_or_404(UserSession, pk=session_id, user=user)
    sessions.end([one])
    note_own("end_session", user, sessions=1)
    messages.success(request, f"{sessions.device_words(one.user_agent)} is signed out.")
    return redirect("where-signed-in")


@login_required
@require_POST
def end_others(request: SignedIn) -> HttpResponse:
    """Sign out everywhere but here."""
    user = _mine(request)
    ended = sessions.end_all([user], but=request.session.session_key)
    note_own("end_session", user, sessions=ended)
    messages.success(request, "You are signed in here and nowhere else.")
    return redirect("where-signed-in")
