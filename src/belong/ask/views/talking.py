"""A pupil asks for an adult: by card, after name and number, or signed in. This page never closes."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_scopes import scope, scopes_disabled

from belong.ask import actions
from belong.ask.access import access_class
from belong.ask.bands import BANDS, OLDER, band_of_pupil, text
from belong.ask.languages.actions import choose_language
from belong.ask.languages.choosing import in_language_of, in_own_language
from belong.ask.looks.choices import on_page
from belong.ask.looks.queries import look_of
from belong.ask.passes import DEVICE_COOKIE, forget, how_begun, turn_begun, who_begins
from belong.ask.qr import qr
from belong.ask.talking import (
    LONGEST,
    SOON,
    TalkPass,
    Typed,
    chosen_about,
    chosen_adult,
    chosen_soon,
    clean_words,
    help_now,
    life_in_words,
    newest_life,
    read_talk_pass,
    talk_page,
    typed_on,
)
from belong.ask.turns import is_over
from belong.ask.views.child import Kind, device_of, kindly, quiet, talker_of
from belong.base.access import require
from belong.guard.concerns.raising import raise_ask
from belong.guard.concerns.talks import pupil_says
from belong.people.models import Person
from belong.people.request import SignedIn

WAYS = ("ways-card", "ways-code", "ways-sign-in", "ways-now")


@quiet
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest) -> HttpResponse:
    """After name and number; without them, how to come in and where help is now."""
    if request.method == "POST":
        return _take(request, _person_of(request.POST.get("pass", "")), reverse("ask:talk"))
    begun = who_begins(request)
    person = _person(begun[1]) if begun else None
    if begun is None or person is None:
        return _ways(request)
    fresh = TalkPass(person.pk, wave_id=begun[0], turn=None if how_begun(request)[1] else turn_begun(request))
    if _is_over(person, fresh):
        return _ways(request)
    return _page(request, person, reverse("ask:talk"), fresh=fresh)


def _is_over(person: Person, mine: TalkPass) -> bool:
    """Whether a teacher freed the name under which this page was opened: then it is somebody else's."""
    with scope(school=person.school):
        return is_over(mine.wave_id, person.pk, mine.turn)


def _ways(request: HttpRequest) -> HttpResponse:
    device = device_of(request)
    inside = device is not None and device.admitted and device.session.is_live
    facts = {
        "title": text("talk", "ways-title"),
        "words": text("talk", "ways"),
        "ways": [text("talk", key) for key in WAYS],
        "help": help_now(OLDER),
        "names": inside,
    }
    return render(request, "ask/child/talk_ways.html", facts)


@quiet
@require_http_methods(["GET", "POST"])
def talk_by_card(request: HttpRequest, token: str) -> HttpResponse:
    """By the card for asking, or by the card of a wave that is still open."""
    person = talker_of(request, token)
    if request.method == "POST":
        return _take(request, person, request.path)
    return _page(request, person, request.path)


def _page(
    request: HttpRequest,
    person: Person,
    action: str,
    mine: TalkPass | None = None,
    *,
    fresh: TalkPass | None = None,
    **more: str,
) -> HttpResponse:
    """The form, under the pass `fresh`; with `mine` the same one once more, with what stands in it and is not sent."""
    with scope(school=person.school):
        facts = {
            "talk": talk_page(person),
            "person": person,
            "action": action,
            "talk_pass": (mine or fresh or TalkPass(person.pk)).sign(),
            "longest": LONGEST,
            "typed": typed_on(request.POST) if mine else Typed(),
            "keeps_words": "yes",
            "look": on_page(look_of(person)),
        }
        return render(request, "ask/child/talk.html", facts | more)


def _take(request: HttpRequest, person: Person, action: str) -> HttpResponse:
    """Keep the request. The pass in the form says whose it is; a card must be of the same pupil.

    Another language from the menu keeps nothing: the page comes again with what stands in it.
    """
    mine = read_talk_pass(request.POST.get("pass", ""))
    if mine is None or mine.person_id != person.pk:
        raise Kind(
            _("This page is too old to send."),
            _("Come in again, please. Or tell any adult you trust."),
            403,
        )
    if _is_over(person, mine):
        raise kindly("freed", 409, "the name was freed by the teacher", band_of_pupil(person))
    if "language" in request.POST:
        return _page(request, person, action, mine)
    if "say" in request.POST:
        _say(request, person)
        return redirect(request.path)
    _ask(request, person, mine)
    return redirect("ask:talk-sent", band_of_pupil(person))


def _ask(request: HttpRequest, person: Person, mine: TalkPass) -> None:
    with scope(school=person.school):
        soon = chosen_soon(request.POST.get("soon", ""))
        raise_ask(
            person,
            text=clean_words(request.POST.get("words", "")),
            soon=soon in SOON,
            how_soon=soon,
            chosen=chosen_adult(request.POST.get("who", "")),
            about=chosen_about(person, request.POST.get("about", "")),
            submission=mine.submission_id,
        )


def _say(request: HttpRequest, person: Person) -> None:
    """That it didn't happen, that they still want to talk, that it's all right now: an entry, if it still fits."""
    with scope(school=person.school), transaction.atomic():
        life = newest_life(person)
        if life is not None:
            pupil_says(person, life.concern, request.POST["say"])


def _person(person_id: int) -> Person | None:
    with scopes_disabled():
        found = Person.objects.select_related("school").filter(pk=person_id, kind=Person.PUPIL).first()
    return None if found is None or found.is_leaver else found


def _person_of(value: str) -> Person:
    mine = read_talk_pass(value)
    person = _person(mine.person_id) if mine else None
    if person is None:
        raise Kind(
            _("This page is too old to send."),
            _("Come in again, please. Or tell any adult you trust."),
            403,
        )
    return person


@quiet
@require_GET
def talk_sent(request: HttpRequest, band: str) -> HttpResponse:
    """The end: the same for everybody of an age; nothing of this pupil is left in the browser."""
    if band not in BANDS[:3]:
        raise Kind(_("There is nothing here."), _("Ask any adult you trust."))
    device = device_of(request)
    shared = device is not None and device.admitted and device.session.is_live
    facts = {
        "title": text("talk", f"sent-{band}-title"),
        "words": text("talk", f"sent-{band}"),
        "help": help_now(band),
        "hand_on": text("endings", "end-shared-device") if shared else "",
        "device_key": request.COOKIES.get(DEVICE_COOKIE, "") if shared else "",
    }
    response = render(request, "ask/child/talk_sent.html", facts)
    response["Clear-Site-Data"] = '"cookies", "storage"'
    forget(response)
    return response


@never_cache
@login_required
@in_own_language
@require_http_methods(["GET", "POST"])
def my_talk(request: SignedIn) -> HttpResponse:
    """The same page for a pupil who is signed in."""
    require(request.user, "ask.ask_for_an_adult")
    person = request.user.person
    assert person is not None  # a role belongs to a person
    if request.method == "POST":
        mine = read_talk_pass(request.POST.get("pass", ""))
        if mine is None or mine.person_id != person.pk:
            return redirect("ask:my-talk")
        if "language" in request.POST:
            choose_language(person, request.POST["language"])
            with in_language_of(request, person.pk):
                return _page(request, person, request.path, mine, home=reverse("home"))
        if "say" in request.POST:
            _say(request, person)
            return redirect("ask:my-talk")
        _ask(request, person, mine)
        return redirect("ask:my-talk-sent")
    return _page(request, person, request.path, home=reverse("home"))


@never_cache
@login_required
@in_own_language
@require_GET
def my_talk_sent(request: SignedIn) -> HttpResponse:
    """The end for a pupil who is signed in, with how far it has come."""
    require(request.user, "ask.ask_for_an_adult")
    person = request.user.person
    assert person is not None
    band = band_of_pupil(person)
    facts = {
        "title": text("talk", f"sent-{band}-title"),
        "words": text("talk", f"sent-{band}"),
        "life": life_in_words(person),
        "help": help_now(band),
        "home": reverse("home"),
    }
    return render(request, "ask/child/talk_sent.html", facts)


@never_cache
@login_required
@require_POST
def talk_cards(request: SignedIn, group_id: int) -> HttpResponse:
    """Print a class's cards to ask for an adult; those printed before stop working."""
    group = access_class(request.user, group_id)
    base = request.build_absolute_uri("/").rstrip("/")
    made = actions.issue_talk_cards(request.user, group)
    printed = [(card.person, qr(base + reverse("ask:talk-by-card", args=[card.token]))) for card in made]
    return render(request, "ask/talk_cards.html", {"group": group, "cards": printed})
