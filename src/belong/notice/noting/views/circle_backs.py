"""Circling back: promise, queue, done, another day, undo."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.base.access import require
from belong.base.errors import Refused
from belong.notice.noting import circle_backs, words
from belong.notice.noting.access import access_circle_back, access_promised
from belong.notice.noting.forms import CircleBackForm, DayForm
from belong.notice.views.moments import kept
from belong.notice.words import day
from belong.people.request import SignedIn, back_to
from belong.web.messages import noted


@login_required
@require_safe
def circle_back_queue(request: SignedIn) -> HttpResponse:
    """What I owe whom: due, to come, done lately."""
    require(request.user, "notice.view_circle_backs")
    page = {"queue": circle_backs.queue(request.user), "form": DayForm(), "openers": circle_backs.OPENERS}
    return render(request, "notice/noting/circle_backs.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def owe(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Promise to come back to a pupil."""
    pupil = access_promised(request.user, pupil_id)
    back = back_to(request, reverse("notice:pupil", args=[pupil.pk]))
    form = CircleBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            promise = circle_backs.owe_circle_back(request.user, pupil=pupil, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            undo = reverse("notice:undo-circle-back", args=[promise.pk])
            noted(request, words.promised(promise), undo_url=undo)
            return kept(request, back, form)
    page = {"pupil": pupil, "form": form, "back": back}
    return render(request, "notice/noting/owe.html", page, status=422 if form.errors else 200)


@login_required
@require_POST
def done(request: SignedIn, promise_id: int) -> HttpResponse:
    """I came back to them."""
    promise = access_circle_back(request.user, promise_id)
    circle_backs.keep_circle_back(request.user, promise=promise)
    undo = reverse("notice:reopen-circle-back", args=[promise.pk])
    noted(request, f"Done: you came back to {promise.pupil.display_name}.", undo_url=undo)
    if request.POST.get("then") == "moment":
        home = reverse("notice:circle-backs")
        return redirect(f"{reverse('notice:moment', args=[promise.pupil_id])}?next={home}")
    return redirect("notice:circle-backs")


@login_required
@require_POST
def reopen(request: SignedIn, promise_id: int) -> HttpResponse:
    """Not done after all."""
    circle_backs.reopen_circle_back(request.user, promise=access_circle_back(request.user, promise_id))
    noted(request, "Taken back: it is owed again.")
    return redirect("notice:circle-backs")


@login_required
@require_POST
def later(request: SignedIn, promise_id: int) -> HttpResponse:
    """Another day."""
    promise = access_circle_back(request.user, promise_id)
    form = DayForm(request.POST)
    if not form.is_valid():
        raise Refused("Choose a day.")
    circle_backs.move_circle_back(request.user, promise=promise, due_on=form.cleaned_data["due_on"])
    noted(request, f"Moved: come back to {promise.pupil.display_name} {_by(promise)}.")
    return redirect("notice:circle-backs")


@login_required
@require_POST
def undo(request: SignedIn, promise_id: int) -> HttpResponse:
    """Take back a promise made just now."""
    circle_backs.undo_circle_back(request.user, promise=access_circle_back(request.user, promise_id))
    noted(request, "Taken back.")
    return redirect(back_to(request, reverse("notice:circle-backs")))


def _by(promise: circle_backs.CircleBack) -> str:
    said = day(promise.due_on)
    return said if said == "today" else f"by {said}"
