"""Both sides: the list, one pupil, and asking an adult."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from belong.ask.queries import named_answers
from belong.base.access import allowed, require
from belong.base.errors import Refused
from belong.notice.access import access_pupil
from belong.notice.both_sides import actions, words
from belong.notice.both_sides.access import access_pupil_to_match, visible_care
from belong.notice.both_sides.forms import BothSidesForm, OfferForm
from belong.notice.both_sides.queries import (
    NOBODY,
    Both,
    adults_to_ask,
    both_sides,
    both_sides_of,
    counts,
    narrowed,
)
from belong.people.models import Person
from belong.people.request import SignedIn
from belong.web.messages import noted

A_PAGE = 40


@never_cache
@login_required
@require_GET
def list_(request: SignedIn) -> HttpResponse:
    """Both sides of the viewer’s own pupils. Whose answers they saw is noted."""
    require(request.user, "notice.view_both_sides")
    everyone = both_sides(request.user)
    groups = {row.group.pk: row.group for row in everyone if row.group}
    form = BothSidesForm(
        request.GET,
        groups=sorted(groups.values(), key=lambda group: group.name),
        years=list({row.pupil.year for row in everyone} - {""}),
    )
    filters = form.filters()
    found = narrowed(everyone, filters)
    whole = "all" in request.GET
    page = Paginator(found, max(len(found), 1) if whole else A_PAGE).get_page(request.GET.get("page"))
    actions.note_said_read(request.user, [row.pupil.pk for row in page.object_list if row.said])
    asked = {key: value for key, value in request.GET.items() if value and key not in ("page", "all")}
    facts = {
        "form": form,
        "filters": filters,
        "page": page,
        "rows": page.object_list,
        "total": len(found),
        "nobody_at_all": not everyone,
        "nobody": counts(everyone)[NOBODY] if filters.show != NOBODY else 0,
        "all_query": "?" + urlencode(asked | {"all": "1"}),
        "thresholds": words.THRESHOLDS,
        "never": words.NEVER,
        "care": visible_care(request.user).filter(closed_on=None).count(),
    }
    return render(request, "notice/both_sides/list.html", facts)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def pupil(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Both sides of one pupil; a POST asks an adult to look out for them."""
    user = request.user
    found = (
        access_pupil_to_match(user, pupil_id) if request.method == "POST" else access_pupil(user, pupil_id)
    )
    row = both_sides_of(user, found)
    adults = adults_to_ask(row)
    sent = request.POST if request.method == "POST" else None
    form = OfferForm(sent, adults=adults, named={adult.pk for adult in row.named})
    if request.method == "POST" and form.is_valid():
        adult = next(one for one in adults if str(one.pk) == form.cleaned_data["adult"])
        try:
            actions.offer_match(user, pupil=found, adult=adult, line=form.cleaned_data["line"])
        except Refused as no:
            form.add_error(None, no.reason)
        else:
            noted(request, f"{adult.display_name} has been asked. The answer comes to your Today page.")
            return redirect("notice:both-sides-pupil", found.pk)
    return _pupil_page(request, found, row, form)


def _pupil_page(request: SignedIn, found: Person, row: Both, form: OfferForm) -> HttpResponse:
    user = request.user
    answers = [
        answer for answer in named_answers(user, found) if row.said and answer.wave_id == row.said.wave_id
    ]
    if request.method == "GET" and row.said:
        actions.note_said_read(user, [found.pk])
    facts = {
        "pupil": found,
        "row": row,
        "answers": answers,
        "form": form,
        "may_offer": allowed(user, "notice.offer_match", found),
        "tasks": visible_care(user).filter(pupil=found).select_related("pupil", "adult"),
        "never": words.NEVER,
    }
    return render(request, "notice/both_sides/pupil.html", facts, status=422 if form.errors else 200)
