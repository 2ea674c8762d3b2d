"""The page round the questions: the same for all who are asked the same in one look and language, so drawn once.

What differs between children is put in afterwards: the pass, and the questions (`belong.ask.sheet.drawn`). The
template is never handed the person, so no name can get into what is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe

from belong.ask.languages.wording import wording_key

TEMPLATE = "ask/child/questions.html"
PASS, QUESTIONS = "\ue002", "\ue003"  # characters for private use: no wording holds them
_KEPT = 200
_frames: dict[tuple[object, ...], tuple[bytes, bytes, bytes]] = {}


@dataclass(frozen=True)
class Anybody:
    """Who answers, as far as the frame may know."""

    is_young: bool


def framed(request: HttpRequest, page: Mapping[str, Any]) -> HttpResponse:
    """The page with fresh questions (`drawn`); whoever is signed in, or is helped, gets one of their own.

    Where nothing is to be kept (`settings.BRIEFLY`), everybody does.
    """
    if not settings.BRIEFLY or request.user.is_authenticated or "drawn" not in page:
        return alone(request, page)
    wave, school, anybody = page["wave"], page["school"], Anybody(page["found"].is_young)
    apart = {"found": anybody, "sheet_pass": PASS, "drawn": QUESTIONS}
    follows = ("wave", "school", "look_menu")  # named in the key below, or made from `look`
    same = {name: repr(value) for name, value in page.items() if name not in (*apart, *follows)}
    key = (
        *sorted(same.items()),
        anybody,
        (wave.pk, wave.title, *wording_key(wave)),
        (school.pk, school.name, repr(school.settings), settings.DEMO),
        request.get_full_path(),
    )
    if key not in _frames:
        if len(_frames) >= _KEPT:
            _frames.clear()
        _frames[key] = _pieces(render_to_string(TEMPLATE, {**page, **apart}, request))
    before, between, after = _frames[key]
    mine = escape(page["sheet_pass"]).encode()
    return HttpResponse(b"".join((before, mine, between, page["drawn"], after)))


def alone(request: HttpRequest, page: Mapping[str, Any]) -> HttpResponse:
    """The page drawn for one person, and kept nowhere."""
    own = dict(page)
    if "drawn" in page:
        own["drawn"] = mark_safe(page["drawn"].decode())  # noqa: S308  (`drawn` has escaped it)
    return render(request, TEMPLATE, own)


def _pieces(frame: str) -> tuple[bytes, bytes, bytes]:
    """What stands before the pass, between it and the questions, and after them, in UTF-8."""
    before, _, rest = frame.partition(PASS)
    between, _, after = rest.partition(QUESTIONS)
    return before.encode(), between.encode(), after.encode()
