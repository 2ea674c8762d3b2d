"""Observations for the pastoral lead, and prompts about a child's own usual."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.base.access import require
from belong.base.errors import Refused
from belong.notice.noting import observations, usual, words
from belong.notice.noting.access import access_observation, access_prompt
from belong.notice.noting.forms import SeenForm
from belong.notice.noting.rule import LEAST_ADULTS, LEAST_OBSERVATIONS, RULE
from belong.people.request import SignedIn
from belong.web.messages import noted

A_PAGE = 30


@login_required
@require_safe
def observation_list(request: SignedIn) -> HttpResponse:
    """What adults saw, to be marked as seen; then what was seen lately."""
    require(request.user, "notice.read_observations")
    found = observations.observations(request.user)
    page = {
        "unread": Paginator(found.waiting, A_PAGE).get_page(request.GET.get("page")),
        "seen": list(found.seen[:A_PAGE]),
        "form": SeenForm(),
    }
    return render(request, "notice/noting/observations.html", page)


@login_required
@require_POST
def seen(request: SignedIn, moment_id: int) -> HttpResponse:
    """I have read it; with a next step where there is one."""
    moment = access_observation(request.user, moment_id)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(map(str, form.errors["next_step"])))
    observations.mark_seen(request.user, moment=moment, **form.cleaned_data)
    undo = reverse("notice:unseen", args=[moment.pk])
    noted(request, f"Seen: the observation about {moment.pupil.display_name}.", undo_url=undo)
    return redirect("notice:observations")


@login_required
@require_POST
def unseen(request: SignedIn, moment_id: int) -> HttpResponse:
    """It waits again."""
    observations.undo_seen(request.user, moment=access_observation(request.user, moment_id))
    noted(request, "Taken back: it waits for you again.")
    return redirect("notice:observations")


@login_required
@require_http_methods(["GET", "POST"])
def own_usual(request: SignedIn) -> HttpResponse:
    """What prompts about a child's own usual are, how often they are wrong, and the sign-off."""
    require(request.user, "notice.sign_own_usual")
    problem = ""
    if request.method == "POST":
        try:
            _switch(request)
        except Refused as refused:
            problem = refused.reason
        else:
            return redirect("notice:own-usual")
    page = {
        "signed": usual.signed_off(),
        "problem": problem,
        "rule": RULE,
        "least": LEAST_OBSERVATIONS,
        "adults": LEAST_ADULTS,
    }
    return render(request, "notice/noting/own_usual.html", page, status=422 if problem else 200)


def _switch(request: SignedIn) -> None:
    if request.POST.get("do") == "end":
        usual.end_sign_off(request.user)
        noted(request, "Switched off. Prompts nobody had looked at are gone.")
        return
    usual.sign_off(request.user, understood=bool(request.POST.get("understood")))
    noted(request, "Switched on. The first look is next Monday.")


@login_required
@require_safe
def prompt(request: SignedIn, prompt_id: int) -> HttpResponse:
    """One prompt in plain words."""
    found = access_prompt(request.user, prompt_id)
    page = {"prompt": found, "said": words.prompt(found)}
    return render(request, "notice/noting/prompt.html", page)


@login_required
@require_POST
def looked(request: SignedIn, prompt_id: int) -> HttpResponse:
    """I looked: closed."""
    found = usual.looked_at(request.user, prompt=access_prompt(request.user, prompt_id))
    noted(request, f"Closed: you looked at how {found.pupil.display_name} is.")
    return redirect("home")
