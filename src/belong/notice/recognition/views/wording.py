"""The school's own values and traits, who is an ambassador, and what families see: for leaders."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from belong.base.access import require
from belong.base.errors import Refused
from belong.notice.models import Ambassador, Trait
from belong.notice.recognition import parts, vocabulary
from belong.notice.recognition.forms import TraitForm
from belong.notice.recognition.queries import ambassadors, traits
from belong.notice.recognition.showing import families_see_young
from belong.people.models import Person
from belong.people.queries import pupils_on_roll, tutor_group_of
from belong.people.request import SignedIn
from belong.web.messages import noted

FOUND = 20


@login_required
@require_http_methods(["GET", "POST"])
def words(request: SignedIn) -> HttpResponse:
    """The list: add one of one's own, or some of those offered."""
    require(request.user, "notice.manage_traits")
    if request.method == "POST" and "offered" in request.POST:
        return _do(
            request, lambda: vocabulary.add_offered(request.user, request.POST.getlist("key")), "Added."
        )
    form = TraitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = vocabulary.add_trait(request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", refused.reason)
        else:
            noted(request, f"Added: {made.name}.")
            return redirect("notice:traits")
    return _page(request, form)


@login_required
@require_POST
def trait(request: SignedIn, trait_id: int) -> HttpResponse:
    """Word, move, retire or bring back one."""
    require(request.user, "notice.manage_traits")
    row = get_object_or_404(Trait.objects.all(), pk=trait_id)
    did, user = request.POST.get("do"), request.user
    if did in ("up", "down"):
        return _do(request, lambda: vocabulary.move_trait(user, row, up=did == "up"), "Moved.")
    if did == "retire":
        said = f"Retired: {row.name}. What was recognised keeps it."
        return _do(request, lambda: vocabulary.retire_trait(user, row), said)
    if did == "back":
        return _do(request, lambda: vocabulary.retire_trait(user, row, back=True), f"Back: {row.name}.")
    form = TraitForm(request.POST)
    if not form.is_valid():
        return _page(request, TraitForm(), wrong=form, row=row)
    said = f"It is called “{form.cleaned_data['name']}” now."
    return _do(request, lambda: vocabulary.change_trait(user, row, **form.cleaned_data), said)


@login_required
@require_POST
def families(request: SignedIn) -> HttpResponse:
    """Whether families see what was approved about under-thirteens who chose nothing."""
    yes = bool(request.POST.get("yes"))
    said = "Families of under-thirteens see it." if yes else "Families see what their child shows them."
    return _do(request, lambda: vocabulary.set_families_see_young(request.user, yes), said)


@login_required
@require_http_methods(["GET", "POST"])
def ambassador_list(request: SignedIn) -> HttpResponse:
    """Pupils with the part of noticing others; search for one to give it to."""
    require(request.user, "notice.manage_traits")
    if request.method == "POST":
        pupil = get_object_or_404(pupils_on_roll(), pk=_number(request.POST.get("pupil")))
        said = f"{pupil.display_name} is an ambassador now."
        return _do(request, lambda: parts.make_ambassador(request.user, pupil), said, "notice:ambassadors")
    search = request.GET.get("name", "").strip()
    found = _named(search) if len(search) > 1 else []
    rows = list(ambassadors())
    groups = tutor_group_of([one.pk for one in found] + [row.pupil_id for row in rows])
    facts = {
        "rows": [(row, groups.get(row.pupil_id)) for row in rows],
        "found": [(one, groups.get(one.pk)) for one in found],
        "search": search,
    }
    return render(request, "notice/recognition/ambassadors.html", facts)


@login_required
@require_POST
def end_ambassador(request: SignedIn, ambassador_id: int) -> HttpResponse:
    """End the part today; what they noticed stays."""
    require(request.user, "notice.manage_traits")
    row = get_object_or_404(Ambassador.objects.select_related("pupil"), pk=ambassador_id)
    said = f"{row.pupil.display_name} is no longer an ambassador. What they noticed stays."
    return _do(request, lambda: parts.end_ambassador(request.user, row), said, "notice:ambassadors")


def _named(search: str) -> list[Person]:
    """Pupils on roll whose name begins with what was typed, who are not ambassadors yet."""
    rows = pupils_on_roll().exclude(pk__in=ambassadors().order_by().values("pupil"))
    words = search.split()
    found = rows.filter(given_name__istartswith=words[0]) | rows.filter(family_name__istartswith=words[0])
    found |= rows.filter(preferred_name__istartswith=words[0])
    return [one for one in found[: FOUND * 3] if search.casefold() in one.display_name.casefold()][:FOUND]


def _number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 19 else 0


def _do(request: SignedIn, act: Any, said: str, to: str = "notice:traits") -> HttpResponse:
    """Do it and say so; a refusal is shown by the middleware on a page of its own."""
    act()
    noted(request, said)
    return redirect(to)


def _page(
    request: SignedIn, form: TraitForm, wrong: TraitForm | None = None, row: Trait | None = None
) -> HttpResponse:
    facts = {
        "traits": traits(),
        "retired": Trait.objects.filter(retired_on__isnull=False).order_by("name"),
        "offered": vocabulary.offered(),
        "form": form,
        "wrong": wrong or form,
        "changing": row.pk if row else 0,
        "families_see_young": families_see_young(request.user.school),
    }
    bad = form.errors or (wrong and wrong.errors)
    return render(request, "notice/recognition/traits.html", facts, status=422 if bad else 200)
