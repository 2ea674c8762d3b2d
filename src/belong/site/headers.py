"""Around everything that leaves the program, static files and errors included: what browsers and robots may do with it.

Also the first look at what comes in: a body larger than any form of ours is refused before a byte of it is read.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse

from belong.web import device

Handler = Callable[[HttpRequest], HttpResponse]
LARGEST_BODY = 21 * 1024 * 1024  # the largest roster file (20 MB) and what a form puts round it
HEADERS = {
    "Permissions-Policy": device.policy(),  # a page that needs the microphone says so itself
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Server": "belong",  # in place of the web server's own name
}


def everywhere(get_response: Handler) -> Handler:
    """Put `HEADERS` on every answer; refuse what is too large with 413."""

    def middleware(request: HttpRequest) -> HttpResponse:
        too_large = _length(request) > LARGEST_BODY
        answer = (
            HttpResponse(TOO_LARGE, status=413, content_type="text/plain")
            if too_large
            else get_response(request)
        )
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    return middleware


TOO_LARGE = "That is more than belong takes at once (20 MB). Larger rosters go in with `belong import` on the server.\n"


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


class policy(CSPMiddleware):  # noqa: N801  (named like the function it stands beside)
    """What a page may load: django-csp, but the usual policy is put together once and not for every answer."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        has_its_own = any(name.startswith("_csp") for name in vars(response))
        if has_its_own or getattr(request, "_csp_nonce", None) is not None:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _usual())
        return response


@cache
def _usual() -> str:
    return build_policy()
