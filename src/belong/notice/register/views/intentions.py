""" "I'll do this": put a small thing on one's own Today, do it, put it off, leave it, take that back."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from belong.notice import words as room_words
from belong.notice.access import access_pupil
from belong.notice.forms import DayInput
from belong.notice.models import Intention
from belong.notice.register import actions
from belong.notice.register.access import access_intention
from belong.notice.register.queries import meant
from belong.notice.register.strategies import title_of
from belong.people.request import SignedIn, back_to
from belong.web.messages import noted


class IntendForm(forms.Form):
    """Which strategy, and by when; without a day it is the next school day."""

    strategy = forms.CharField(max_length=60)
    due_on = forms.DateField(required=False, widget=DayInput())


@login_required
@require_POST
def intend(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Put a strategy for this pupil on Today."""
    pupil = access_pupil(request.user, pupil_id)
    form = IntendForm(request.POST)
    form.is_valid()
    key, day = form.cleaned_data.get("strategy", ""), form.cleaned_data.get("due_on")
    made = actions.intend(request.user, pupil=pupil, key=key, due_on=day)
    said = f"Meant for {room_words.day(made.due_on)}: {title_of(made.strategy)}, with {pupil.first_name}."
    noted(request, said, undo_url=reverse("notice:drop-intention", args=[made.pk]))
    return redirect(back_to(request, reverse("notice:pupil", args=[pupil.pk])))


@login_required
@require_safe
def intention(request: SignedIn, intention_id: int) -> HttpResponse:
    """What to do and say, with Done and Not now; once done, the offer to note it as a moment."""
    kept = access_intention(request.user, intention_id)
    return render(request, "notice/register/intention.html", {"meant": meant(kept), "pupil": kept.pupil})


@login_required
@require_POST
def done(request: SignedIn, intention_id: int) -> HttpResponse:
    """Done today; the page then offers to note a moment."""
    kept = actions.done(request.user, intention=access_intention(request.user, intention_id))
    noted(request, f"Done: {title_of(kept.strategy)}.", **_undo(kept))
    return redirect("notice:intention", kept.pk)


@login_required
@require_POST
def not_now(request: SignedIn, intention_id: int) -> HttpResponse:
    """Put it off by a week."""
    kept = actions.not_now(request.user, intention=access_intention(request.user, intention_id))
    noted(request, f"Not now. Meant for {room_words.day(kept.due_on)} instead.", **_undo(kept))
    return redirect("home")


@login_required
@require_POST
def drop(request: SignedIn, intention_id: int) -> HttpResponse:
    """Leave it."""
    kept = actions.drop(request.user, intention=access_intention(request.user, intention_id))
    noted(request, "Taken off your list.", **_undo(kept))
    return redirect("notice:pupil", kept.pupil_id)


@login_required
@require_POST
def take_back(request: SignedIn, intention_id: int) -> HttpResponse:
    """Undo the last step."""
    kept = actions.take_back(request.user, intention=access_intention(request.user, intention_id))
    noted(request, f"Taken back. It is meant for {room_words.day(kept.due_on)}.")
    return redirect("notice:intention", kept.pk)


def _undo(kept: Intention) -> dict[str, Any]:
    return {"undo_url": reverse("notice:undo-intention", args=[kept.pk])}
