"""For an adult a pupil asked for by name: the requests that came to them, and what they answer."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from belong.base.access import allowed, require
from belong.base.clock import today
from belong.base.errors import Refused
from belong.guard.access import access_asked
from belong.guard.concerns import page, talks
from belong.guard.concerns.chosen import asked_of
from belong.guard.concerns.forms import OfferForm
from belong.guard.concerns.queue import standings
from belong.guard.models import Concern, ConcernEntry
from belong.people.request import SignedIn
from belong.web.messages import noted

SHOWN = (
    ConcernEntry.ACCEPTED,
    ConcernEntry.OFFERED,
    ConcernEntry.DECIDED,
    *ConcernEntry.BY_PUPIL,
)


@never_cache
@login_required
@require_safe
def asked_list(request: SignedIn) -> HttpResponse:
    """Who would like to talk with this adult: names only, until one is opened."""
    require(request.user, "guard.view_asked")
    rows = asked_of(request.user)
    facts = {
        "open": [one for one in rows if one.standing.is_open],
        "ended": [one for one in rows if not one.standing.is_open],
    }
    return render(request, "guard/asked_list.html", facts)


@never_cache
@login_required
@require_safe
def asked(request: SignedIn, reference: str) -> HttpResponse:
    """One request. Opening it is an entry of its record, and the pupil sees that this adult has read it."""
    found = access_asked(request.user, reference)
    talks.read_request(request.user, found)
    return _page(request, found)


def _page(
    request: SignedIn, found: Concern, *, problem: str = "", form: OfferForm | None = None, status: int = 200
) -> HttpResponse:
    entries = page.entries_of(found)
    lines = page.lines_of(entries)
    mine = [line for line, entry in zip(lines, entries, strict=True) if _is_shown(request, entry)]
    facts = {
        "concern": found,
        "standing": standings([found.pk])[found.pk],
        "words": [piece.text for piece in page.pieces_of(entries)],
        "how_soon": page.how_soon(entries),
        "lines": mine,
        "form": form or OfferForm(initial={"on": today()}),
        "problem": problem,
        "sees": allowed(request.user, "people.view_pupil", found.person),
        "given": request.POST,
    }
    return render(request, "guard/asked.html", facts, status=status)


def _is_shown(request: SignedIn, entry: ConcernEntry) -> bool:
    """What the pupil said and what this adult did; what safeguarding leads wrote is theirs."""
    if entry.kind in ConcernEntry.BY_PUPIL:
        return True
    return entry.kind in (*SHOWN, ConcernEntry.NOTED) and entry.actor_id == request.user.pk


@never_cache
@login_required
@require_POST
def answer(request: SignedIn, reference: str) -> HttpResponse:
    """Offer a time, take it on without one, or note that they talked."""
    found = access_asked(request.user, reference)
    do = request.POST.get("do", "")
    form = OfferForm(request.POST) if do == "offer" else None
    try:
        if do not in DO:
            raise Refused("Choose what to do.")
        said = DO[do](request, found, form)
    except Refused as no:
        return _page(request, found, problem=no.reason, form=form, status=422)
    noted(request, said)
    return redirect("guard:asked", found.reference)


def _offer(request: SignedIn, found: Concern, form: OfferForm | None) -> str:
    if form is None or not form.is_valid():
        raise Refused("Give a day, a time and a place: the pupil sees all three.")
    talks.offer(request.user, found, **form.cleaned_data)
    return "They see when and where, with your name."


def _accept(request: SignedIn, found: Concern, form: OfferForm | None) -> str:
    talks.accept(request.user, found)
    return "Noted. Give them a time as soon as you can."


def _talked(request: SignedIn, found: Concern, form: OfferForm | None) -> str:
    ended = request.POST.get("ended") == "yes"
    talks.talked(request.user, found, text=request.POST.get("text", ""), ended=ended)
    return "It is in the record."


DO: dict[str, Callable[[SignedIn, Concern, OfferForm | None], str]] = {
    "offer": _offer,
    "accept": _accept,
    "talked": _talked,
}
