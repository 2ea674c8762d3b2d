"""Personal links for staff and families: by mail or on printed slips."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from belong.ask import actions, tasks
from belong.ask.access import access_wave_to_manage
from belong.ask.mailing import link
from belong.ask.qr import qr
from belong.ask.queries import audience_of
from belong.base.jobs import enqueue
from belong.people.request import SignedIn


@login_required
@require_GET
def links(request: SignedIn, wave_id: int) -> HttpResponse:
    """How many can be mailed, how many need a slip; the two buttons."""
    wave = access_wave_to_manage(request.user, wave_id)
    without = audience_of(wave).filter(email="").count()
    facts = {"wave": wave, "without": without, "with_mail": audience_of(wave).count() - without}
    return render(request, "ask/links.html", facts)


@login_required
@require_POST
def mail(request: SignedIn, wave_id: int) -> HttpResponse:
    """Send everyone with a mail address their own new link, in a job."""
    wave = access_wave_to_manage(request.user, wave_id)
    base = request.build_absolute_uri("/")
    enqueue(tasks.mail_links, school_id=wave.school_id, wave_id=wave.pk, base_url=base)
    messages.success(request, "The mails are on their way. Links sent before stop working.")
    return redirect("ask:links", wave.pk)


@never_cache
@login_required
@require_POST
def slips(request: SignedIn, wave_id: int) -> HttpResponse:
    """Print slips with a link each: for those without a mail address, or for everyone."""
    wave = access_wave_to_manage(request.user, wave_id)
    people = audience_of(wave)
    if "everyone" not in request.POST:
        people = people.filter(email="")
    base = request.build_absolute_uri("/")
    made = actions.issue_links(request.user, wave, list(people))
    printed = [(card.person, qr(link(base, card.token))) for card in made]
    return render(request, "ask/cards.html", {"wave": wave, "cards": printed, "host": request.get_host()})
