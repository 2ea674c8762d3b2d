"""The queue, one concern, raising one, and a copy with its receipt."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belong.base.access import allowed, require
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.guard.access import access_concern, access_pupil_to_raise
from belong.guard.concerns import acting, page, talks, words
from belong.guard.concerns.export import copy_of
from belong.guard.concerns.forms import OfferForm, RaiseForm
from belong.guard.concerns.queue import counts, gaps, queue, rows_of
from belong.guard.concerns.raising import raise_by_adult
from belong.guard.concerns.routes import abouts, goes_another_way, posts_for
from belong.guard.models import Concern, ConcernEntry
from belong.people.confirming import password_again
from belong.people.queries import staff_in_post
from belong.people.request import SignedIn, back_to
from belong.web.messages import noted

PAGE = 40
TABS = {"open": "Open", "new": "Nobody has them", "ended": "Ended", "all": "All"}


@never_cache
@login_required
@require_GET
def concerns(request: SignedIn) -> HttpResponse:
    """What waits to be read: nobody has it first, urgent first, oldest first."""
    require(request.user, "guard.view_queue")
    show = request.GET.get("show", "open")
    show = show if show in TABS else "open"
    asked = request.GET.get("q", "").strip()[:80]
    rows = queue(request.user, show=show, words=asked)
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    numbers = counts(request.user)
    here = reverse("guard:concerns")
    facts = {
        "rows": shown.object_list,
        "page": shown,
        "q": asked,
        "show": show,
        "gaps": gaps(request.user),
        "tabs": [
            {
                "label": label,
                "url": f"{here}?{urlencode({'show': key, 'q': asked} if asked else {'show': key})}",
                "current": key == show,
                "count": numbers[key],
            }
            for key, label in TABS.items()
        ],
        "nothing_yet": not numbers["all"],
        "can_manage": allowed(request.user, "guard.manage_rota"),
        "kinds": words.KINDS,
        "icons": words.ICONS,
        "states": words.STATES,
    }
    answer = render(request, "guard/concerns.html", facts)
    audit(request.user, "guard.list_concerns", show=show)
    return answer


@never_cache
@login_required
@require_GET
def concern(request: SignedIn, reference: str) -> HttpResponse:
    """One concern with everything that was done. Opening it is an entry of its record."""
    found = access_concern(request.user, reference)
    acting.note_read(request.user, found)
    return _concern_page(request, found)


def _concern_page(
    request: SignedIn, found: Concern, *, problem: str = "", do: str = "", status: int = 200
) -> HttpResponse:
    entries = page.entries_of(found)
    about = abouts([found.pk])[found.pk]
    row = rows_of(request.user, [found])[0]
    facts = {
        "concern": found,
        "row": row,
        "standing": row.standing,
        "pieces": page.pieces_of(entries),
        "lines": page.lines_of(entries),
        "about": page.about_names(about),
        "another_way": goes_another_way(about, posts_for(request.user)),
        "kind": words.KINDS[found.kind],
        "icon": words.ICONS[found.kind],
        "state": words.STATES[row.standing.state],
        "outcomes": ConcernEntry.OUTCOMES,
        "adults": [one for one in staff_in_post() if one.pk != request.user.person_id],
        "how_soon": page.how_soon(entries),
        "offer": OfferForm(request.POST if do == "offer" else None, initial={"on": today()}),
        "may_offer": found.kind == Concern.ASKED and row.standing.is_open,
        "problem": problem,
        "do": do,
        "given": request.POST,
    }
    return render(request, "guard/concern.html", facts, status=status)


@never_cache
@login_required
@require_POST
def act(request: SignedIn, reference: str) -> HttpResponse:
    """One of the acts, named by `do`; a refusal shows the page again with what was written."""
    found = access_concern(request.user, reference)
    do = request.POST.get("do", "")
    try:
        if do not in ACTS:
            raise Refused("Choose what to do.")
        said = ACTS[do](request, found)
    except Refused as no:
        return _concern_page(request, found, problem=no.reason, do=do, status=422)
    noted(request, said)
    if not allowed(request.user, "guard.view_concern", found):  # they have just sent it another way
        return redirect("guard:concerns")
    return redirect("guard:concern", found.reference)


def _take(request: SignedIn, found: Concern) -> str:
    acting.acknowledge(request.user, found)
    return "You have it. The reminders have stopped."


def _note(request: SignedIn, found: Concern) -> str:
    acting.note(request.user, found, text=request.POST.get("text", ""))
    return "Noted."


def _decide(request: SignedIn, found: Concern) -> str:
    given = {name: request.POST.get(name, "") for name in ("outcome", "why", "number")}
    acting.decide(request.user, found, **given)
    return "It is in the record."


def _correct(request: SignedIn, found: Concern) -> str:
    place = request.POST.get("place", "")
    number = int(place) if place.isdecimal() and len(place) < 6 else 0
    acting.correct(request.user, found, number, text=request.POST.get("text", ""))
    return "Corrected: both entries stay."


def _reopen(request: SignedIn, found: Concern) -> str:
    acting.reopen(request.user, found, why=request.POST.get("why", ""))
    return "It is open again."


def _another(request: SignedIn, found: Concern) -> str:
    chosen = request.POST.get("about", "")
    about = {int(chosen)} if chosen.isdecimal() and len(chosen) < 18 else set()
    known = {person.pk for person in staff_in_post()} | {ConcernEntry.SOMEBODY}
    acting.send_another_way(request.user, found, about=about & known, why=request.POST.get("why", ""))
    return "From now on the adult it is about can’t see it."


def _offer(request: SignedIn, found: Concern) -> str:
    form = OfferForm(request.POST)
    if not form.is_valid():
        raise Refused("Give a day, a time and a place: the pupil sees all three.")
    talks.offer(request.user, found, **form.cleaned_data)
    return "The pupil sees when and where."


def _usual(request: SignedIn, found: Concern) -> str:
    acting.hand_to_usual(request.user, found, why=request.POST.get("why", ""))
    return "The usual readers have it now."


ACTS: dict[str, Callable[[SignedIn, Concern], str]] = {
    "take": _take,
    "note": _note,
    "decide": _decide,
    "correct": _correct,
    "reopen": _reopen,
    "another": _another,
    "usual": _usual,
    "offer": _offer,
}


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def raise_(request: SignedIn, pupil_id: int) -> HttpResponse:
    """An adult raises a concern about a pupil they may see."""
    pupil = access_pupil_to_raise(request.user, pupil_id)
    form = RaiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = raise_by_adult(
                request.user,
                pupil,
                text=given["text"],
                urgent=given["urgent"] == "yes",
                about=form.adults,
            )
        except Refused as no:
            form.add_error("text", no.reason)
        else:
            noted(request, f"It is in. Its reference is {made.reference}.")
            return redirect(back_to(request, reverse("home")))
    facts: dict[str, Any] = {"pupil": pupil, "form": form, "next": back_to(request, reverse("home"))}
    return render(request, "guard/raise.html", facts, status=422 if form.errors else 200)


@never_cache
@login_required
@password_again
@require_POST
def export(request: SignedIn, reference: str) -> HttpResponse:
    """Take a copy out: the receipt is an entry, and the copy is shown with it."""
    found = access_concern(request.user, reference)
    kind = "json" if request.POST.get("format") == "json" else "page"
    try:
        acting.note_export(request.user, found, kind=kind, to=request.POST.get("to", ""))
    except Refused as no:
        return _concern_page(request, found, problem=no.reason, do="export", status=422)
    place = found.entries.count()
    return redirect("guard:concern-json" if kind == "json" else "guard:concern-copy", found.reference, place)


@never_cache
@login_required
@password_again
@require_GET
def copy(request: SignedIn, reference: str, place: int) -> HttpResponse:
    """The copy of a receipt, to print."""
    found = copy_of(access_concern(request.user, reference), place)
    return render(request, "guard/copy.html", {"copy": found, "kind": words.KINDS[found.concern.kind]})


@never_cache
@login_required
@password_again
@require_GET
def copy_json(request: SignedIn, reference: str, place: int) -> HttpResponse:
    """The copy of a receipt, for another system."""
    found = copy_of(access_concern(request.user, reference), place)
    body = json.dumps(found.as_json(), ensure_ascii=False, indent=2)
    answer = HttpResponse(body, content_type="application/json; charset=utf-8")
    name = f"concern-{found.concern.reference}-{place}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
