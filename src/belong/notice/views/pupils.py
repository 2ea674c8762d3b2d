"""A pupil's page, and what an adult sets there about their own relationship."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from belong.base.access import allowed
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.base.errors import Refused
from belong.notice import actions, words
from belong.notice.access import UNDO_WITHIN, access_addressee, access_change, access_pupil
from belong.notice.forms import KnowingForm, ReviewForm, StateForm
from belong.notice.greeting.queries import name_facts
from belong.notice.models import State
from belong.notice.profiles.queries import readings
from belong.notice.queries import pupil_page
from belong.notice.recognition.queries import newest_recognised
from belong.notice.register.actions import next_school_day
from belong.notice.register.queries import also_set_today, intentions_for, suggested
from belong.people.models import Person
from belong.people.request import SignedIn
from belong.web.messages import noted

MOMENTS_A_PAGE = 20


@login_required
@require_safe
def pupil(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Moments, state with history for those allowed, groups, clubs, the adults who know the child.

    That the page was opened is noted in the trail, so that it can be said later who saw what about a child.
    """
    return _page(request, access_pupil(request.user, pupil_id))


@login_required
@require_POST
def set_state(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Establish, Maintain or Restore, with an optional reason."""
    pupil = access_addressee(request.user, pupil_id)
    form = StateForm(request.POST)
    if form.is_valid():
        try:
            change = actions.set_state(request.user, pupil=pupil, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            undo = reverse("notice:undo-state", args=[pupil.pk, change.pk])
            said = [words.set_state(change, pupil.display_name), *also_set_today(request.user, pupil)]
            noted(request, " ".join(said), undo_url=undo)
            return redirect("notice:pupil", pupil.pk)
    return _page(request, pupil, state_form=form)


@login_required
@require_POST
def undo_state(request: SignedIn, pupil_id: int, change_id: int) -> HttpResponse:
    """Take back the state set a moment ago."""
    pupil = access_addressee(request.user, pupil_id)
    actions.undo_state(request.user, change=access_change(request.user, change_id))
    noted(request, "Taken back.")
    return redirect("notice:pupil", pupil.pk)


@login_required
@require_POST
def set_review(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Choose the day to look again."""
    pupil = access_addressee(request.user, pupil_id)
    form = ReviewForm(request.POST)
    if form.is_valid():
        try:
            kept = actions.set_review(request.user, pupil=pupil, **form.cleaned_data)
        except Refused as refused:
            form.add_error("review_on", refused.reason)
        else:
            noted(request, f"Look again: {words.day(kept.review_on)}.")
            return redirect("notice:pupil", pupil.pk)
    return _page(request, pupil, review_form=form)


@login_required
@require_POST
def knowing(request: SignedIn, pupil_id: int) -> HttpResponse:
    """ "I know them well", with or without a line."""
    pupil = access_addressee(request.user, pupil_id)
    form = KnowingForm(request.POST)
    if form.is_valid():
        try:
            actions.record_knowing(request.user, pupil=pupil, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            undo = reverse("notice:undo-knowing", args=[pupil.pk])
            noted(request, f"Noted: you know {pupil.first_name} well.", undo_url=undo)
            return redirect("notice:pupil", pupil.pk)
    return _page(request, pupil, knowing_form=form)


@login_required
@require_POST
def undo_knowing(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Take back "I know them well"."""
    pupil = access_addressee(request.user, pupil_id)
    actions.undo_knowing(request.user, pupil=pupil)
    noted(request, "Taken back.")
    return redirect("notice:pupil", pupil.pk)


def _page(
    request: SignedIn,
    pupil: Person,
    state_form: StateForm | None = None,
    review_form: ReviewForm | None = None,
    knowing_form: KnowingForm | None = None,
) -> HttpResponse:
    found = pupil_page(request.user, pupil)
    line = found.i_know.line if found.i_know else ""
    may_set = allowed(request.user, "notice.set_state", pupil)
    forms = (
        state_form or StateForm(),
        review_form or ReviewForm(initial={"review_on": found.mine and found.mine.review_on}),
        knowing_form or KnowingForm(initial={"line": line}),
    )
    page = {
        "page": found,
        "pupil": pupil,
        "card": found.card,
        "moments": Paginator(found.moments, MOMENTS_A_PAGE).get_page(request.GET.get("page")),
        "undo_since": now() - UNDO_WITHIN,
        "may_set": may_set,
        "may_leave_off": allowed(request.user, "notice.leave_off", pupil),
        "recognised": newest_recognised(request.user, pupil),
        "seen": found.newest_change,
        "meant": intentions_for(request.user, pupil) if may_set else [],
        "fitting": suggested(request.user, pupil, found.card.state) if may_set and found.card.state else [],
        "today": today(),
        "next_day": next_school_day(today()),
        "naming": name_facts(request.user, pupil),
        "may_say_name": allowed(request.user, "notice.say_name", pupil),
        "reading": readings(request.user, [pupil])[0],
        "states": [(state, words.STATE_HELP[state]) for state in State],
        "state_form": forms[0],
        "review_form": forms[1],
        "knowing_form": forms[2],
        "wrong": next((form for form in forms if form.errors), None),
    }
    answer = render(request, "notice/pupil.html", page, status=422 if page["wrong"] else 200)
    audit(request.user, "notice.view_pupil", pupil)
    return answer
