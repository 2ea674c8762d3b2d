"""Personal links for staff and families: by mail, in text messages, or on printed letters."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from belong.ask import actions, tasks
from belong.ask.access import access_wave_to_manage
from belong.ask.mailing import written_to
from belong.ask.models import Wave
from belong.ask.qr import qr
from belong.ask.queries import audience_of, wave_progress
from belong.ask.questionnaire import instrument_of, minutes
from belong.ask.texting import as_csv, numbers_in
from belong.base.audit import audit
from belong.base.jobs import enqueue
from belong.people.confirming import password_again
from belong.people.models import Person
from belong.people.request import SignedIn


@login_required
@require_GET
def links(request: SignedIn, wave_id: int) -> HttpResponse:
    """How many can be mailed, how many need a text message or a letter; the buttons."""
    wave = access_wave_to_manage(request.user, wave_id)
    asked = audience_of(wave)
    everyone, without = asked.count(), asked.filter(email="").count()
    facts = {
        "wave": wave,
        "everyone": everyone,
        "without": without,
        "with_mail": everyone - without,
        "families": wave_progress(wave).of if wave.one_per_family else 0,
        "minutes": minutes(instrument_of(wave).items, adults=True),
    }
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


def _chosen(request: SignedIn, wave: Wave) -> list[Person]:
    people = audience_of(wave)
    return list(people if "everyone" in request.POST else people.filter(email=""))


@never_cache
@login_required
@password_again
@require_POST
def text_list(request: SignedIn, wave_id: int) -> HttpResponse:
    """A CSV file with everybody's own link: whoever has it can answer in anybody's name, so the password first."""
    wave = access_wave_to_manage(request.user, wave_id)
    upload = request.FILES.get("numbers")
    numbers = numbers_in(upload.read()) if upload else {}
    made = actions.issue_links(request.user, wave, _chosen(request, wave))
    sent = written_to(wave, made, request.build_absolute_uri("/"))
    audit(request.user, "ask.take_text_list", wave, links=len(sent))
    response = HttpResponse(as_csv(sent, numbers), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="text-messages.csv"'
    return response


@never_cache
@login_required
@require_POST
def slips(request: SignedIn, wave_id: int) -> HttpResponse:
    """Print letters with a link each, in the person's language: for those without a mail address, or for everyone."""
    wave = access_wave_to_manage(request.user, wave_id)
    made = actions.issue_links(request.user, wave, _chosen(request, wave))
    letters = [
        {
            "person": one.person,
            "language": one.language,
            "qr": qr(one.link),
            "link": one.link,
            "asks": one.words("mail-asks"),
            "scan": one.words("letter-scan"),
            "yours": one.words("letter-yours"),
            "family": one.words("mail-family") if wave.one_per_family else "",
        }
        for one in written_to(wave, made, request.build_absolute_uri("/"))
    ]
    return render(request, "ask/letters.html", {"wave": wave, "letters": letters})
