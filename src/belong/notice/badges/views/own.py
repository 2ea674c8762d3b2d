"""One award: what it was for, and taking it along, which the pupil or the family does and nobody else."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from belong.ask.languages.choosing import in_own_language
from belong.base.access import allowed
from belong.base.errors import Refused
from belong.notice.badges.access import access_award, access_taking
from belong.notice.badges.forms import TakeForm
from belong.notice.badges.taking import take_badge
from belong.notice.models import Award
from belong.people.request import SignedIn


@never_cache
@login_required
@in_own_language
@require_safe
def award(request: SignedIn, award_id: int) -> HttpResponse:
    """A badge somebody holds, with what leaves the school when it is taken along."""
    return _page(request, access_award(request.user, award_id), TakeForm())


@never_cache
@login_required
@in_own_language
@require_POST
def take(request: SignedIn, award_id: int) -> HttpResponse:
    """The file of a badge."""
    found = access_taking(request.user, award_id)
    form = TakeForm(request.POST)
    if form.is_valid():
        try:
            taken = take_badge(request.user, found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            answer = HttpResponse(taken.data, content_type=taken.mime)
            answer["Content-Disposition"] = f'attachment; filename="{taken.name}"'
            answer["Cache-Control"] = "no-store, private"
            answer["X-Content-Type-Options"] = "nosniff"
            return answer
    return _page(request, found, form)


def _page(request: SignedIn, found: Award, form: TakeForm) -> HttpResponse:
    facts = {
        "award": found,
        "form": form,
        "may_take": allowed(request.user, "notice.take_badge", found),
        "is_own": found.pupil_id == request.user.person_id,
    }
    return render(request, "notice/badges/award.html", facts, status=422 if form.errors else 200)
