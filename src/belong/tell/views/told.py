"""The page for those who were asked: open to anyone who has its address, which nobody can guess."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_scopes import scope

from belong.ask.languages.choosing import in_own_language
from belong.base.access import require
from belong.people.request import SignedIn
from belong.see.queries import release_of
from belong.tell import queries
from belong.tell.access import access_response, access_shared, visible_responses
from belong.tell.models import Response
from belong.tell.sharing import share
from belong.tell.words import answered, asked

PAPERS = ("a4", "a3")


@in_own_language
@require_safe
def told(request: HttpRequest, share_code: str) -> HttpResponse:
    """You asked, we heard, we did: for pupils and families, without signing in."""
    response = access_shared(share_code)
    with scope(school=response.school):
        return _unlisted(render(request, "tell/told.html", _page(response)))


@in_own_language
@require_safe
def poster(request: HttpRequest, share_code: str) -> HttpResponse:
    """The same large and calm, for a projector, and for the wall on A4 or A3."""
    response = access_shared(share_code)
    with scope(school=response.school):
        asked = request.GET.get("paper", "")
        more = {"share": share(request, response), "paper": asked if asked in PAPERS else PAPERS[0]}
        return _unlisted(render(request, "tell/poster.html", _page(response) | more))


@login_required
@require_safe
def preview(request: SignedIn, wave_id: int) -> HttpResponse:
    """The public page before it is public, for staff."""
    require(request.user, "tell.view_responses")
    response = access_response(request.user, wave_id)
    return render(request, "tell/told.html", _page(response) | {"is_preview": not response.is_published})


@login_required
@in_own_language
@require_safe
def told_list(request: SignedIn) -> HttpResponse:
    """Published responses for this reader, newest first."""
    require(request.user, "tell.view_told")
    found = (
        visible_responses(request.user).filter(published_at__isnull=False).order_by("-published_at", "-pk")
    )
    return render(request, "tell/told_list.html", {"responses": found})


def _page(response: Response) -> dict[str, Any]:
    """What the page shows. The only figures are a response rate and gaps then and now, all from releases."""
    wave, release = response.wave, release_of(response.wave)
    items = queries.told(response)
    return {
        "response": response,
        "wave": wave,
        "school": response.school,
        "is_demo": response.school.is_demo,
        "asked": asked(wave),
        "answered": answered(release) if release else "",
        "items": items,
        "has_points": any(item.has_points for item in items),
        "threshold": release.threshold if release else None,
    }


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """Not for search engines: the address is for those who were asked."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
