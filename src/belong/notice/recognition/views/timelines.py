"""A pupil's timeline: their own, as staff see it, as a family sees it; on paper; and what else may see an entry."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from belong.ask.languages.choosing import in_own_language
from belong.base.access import allowed
from belong.base.audit import audit
from belong.base.clock import today
from belong.notice.access import access_pupil
from belong.notice.own_page.views import own_person
from belong.notice.recognition import actions
from belong.notice.recognition.access import access_child, access_shower
from belong.notice.recognition.timeline import Entry, entry_of, family_timeline, timeline
from belong.people.request import SignedIn, back_to
from belong.web.messages import noted

OWN, STAFF, FAMILY = "own", "staff", "family"


@never_cache
@login_required
@in_own_language
@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """A pupil's own timeline, where they choose who else sees what; a page to print and keep."""
    pupil = own_person(request)
    facts = {"pupil": pupil, "entries": timeline(pupil, _since(request)), "seen_by": OWN, "may_choose": True}
    return render(request, "notice/recognition/timeline.html", facts | _years(request))


@never_cache
@login_required
@require_safe
def of_pupil(request: SignedIn, pupil_id: int) -> HttpResponse:
    """The same as staff see it; a tutor notes what a pupil without a sign-in says may be shown."""
    pupil = access_pupil(request.user, pupil_id)
    facts = {
        "pupil": pupil,
        "entries": timeline(pupil, _since(request)),
        "seen_by": STAFF,
        "may_choose": allowed(request.user, "notice.choose_shown", pupil),
    }
    answer = render(request, "notice/recognition/timeline.html", facts | _years(request))
    audit(request.user, "notice.view_timeline", pupil)
    return answer


@never_cache
@login_required
@in_own_language
@require_safe
def of_child(request: SignedIn, pupil_id: int) -> HttpResponse:
    """What a family sees of it, to print and keep."""
    pupil = access_child(request.user, pupil_id)
    entries = family_timeline(pupil, _since(request))
    facts = {"pupil": pupil, "entries": entries, "seen_by": FAMILY, "may_choose": False}
    return render(request, "notice/recognition/timeline.html", facts | _years(request))


@login_required
@in_own_language
@require_POST
def choose(request: SignedIn, pupil_id: int, entry: str, number: int) -> HttpResponse:
    """What else the pupil lets see one entry: their tutor's wall, their family, both or neither."""
    pupil = access_shower(request.user, pupil_id)
    found = entry_of(pupil, entry, number)
    if found is None:
        raise Http404
    chosen = {"on_wall": "wall" in request.POST, "to_family": "family" in request.POST}
    actions.choose_shown(request.user, pupil=pupil, entry=entry, number=number, **chosen)
    noted(request, _said(found, **chosen))
    return redirect(back_to(request, "/") + f"#{found.key}")


def _said(entry: Entry, *, on_wall: bool, to_family: bool) -> str:
    family = to_family or entry.sent_home
    if on_wall and family:
        words = _("“%(title)s”: the tutor’s wall shows it, and the family can see it.")
    elif on_wall:
        words = _("“%(title)s”: the tutor’s wall shows it.")
    elif to_family:
        words = _("“%(title)s”: the family can see it.")
    elif family:
        words = _("“%(title)s”: the family has it, because school sent it home.")
    else:
        words = _("“%(title)s” stays here.")
    return words % {"title": entry.title}


def _since(request: SignedIn) -> date | None:
    """The first day shown: this school year's, or everything."""
    return None if request.GET.get("all") else _september()


def _years(request: SignedIn) -> dict[str, object]:
    return {"everything": bool(request.GET.get("all")), "september": _september(), "today": today()}


def _september() -> date:
    day = today()
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)
