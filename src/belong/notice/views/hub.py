"""The first page of the notice room."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from belong.base.access import require
from belong.notice.hub import places_for
from belong.people.request import SignedIn


@login_required
@require_safe
def hub(request: SignedIn) -> HttpResponse:
    """Everything this viewer can do here, each with a line about it."""
    require(request.user, "notice.view_own_groups")
    return render(request, "notice/hub.html", {"places": places_for(request.user)})
