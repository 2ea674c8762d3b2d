"""Pages of a pupil or a family with a sign-in of their own: in the language that they chose, kept with the person."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from belong.ask.models import ReadingLanguage
from belong.base.access import allowed
from belong.content.translations import ENGLISH, known
from belong.web.languages import speaking

View = Callable[..., HttpResponse]


def in_own_language(view: View) -> View:
    """Answer in the language the reader chose; for staff in English. Stands under `login_required`, above all else."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if not (user.is_authenticated and allowed(user, "ask.choose_language")):
            return view(request, *args, **kwargs)
        code = language_for(user.person_id)
        request.own_language = code  # type: ignore[attr-defined]
        with speaking(code):
            return view(request, *args, **kwargs)

    return inner


def language_for(person_id: int) -> str:
    """The language somebody chose for their own pages, else English."""
    chosen = ReadingLanguage.objects.filter(person=person_id).values_list("language", flat=True).first()
    return chosen if chosen in known() else ENGLISH
