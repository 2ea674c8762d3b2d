"""The pupil's own page at /me/profile/: write it, say who reads each part, take it back, answer what an adult wrote."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from belong.ask.languages.choosing import in_own_language
from belong.base.access import require
from belong.base.errors import Refused
from belong.notice.models import Audience, ProfilePage
from belong.notice.profiles import actions
from belong.notice.profiles.access import access_page
from belong.notice.profiles.forms import AnswerForm, ProfileForm
from belong.notice.profiles.queries import (
    current_page,
    draft_by,
    earlier_pages,
    is_for_all,
    parts_of,
    waiting_for,
)
from belong.notice.profiles.words import READ_FIRST, WHO_READS
from belong.people.models import Person
from belong.people.request import SignedIn
from belong.web.messages import noted

State = ProfilePage.State


@login_required
@in_own_language
@require_http_methods(["GET", "POST"])
def own(request: SignedIn) -> HttpResponse:
    """Write it; “share” makes it the page adults read, “keep” does not."""
    pupil = _me(request)
    current, mine = current_page(pupil), draft_by(pupil, pupil)
    begun = mine or current
    form = ProfileForm(request.POST or None, parts=parts_of(begun) if begun else ())
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.write_own(request.user, parts=form.said(), share="share" in request.POST)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, _said(kept))
            return redirect("notice:own-profile")
    page = {
        "form": form,
        "current": current,
        "mine": mine,
        "to_answer": waiting_for(pupil),
        "earlier": earlier_pages(pupil),
        "who_reads": [(Audience(key).label, words) for key, words in WHO_READS.items()],
        "read_first": READ_FIRST,
        "asks_family": bool(current and current.family_on is None and is_for_all(current)),
    }
    return render(request, "notice/profiles/own.html", page, status=422 if form.errors else 200)


@login_required
@in_own_language
@require_http_methods(["GET", "POST"])
def answer(request: SignedIn, page_id: int) -> HttpResponse:
    """What an adult wrote with me: yes, for whom I choose; or not like this."""
    page = access_page(request.user, "notice.answer_profile", page_id)
    if page.state != State.WAITING:
        raise Http404
    form = AnswerForm(request.POST or None, parts=parts_of(page))
    if request.method == "POST" and "no" in request.POST:
        actions.say_no(request.user, page=page)
        noted(
            request,
            _("Thank you for saying so. %(name)s will see that you said not like this.")
            % {"name": page.drafted_by.display_name},
        )
        return redirect("notice:own-profile")
    if request.method == "POST" and form.is_valid():
        actions.say_yes(request.user, page=page, audiences=form.cleaned_data)
        noted(request, _("This is your page now. You can change it or take it back."))
        return redirect("notice:own-profile")
    found = {
        "page": page,
        "form": form,
        "who_reads": [(Audience(key).label, say) for key, say in WHO_READS.items()],
    }
    return render(request, "notice/profiles/answer.html", found, status=422 if form.errors else 200)


@login_required
@in_own_language
@require_POST
def stop(request: SignedIn) -> HttpResponse:
    """Take my page back."""
    page = actions.stop_sharing(request.user, pupil=_me(request))
    noted(
        request,
        _("Nobody else can read your page now."),
        undo_url=reverse("notice:share-again", args=[page.pk]),
    )
    return redirect("notice:own-profile")


@login_required
@in_own_language
@require_POST
def again(request: SignedIn, page_id: int) -> HttpResponse:
    """Share an earlier page as it was."""
    page = access_page(request.user, "notice.answer_profile", page_id)
    actions.share_again(request.user, page=page)
    noted(request, _("Your page is shared again, as it was."))
    return redirect("notice:own-profile")


def _me(request: SignedIn) -> Person:
    """The signed-in pupil. Anybody else has no such page: 403, as for every page that is for pupils."""
    require(request.user, "notice.view_own_page")
    pupil: Person = request.user.person  # type: ignore[assignment]  # a pupil is a person
    return pupil


def _said(page: ProfilePage) -> str:
    if page.state == State.HELD:
        return _(
            "Thank you. An adult whose job it is reads your page first, and will talk with you if it helps."
        )
    if page.state == State.APPROVED:
        return _("Shared. The adults you chose can read it now.")
    return _("Kept for you. Nobody else can read it.")
