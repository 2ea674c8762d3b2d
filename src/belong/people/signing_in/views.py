"""Signing in and out: name and password, the second step, a passkey alone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from belong.people.models import User
from belong.people.signing_in import backend, devices, entering, factors, letters, passkeys, tries
from belong.people.signing_in.trail import note, note_own

NAME_LENGTH = 254


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignIn(View):
    """User name or e-mail, and password."""

    template_name = "site/sign_in.html"

    def extra(self) -> dict[str, Any]:
        """What else the page shows."""
        return {}

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect(entering.safe(request, request.GET.get("next", "")))
        return self.page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        name = request.POST.get("username", "").strip()[:NAME_LENGTH]
        password = request.POST.get("password", "")
        if not name or not password:
            return self.page(request, missing="name" if not name else "password", username=name)
        user = backend.find_user(name)
        device = devices.known_as(request, user)
        counted: tuple[Any, ...] = (
            (tries.DEVICE, user.pk, device) if user and device else _account(user, name)
        )
        if wait := self.wait(request, counted, is_known=bool(device)):
            return self.slow(request, wait, name)
        proved = backend.NameOrMail().authenticate(request, name, password)
        if proved is None:
            _noted(user, counted)
            return self.page(request, wrong=True, username=name, status=422)
        tries.forget(*counted)
        tries.give_back(tries.ADDRESS, address_of(request))
        return entering.begin(request, proved, entering.PASSWORD, request.POST.get("next", ""))

    def wait(self, request: HttpRequest, counted: tuple[Any, ...], is_known: bool) -> int:
        """Count this try; the seconds to wait instead, if any. A known device does not wait for its neighbours."""
        wait = 0 if is_known else tries.take(tries.ADDRESS, address_of(request))
        return wait or tries.take(*counted)

    def slow(self, request: HttpRequest, wait: int, name: str) -> HttpResponse:
        answer = self.page(request, minutes=-(-wait // 60), username=name, status=429)
        answer["Retry-After"] = str(wait)
        return answer

    def page(self, request: HttpRequest, status: int = 200, **words: Any) -> HttpResponse:
        going = request.POST.get("next") or request.GET.get("next", "")
        return render(request, self.template_name, {"next": going, **self.extra(), **words}, status=status)


def _account(user: User | None, name: str) -> tuple[Any, ...]:
    """What wrong tries are counted on: the sign-in, or the name where there is none, so that both look alike."""
    return (tries.ACCOUNT, user.pk) if user else (tries.ACCOUNT, "name", name.lower())


def _noted(user: User | None, counted: tuple[Any, ...]) -> None:
    """A wrong password for somebody who exists is in the trail; when waits begin, they are told."""
    if user is None:
        return
    locked = tries.waiting(*counted) > 0
    note("fail_sign_in", user, waits=locked)
    if locked:
        letters.tell_once_a_day(user, "locked")


@never_cache
def second(request: HttpRequest) -> HttpResponse:
    """The second step, after the right password: a code, a recovery code or a passkey."""
    user = entering.half_way(request)
    if user is None:
        messages.info(request, "Please begin again: the second step follows the password within ten minutes.")
        return redirect("sign-in")
    page: dict[str, Any] = {"next": request.POST.get("next") or request.GET.get("next", "")}
    status = 200
    if request.method == "POST":
        wait = tries.take(tries.FACTOR, user.pk)
        how = "" if wait else _second_proof(request, user)
        if how:
            return entering.finish(request, user, how, page["next"])
        if not wait:
            note("fail_second_factor", user)
        page |= {"wrong": True, "minutes": -(-wait // 60), "by_key": "credential" in request.POST}
        status = 429 if wait else 422
    found = {factor.type for factor in factors.factors_of(user)}
    page |= {"has_app": factors.TOTP_TYPE in found, "has_passkey": factors.PASSKEY in found}
    if page["has_passkey"]:
        page["options"] = passkeys.sign_in_options(user)
    return render(request, "people/signing_in/second.html", page, status=status)


def _second_proof(request: HttpRequest, user: User) -> str:
    if answer := request.POST.get("credential"):
        return entering.PASSKEY if passkeys.used(answer, user) else ""
    return entering.CODE if factors.use_code(user, request.POST.get("code", "")[:40]) else ""


@never_cache
def passkey(request: HttpRequest) -> HttpResponse:
    """A passkey alone: GET gives the browser its question, POST takes the answer."""
    if request.method != "POST":
        return JsonResponse(passkeys.sign_in_options(None))
    if tries.take(tries.ADDRESS, address_of(request)):
        messages.error(request, "Too many tries came from here. Please wait a minute, then try again.")
        return redirect("sign-in")
    user = passkeys.used(request.POST.get("credential", ""), None)
    if user is None:
        messages.error(request, "That passkey is not known here. Sign in with your password instead.")
        return redirect("sign-in")
    tries.give_back(tries.ADDRESS, address_of(request))
    return entering.finish(request, user, entering.PASSKEY, request.POST.get("next", ""))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    user = request.user
    if user.is_authenticated:
        note_own("sign_out", user)
    logout(request)
    return redirect("sign-in")
