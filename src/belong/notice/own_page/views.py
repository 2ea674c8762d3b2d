"""A pupil's own page, and a family's page about their child: pieces that the parts of the room put there."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from belong.ask.languages.choosing import in_own_language
from belong.base.access import require
from belong.base.audit import audit
from belong.notice.own_page import pieces_for_family, pieces_for_pupil
from belong.notice.recognition.access import access_child, children_of
from belong.people.models import Person
from belong.people.request import SignedIn


@never_cache
@login_required
@in_own_language
@require_safe
def me(request: SignedIn) -> HttpResponse:
    """What a pupil sees of themselves, and what they can do."""
    pupil = own_person(request)
    return render(
        request, "notice/own_page/me.html", {"pupil": pupil, "pieces": pieces_for_pupil(request.user, pupil)}
    )


@never_cache
@login_required
@in_own_language
@require_safe
def family(request: SignedIn) -> HttpResponse:
    """The children a carer may see; with one child, that child's page at once."""
    require(request.user, "notice.view_family")
    children = list(children_of(request.user.person_id or 0))
    if len(children) == 1:
        return redirect("notice:child", children[0].pk)
    return render(request, "notice/own_page/family.html", {"children": children})


@never_cache
@login_required
@in_own_language
@require_safe
def child(request: SignedIn, pupil_id: int) -> HttpResponse:
    """What a family sees of their child. That it was opened is noted in the trail."""
    pupil = access_child(request.user, pupil_id)
    facts = {
        "pupil": pupil,
        "pieces": pieces_for_family(request.user, pupil),
        "others": children_of(request.user.person_id or 0).exclude(pk=pupil.pk).exists(),
    }
    answer = render(request, "notice/own_page/child.html", facts)
    audit(request.user, "notice.view_child", pupil)
    return answer


def own_person(request: SignedIn) -> Person:
    """The pupil who is signed in; else the page says that it is for pupils."""
    require(request.user, "notice.view_own_page")
    assert request.user.person is not None  # the rule says so
    return request.user.person
