"""Finding the person it is about, and the front page of the room."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from belong.base.access import allowed, require
from belong.people.models import Person
from belong.people.request import SignedIn

FOUND = 30


@dataclass(frozen=True)
class Card:
    """One door of the room."""

    title: str
    text: str
    route: str
    verb: str

    @property
    def url(self) -> str:
        return reverse(self.route)


CARDS = [
    Card(
        "Who did what",
        "Every act, and every look at something kept close.",
        "guard:trail",
        "guard.read_trail",
    ),
    Card(
        "Requests for access",
        "Somebody asks what is held about them: look through it, hand it over.",
        "guard:requests",
        "guard.answer_request",
    ),
    Card(
        "Erase a person",
        "See first what would go and what stays, and why.",
        "guard:erase-find",
        "guard.erase",
    ),
    Card(
        "How long things are kept",
        "A clock for each kind of record, and what is overdue.",
        "guard:retention",
        "guard.read_retention",
    ),
    Card(
        "Holds", "What must not go, because somebody may still ask for it.", "guard:holds", "guard.place_hold"
    ),
    Card(
        "What is held",
        "Every table: about whom, why, who sees it, how long.",
        "guard:data-map",
        "guard.read_data_map",
    ),
    Card(
        "Impact assessment",
        "The DPIA, filled in as far as belong can; the rest is the school’s.",
        "guard:dpia",
        "guard.read_data_map",
    ),
]


@login_required
@require_GET
def home(request: SignedIn) -> HttpResponse:
    """The doors this viewer has."""
    require(request.user, "guard.see_home")
    cards = [card for card in CARDS if allowed(request.user, card.verb)]
    return render(request, "guard/rights/home.html", {"cards": cards})


@dataclass(frozen=True)
class Errand:
    """What a person is looked up for."""

    verb: str
    heading: str
    text: str
    route: str


ERRANDS = {
    "request": Errand(
        "guard.answer_request",
        "Who is it about?",
        "The person whose data was asked for, also where a carer asks.",
        "guard:new-request",
    ),
    "erase": Errand(
        "guard.erase",
        "Whom to erase?",
        "Nothing goes yet: you see first what would go and what stays.",
        "guard:erase",
    ),
    "hold": Errand(
        "guard.place_hold",
        "Whose records must be kept?",
        "People who left are found too.",
        "guard:hold-person",
    ),
}


@never_cache
@login_required
@require_GET
def find(request: SignedIn, errand: str) -> HttpResponse:
    """Find a pupil, carer or member of staff by name; those who left are found too."""
    wanted = ERRANDS.get(errand)
    if wanted is None:
        raise Http404
    require(request.user, wanted.verb)
    words = request.GET.get("q", "").split()
    people = list(_named(words)[: FOUND + 1])
    context: dict[str, Any] = {
        "errand": wanted,
        "q": " ".join(words),
        "people": [(person, reverse(wanted.route, args=[person.pk])) for person in people[:FOUND]],
        "many": len(people) > FOUND,
    }
    return render(request, "guard/rights/find.html", context)


def _named(words: list[str]) -> Any:
    found = Person.objects.exclude(given_name="", family_name="") if words else Person.objects.none()
    for word in words:
        given = Q(given_name__icontains=word) | Q(preferred_name__icontains=word)
        found = found.filter(given | Q(family_name__icontains=word))
    return found
