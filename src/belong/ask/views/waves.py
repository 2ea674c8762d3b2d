"""Planning, opening, watching and closing waves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belong.ask import actions
from belong.ask.access import access_wave, access_wave_to_manage, classes_to_run, visible_waves
from belong.ask.adults import Choosing
from belong.ask.budget import sum_with
from belong.ask.forms import PlanForm, VisibilityForm
from belong.ask.friends.choosing import choosing_in
from belong.ask.looks.choices import menu
from belong.ask.models import Wave
from belong.ask.models.wave import NAMED
from belong.ask.more import ways_for
from belong.ask.opening import check_opening, may_override
from belong.ask.passes import SheetPass
from belong.ask.queries import Progress, audience_of, named_count, wave_progress
from belong.ask.questionnaire import (
    askable,
    asks_for_people,
    friends_items,
    gives_figures,
    has_symbols,
    instrument_of,
    minutes,
    questions_for,
    years_for,
)
from belong.ask.readers import CHOICES
from belong.ask.recordings.queries import sounds_for
from belong.ask.sheet import questions_on_page
from belong.ask.who_sees import KINDS, planned
from belong.base.access import allowed, require
from belong.measure.instrument import say
from belong.people.models import User
from belong.people.queries import year_label, years
from belong.people.request import SignedIn
from belong.web.languages import ENGLISH


@login_required
@require_GET
def waves(request: SignedIn) -> HttpResponse:
    """Open waves with class counts, then drafts, then closed ones."""
    user = request.user
    require(user, "ask.view_waves")
    found = list(visible_waves(user))
    manages = allowed(user, "ask.manage_waves")
    facts = {
        "manages": manages,
        "notes_opt_outs": allowed(request.user, "ask.note_opt_outs"),
        "open": [(wave, _progress(user, wave, manages)) for wave in found if wave.is_open],
        "drafts": [wave for wave in found if wave.is_draft],
        "closed": [(wave, gives_figures(wave)) for wave in found if wave.is_closed],
        "more": ways_for(user),
    }
    return render(request, "ask/waves.html", facts)


def _progress(user: User, wave: Wave, manages: bool) -> Progress:
    """All classes for those who run waves and for pastoral staff; a teacher's own classes for a teacher."""
    if manages or not user.led_group_ids:
        return wave_progress(wave)
    return wave_progress(wave, classes_to_run(user, wave.years))


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Choose a questionnaire; then name, year groups and window."""
    require(request.user, "ask.manage_waves")
    audience, key = request.GET.get("for", ""), request.GET.get("with", "")
    chosen = next((one for one in _askable(audience) if one.key == key), None)
    if chosen is None:
        return render(request, "ask/new.html", {"shelf": _shelf()})
    if request.method == "POST":
        form = PlanForm(request.POST, audience=audience, drawn=has_symbols(chosen))
        if form.is_valid():
            wave = actions.draft_wave(
                request.user, audience=audience, instrument_key=key, **form.cleaned_data
            )
            return redirect("ask:wave", wave.pk)
    else:
        fitting = years_for(chosen, years()) if audience == Wave.PUPILS else years()
        initial = {"title": say(chosen.title), "years": fitting, **PlanForm.usual_days()}
        form = PlanForm(audience=audience, drawn=has_symbols(chosen), initial=initial)
    facts = {"form": form, "chosen": _described(chosen), "audience": dict(Wave.AUDIENCES)[audience]}
    return render(request, "ask/plan.html", facts, status=422 if form.errors else 200)


def _askable(audience: str) -> list[Any]:
    return askable(audience) if audience in dict(Wave.AUDIENCES) else []


def _shelf() -> list[tuple[str, str, list[dict[str, Any]]]]:
    return [(key, words, [_described(one) for one in askable(key)]) for key, words in Wave.AUDIENCES]


def _described(instrument: Any) -> dict[str, Any]:
    """A questionnaire as the shelf shows it: every question with its answers, and the time it takes."""
    return {
        "key": instrument.key,
        "title": say(instrument.title),
        "count": len(instrument.items),
        "minutes": minutes(instrument.items, adults="pupils" not in instrument.audience),
        "ages": instrument.ages,
        "items": [
            (item.name(), say(item.text), item.scale.words() if item.scale else ())
            for item in instrument.items
        ],
    }


@login_required
@require_GET
def wave(request: SignedIn, wave_id: int) -> HttpResponse:
    """One wave: a draft with everything in its way, an open one with class counts, a closed one with its results."""
    user = request.user
    found = access_wave(user, wave_id)
    manages = allowed(user, "ask.manage_waves", found)
    facts: dict[str, Any] = {"wave": found, "manages": manages, **_facts(found)}
    if found.is_draft:
        facts |= _draft(user, found)
    else:
        facts |= {
            "figures": gives_figures(found),
            "reads_friends": bool(friends_items(found)) and allowed(user, "ask.read_friends_of", found),
            "reads_texts": allowed(user, "ask.read_texts", found),
            "named_for_me": named_count(user, found) if NAMED in found.visibility.values() else 0,
        }
    if found.is_open:
        facts |= {
            "progress": _progress(user, found, manages),
            "mine": set(classes_to_run(user, found.years).values_list("id", flat=True)),
        }
    return render(request, f"ask/wave_{found.state}.html", facts)


def _facts(wave: Wave) -> dict[str, Any]:
    items = instrument_of(wave).items
    kinds = [(KINDS[kind][0], sum(1 for seen in wave.visibility.values() if seen == kind)) for kind in KINDS]
    return {
        "instrument": say(instrument_of(wave).title),
        "year_labels": [year_label(year) for year in wave.years],
        "count": len(items),
        "minutes": minutes(items, adults=not wave.is_for_pupils),
        "kinds": [pair for pair in kinds if pair[1]],
    }


def _draft(user: User, wave: Wave) -> dict[str, Any]:
    opening = check_opening(wave, user)
    return {
        "opening": opening,
        "may_override": may_override(user),
        "people": audience_of(wave).count(),
        "budget": sum_with(wave),
        "can_open": not opening.refusals,
    }


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, wave_id: int) -> HttpResponse:
    """Name, year groups and window of a draft; name and last day of an open wave."""
    wave = access_wave_to_manage(request.user, wave_id)
    form = PlanForm(
        request.POST or None,
        wave=wave,
        audience=wave.audience,
        drawn=has_symbols(instrument_of(wave)),
        initial={
            name: getattr(wave, name) for name in ("title", "years", "symbols", "opens_on", "closes_on")
        },
    )
    if request.method == "POST" and form.is_valid():
        actions.change_draft(request.user, wave, **form.cleaned_data)
        return redirect("ask:wave", wave.pk)
    return render(request, "ask/edit.html", {"wave": wave, "form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def questions(request: SignedIn, wave_id: int) -> HttpResponse:
    """Every question with who sees its answers; changed here while the wave is a draft."""
    wave = access_wave(request.user, wave_id)
    if request.method == "POST":
        require(request.user, "ask.manage_waves", wave)
    changes = wave.is_draft and allowed(request.user, "ask.manage_waves", wave)
    form = VisibilityForm(request.POST or None, wave=wave)
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data.get(name, []) for name in ("readers", "attributes")}
        actions.change_visibility(request.user, wave, visibility=form.visibility, **chosen)
        messages.success(request, "Saved. This is what everyone reads beside each question.")
        return redirect("ask:wave", wave.pk)
    facts = {
        "wave": wave,
        "form": form,
        "changes": changes,
        "kinds": KINDS.values(),
        "seen": {key: words[0] for key, words in KINDS.items()},
        "readers": [CHOICES[role] for role in wave.readers],
    }
    return render(request, "ask/questions.html", facts, status=422 if form.errors else 200)


@login_required
@require_POST
def open_(request: SignedIn, wave_id: int) -> HttpResponse:
    """Open a draft."""
    wave = access_wave_to_manage(request.user, wave_id)
    wave = actions.open_wave(request.user, wave, override_reason=request.POST.get("reason", ""))
    messages.success(request, f"“{wave.title}” is open.")
    return redirect("ask:wave", wave.pk)


@login_required
@require_POST
def close(request: SignedIn, wave_id: int) -> HttpResponse:
    """Close an open wave now."""
    wave = access_wave_to_manage(request.user, wave_id)
    actions.close_wave(request.user, wave)
    messages.success(request, f"“{wave.title}” has closed. Its results are being counted.")
    return redirect("ask:wave", wave.pk)


@login_required
@require_POST
def discard(request: SignedIn, wave_id: int) -> HttpResponse:
    """Throw a draft away."""
    wave = access_wave_to_manage(request.user, wave_id)
    actions.discard_draft(request.user, wave)
    messages.success(request, f"The draft “{wave.title}” is gone.")
    return redirect("ask:waves")


@login_required
@require_http_methods(["GET", "POST"])
def try_out(request: SignedIn, wave_id: int) -> HttpResponse:
    """Answer the way they will, with nothing kept."""
    wave = access_wave(request.user, wave_id)
    if request.method == "POST":
        messages.success(request, "That is how it ends. Nothing you answered was kept.")
        return redirect("ask:wave", wave.pk)
    year = next((year for year in reversed(wave.years)), "")
    facts = {
        "wave": wave,
        "title": say(instrument_of(wave).title),
        "questions": questions_on_page(
            wave,
            questions_for(wave, year),
            planned(wave),
            choosing=_everyone(wave),
            sounds=sounds_for(wave, ENGLISH),
        ),
        "look_menu": menu({}),
        "asks_adults": asks_for_people(wave),
        "sheet_pass": SheetPass(0, 0).sign(),
        "action": request.path,
        "trial": True,
        "longest": 2000,
    }
    return render(request, "ask/child/questions.html", facts)


def _everyone(wave: Wave) -> Choosing | None:
    """Everybody, where a question asks for people: nobody in particular is trying it out."""
    return choosing_in(wave, None)
