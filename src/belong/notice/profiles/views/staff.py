"""A pupil's page as adults read it, and writing one together with a pupil."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.ask.languages.choosing import in_own_language
from belong.base.access import allowed, require
from belong.base.audit import audit
from belong.base.clock import today
from belong.base.errors import Refused
from belong.notice.access import access_group
from belong.notice.models import Audience, ProfilePage
from belong.notice.profiles import actions
from belong.notice.profiles.access import (
    access_page,
    access_profile,
    access_pupil_to_draft,
    needs_company,
)
from belong.notice.profiles.forms import ProfileForm
from belong.notice.profiles.queries import (
    current_page,
    draft_by,
    is_about_to_start,
    is_for_all,
    newcomers,
    parts_of,
    readings,
)
from belong.notice.queries import group_pupils
from belong.notice.queries.cards import by_name
from belong.people.request import SignedIn
from belong.web.messages import noted

State = ProfilePage.State


@login_required
@require_safe
def profile(request: SignedIn, pupil_id: int) -> HttpResponse:
    """The parts that are for this viewer, to read or to print on one sheet."""
    pupil = access_profile(request.user, pupil_id)
    reading = readings(request.user, [pupil])[0]
    may_draft = allowed(request.user, "notice.draft_profile", pupil)
    current = current_page(pupil) if may_draft else None
    unasked = current is not None and current.family_on is None and is_for_all(current)
    page = {
        "pupil": pupil,
        "reading": reading,
        "may_draft": may_draft,
        "may_open": allowed(request.user, "notice.view_pupil", pupil),
        "draft": draft_by(pupil, request.user.person) if may_draft else None,
        "current": current,
        "asks_family": unasked,
        "starts": is_about_to_start(pupil, today()),
    }
    answer = render(request, "notice/profiles/profile.html", page)
    audit(request.user, "notice.view_profile", pupil)
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Write it together: kept as a draft, or sent to the pupil for a yes."""
    pupil = access_pupil_to_draft(request.user, pupil_id)
    kept = draft_by(pupil, request.user.person)
    seen = readings(request.user, [pupil])[0].parts
    form = ProfileForm(request.POST or None, parts=parts_of(kept) if kept else seen, about=pupil.first_name)
    company = needs_company(pupil)
    if request.method == "POST" and form.is_valid():
        try:
            page = actions.draft(request.user, pupil=pupil, parts=form.said(), send="send" in request.POST)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            if company and page.state == State.WAITING:
                return redirect("notice:profile-together", page.pk)
            noted(request, "Sent." if page.state == State.WAITING else "Kept as your draft.")
            return redirect("notice:profile", pupil.pk)
    found = {"pupil": pupil, "form": form, "kept": kept, "company": company}
    return render(request, "notice/profiles/draft.html", found, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def together(request: SignedIn, page_id: int) -> HttpResponse:
    """With the pupil beside you: read each part to them, and tick what they say yes to."""
    page = access_page(request.user, "notice.approve_with_pupil", page_id)
    problem = ""
    if request.method == "POST":
        try:
            actions.approve_with(request.user, page=page, yes_to=set(request.POST.getlist("yes")))
        except Refused as refused:
            problem = refused.reason
        else:
            noted(request, f"Shared. {page.pupil.first_name} said yes, with you.")
            return redirect("notice:profile", page.pupil_id)
    found = {"page": page, "pupil": page.pupil, "parts": parts_of(page), "problem": problem}
    found["company"] = needs_company(page.pupil)
    return render(request, "notice/profiles/together.html", found, status=422 if problem else 200)


@login_required
@require_POST
def discard(request: SignedIn, page_id: int) -> HttpResponse:
    """Throw a draft away."""
    page = access_page(request.user, "notice.view_draft", page_id)
    pupil_id = page.pupil_id
    actions.discard(request.user, page=page)
    noted(request, "Thrown away. What was shared before stays as it was.")
    return redirect(
        "notice:own-profile"
        if pupil_id == request.user.person_id
        else reverse("notice:profile", args=[pupil_id])
    )


@login_required
@in_own_language
@require_POST
def family(request: SignedIn, page_id: int) -> HttpResponse:
    """Note that the family agrees; `undo` takes it back."""
    page = access_page(request.user, "notice.note_family", page_id)
    if "undo" in request.POST:
        actions.undo_family(request.user, page=page)
        noted(request, "Taken back. It is not for all staff now.")
    else:
        actions.note_family(request.user, page=page)
        noted(request, _("Noted: the family agrees."))
    staff = allowed(request.user, "notice.draft_profile", page.pupil)
    return redirect("notice:profile" if staff else "notice:child", page.pupil_id)


@login_required
@require_http_methods(["GET", "POST"])
def held(request: SignedIn, page_id: int) -> HttpResponse:
    """A page whose words somebody has to read first: for whoever reads the concern about them."""
    page = access_page(request.user, "notice.let_profile_through", page_id)
    if request.method == "POST":
        actions.let_through(request.user, page=page)
        noted(request, "Shared with those the pupil chose.")
        return redirect("home")
    found = {"page": page, "pupil": page.pupil, "parts": parts_of(page), "concern": page.concern}
    answer = render(request, "notice/profiles/held.html", found)
    audit(request.user, "notice.read_held_profile", page)
    return answer


@login_required
@require_safe
def group_profiles(request: SignedIn, group_id: int) -> HttpResponse:
    """The pages of a group as the viewer may read them: what helps whom in this room. Prints."""
    group = access_group(request.user, group_id)
    found = readings(request.user, sorted(group_pupils(request.user, group), key=by_name))
    shown = [row for row in found if row.parts]
    page = {"group": group, "rows": shown, "without": [row.pupil for row in found if not row.parts]}
    answer = render(request, "notice/profiles/group.html", page)
    audit(request.user, "notice.view_profiles", group, pupils=[row.pupil.pk for row in shown])
    return answer


@login_required
@require_safe
def clinic(request: SignedIn) -> HttpResponse:
    """The agenda of a practice clinic: who has just joined or is about to, with what they share with all staff."""
    require(request.user, "notice.view_clinic")
    day = today()
    found = readings(request.user, newcomers())
    rows = [
        (row, is_about_to_start(row.pupil, day), tuple(p for p in row.parts if p.audience == Audience.STAFF))
        for row in found
    ]
    rows = [(row, soon, parts if row.page and row.page.family_on else ()) for row, soon, parts in rows]
    page = {"rows": rows, "today": day, "ready": sum(bool(parts) for _, _, parts in rows)}
    answer = render(request, "notice/profiles/clinic.html", page)
    audit(request.user, "notice.view_clinic", pupils=[row.pupil.pk for row, _, parts in rows if parts])
    return answer
