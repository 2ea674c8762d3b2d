"""A pupil writes, draws, takes a photo or says something for a wall; and takes it back."""

from dataclasses import replace
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_scopes import scope, scopes_disabled

from belong.ask.activities import WALL
from belong.ask.bands import band_of_pupil, text, voice
from belong.ask.languages.choosing import in_own_language
from belong.ask.looks.choices import on_page as look_on
from belong.ask.looks.queries import look_of
from belong.ask.models import Wall
from belong.ask.passes import ActivityPass, let_take_part
from belong.ask.readers import names
from belong.ask.views.child import Kind, quiet, wants_json
from belong.ask.views.taking_part import pass_in, pupil_of, the_end, words_closed
from belong.ask.walls import actions
from belong.ask.walls.access import access_own, access_wall_to_write, is_for
from belong.ask.walls.actions import LONGEST, Idea
from belong.base.errors import Refused
from belong.base.files import SOUND_SECONDS
from belong.people.models import Person
from belong.people.queries import tutors_of
from belong.people.request import SignedIn
from belong.web.device import policy
from belong.web.messages import noted


@never_cache
@login_required
@in_own_language
@require_POST
def begin(request: SignedIn, wall_id: int) -> HttpResponse:
    """From the own page of a pupil who is signed in."""
    wall = access_wall_to_write(request.user, wall_id)
    assert request.user.person_id is not None  # the rule says so
    response = redirect("ask:wall-answer")
    let_take_part(response, ActivityPass(WALL, wall.pk, request.user.person_id))
    return response


@quiet
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The page on which a pupil makes an idea; by POST the idea."""
    mine = pass_in(request, WALL)
    pupil = pupil_of(mine)
    wall = _wall(mine, pupil)
    with scope(school=pupil.school):
        if request.method == "POST":
            return _send(request, mine, wall, pupil)
        if not wall.is_open or not is_for(wall, pupil):
            raise Kind(_("This wall is closed."), _("Thank you for coming."), 410)
        return _page(request, replace(mine, submission_id=uuid4()), wall, pupil)


def _wall(mine: ActivityPass, pupil: Person) -> Wall:
    with scopes_disabled():
        found = Wall.objects.select_related("school", "made_by__person").filter(
            pk=mine.object_id, school=pupil.school_id
        )
        wall = found.first()
    if wall is None:
        raise Kind(_("We can’t find this wall."), _("Ask the adult who told you about it."))
    return wall


def _send(request: HttpRequest, mine: ActivityPass, wall: Wall, pupil: Person) -> HttpResponse:
    if "language" in request.POST and wall.is_open and is_for(wall, pupil):
        return _page(request, mine, wall, pupil)
    idea = Idea(
        words="" if words_closed(pupil) else request.POST.get("words", ""),
        drawing=request.FILES.get("drawing"),
        photo=request.FILES.get("photo"),
        sound=request.FILES.get("sound"),
        named=bool(request.POST.get("named")),
    )
    try:
        actions.post(wall, pupil, idea, mine.submission_id)
    except Refused as no:
        if wants_json(request):
            return JsonResponse({"state": "refused", "text": no.reason}, status=422)
        return _page(request, mine, wall, pupil, no.reason)
    end = reverse("ask:wall-done", args=[band_of_pupil(pupil)])
    return JsonResponse({"state": "kept", "next": end}, status=201) if wants_json(request) else redirect(end)


def _page(
    request: HttpRequest, mine: ActivityPass, wall: Wall, pupil: Person, problem: str = ""
) -> HttpResponse:
    tone = voice(band_of_pupil(pupil))
    facts = {
        "wall": wall,
        "school": pupil.school,
        "mine": mine.sign(),
        "who": text("walls", f"who-{tone}", names=_first_readers(wall, pupil)),
        "about_photo": text("walls", f"photo-{tone}"),
        "about_sound": text("walls", f"sound-{tone}"),
        "words_closed": words_closed(pupil),
        "words": request.POST.get("words", ""),
        "named": bool(request.POST.get("named")),
        "first_name": pupil.first_name,
        "longest": LONGEST,
        "seconds": int(SOUND_SECONDS),
        "problem": problem,
        "keeps_words": "files" if wall.takes else "yes",
        "action": reverse("ask:wall-answer"),
        "look": look_on(look_of(pupil)),
    }
    page = render(request, "ask/walls/answer.html", facts, status=422 if problem else 200)
    if Wall.SOUND in wall.takes:
        page["Permissions-Policy"] = policy("microphone")
    return page


def _first_readers(wall: Wall, pupil: Person) -> str:
    """Who reads it first, by name: whoever made the wall; for a class its tutors, too."""
    maker = wall.made_by.person if wall.made_by else None
    people = [maker] if maker is not None and not maker.is_leaver else []
    if wall.group_id is not None:
        people += [one for one in tutors_of(pupil) if one not in people]
    return names(people)


@quiet
@require_GET
def done(request: HttpRequest, band: str) -> HttpResponse:
    """The end: the same for everyone of an age; one may come again."""
    if band not in ("4-7", "8-11", "12-18"):
        raise Kind(_("There is nothing here."), _("Ask the adult who told you about it."))
    return the_end(request, title=_("Thank you"), words=text("walls", f"done-{voice(band)}"))


@login_required
@in_own_language
@require_POST
def take_back(request: SignedIn, post_id: int) -> HttpResponse:
    """Take one's own back."""
    row = access_own(request.user, post_id)
    actions.take_back(request.user, row)
    noted(request, _("You took it back. It is deleted."))
    return redirect("notice:me")
