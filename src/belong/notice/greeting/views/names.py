"""A pupil's own name: how it is said, heard by adults, chosen by the pupil and the family."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from belong.ask.languages.choosing import in_own_language
from belong.base.access import allowed
from belong.base.errors import Refused
from belong.base.files import file_response
from belong.base.sounds import KINDS
from belong.notice.greeting import actions
from belong.notice.greeting.access import access_heard, access_own_name
from belong.notice.greeting.forms import NameForm, SoundForm
from belong.notice.greeting.queries import name_facts
from belong.notice.greeting.settings import mentions_birthdays
from belong.notice.models import NameSound
from belong.people.models import Person
from belong.people.request import SignedIn, back_to
from belong.web.device import policy
from belong.web.messages import noted

# What was recorded is heard before it is kept. (The library’s types know only views without arguments.)
_hears_itself: Any = csp_update({"media-src": [SELF, "blob:"]})
ENDINGS = {kind.mime: kind.ending for kind in KINDS}


@login_required
@in_own_language
@require_http_methods(["GET", "POST"])
@_hears_itself
def own_name(request: SignedIn, pupil_id: int) -> HttpResponse:
    """How to say it in letters, a recording, and whether the birthday is mentioned."""
    pupil = access_own_name(request.user, pupil_id)
    form = _name_form(request, pupil)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, pupil, form)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, _("Kept."))
            return redirect("notice:own-name", pupil.pk)
    return _page(request, pupil, form, SoundForm())


@login_required
@in_own_language
@require_http_methods(["GET", "POST"])
@_hears_itself
def sound(request: SignedIn, pupil_id: int) -> HttpResponse:
    """The recording, for whoever may hear it; a new one from whoever may choose it."""
    if request.method == "GET":
        return _heard(request, access_heard(request.user, pupil_id))
    pupil = access_own_name(request.user, pupil_id)
    form = SoundForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.keep_sound(request.user, pupil=pupil, upload=form.cleaned_data["sound"])
        except Refused as refused:
            form.add_error("sound", refused.reason)
        else:
            noted(request, _("Kept. Adults can hear it before they say the name."))
            return redirect("notice:own-name", pupil.pk)
    return _page(request, pupil, _name_form(request, pupil, bound=False), form)


@login_required
@in_own_language
@require_POST
def delete_sound(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Delete the recording: the pupil, the family, or an adult who finds that it is something else."""
    pupil = access_heard(request.user, pupil_id)
    actions.delete_sound(request.user, pupil=pupil)
    noted(request, _("The recording is deleted."))
    own = allowed(request.user, "notice.say_name", pupil)
    otherwise = reverse("notice:own-name" if own else "notice:pupil", args=[pupil.pk])
    return redirect(back_to(request, otherwise))


def _heard(request: SignedIn, pupil: Person) -> HttpResponse:
    kept = NameSound.objects.filter(pupil=pupil).first()
    if kept is None:
        raise Http404
    return file_response(kept.sound, kept.mime, f"name.{ENDINGS[kept.mime]}", request)


def _name_form(request: SignedIn, pupil: Person, *, bound: bool = True) -> NameForm:
    whose = "" if request.user.person_id == pupil.pk else pupil.first_name
    return NameForm(
        request.POST if bound and request.method == "POST" else None,
        whose=whose,
        mentions=mentions_birthdays(request.user.school),
        initial={
            "said_like": pupil.said_like,
            "birthday": not name_facts(request.user, pupil).is_silent,
        },
    )


def _keep(request: SignedIn, pupil: Person, form: NameForm) -> None:
    actions.choose_said_like(request.user, pupil=pupil, said_like=form.cleaned_data["said_like"])
    if "birthday" in form.fields:
        actions.choose_birthday(request.user, pupil=pupil, mention=form.cleaned_data["birthday"])


def _page(request: SignedIn, pupil: Person, form: NameForm, sound_form: SoundForm) -> HttpResponse:
    wrong = next((one for one in (form, sound_form) if one.errors), None)
    page = {
        "pupil": pupil,
        "facts": name_facts(request.user, pupil),
        "form": form,
        "sound_form": sound_form,
        "wrong": wrong,
        "is_own": request.user.person_id == pupil.pk,
        "is_staff": allowed(request.user, "notice.view_pupil", pupil),
    }
    answer = render(request, "notice/greeting/name.html", page, status=422 if wrong else 200)
    answer["Permissions-Policy"] = policy("microphone")
    return answer
