"""One class in one wave: cards and one-off tickets, pictures and numbers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belong.ask import actions
from belong.ask.access import access_class, access_wave
from belong.ask.entrance import picture_years, with_pictures
from belong.ask.mailing import link
from belong.ask.models import ClassSession, Pin, Ticket, Wave
from belong.ask.pictures import pictures_in
from belong.ask.qr import qr
from belong.ask.queries import wave_progress
from belong.ask.queries.progress import in_class
from belong.base.access import allowed, require
from belong.people.models import Group, Person
from belong.people.queries import year_label, years
from belong.people.request import SignedIn
from belong.web.messages import noted


@login_required
@require_GET
def class_(request: SignedIn, wave_id: int, group_id: int) -> HttpResponse:
    """Ways in for one class: a session now, cards, numbers, paper; and one pupil's new ticket or number."""
    wave, group = access_wave(request.user, wave_id), access_class(request.user, group_id)
    pupils = in_class(wave, group)
    kinds = dict(Pin.objects.filter(person__in=pupils).values_list("person_id", "pictures"))
    usual = with_pictures(group, pupils)
    facts = {
        "wave": wave,
        "group": group,
        "pupils": [(pupil, kinds.get(pupil.pk, pupil.pk in usual)) for pupil in pupils],
        "progress": next(iter(wave_progress(wave, [group]).classes), None) if wave.is_open else None,
        "without_number": len(pupils) - len(kinds),
        "pictures": len(usual) * 2 > len(pupils),
        "may_choose_years": allowed(request.user, "ask.manage_waves"),
        "have_cards": Ticket.objects.filter(wave=wave, person__in=pupils).exists(),
        "session": ClassSession.objects.filter(wave=wave, group=group, closed=False).order_by("-pk").first(),
    }
    return render(request, "ask/class.html", facts)


@never_cache
@login_required
@require_POST
def cards(request: SignedIn, wave_id: int, group_id: int) -> HttpResponse:
    """Print new cards for the class; the cards printed before stop working."""
    wave, group = access_wave(request.user, wave_id), access_class(request.user, group_id)
    return print_cards(request, wave, group, actions.issue_cards(request.user, wave, group))


@never_cache
@login_required
@require_POST
def card(request: SignedIn, wave_id: int, group_id: int, person_id: int) -> HttpResponse:
    """One pupil's new ticket, large on the screen and ready to print; the one before is dead."""
    wave, group = access_wave(request.user, wave_id), access_class(request.user, group_id)
    made = actions.issue_card(request.user, wave, group, person_id)
    address = link(request.build_absolute_uri("/"), made.token)
    facts = {"wave": wave, "group": group, "person": made.person, "address": address, "qr": qr(address)}
    return render(request, "ask/ticket.html", facts)


def print_cards(request: SignedIn, wave: Wave, group: Group, made: list[actions.Card]) -> HttpResponse:
    """Cards to cut, on A4."""
    base = request.build_absolute_uri("/")
    printed = [(card.person, qr(link(base, card.token))) for card in made]
    facts = {"wave": wave, "group": group, "cards": printed, "host": request.get_host()}
    return render(request, "ask/cards.html", facts)


@never_cache
@login_required
@require_POST
def numbers(request: SignedIn, group_id: int) -> HttpResponse:
    """Print new pictures or numbers for the class, or only for those who have none."""
    group = access_class(request.user, group_id)
    return _strips(
        request, group, actions.make_pins(request.user, group, only_missing="missing" in request.POST)
    )


@never_cache
@login_required
@require_POST
def way_in(request: SignedIn, group_id: int) -> HttpResponse:
    """Let the class come in with pictures, or with numbers, and print the new ones."""
    group = access_class(request.user, group_id)
    pictures = request.POST.get("with") == "pictures"
    return _strips(request, group, actions.choose_way_in(request.user, group, pictures=pictures))


@never_cache
@login_required
@require_POST
def number(request: SignedIn, group_id: int, person_id: int) -> HttpResponse:
    """One pupil's new pictures or number (`with` changes which): inside a page as a line, else as a page."""
    group = access_class(request.user, group_id)
    chosen = {"pictures": True, "number": False}.get(request.POST.get("with", ""))
    person, made = actions.make_pin(request.user, group, person_id, pictures=chosen)
    if not request.htmx:
        return _strips(request, group, [(person, made)])
    facts = {"group": group, "person": person, "number": made, "pictures": pictures_in(made)}
    return render(request, "ask/_number_made.html", facts)


def _strips(request: SignedIn, group: Group, made: list[tuple[Person, str]]) -> HttpResponse:
    strips = [(person, secret, pictures_in(secret)) for person, secret in made]
    facts = {"group": group, "made": strips, "pictures": any(strip[2] for strip in strips)}
    return render(request, "ask/numbers.html", facts)


@login_required
@require_http_methods(["GET", "POST"])
def ways_in(request: SignedIn) -> HttpResponse:
    """For which year groups pictures are usual."""
    require(request.user, "ask.manage_waves")
    here = years()
    if request.method == "POST":
        gone = [year for year in picture_years(request.user.school) if year not in here]
        chosen = [year for year in here if year in request.POST.getlist("years")]
        actions.set_picture_years(request.user, chosen + gone)
        noted(request, "Saved. Pupils keep what they have; new ones follow this.")
        return redirect("ask:ways-in")
    usual = picture_years(request.user.school)
    facts = {"years": [(year, year_label(year), year in usual) for year in here]}
    return render(request, "ask/ways_in.html", facts)
