"""Requests for access: the list, a new one, looking through, the file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belong.base.access import require
from belong.base.audit import audit
from belong.base.errors import Refused
from belong.guard.models import AccessRequest, RequestItem
from belong.guard.rights import requests
from belong.guard.rights.access import access_person_to, access_request
from belong.guard.rights.forms import RequestForm, SaysForm
from belong.guard.rights.gathering import YOU, Item
from belong.guard.rights.packing import in_words
from belong.people.confirming import password_again
from belong.people.request import SignedIn


@never_cache
@login_required
@require_GET
def asked(request: SignedIn) -> HttpResponse:
    """Every request, newest first."""
    require(request.user, "guard.answer_request")
    rows = list(AccessRequest.objects.select_related("person")[:200])
    return render(request, "guard/rights/requests.html", {"rows": rows})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn, person_id: int) -> HttpResponse:
    """Write a request down."""
    person = access_person_to(request.user, "guard.answer_request", person_id)
    form = RequestForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = requests.open_request(request.user, person=person, **form.asked())
        except Refused as no:
            form.add_error(None, no.reason)
        else:
            return redirect("guard:request", made.pk)
    status = 422 if form.errors else 200
    return render(request, "guard/rights/new_request.html", {"form": form, "person": person}, status=status)


@never_cache
@login_required
@require_GET
def one(request: SignedIn, request_id: int) -> HttpResponse:
    """Where a request stands, and what waits to be decided."""
    found = access_request(request.user, request_id)
    pairs = requests.review(request.user, found) if found.person and _is_decided_here(found) else []
    waiting = sum(1 for row, _ in pairs if not row.decision)
    context = {
        "found": found,
        "pairs": [(row, item, _readable(found, item)) for row, item in pairs],
        "undecided": waiting,
        "says": SaysForm(initial={"child_view": found.child_view, "child_words": found.child_words}),
        "steps": _steps(found, waiting),
    }
    answer = render(request, "guard/rights/request.html", context)
    audit(request.user, "guard.read_request", found, shown=sum(1 for _, item in pairs if item))
    return answer


@login_required
@require_POST
def decide(request: SignedIn, request_id: int, item_id: int) -> HttpResponse:
    """Give one item or hold it back."""
    found = access_request(request.user, request_id)
    said, reason = request.POST.get("decision", ""), request.POST.get("reason", "")
    row = requests.decide(request.user, found, item_id, said, reason[:400])
    words = "This will be given." if row.decision == RequestItem.GIVE else "This will be held back."
    messages.success(request, words)
    return redirect(f"{_here(found)}#item-{row.pk}")


@login_required
@require_POST
def says(request: SignedIn, request_id: int) -> HttpResponse:
    """What the pupil says has changed."""
    found = access_request(request.user, request_id)
    form = SaysForm(request.POST)
    if not form.is_valid():
        raise Refused("Choose what the pupil says.")
    requests.change_view(request.user, found, **form.cleaned_data)
    messages.success(request, "Written down.")
    return redirect(_here(found))


@login_required
@password_again
@require_POST
def make(request: SignedIn, request_id: int) -> HttpResponse:
    """Put the file together."""
    found = access_request(request.user, request_id)
    requests.make_file(request.user, found)
    return redirect(_here(found))


@never_cache
@login_required
@password_again
@require_GET
def take(request: SignedIn, request_id: int) -> HttpResponse:
    """Hand the file over."""
    found = access_request(request.user, request_id)
    answer = HttpResponse(requests.hand_over(request.user, found), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="held-about-{found.pk}.zip"'
    return answer


def _readable(found: AccessRequest, item: Item | None) -> list[tuple[str, str]]:
    """What an item shows, for whoever looks through it: the person by name instead of "you"."""
    if item is None or found.person is None:
        return []
    name = found.person.display_name
    return [(label, name if value == YOU else in_words(value)) for label, value in item.shown.items()]


def _here(found: AccessRequest) -> str:
    from django.urls import reverse

    return reverse("guard:request", args=[found.pk])


def _is_decided_here(found: AccessRequest) -> bool:
    return found.state != AccessRequest.BUILDING


def _steps(found: AccessRequest, waiting: int) -> list[tuple[str, str]]:
    """(word, "done" | "now" | "") of the way a request goes."""
    state = found.state
    at = {AccessRequest.BUILDING: 2, AccessRequest.READY: 3, AccessRequest.GONE: 4}.get(state, 1)
    words = ["Written down", "Looked through", "Put together", "Handed over"]
    if at == 1 and not waiting:
        at = 2
    return [
        (word, "done" if place < at else "now" if place == at else "") for place, word in enumerate(words)
    ]
