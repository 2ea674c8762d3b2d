"""The school's badges: the list, one badge with its holders, making, changing, giving, withdrawing."""

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.base.access import allowed, require
from belong.base.errors import Refused
from belong.base.files import file_response
from belong.notice.badges import actions
from belong.notice.badges.access import access_badge, access_giving, access_managed, access_withdrawing
from belong.notice.badges.forms import BadgeForm, GiveForm, WithdrawForm
from belong.notice.badges.queries import awards_to_see, badge_list, by_year, pupils_without
from belong.notice.badges.taking import picture_of
from belong.notice.badges.views.sent import sent
from belong.notice.models import Badge
from belong.people.request import SignedIn
from belong.web.messages import noted

A_PAGE = 40


@login_required
@require_safe
def badges(request: SignedIn) -> HttpResponse:
    """Every badge of the school, and how many of the viewer's own pupils hold it."""
    require(request.user, "notice.view_badges")
    offered, retired = badge_list(request.user)
    may_manage = allowed(request.user, "notice.manage_badges")
    facts = {"offered": offered, "retired": retired, "may_manage": may_manage}
    return render(request, "notice/badges/badges.html", facts)


@login_required
@require_safe
def badge(request: SignedIn, badge_id: int) -> HttpResponse:
    """One badge: what it is given for, and who holds it, as far as the viewer may see."""
    require(request.user, "notice.view_badges")
    found = access_badge(request.user, badge_id)
    rows = Paginator(awards_to_see(request.user, found), A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "badge": found,
        "awards": rows,
        "may_give": found.retired_on is None and allowed(request.user, "notice.give_badge", found),
        "may_manage": allowed(request.user, "notice.manage_badges", found),
        "withdrawable": {
            row.pk for row in rows if row.stands and allowed(request.user, "notice.withdraw_award", row)
        },
    }
    return render(request, "notice/badges/badge.html", facts)


@login_required
@require_safe
def picture(request: SignedIn, badge_id: int) -> HttpResponse:
    """The picture of a badge, for everybody at the school."""
    data, kind = picture_of(access_badge(request.user, badge_id), "show")
    return file_response(data, kind, f"badge-{badge_id}.{'svg' if 'svg' in kind else 'jpg'}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Make a badge."""
    require(request.user, "notice.manage_badges")
    return _edit(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedIn, badge_id: int) -> HttpResponse:
    """Change a badge."""
    return _edit(request, access_managed(request.user, badge_id))


@login_required
@require_POST
def retire(request: SignedIn, badge_id: int) -> HttpResponse:
    """Put a badge away, or bring it back."""
    found = access_managed(request.user, badge_id)
    if found.retired_on:
        actions.bring_back_badge(request.user, found)
        noted(request, f"{found.name} can be given again.")
    else:
        actions.retire_badge(request.user, found)
        noted(request, f"{found.name} is put away. Whoever holds it keeps it.")
    return redirect("notice:badge", found.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: SignedIn, badge_id: int) -> HttpResponse:
    """Give a badge to one pupil or several."""
    found = access_giving(request.user, badge_id)
    pupils = pupils_without(request.user, found)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = {one for one in asked.getlist("pupils") if one.isdecimal()}
    form = GiveForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        whom = [one for one in pupils if str(one.pk) in chosen]
        try:
            if len(whom) != len(chosen):
                raise Refused(
                    "One of those pupils is not yours, or holds the badge already. Nothing was given."
                )
            actions.give_badge(request.user, found, whom, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            names = whom[0].display_name if len(whom) == 1 else f"{len(whom)} pupils"
            noted(request, f"{found.name} is given to {names}.")
            return redirect("notice:badge", found.pk)
    facts = {"badge": found, "pupils": pupils, "years": by_year(pupils), "chosen": chosen, "form": form}
    return render(request, "notice/badges/give.html", facts, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedIn, award_id: int) -> HttpResponse:
    """Take a badge back, with the reason."""
    award = access_withdrawing(request.user, award_id)
    form = WithdrawForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_award(request.user, award, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, f"Withdrawn: {award.badge.name} of {award.pupil.display_name}.")
            return redirect("notice:badge", award.badge_id)
    facts = {"award": award, "form": form}
    return render(request, "notice/badges/withdraw.html", facts, status=422 if form.errors else 200)


def _edit(request: SignedIn, found: Badge | None) -> HttpResponse:
    form = BadgeForm(*sent(request), badge=found)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        picture: UploadedFile | None = fields.pop("picture", None)
        try:
            kept = (
                actions.change_badge(request.user, found, picture=picture, **fields)
                if found
                else actions.make_badge(request.user, picture=picture, **fields)
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, f"Kept: {kept.name}.")
            return redirect("notice:badge", kept.pk)
    facts = {"badge": found, "form": form, "held": bool(found and found.awards.exists())}
    return render(request, "notice/badges/edit.html", facts, status=422 if form.errors else 200)
