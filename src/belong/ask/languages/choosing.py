"""Pages of a pupil or a family with a sign-in of their own: in the language that they chose, kept with the person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from belong.ask.models import ReadingLanguage
from belong.base.access import allowed
from belong.content.translations import ENGLISH, known
from belong.web.languages import for_django, said_in, speaking

View = Callable[..., HttpResponse]


def in_own_language(view: View) -> View:
    """Answer in the language the reader chose; for staff in English, and where the address says a language in that.

    Stands under `login_required`, above all else; a page that everybody can open needs no sign-in for it.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if said_in(request.path_info) or not (user.is_authenticated and allowed(user, "ask.choose_language")):
            return view(request, *args, **kwargs)
        with in_language_of(request, user.person_id):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = for_django(request.own_language)  # type: ignore[attr-defined]
        return response

    return inner


@contextmanager
def in_language_of(request: HttpRequest, person_id: int) -> Iterator[None]:
    """Everything inside is said in the language somebody chose; the page's menu knows that the choice is kept."""
    code = language_for(person_id)
    request.own_language = code  # type: ignore[attr-defined]
    with speaking(code):
        yield


def language_for(person_id: int) -> str:
    """The language somebody chose for their own pages, else English."""
    chosen = ReadingLanguage.objects.filter(person=person_id).values_list("language", flat=True).first()
    return chosen if chosen in known() else ENGLISH
