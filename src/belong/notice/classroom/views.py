"""The classroom screen. Nothing here knows or keeps anything about a pupil: counts live in the page and go with it."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from belong.base.access import require
from belong.base.clock import today
from belong.notice.classroom.decks import BANDS, band_of, pairs, starter
from belong.notice.queries.groups import led_groups
from belong.people.request import SignedIn

LONGEST = 40
FURTHEST = 9999
PLACE = "classroom_starter"  # in the session: how far this adult's deck is


class SidesForm(forms.Form):
    """Two sides, typed or picked."""

    first = forms.CharField(
        label="This", max_length=LONGEST, error_messages={"required": "Type both sides, or pick a pair."}
    )
    second = forms.CharField(
        label="That", max_length=LONGEST, error_messages={"required": "Type both sides, or pick a pair."}
    )


@login_required
@require_safe
def classroom(request: SignedIn) -> HttpResponse:
    """What there is for the classroom screen."""
    require(request.user, "notice.use_classroom")
    return render(request, "notice/classroom/classroom.html", {"bands": BANDS, "own": _own_band(request)})


@never_cache
@login_required
@require_safe
def starters(request: SignedIn, deck: str) -> HttpResponse:
    """One starter, as large as the screen; `?n=` is its place in the deck, else the next one not yet shown."""
    require(request.user, "notice.use_classroom")
    if deck not in BANDS:
        raise Http404
    places = dict(request.session.get(PLACE, {}))
    asked = request.GET.get("n", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else places.get(deck, 0)
    number = min(number, FURTHEST)
    request.session[PLACE] = places | {deck: number + 1}
    text = starter(deck, number, request.user.pk, today())
    page = {"text": text, "about": BANDS[deck], "before": number - 1, "after": number + 1}
    return render(request, "notice/classroom/starter.html", page)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def this_or_that(request: SignedIn) -> HttpResponse:
    """Pick a pair or type two sides; the screen shows both, and the page itself counts taps."""
    require(request.user, "notice.use_classroom")
    asked = request.GET.get("band", "")
    band = asked if asked in BANDS else _own_band(request)
    form = SidesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return render(request, "notice/classroom/screen.html", form.cleaned_data | {"band": band})
    page = {"form": form, "pairs": pairs(band), "band": band, "tabs": _tabs(band)}
    return render(request, "notice/classroom/this_or_that.html", page, status=422 if form.errors else 200)


def _own_band(request: SignedIn) -> str:
    """The band of the first group the adult leads."""
    led = led_groups(request.user)
    return band_of(led[0].group.year if led else "")


def _tabs(band: str) -> list[dict[str, object]]:
    return [{"label": about, "url": f"?band={key}", "current": key == band} for key, about in BANDS.items()]
