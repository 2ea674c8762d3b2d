"""Saying what good thing was seen: the same page for adults at school, pupils and families."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.ask.languages.choosing import in_own_language
from belong.ask.naming import short_names
from belong.base.errors import Refused
from belong.notice.own_page.views import own_person
from belong.notice.recognition import actions
from belong.notice.recognition.access import access_recipient, access_recognition, fellows, is_ambassador
from belong.notice.recognition.forms import ADULT, CHILD, RecogniseForm
from belong.notice.recognition.queries import given_by, traits
from belong.people import roles
from belong.people.models import Person, User
from belong.people.queries import tutor_group_of
from belong.people.request import SignedIn, back_to
from belong.web.messages import noted

SHOWN_SENT = 40


@never_cache
@login_required
@in_own_language
@require_safe
def whom(request: SignedIn) -> HttpResponse:
    """The pupils one may name: those of one's groups and clubs, for an ambassador of the year and house, too."""
    me = own_person(request)
    found = list(fellows(me).order_by("given_name", "family_name"))
    search = request.GET.get("name", "").strip()
    if search:
        found = [one for one in found if one.first_name.casefold().startswith(search.casefold())]
    groups = tutor_group_of([one.pk for one in found])
    facts = {
        "people": [(one, name, groups.get(one.pk)) for one, name in short_names(found)],
        "search": search,
        "is_ambassador": is_ambassador(me),
        "is_closed": actions.words_are_closed(me.school),
        "has_traits": bool(traits()),
    }
    return render(request, "notice/recognition/whom.html", facts)


@never_cache
@login_required
@in_own_language
@require_http_methods(["GET", "POST"])
def recognise(request: SignedIn, pupil_id: int) -> HttpResponse:
    """One tap for the trait, a line about what was seen, one tap to send."""
    pupil = access_recipient(request.user, pupil_id)
    seen = _seen(request)
    form = RecogniseForm(request.POST or None, request.FILES or None, by=_by(request.user))
    names: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.recognise(request.user, pupil=pupil, seen=seen, **form.values())
        except actions.NamesFound as found:
            names = found.names
            form.add_error("names", found.reason)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            at_once = made.state == made.APPROVED
            undo = reverse("notice:undo-recognition", args=[made.pk]) if at_once else ""
            noted(request, _thanks(pupil, at_once=at_once), undo_url=undo)
            return redirect(_back(request, pupil, seen))
    facts = {
        "pupil": pupil,
        "name": pupil.first_name if _by(request.user) == CHILD else pupil.display_name,
        "form": form,
        "asks_names": bool(names or request.POST.get("names")),
        "traits": traits(),
        "seen": seen,
        "back": _back(request, pupil, seen),
        "is_closed": _by(request.user) == CHILD and actions.words_are_closed(request.user.school),
    }
    return render(request, "notice/recognition/recognise.html", facts, status=422 if form.errors else 200)


@login_required
@require_POST
def undo(request: SignedIn, recognition_id: int) -> HttpResponse:
    """Take back one's own within ten minutes."""
    row = access_recognition(request.user, recognition_id)
    actions.undo_recognition(request.user, recognition=row)
    noted(request, "Taken back.")
    return redirect("notice:pupil", row.pupil_id)


@never_cache
@login_required
@in_own_language
@require_safe
def sent(request: SignedIn) -> HttpResponse:
    """What a pupil told of others, and what became of it."""
    me = own_person(request)
    return render(request, "notice/recognition/sent.html", {"rows": given_by(me)[:SHOWN_SENT]})


def _by(user: User) -> str:
    return CHILD if user.person is not None and user.person.kind == Person.PUPIL else ADULT


def _seen(request: SignedIn) -> str:
    """Whether an adult writes as somebody's family: said by the link, and always so for those who do not work here."""
    asked = request.POST.get("seen") or request.GET.get("seen")
    at_home = asked == actions.AT_HOME or not request.user.has_role(*roles.STAFF)
    return actions.AT_HOME if at_home else actions.AT_SCHOOL


def _back(request: SignedIn, pupil: Person, seen: str) -> str:
    if _by(request.user) == CHILD:
        return reverse("notice:me")
    if seen == actions.AT_HOME:
        return reverse("notice:child", args=[pupil.pk])
    named: dict[str, Any] = {**request.POST.dict(), **request.GET.dict()}
    here = reverse("notice:pupil", args=[pupil.pk])
    return back_to(request, here) if "next" in named else here


def _thanks(pupil: Person, *, at_once: bool) -> str:
    if at_once:
        return f"Recognised: {pupil.display_name}. It is on their timeline."
    return _("Thank you! An adult reads it first; then %(name)s sees it.") % {"name": pupil.first_name}
