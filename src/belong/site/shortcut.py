"""The shortest way to a questionnaire and back, for whoever is signed in nowhere.

A class that answers at the same moment asks for two addresses and brings no session: its pass is all that counts
(`belong.ask.passes`). What looks after sessions, forms of signed-in pages, messages and the second step would find
nothing to do, thirty times over, so those two go straight to their view. Everything that stands outside this
(headers, host names, language) stands round them, too; who brings a session goes the long way.
"""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse

from belong.base.errors import Refused
from belong.site.middleware import refused_page
from belong.web.languages import LANGUAGES, speaking

Handler = Callable[[HttpRequest], HttpResponse]
QUESTIONNAIRE = ("ask:questions", "ask:answers")


def to_the_questionnaire(get_response: Handler) -> Handler:
    """Middleware: call the view of a questionnaire's address at once where there is no session cookie."""

    def middleware(request: HttpRequest) -> HttpResponse:
        view = _views().get(request.path_info)
        if view is None or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return get_response(request)
        request.user = AnonymousUser()
        try:
            answer = view(request)
        except Refused as refused:
            answer = refused_page(request, refused)
        answer.headers.setdefault("Vary", "Cookie")
        return answer

    return middleware


@cache
def _views() -> dict[str, Handler]:
    """Address → view, in every language."""
    found: dict[str, Handler] = {}
    for language in LANGUAGES:
        with speaking(language.code):
            for name in QUESTIONNAIRE:
                address = reverse(name)
                found[address] = resolve(address).func
    return found
