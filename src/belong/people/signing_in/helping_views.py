"""The page on which a senior leader helps a colleague to sign in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from belong.base.access import fetch
from belong.people.confirming import password_again
from belong.people.models import Person
from belong.people.queries import staff_in_post
from belong.people.request import SignedIn
from belong.people.signing_in import factors, sessions
from belong.people.signing_in.helping import end_sessions_of, reset_second_factor


def _colleague(request: SignedIn, verb: str, person_id: int) -> Person:
    return fetch(request.user, verb, staff_in_post().select_related("user__school"), pk=person_id)


@login_required
@require_safe
def show(request: SignedIn, person_id: int) -> HttpResponse:
    """Whether a colleague can sign in, has a second step, and is signed in somewhere; and what can be done."""
    person = _colleague(request, "people.end_sessions", person_id)
    user = getattr(person, "user", None)
    page = {"person": person, "their": user, "is_me": person.pk == request.user.person_id}
    if user is not None:
        page |= {
            "factors": factors.factors_of(user),
            "codes_left": factors.codes_left(user),
            "places": len(sessions.sessions_of(user)),
            "must": factors.must_have_factor(user),
        }
    return render(request, "people/signing_in/colleague.html", page)


@login_required
@require_POST
@password_again
def reset(request: SignedIn, person_id: int) -> HttpResponse:
    """Take the second step away."""
    person = _colleague(request, "people.reset_second_factor", person_id)
    reset_second_factor(request.user, person=person)
    messages.success(
        request, f"{person.full_name} has no second step now, and sets up a new one at the next sign-in."
    )
    return redirect("people:staff-sign-in", person_id=person.pk)


@login_required
@require_POST
@password_again
def end(request: SignedIn, person_id: int) -> HttpResponse:
    """Sign a colleague out everywhere."""
    person = _colleague(request, "people.end_sessions", person_id)
    ended = end_sessions_of(request.user, person=person)
    places = "one place" if ended == 1 else f"{ended} places"
    messages.success(request, f"{person.full_name} is signed out of {places}.")
    return redirect("people:staff-sign-in", person_id=person.pk)
