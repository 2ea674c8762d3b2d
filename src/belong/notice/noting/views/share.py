"""My fair share: for the adult alone."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from belong.base.access import require
from belong.notice.noting.fair_share import DAYS, KINDS, fair_share
from belong.notice.noting.forms import ShareForm
from belong.people.request import SignedIn


@login_required
@require_safe
def my_fair_share(request: SignedIn) -> HttpResponse:
    """Who of my pupils has had none from me, by day and kind. There is no address for anybody else's."""
    require(request.user, "notice.view_fair_share")
    form = ShareForm(request.GET)
    asked = form.asked()
    share = fair_share(request.user, **asked)
    page = {
        "form": form,
        "share": share,
        "without": [(pupil, share.last.get(pupil.pk)) for pupil in share.without],
        "day_word": next((name for name in DAYS if name.lower() == share.day), ""),
        "kind_word": next((str(kind.label).lower() for kind in KINDS if kind.value == share.kind), ""),
        "days": [(line, urlencode(asked | {"day": line.key})) for line in share.days],
        "kinds": [(line, urlencode(asked | {"kind": line.key})) for line in share.kinds],
        "here": f"{request.path}?{urlencode(asked)}",
    }
    return render(request, "notice/noting/fair_share.html", page)
