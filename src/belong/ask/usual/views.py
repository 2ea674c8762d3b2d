"""The sign-off of own usual, and one prompt."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.ask.checkins.form import label
from belong.ask.models import CheckIn
from belong.ask.queries.waves import pupils_of_check_in
from belong.ask.usual import looking
from belong.ask.usual.access import access_usual_note
from belong.ask.usual.expected import expected
from belong.ask.usual.rule import LEAST, RULE
from belong.base.access import require
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.people.queries import pupils_on_roll
from belong.people.request import SignedIn
from belong.web.messages import noted


@login_required
@require_http_methods(["GET", "POST"])
def usual(request: SignedIn) -> HttpResponse:
    """What it does, what it reads, how often it is wrong here, and the sign-off."""
    require(request.user, "ask.sign_usual_check")
    problem = ""
    if request.method == "POST":
        try:
            _switch(request)
        except Refused as no:
            problem = no.reason
        else:
            return redirect("ask:usual")
    asked, roll = _asked_weekly(), pupils_on_roll().count()
    facts = {
        "signed": looking.signed_off(),
        "problem": problem,
        "rule": RULE,
        "least": LEAST,
        "asked": asked,
        "roll": roll,
        "wrong_asked": in_words(expected(asked)) if asked else "",
        "wrong_roll": in_words(expected(roll)),
    }
    return render(request, "ask/usual/usual.html", facts, status=422 if problem else 200)


def in_words(found: tuple[int, int]) -> str:
    """`"35 to 36"`, or `"up to 1"` where that says as much."""
    low, high = found
    return f"{low} to {high}" if low < high else f"up to {high}"


def _asked_weekly() -> int:
    """How many pupils check in by name in a running check-in."""
    running = CheckIn.objects.filter(stopped_on=None, starts_on__lte=today(), ends_on__gte=today())
    named = [one for one in running.select_related("group") if one.named and one.every]
    return len({pk for one in named for pk in pupils_of_check_in(one).values_list("pk", flat=True)})


def _switch(request: SignedIn) -> None:
    if request.POST.get("do") == "end":
        looking.end_sign_off(request.user)
        noted(request, "Switched off. Prompts nobody had looked at are gone.")
        return
    looking.sign_off(request.user, understood=bool(request.POST.get("understood")))
    noted(request, "Switched on. It looks once a day.")


@never_cache
@login_required
@require_safe
def note(request: SignedIn, note_id: int) -> HttpResponse:
    """One prompt: the faces this reader was told, oldest first. That it was opened is in the trail."""
    found = access_usual_note(request.user, note_id)
    assert request.user.person_id is not None  # the rule says so
    given = looking.faces_for(found.pupil, request.user.person_id, found.topic, found.round.opens_on)
    facts = {"note": found, "question": label(found.topic), "given": given[-12:]}
    audit(request.user, "ask.view_usual_note", found, pupil=found.pupil_id)
    return render(request, "ask/usual/note.html", facts)


@login_required
@require_POST
def looked(request: SignedIn, note_id: int) -> HttpResponse:
    """I have looked: closed."""
    found = looking.looked(request.user, access_usual_note(request.user, note_id))
    noted(request, f"Closed: you looked at how {found.pupil.display_name} is.")
    return redirect("home")
