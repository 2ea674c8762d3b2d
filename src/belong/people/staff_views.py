"""The staff page: who holds which role, and who can sign in."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from belong.base.access import allowed, fetch, require
from belong.people import roles
from belong.people.models import Person, Role, User
from belong.people.queries import staff_in_post
from belong.people.request import SignedIn
from belong.people.staffing import GIVEN_TO_STAFF, end_role, give_role, mail_sign_in, make_sign_in
from belong.web.messages import noted


@login_required
@require_safe
def staff(request: SignedIn) -> HttpResponse:
    """Staff with their roles; search by name."""
    require(request.user, "people.view_staff")
    words = request.GET.get("q", "").strip()
    people = staff_in_post().select_related("user")
    for word in words.split():
        people = people.filter(given_name__icontains=word) | people.filter(family_name__icontains=word)
    held: dict[int, list[str]] = {}
    for role in Role.objects.current().filter(person__in=people, group=None).order_by("role"):
        held.setdefault(role.person_id, []).append(role.role)
    rows = [(person, held.get(person.pk, []), getattr(person, "user", None)) for person in people]
    may_give = allowed(request.user, "people.give_role")
    context = {"rows": rows, "q": words, "roles": GIVEN_TO_STAFF, "may_give": may_give}
    return render(request, "people/staff.html", context)


def _member_of_staff(user: User, verb: str, person_id: int) -> Person:
    return fetch(user, verb, staff_in_post(), pk=person_id)


def _is_own_lead(user: User, person: Person, role: str) -> bool:
    return role == roles.SENIOR_LEADER and person.pk == user.person_id


@login_required
@require_POST
def give(request: SignedIn, person_id: int) -> HttpResponse:
    """Give a role; taking an ending back says it in the address."""
    person = _member_of_staff(request.user, "people.give_role", person_id)
    role = request.POST.get("role") or request.GET.get("role", "")
    give_role(request.user, person=person, role=role)
    noted(request, f"{person.full_name} is now {role}.")
    return redirect("people:staff")


@login_required
@require_POST
def end(request: SignedIn, person_id: int) -> HttpResponse:
    """End a role, with a way back. Who ends their own right to give roles has none: the page asks them first."""
    person = _member_of_staff(request.user, "people.give_role", person_id)
    role = request.POST.get("role", "")
    end_role(request.user, person=person, role=role)
    undo = f"{reverse('people:give-role', args=[person.pk])}?{urlencode({'role': role})}"
    noted(
        request,
        f"{person.full_name} is no longer {role}.",
        undo_url="" if _is_own_lead(request.user, person, role) else undo,
    )
    return redirect("people:staff")


@login_required
@require_POST
def invite(request: SignedIn, person_id: int) -> HttpResponse:
    """Show a leader the one-time link by which a person sets a password; a technician has it mailed to its owner."""
    person = _member_of_staff(request.user, "people.make_sign_in", person_id)
    if allowed(request.user, "people.see_sign_in_link", person):
        link = request.build_absolute_uri(make_sign_in(request.user, person=person))
        person.refresh_from_db()
        return render(request, "people/invited.html", {"person": person, "link": link})
    mail_sign_in(request.user, person=person, base_url=request.build_absolute_uri("/"))
    messages.success(request, f"A link is on its way to {person.full_name} at {person.email}.")
    return redirect("people:staff")
