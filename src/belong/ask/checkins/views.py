"""Check-ins for adults: the list, setting one up, one of them with what was told, getting a class answering."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.ask import budget
from belong.ask.access import access_class
from belong.ask.actions import open_activity_session
from belong.ask.activities import CHECKIN
from belong.ask.checkins import actions, queries
from belong.ask.checkins.access import (
    access_check_in,
    access_check_in_to_manage,
    groups_to_ask,
    visible_check_ins,
)
from belong.ask.checkins.days import days_of
from belong.ask.checkins.form import label
from belong.ask.checkins.forms import CheckInForm, rule
from belong.ask.models import CheckIn, Wave
from belong.ask.models.wave import CONFIDENTIAL, NAMED, POOLED
from belong.ask.readers import CHOICES
from belong.base.access import allowed, require
from belong.base.clock import today
from belong.base.errors import Refused
from belong.people.queries import year_label
from belong.people.request import SignedIn
from belong.web.messages import noted

LONGEST_REASON = 400


@login_required
@require_safe
def check_ins(request: SignedIn) -> HttpResponse:
    """The check-ins this adult has to do with: running ones first."""
    require(request.user, "ask.view_check_ins")
    found = list(visible_check_ins(request.user).select_related("group", "set_up_by__person"))
    rows = [(one, _about(one), queries.open_round(one) if one.is_running else None) for one in found]
    facts = {
        "running": [row for row in rows if row[0].is_running],
        "ended": [row for row in rows if not row[0].is_running],
        "may_set_up": _may_set_up(request),
    }
    return render(request, "ask/checkins/list.html", facts)


def _may_set_up(request: SignedIn) -> bool:
    return allowed(request.user, "ask.set_up_for_years") or groups_to_ask(request.user).exists()


def _about(check_in: CheckIn) -> str:
    """Whom it asks, and how often: "8H, every week"."""
    whom = check_in.group.name if check_in.group else ", ".join(year_label(year) for year in check_in.years)
    return f"{whom}, {check_in.get_every_display()}"


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Set one up."""
    require(request.user, "ask.view_check_ins")
    group = request.GET.get("group", "")
    form = CheckInForm(
        request.POST or None,
        user=request.user,
        group=int(group) if group.isdecimal() and len(group) < 18 else None,
    )
    over = False
    if request.method == "POST" and form.is_valid():
        try:
            reason = request.POST.get("reason", "")[:LONGEST_REASON]
            made = actions.set_up(request.user, **form.chosen(), override_reason=reason)
        except Refused as no:
            over = isinstance(no, budget.OverBudget)
            form.add_error(None, no.reason)
        else:
            noted(request, f"{made.title} is set up.")
            return redirect("ask:check-in", made.pk)
    facts = {
        "form": form,
        "rule": rule(),
        "budget": budget.rule(request.user.school),
        "used": budget.used(request.user.school),
        "gives_reason": over and allowed(request.user, "ask.go_over_budget"),
    }
    return render(request, "ask/checkins/new.html", facts, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def check_in(request: SignedIn, check_in_id: int) -> HttpResponse:
    """One check-in: its round, its classes, and what was told to this reader."""
    found = access_check_in(request.user, check_in_id)
    rounds = list(queries.rounds_of(found).select_related("check_in__group", "school")[:40])
    shown = _chosen_round(request, rounds)
    told = queries.told(request.user, shown) if shown else []
    facts: dict[str, Any] = {
        "check_in": found,
        "about": _about(found),
        "rounds": rounds,
        "shown": shown,
        "told": told,
        "is_new": any(one.is_new for one in told),
        "manages": allowed(request.user, "ask.manage_check_in", found) and found.is_running,
        "reads": _reads(request, found),
        "questions": _questions(found),
        "pools": len(found.named) < len(found.topics),
        "readers": [CHOICES[role] for role in found.readers],
        "classes": _classes(request, shown),
        "next_day": next((day for day in days_of(found) if day > today()), None),
    }
    return render(request, "ask/checkins/check_in.html", facts)


def _chosen_round(request: SignedIn, rounds: list[Wave]) -> Wave | None:
    wanted = request.GET.get("round", "")
    return next((one for one in rounds if str(one.pk) == wanted), rounds[0] if rounds else None)


def _questions(found: CheckIn) -> list[tuple[str, str]]:
    """Every question by name with who sees it."""
    kinds = [(label(topic), NAMED if topic in found.named else POOLED) for topic in found.topics]
    return kinds + ([("One line", CONFIDENTIAL)] if found.with_line else [])


def _reads(request: SignedIn, found: CheckIn) -> bool:
    """Whether anything of it is for this reader, so that an empty page says the right thing."""
    return bool(found.named) or (found.with_line and allowed(request.user, "ask.read_texts"))


def _classes(request: SignedIn, wave: Wave | None) -> list[dict[str, Any]]:
    """Class counts of the open round, and whether this adult can get the class answering."""
    if wave is None or not wave.takes_answers or wave.check_in is None:
        return []
    groups = {group.pk: group for group in queries.groups_of(wave.check_in)}
    return [
        {"count": one, "may_run": allowed(request.user, "ask.run_group", groups[one.group_id])}
        for one in queries.counts(wave, groups.values())
    ]


@login_required
@require_POST
def stop(request: SignedIn, check_in_id: int) -> HttpResponse:
    """Stop asking."""
    found = access_check_in_to_manage(request.user, check_in_id)
    actions.stop(request.user, found)
    noted(request, f"{found.title} has stopped. Nobody is asked any more.")
    return redirect("ask:check-in", found.pk)


@login_required
@require_POST
def read(request: SignedIn, check_in_id: int, wave_id: int) -> HttpResponse:
    """This reader has read a round."""
    found = access_check_in(request.user, check_in_id)
    wave = _round(found, wave_id)
    actions.note_read(request.user, wave)
    noted(request, "Marked as read.")
    return redirect(f"{reverse('ask:check-in', args=[found.pk])}?round={wave.pk}")


@login_required
@require_POST
def session(request: SignedIn, check_in_id: int, group_id: int) -> HttpResponse:
    """Open a class session for the round of today."""
    found = access_check_in(request.user, check_in_id)
    group = access_class(request.user, group_id)
    wave = queries.open_round(found)
    try:
        if wave is None:
            raise Refused("No round is open today.")
        opened = open_activity_session(request.user, group, CHECKIN, wave.pk)
    except Refused as no:
        noted(request, no.reason)
        return redirect("ask:check-in", found.pk)
    return redirect("ask:session", opened.pk)


def _round(found: CheckIn, wave_id: int) -> Wave:
    wave = queries.rounds_of(found).filter(pk=wave_id).select_related("check_in", "school").first()
    if wave is None:
        raise Http404
    return wave
