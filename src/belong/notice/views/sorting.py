"""Going through a group one by one: Establish, Maintain or Restore, one key or one tap each."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from belong.base.access import allowed
from belong.base.errors import Refused
from belong.notice import actions, words
from belong.notice.access import access_addressee, access_change, access_sorting
from belong.notice.models import Relationship, RelationshipChange, State
from belong.notice.queries import cards, group_pupils
from belong.notice.queries.cards import by_name
from belong.notice.queries.pupil import newest_change
from belong.people.models import Group, Person, User
from belong.people.request import SignedIn

FINISHED = 0


@login_required
@require_http_methods(["GET", "POST"])
def sort(request: SignedIn, group_id: int) -> HttpResponse:
    """One pupil at a time by name; `?at=` names the pupil, and without it the first who has no state yet."""
    group = access_sorting(request.user, group_id)
    pupils = _pupils(request.user, group)
    if request.method == "GET":
        return _show(request, group, pupils, _asked(request, pupils), _last(request))
    pupil = access_addressee(request.user, _whole(request.POST.get("pupil")))
    change, problem = None, ""
    try:
        seen = int(said) if (said := request.POST.get("seen", "")).isdecimal() else None
        change = actions.set_state(request.user, pupil=pupil, state=request.POST.get("state", ""), seen=seen)
    except Refused as refused:
        problem = refused.reason
    at = _after(pupil, pupils) if change or pupil.is_leaver else pupil.pk
    if request.htmx or problem:
        return _show(request, group, pupils, at, change, problem)
    return redirect(f"{_here(group)}?at={at}&last={change.pk if change else ''}")


@login_required
@require_POST
def undo_sort(request: SignedIn, group_id: int, change_id: int) -> HttpResponse:
    """Take back the last one and stand at that pupil again."""
    group = access_sorting(request.user, group_id)
    change = access_change(request.user, change_id)
    at, problem = change.relationship.pupil_id, ""
    try:
        actions.undo_state(request.user, change=change)
    except Refused as refused:
        problem = refused.reason
    if request.htmx or problem:
        return _show(request, group, _pupils(request.user, group), at, problem=problem)
    return redirect(f"{_here(group)}?at={at}")


def _here(group: Group) -> str:
    return reverse("notice:sort", args=[group.pk])


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _pupils(user: User, group: Group) -> list[Person]:
    return sorted(group_pupils(user, group), key=by_name)


def _after(pupil: Person, pupils: list[Person]) -> int:
    """The id of the next pupil by name, or `FINISHED`."""
    later = [other for other in pupils if by_name(other) > by_name(pupil)]
    return later[0].pk if later else FINISHED


def _asked(request: SignedIn, pupils: list[Person]) -> int:
    """The pupil named in the address, else the first without a state, else the first of all."""
    ids = [pupil.pk for pupil in pupils]
    if "at" in request.GET:
        at = _whole(request.GET["at"])
        return at if at in ids else FINISHED
    kept = Relationship.objects.filter(adult=request.user.person_id, pupil__in=ids)
    sorted_ids = set(kept.values_list("pupil_id", flat=True))
    return next((pk for pk in ids if pk not in sorted_ids), ids[0] if ids else FINISHED)


def _last(request: SignedIn) -> RelationshipChange | None:
    """The change made just before this page, if it can still be taken back."""
    found = (
        RelationshipChange.objects.filter(pk=_whole(request.GET.get("last")))
        .select_related("relationship")
        .first()
    )
    return found if found and allowed(request.user, "notice.undo_state", found) else None


def _show(
    request: SignedIn,
    group: Group,
    pupils: list[Person],
    at: int,
    change: RelationshipChange | None = None,
    problem: str = "",
) -> HttpResponse:
    index = next((i for i, pupil in enumerate(pupils) if pupil.pk == at), None)
    page = {"group": group, "total": len(pupils), "change": change, "problem": problem}
    if change:
        page["changed"] = words.set_state(change, change.relationship.pupil.display_name)
    if index is None:
        page["tally"] = _tally(request.user, pupils)
    else:
        page |= {
            "card": cards(request.user, [pupils[index]])[0],
            "seen": newest_change(request.user, pupils[index]),
            "place": index + 1,
            "before": pupils[index - 1].pk if index else None,
            "after": pupils[index + 1].pk if index + 1 < len(pupils) else FINISHED,
            "states": [(state, words.STATE_HELP[state]) for state in State],
        }
    return render(request, "notice/_sorter.html" if request.htmx else "notice/sort.html", page)


def _tally(user: User, pupils: list[Person]) -> list[tuple[str, str, int]]:
    """How many of the group stand in each state for this adult: value, word, number; "" for not sorted."""
    kept = Relationship.objects.filter(adult=user.person_id, pupil__in=[pupil.pk for pupil in pupils])
    found = Counter(kept.values_list("state", flat=True))
    rows = [(state.value, str(state.label), found[state.value]) for state in State]
    return [*rows, ("", "Not sorted", len(pupils) - sum(found.values()))]
