"""A line for a colleague, and what the school chooses about greeting."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from belong.base.access import require
from belong.base.errors import Refused
from belong.notice.greeting import actions
from belong.notice.greeting.access import access_line, access_to_greet
from belong.notice.greeting.forms import BirthdaysForm, LineForm
from belong.notice.greeting.settings import mentions_birthdays
from belong.people.request import SignedIn
from belong.web.messages import noted

WENT_ON = (
    "Thank you. That may be about a child’s safety, so it has gone to the safeguarding lead and is not shown at the "
    "door."
)


@login_required
@require_http_methods(["GET", "POST"])
def talk_up(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Leave one good line about a pupil for another adult to use."""
    pupil = access_to_greet(request.user, "notice.talk_up", pupil_id)
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.talk_up(request.user, pupil=pupil, **form.cleaned_data)
        except Refused as refused:
            form.add_error("line", refused.reason)
        else:
            undo = reverse("notice:undo-talk-up", args=[kept.pk]) if kept else ""
            noted(
                request,
                f"Left for whoever greets {pupil.first_name} next." if kept else WENT_ON,
                undo_url=undo,
            )
            return redirect("notice:pupil", pupil.pk)
    page = {"pupil": pupil, "form": form}
    return render(request, "notice/greeting/talk_up.html", page, status=422 if form.errors else 200)


@login_required
@require_POST
def undo_talk_up(request: SignedIn, line_id: int) -> HttpResponse:
    """Take back a line of one's own that nobody has used."""
    line = access_line(request.user, line_id)
    actions.take_back_talk_up(request.user, line=line)
    noted(request, "Taken back.")
    return redirect("notice:pupil", line.pupil_id)


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: SignedIn) -> HttpResponse:
    """Whether this school mentions birthdays."""
    require(request.user, "notice.choose_greeting")
    form = BirthdaysForm(
        request.POST if request.method == "POST" else None,
        initial={"birthdays": mentions_birthdays(request.user.school)},
    )
    if request.method == "POST" and form.is_valid():
        actions.choose_birthdays(request.user, birthdays=form.cleaned_data["birthdays"])
        noted(request, "Kept.")
        return redirect("notice:greeting-settings")
    return render(request, "notice/greeting/settings.html", {"form": form})
