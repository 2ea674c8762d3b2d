"""Around every page: where the visitor is, the school it is about, and how a refusal is shown."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django_scopes import scope

from belong.base.errors import Refused

Handler = Callable[[HttpRequest], HttpResponse]


def visitor_address(get_response: Handler) -> Handler:
    """Behind a proxy (`belong serve --behind-proxy`), the visitor's address instead of the proxy's.

    It is the last one of X-Forwarded-For: the proxy itself wrote that; whatever stands before it the visitor may have
    made up.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if settings.BEHIND_PROXY and last:
            request.META["REMOTE_ADDR"] = last
        return get_response(request)

    return middleware


def school_scope(get_response: Handler) -> Handler:
    """Let every query of a signed-in page see the viewer's school and no other."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return get_response(request)
        with scope(school=user.school):
            return get_response(request)

    return middleware


class refusals:  # noqa: N801  (named like the function it stands beside)
    """Show a `Refused` reason where the person came from; nothing was written."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if request.headers.get("HX-Request"):
            answer = render(request, "web/_refused.html", {"reason": exception.reason})
            answer["HX-Reswap"] = "none"  # the page stays; only the words in the corner come
            return answer
        back = request.headers.get("Referer", "")
        if request.method == "POST" and url_has_allowed_host_and_scheme(back, {request.get_host()}):
            messages.error(request, exception.reason)
            return redirect(back)
        return refused_page(request, exception)


def refused_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A page that says why not."""
    return render(request, "web/refused.html", {"reason": refused.reason}, status=409)
