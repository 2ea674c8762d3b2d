"""A pupil says where they belong: one page that works without scripts, one POST, a kind end."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_scopes import scope, scopes_disabled

from belong.ask.activities import PLACE
from belong.ask.bands import band_of_pupil, text, voice
from belong.ask.languages.choosing import in_own_language
from belong.ask.looks.choices import on_page as look_on
from belong.ask.looks.queries import look_of
from belong.ask.models import PlaceAsking, PlacePlan, PlaceReceipt
from belong.ask.passes import ActivityPass, let_take_part
from belong.ask.places.access import access_asking_to_answer, is_asked
from belong.ask.places.actions import AlreadySaid, send_places
from belong.ask.places.drawing import plan_id_in, plan_of
from belong.ask.places.said import FEELINGS, LONGEST, TIMES, HalfSaid, OnPage, on_page, said_on, words_on
from belong.ask.readers import CONFIDANTS, names, posts_for
from belong.ask.views.child import Kind, quiet
from belong.ask.views.taking_part import pass_in, pupil_of, the_end, words_closed
from belong.base.errors import Refused
from belong.base.files import PHOTO_MIME, file_response
from belong.people.models import Person
from belong.people.request import SignedIn


@never_cache
@login_required
@in_own_language
@require_POST
def begin(request: SignedIn, asking_id: int) -> HttpResponse:
    """From the own page of a pupil who is signed in. Answering itself knows no sign-in."""
    asking = access_asking_to_answer(request.user, asking_id)
    assert request.user.person_id is not None  # the rule says so
    response = redirect("ask:place-answer")
    let_take_part(response, ActivityPass(PLACE, asking.pk, request.user.person_id))
    return response


@quiet
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The page with the plan and the list; by POST, what was said on it."""
    mine = pass_in(request, PLACE)
    pupil = pupil_of(mine)
    asking = _asking(mine, pupil)
    with scope(school=pupil.school):
        if request.method == "POST":
            return _send(request, mine, asking, pupil)
        _require_open(asking, pupil)
        return _page(request, mine, asking, pupil, OnPage())


def _asking(mine: ActivityPass, pupil: Person) -> PlaceAsking:
    with scopes_disabled():
        asking = PlaceAsking.objects.select_related("plan", "school").defer("plan__picture")
        found = asking.filter(pk=mine.object_id, school=pupil.school_id).first()
    if found is None:
        raise Kind(_("We can’t find these questions."), _("Ask the adult who gave them to you."))
    return found


def _require_open(asking: PlaceAsking, pupil: Person) -> None:
    if PlaceReceipt.objects.filter(asking=asking, person=pupil).exists():
        raise Kind(_("You have already answered."), _("Your first answer stands. Thank you for it."), 409)
    if not asking.takes_answers or not is_asked(asking, pupil):
        raise Kind(_("These questions have closed."), _("Thank you for coming."), 410)


def _send(request: HttpRequest, mine: ActivityPass, asking: PlaceAsking, pupil: Person) -> HttpResponse:
    page = on_page(request.POST)
    if "language" in request.POST:
        _require_open(asking, pupil)
        return _page(request, mine, asking, pupil, page)
    try:
        said = said_on(page, [one["id"] for one in asking.places])
        send_places(asking, pupil, said, words_on(page), mine.submission_id)
    except HalfSaid as half:
        return _page(request, mine, asking, pupil, page, half)
    except AlreadySaid as no:
        raise Kind(_("You have already answered."), no.reason, 409) from no
    except Refused as no:
        raise Kind(_("These questions have closed."), no.reason, 410) from no
    return redirect("ask:place-done", band=band_of_pupil(pupil))


def _page(
    request: HttpRequest,
    mine: ActivityPass,
    asking: PlaceAsking,
    pupil: Person,
    page: OnPage,
    half: HalfSaid | None = None,
) -> HttpResponse:
    tone = voice(band_of_pupil(pupil))
    posts = posts_for(pupil)
    held = {one.pk: one for post in CONFIDANTS for one in posts.get(post, ())}
    readers = sorted(held.values(), key=lambda one: (one.family_name, one.given_name, one.pk))
    facts = {
        "asking": asking,
        "school": pupil.school,
        "mine": mine.sign(),
        "plan": plan_of(asking.plan, asking.places),
        "places": sorted(asking.places, key=lambda one: one["name"].casefold()),
        "lines": [
            {
                "number": number,
                "place": place,
                "time": time,
                "feeling": feeling,
                "filled": bool(place or time),
            }
            for number, (place, time, feeling) in enumerate(page.lines, 1)
        ],
        "times": TIMES.items(),
        "feelings": [(str(code), words, face) for code, (words, face) in FEELINGS.items()],
        "ask_words": text("places", f"ask-{tone}"),
        "who": text("places", f"who-{tone}"),
        "words_about": text("places", f"words-{tone}", names=names(readers)),
        "words_closed": words_closed(pupil) if asking.with_words and not page.words else "",
        "words": page.words,
        "longest": LONGEST,
        "half": half,
        "keeps_words": "yes",
        "action": reverse("ask:place-answer"),
        "look": look_on(look_of(pupil)),
    }
    return render(request, "ask/places/answer.html", facts, status=422 if half else 200)


@quiet
@require_GET
def done(request: HttpRequest, band: str) -> HttpResponse:
    """The end: the same for everyone of an age."""
    if band not in ("4-7", "8-11", "12-18"):
        raise Kind(_("There is nothing here."), _("Ask the adult who gave you the questions."))
    return the_end(request, title=_("Thank you"), words=text("places", f"done-{voice(band)}"))


@require_GET
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """The picture beneath a plan, for whoever has a page of ours that shows it; a plan says nothing about anybody."""
    plan_id = plan_id_in(key)
    with scopes_disabled():
        plan = PlacePlan.objects.filter(pk=plan_id or 0, picture__isnull=False).first()
    if plan is None or plan.picture is None:
        raise Http404
    return file_response(bytes(plan.picture), PHOTO_MIME, "plan.jpg", request)
