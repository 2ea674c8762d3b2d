"""The living style page: every component once, with invented names. For the demo school and development."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from belong.web import samples
from belong.web.icons import ICONS


def for_makers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Not there at all in a school's own installation."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (settings.DEBUG or getattr(settings, "DEMO", False)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label="Name of the wave", help_text="Families will see this name.")
    closes = forms.DateField(label="Closes on", widget=forms.DateInput(attrs={"type": "date"}))
    years = forms.MultipleChoiceField(
        label="Who is asked",
        choices=[("7", "Year 7"), ("8", "Year 8"), ("9", "Year 9")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose one or more.",
    )
    seen_by = forms.ChoiceField(
        label="Who sees these answers",
        choices=[("pooled", "Nobody by name: only groups of ten or more"), ("named", "The tutor, by name")],
        widget=forms.RadioSelect,
    )
    instrument = forms.ChoiceField(
        label="Questions", choices=[("core", "Belonging in five parts"), ("pulse", "Pulse")]
    )
    words = forms.CharField(label="A word to the pupils", widget=forms.Textarea, required=False)
    cards = forms.BooleanField(label="Print cards with a code for each class", required=False)
    file = forms.FileField(
        label="Class list", help_text="A CSV or XLSX file, or a OneRoster zip.", required=False
    )


@for_makers
def styleguide(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    page = Paginator(range(180), 20).get_page(request.GET.get("page", 3))
    context = {
        "nav": samples.places("Today"),
        "icons": sorted(ICONS),
        "charts": samples.charts(),
        "form": SampleForm({"title": "", "closes": "soon", "instrument": "core"}),
        "fresh": SampleForm(),
        "pupils": samples.PUPILS,
        "page": page,
        "tabs": samples.TABS,
        "today": today,
    }
    return render(request, "web/styleguide.html", context)


@for_makers
def worked_group(request: HttpRequest) -> HttpResponse:
    return render(
        request, "web/worked/group.html", {"nav": samples.places("My group"), "pupils": samples.PUPILS}
    )


@for_makers
def worked_overview(request: HttpRequest) -> HttpResponse:
    drawn = samples.charts()
    return render(request, "web/worked/overview.html", {"nav": samples.places("See"), "charts": drawn})


@for_makers
def worked_pupil(request: HttpRequest) -> HttpResponse:
    return render(
        request, "web/worked/pupil.html", {"answers": samples.ANSWERS, "question": samples.QUESTION}
    )
