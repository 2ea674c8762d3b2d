"""Before each page of somebody who is signed in: the second step first, and the session is seen to be in use."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from belong.people.models import User
from belong.people.signing_in import entering, factors, sessions

BEFORE_THE_SECOND_STEP = frozenset(
    {
        "second-step",
        "add-app",
        "add-passkey",
        "recovery-codes",
        "recovery-codes-file",
        "recovery-codes-kept",
        "sign-in",
        "sign-in-again",
        "sign-in-second",
        "sign-out",
        "set-password",
        "healthy",
    }
)
# A pupil may answer on an adult's device, and staff answer too: no session keeps the time of it.
NOT_SEEN = ("/a/", "/static/")


class signed_in:  # noqa: N801  (named like the functions it stands among)
    """Sends whoever needs a second step and has none to set one up; stands inside the school's scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        if answer := self._second_step(request):
            return answer
        if not request.path.startswith(NOT_SEEN):
            sessions.seen(request)
        return None

    def _second_step(self, request: HttpRequest) -> HttpResponse | None:
        if not settings.SECOND_FACTOR or entering.showed_enough(request):
            return None
        match = request.resolver_match
        if match is None or match.view_name in BEFORE_THE_SECOND_STEP:
            return None
        user = cast(User, request.user)
        if not factors.must_have_factor(user):
            return None
        if factors.has_factor(user):  # set up elsewhere since this browser came in without it
            request.session.flush()
            messages.info(request, "Please sign in once more, now with your second step.")
            return redirect("sign-in")
        going = {"next": request.get_full_path()} if request.method == "GET" else {}
        return redirect(f"{reverse('second-step')}?{urlencode(going)}")
