"""Languages for survey leads: how each stands, its file, what would change, who checked it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from belong.ask.languages import actions
from belong.ask.languages.exchange import Reading, file_for, read_file
from belong.ask.languages.forms import CheckForm, FileForm
from belong.ask.languages.queries import standing, standings
from belong.ask.languages.wording import in_use
from belong.base.access import require
from belong.base.errors import Refused
from belong.content.translations import ENGLISH, Language, known
from belong.people.request import SignedIn

SALT = "belong.ask.languages"
READ_WITHIN = 60 * 60 * 12
SHOWN = 200


@login_required
@require_safe
def languages(request: SignedIn) -> HttpResponse:
    """Every language: how many words are there, whether a speaker has checked them."""
    require(request.user, "ask.manage_languages")
    return render(request, "ask/languages/list.html", {"standings": standings(request.user.school)})


@login_required
@require_http_methods(["GET", "POST"])
def language(request: SignedIn, code: str) -> HttpResponse:
    """One language: download its file, upload it again (POST shows what would change), say who checked it."""
    one = _wanted(request, code)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return _page(request, one, form, CheckForm(), status)
    file = form.cleaned_data["file"]
    reading = read_file(file.name, file.read(), code, request.user.school)
    return _preview(request, one, reading)


def _page(
    request: SignedIn, one: Language, form: FileForm, check: CheckForm, status: int = 200
) -> HttpResponse:
    facts = {"standing": standing(one, request.user.school), "form": form, "check": check}
    return render(request, "ask/languages/language.html", facts, status=status)


def _preview(request: SignedIn, one: Language, reading: Reading) -> HttpResponse:
    edition = in_use(one.code, request.user.school)
    facts: dict[str, Any] = {
        "language": one,
        "reading": reading,
        "shown": reading.changes[:SHOWN],
        "more": max(0, len(reading.changes) - SHOWN),
        "problems": reading.problems[:SHOWN],
    }
    if reading.changes and not reading.problems:
        promise = [request.user.school_id, one.code, edition.pk if edition else 0, dict(reading.words)]
        facts["words"] = signing.dumps(promise, salt=SALT, compress=True)
    return render(request, "ask/languages/preview.html", facts, status=422 if reading.problems else 200)


@login_required
@require_POST
def use(request: SignedIn, code: str) -> HttpResponse:
    """Use the words that the page before showed."""
    one = _wanted(request, code)
    try:
        school, said, after, words = signing.loads(
            request.POST.get("words", ""), salt=SALT, max_age=READ_WITHIN
        )
    except signing.BadSignature as error:
        raise Refused("That page is too old. Upload the file again.") from error
    if (school, said) != (request.user.school_id, code):
        raise Refused("That page was for another language. Upload the file again.")
    actions.keep_words(request.user, code, words, after=after)
    messages.success(
        request,
        f"{one.called}: your words are in use. Waves planned from now on have them; an open wave keeps the words it "
        "opened with.",
    )
    return redirect("ask:language", code)


@login_required
@require_POST
def back(request: SignedIn, code: str) -> HttpResponse:
    """Go back to the words before the last upload."""
    one = _wanted(request, code)
    before = actions.take_back(request.user, code)
    words = (
        "your words from before are in use again"
        if before
        else "the words that come with belong are in use again"
    )
    messages.success(request, f"{one.called}: {words}.")
    return redirect("ask:language", code)


@login_required
@require_POST
def check(request: SignedIn, code: str) -> HttpResponse:
    """Record that a speaker has checked every word."""
    one = _wanted(request, code)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _page(request, one, FileForm(), form, 422)
    actions.note_check(request.user, code, **form.cleaned_data)
    messages.success(request, f"{one.called} is no draft any more at your school.")
    return redirect("ask:language", code)


@never_cache
@login_required
@require_GET
def download(request: SignedIn, code: str) -> HttpResponse:
    """The file of one language, for somebody who speaks it."""
    _wanted(request, code)
    answer = HttpResponse(file_for(code, request.user.school), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="belong-words-{code}.csv"'
    return answer


@login_required
@require_POST
def choose(request: SignedIn) -> HttpResponse:
    """A pupil or a family chooses the language of their own pages; then the page they came from."""
    require(request.user, "ask.choose_language")
    assert request.user.person is not None  # the rule says so
    actions.choose_language(request.user.person, request.POST.get("language", ""))
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return redirect(there if safe else "home")


def _wanted(request: HttpRequest, code: str) -> Language:
    require(request.user, "ask.manage_languages")
    if code not in known() or code == ENGLISH:
        raise Http404
    return known()[code]
