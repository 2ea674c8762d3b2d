"""Recording what is read aloud, and playing it to who answers."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_scopes import scopes_disabled

from belong.ask.models import Recording, Wave
from belong.ask.recordings import actions
from belong.ask.recordings.access import access_recording
from belong.ask.recordings.forms import SoundForm
from belong.ask.recordings.queries import wave_of_mark
from belong.ask.recordings.script import Line, how_much, lines_of, title_of
from belong.ask.views.child import in_scope_of, quiet
from belong.base.access import require
from belong.base.errors import Refused
from belong.base.files import file_response
from belong.base.sounds import KINDS
from belong.measure.instrument import say
from belong.people.request import SignedIn
from belong.web.device import policy
from belong.web.languages import LANGUAGES
from belong.web.messages import noted

# What was recorded is heard before it is kept. (The library’s types know only views without arguments.)
_hears_itself: Any = csp_update({"media-src": [SELF, "blob:"]})
ENDINGS = {kind.mime: kind.ending for kind in KINDS}


@login_required
@require_GET
def all_recordings(request: SignedIn) -> HttpResponse:
    """Every questionnaire, and how much of it can be heard in which language."""
    require(request.user, "ask.manage_recordings")
    found = [(one.key, say(one.title), tongues) for one, tongues in how_much(request.user.school)]
    return render(request, "ask/recordings/all.html", {"questionnaires": found})


@login_required
@require_GET
def script(request: SignedIn, key: str, language: str) -> HttpResponse:
    """One questionnaire in one language: what is recorded, what is not yet, what has changed since."""
    require(request.user, "ask.manage_recordings")
    lines = _lines(request, key, language)
    facts = _facts(key, language) | {
        "questions": [line for line in lines if not line.spoken.is_answer],
        "answers": [line for line in lines if line.spoken.is_answer],
        "next": next((line for line in lines if not line.is_heard), None),
    }
    return render(request, "ask/recordings/script.html", facts)


@login_required
@require_http_methods(["GET", "POST"])
@_hears_itself
def record(request: SignedIn, key: str, language: str, spoken: str) -> HttpResponse:
    """Read one thing aloud: record it here or choose a file, listen, keep it; then the next that is missing."""
    require(request.user, "ask.manage_recordings")
    line = next((one for one in _lines(request, key, language) if one.spoken.key == spoken), None)
    if line is None:
        raise Http404
    form = SoundForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_recording(
                request.user,
                instrument_key=key,
                language=language,
                spoken=spoken,
                upload=form.cleaned_data["sound"],
            )
        except Refused as refused:
            form.add_error("sound", refused.reason)
        else:
            noted(request, "Kept.")
            return redirect(_after(request, key, language))
    facts = _facts(key, language) | {"line": line, "form": form}
    status = 422 if form.is_bound and form.errors else 200
    page = render(request, "ask/recordings/record.html", facts, status=status)
    page["Permissions-Policy"] = policy("microphone")
    return page


@login_required
@require_GET
def listen(request: SignedIn, recording_id: int) -> HttpResponse:
    """A recording, for who looks after them."""
    return _sound(request, access_recording(request.user, recording_id))


@login_required
@require_POST
def delete(request: SignedIn, recording_id: int) -> HttpResponse:
    """Delete a recording for good."""
    recording = access_recording(request.user, recording_id)
    place = reverse("ask:recordings-of", args=[recording.instrument_key, recording.language])
    actions.delete_recording(request.user, recording)
    noted(request, "The recording is deleted.")
    return redirect(place)


@quiet
@require_GET
def sound(request: HttpRequest, mark: str, recording_id: int) -> HttpResponse:
    """A recording for who answers: the mark is of the wave on whose page it stands, and the wave is open."""
    with scopes_disabled():
        wave = Wave.askings.select_related("school").filter(pk=wave_of_mark(mark)).first()
    if wave is None or not wave.takes_answers:
        raise Http404
    with in_scope_of(wave):
        found = Recording.objects.filter(pk=recording_id, instrument_key=wave.instrument_key).first()
        if found is None:
            raise Http404
        return _sound(request, found)


def _sound(request: HttpRequest, recording: Recording) -> HttpResponse:
    return file_response(recording.sound, recording.mime, f"sound.{ENDINGS[recording.mime]}", request)


def _lines(request: SignedIn, key: str, language: str) -> list[Line]:
    """What there is to read; 404 for a questionnaire or a language that is not there."""
    lines = lines_of(key, language, request.user.school)
    if not lines:
        raise Http404
    return lines


def _facts(key: str, language: str) -> dict[str, Any]:
    tongue = next(one for one in LANGUAGES if one.code == language)
    return {"key": key, "title": title_of(key), "language": tongue}


def _after(request: SignedIn, key: str, language: str) -> str:
    missing = next((line for line in _lines(request, key, language) if not line.is_heard), None)
    if missing is None:
        return reverse("ask:recordings-of", args=[key, language])
    return reverse("ask:record", args=[key, language, missing.spoken.key])
