"""My group: who is in it, how each stands with me, and what nobody has noticed yet."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from belong.base.access import allowed, require
from belong.notice.access import access_group
from belong.notice.queries import SORTS, group_cards
from belong.notice.queries.groups import led_groups
from belong.notice.queries.places import in_use_for_weeks
from belong.people.request import SignedIn

SORT_KEY = "group_sort"
LAST_KEY = "group_last"


@login_required
@require_safe
def my_group(request: SignedIn) -> HttpResponse:
    """The group the user leads; a choice where there are several, a kind word where there is none."""
    require(request.user, "notice.view_own_groups")
    led = led_groups(request.user)
    last = request.session.get(LAST_KEY)
    if len(led) == 1:
        return redirect("notice:group", led[0].group.pk)
    if "choose" not in request.GET and any(row.group.pk == last for row in led):
        return redirect("notice:group", last)
    return render(request, "notice/groups.html", {"led": led})


@login_required
@require_safe
def group(request: SignedIn, group_id: int) -> HttpResponse:
    """A quiet grid of the group. The sort is remembered per person."""
    group = access_group(request.user, group_id)
    kept = request.session.get(SORT_KEY, "quiet")
    asked = request.GET.get("sort", "")
    sort = asked if asked in SORTS else kept
    if request.session.get(SORT_KEY) != sort:
        request.session[SORT_KEY] = sort
    leads = group.pk in request.user.led_group_ids
    if leads and request.session.get(LAST_KEY) != group.pk:
        request.session[LAST_KEY] = group.pk
    found = group_cards(request.user, group, sort)
    quiet = [card for card in found if card.is_quiet and not card.is_new]
    page = {
        "group": group,
        "leads": leads,
        "several": len(request.user.led_group_ids) > 1,
        "cards": found,
        "new": [card for card in found if card.is_new],
        "quiet": quiet,
        "too_early": bool(quiet) and not in_use_for_weeks(),
        "unsorted": sum(not card.state for card in found),
        "may_sort": allowed(request.user, "notice.sort_group", group),
        "sort": sort,
        "sort_word": SORTS[sort],
        "sorts": SORTS,
    }
    return render(request, "notice/group.html", page)
