"""Sheets to print: a blank one to look at, and one with a number for each person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from belong.ask.access import access_class, access_wave, access_wave_to_manage
from belong.ask.bands import YOUNGEST, band_of, text, voice
from belong.ask.how import askable_with
from belong.ask.models import PaperSheet, Wave
from belong.ask.notices import notice_for
from belong.ask.paper.actions import print_sheets
from belong.ask.paper.forms import BIG, PrintForm
from belong.ask.queries import audience_of
from belong.ask.queries.progress import in_class
from belong.ask.questionnaire import instrument_of, questions_for
from belong.ask.sheet import Question, questions_on_page
from belong.ask.who_sees import planned, seers_for
from belong.base.errors import Refused
from belong.measure.instrument import say
from belong.people.models import Group, Person
from belong.people.queries import year_label
from belong.people.request import SignedIn
from belong.web.languages import for_django

SAYS = ("tear_off", "rather_not", "write_here", "hand_in")


@dataclass(frozen=True)
class Printed:
    """One sheet: its number, the strip to tear off, the notice and the questions."""

    number: int
    person: Person
    language: str
    title: str
    notice: tuple[str, ...]
    says: dict[str, str]
    questions: list[Question]
    pictures: bool


@login_required
@require_GET
def blank(request: SignedIn, wave_id: int) -> HttpResponse:
    """The questionnaire of one year group on paper, without a number: to look at, never to be typed in."""
    wave = access_wave(request.user, wave_id)
    year = request.GET.get("year", "")
    year = year if year in wave.years else next(iter(reversed(wave.years)), "")
    items = askable_with(wave, questions_for(wave, year), helper=True)
    facts = {
        "wave": wave,
        "title": say(instrument_of(wave).title),
        "questions": questions_on_page(wave, items, planned(wave)),
        "pictures": band_of(wave, Person(kind=Person.PUPIL, year=year)) == YOUNGEST,
        "years": [(one, year_label(one), one == year) for one in wave.years] if wave.is_for_pupils else [],
        "big": request.GET.get("size") == BIG,
    }
    return render(request, "ask/paper/blank.html", facts)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def of_class(request: SignedIn, wave_id: int, group_id: int) -> HttpResponse:
    """Numbered sheets for a class, or for some of it. A short POST with `pupil` prints for those at once."""
    wave, group = access_wave(request.user, wave_id), access_class(request.user, group_id)
    if not wave.is_for_pupils:
        raise Refused("This wave does not ask pupils.")
    pupils = in_class(wave, group)
    wanted = request.POST.getlist("pupil")
    if request.method == "POST" and wanted:
        helper = _me(request)
        some = [pupil for pupil in pupils if str(pupil.pk) in wanted]
        return _printed(request, wave, some, helper, group=group)
    return _choose(request, wave, pupils, group=group)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def of_people(request: SignedIn, wave_id: int) -> HttpResponse:
    """Numbered sheets for staff or families, to begin with for those without a mail address."""
    wave = access_wave_to_manage(request.user, wave_id)
    people = list(audience_of(wave)) if not wave.is_for_pupils else []
    return _choose(request, wave, people)


def _me(request: SignedIn) -> Person:
    if request.user.person is None:
        raise Refused("Choose a member of staff who types the sheets in.")
    return request.user.person


def _choose(request: SignedIn, wave: Wave, people: list[Person], group: Group | None = None) -> HttpResponse:
    form = PrintForm(request.POST or None, people=people, helper=request.user.person)
    if not wave.is_for_pupils:
        form.fields["people"].initial = [str(one.pk) for one in people if not one.email]
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in people if str(one.pk) in form.cleaned_data["people"]]
        words = {"big": form.cleaned_data["size"] == BIG, "at_home": form.cleaned_data["at_home"]}
        return _printed(request, wave, chosen, form.cleaned_data["helper"], group=group, **words)
    facts = {"wave": wave, "group": group, "form": form, "back": _back(wave, group)}
    return render(request, "ask/paper/choose.html", facts, status=422 if form.errors else 200)


def _back(wave: Wave, group: Group | None) -> str:
    return reverse("ask:class", args=[wave.pk, group.pk]) if group else reverse("ask:wave", args=[wave.pk])


def _printed(
    request: SignedIn,
    wave: Wave,
    people: Sequence[Person],
    helper: Person,
    *,
    group: Group | None = None,
    big: bool = False,
    at_home: bool = False,
) -> HttpResponse:
    made = print_sheets(request.user, wave, people, helper=helper, group=group, at_home=at_home)
    facts: dict[str, Any] = {
        "wave": wave,
        "group": group,
        "sheets": [_sheet(wave, sheet, helper) for sheet in made],
        "big": big,
        "helper": helper,
        "back": _back(wave, group),
    }
    return render(request, "ask/paper/sheets.html", facts)


def _sheet(wave: Wave, sheet: PaperSheet, helper: Person) -> Printed:
    """Everything that stands on one sheet, in its language; who reads an answer is said in real names."""
    with override(for_django(sheet.language)):
        return _worded(wave, sheet, helper)


def _worded(wave: Wave, sheet: PaperSheet, helper: Person) -> Printed:
    person = sheet.person
    items = askable_with(wave, questions_for(wave, person.year), helper=True)
    band = band_of(wave, person)
    return Printed(
        number=sheet.number,
        person=person,
        language=sheet.language,
        title=say(instrument_of(wave, sheet.language).title, sheet.language),
        notice=notice_for(wave, person).paragraphs,
        says={
            "typed_by": text("paper", f"typed-by-{voice(band)}", helper=helper.display_name),
            "how": text("paper", "how-young" if voice(band) == "young" else "how-older"),
            **{key: text("paper", key.replace("_", "-")) for key in SAYS},
        },
        questions=questions_on_page(wave, items, seers_for(wave, person, helper.display_name)),
        pictures=band == YOUNGEST,
    )
