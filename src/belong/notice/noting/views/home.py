"""Notes home: the letter before it goes, how it stands, on paper."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.base.access import allowed, require
from belong.base.clock import now
from belong.base.errors import Refused
from belong.notice.models import Letter
from belong.notice.noting import notes_home, words
from belong.notice.noting.access import (
    access_letter,
    access_note_home,
    access_own_note_home,
    access_writing_home,
)
from belong.notice.noting.forms import HomeForm
from belong.notice.noting.letter import (
    LetterText,
    Recipient,
    compose,
    drafts_among,
    language_for,
    languages,
    recipients,
    school_name_in,
)
from belong.notice.noting.sending import mail_is_set_up
from belong.notice.views.moments import kept, recorded
from belong.people.models import Person
from belong.people.request import SignedIn, back_to
from belong.web.messages import noted

SIZES = ("a5", "a4")


@login_required
@require_http_methods(["GET", "POST"])
def write(request: SignedIn, pupil_id: int) -> HttpResponse:
    """Write, look at the letter, send: one address, three steps, and nothing kept before the last."""
    pupil = access_writing_home(request.user, pupil_id)
    if request.method == "GET":
        return _write(request, pupil, HomeForm())
    form = HomeForm(request.POST)
    step = request.POST.get("step")
    if not form.is_valid() or step not in ("look", "send"):
        return _write(request, pupil, form if form.errors else HomeForm(initial=form.cleaned_data))
    if step == "look":
        return _look(request, pupil, form)
    try:
        note = notes_home.write_home(
            request.user,
            pupil=pupil,
            words=form.cleaned_data["note"],
            submission=form.cleaned_data["submission"],
            name_is_right=form.cleaned_data["name_is_right"],
        )
    except Refused as refused:
        form.add_error(None, refused.reason)
        return _look(request, pupil, form)
    letters = list(note.letters.all())
    said = f"Note home for {pupil.display_name}: {words.home_state(note, letters)}."
    if letters:
        return recorded(request, [note.moment], said)
    undo = reverse("notice:undo-moment", args=[note.moment.submission])
    noted(request, said, undo_url=f"{undo}?next={reverse('notice:notes-home')}")
    return kept(request, reverse("notice:note-home", args=[note.pk]), form)


@login_required
@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """What I wrote home in the last half year, and how each stands."""
    require(request.user, "notice.view_notes_home")
    rows = [
        (note, words.home_state(note, letters), _is_stuck(letters))
        for note in notes_home.my_notes_home(request.user)
        for letters in [list(note.letters.all())]
    ]
    return render(request, "notice/noting/notes_home.html", {"rows": rows})


@login_required
@require_safe
def note_home(request: SignedIn, note_id: int) -> HttpResponse:
    """One note home: its letter, how each mail stands, what can be done."""
    note = access_note_home(request.user, note_id)
    letters = list(note.letters.select_related("carer"))
    moment = note.moment
    language = languages().get(letters[0].language) if letters else _family_language(moment.pupil)
    page = {
        "note": note,
        "state": words.home_state(note, letters),
        "letters": [(letter, words.letter_state(letter)) for letter in letters],
        "letter": compose(
            moment.note,
            pupil=moment.pupil,
            adult=moment.adult,
            language=language or language_for(""),
            carer=letters[0].carer if letters else None,
        ),
        "is_mine": allowed(request.user, "notice.manage_note_home", note),
        "waits": any(letter.state == Letter.WAITING for letter in letters),
        "has_time": note.send_after > now(),
        "is_undoable": allowed(request.user, "notice.undo_moment", moment)
        and all(letter.state == Letter.WAITING for letter in letters),
        "at": words.clock(note),
        "no_server": not mail_is_set_up(),
    }
    return render(request, "notice/noting/note_home.html", page)


@login_required
@require_POST
def send(request: SignedIn, note_id: int) -> HttpResponse:
    """Wait no longer."""
    note = access_own_note_home(request.user, note_id)
    notes_home.send_now(request.user, note=note)
    noted(request, "On its way.")
    return redirect("notice:note-home", note.pk)


@login_required
@require_POST
def came_back(request: SignedIn, note_id: int, letter_id: int) -> HttpResponse:
    """The school's mailbox got it back."""
    note = access_own_note_home(request.user, note_id)
    notes_home.note_came_back(request.user, note=note, letter=access_letter(request.user, note, letter_id))
    noted(request, "Noted: it did not arrive. You can print it.")
    return redirect("notice:note-home", note.pk)


@login_required
@require_safe
def paper(request: SignedIn, note_id: int) -> HttpResponse:
    """The note to print, A5 or A4, in any of the languages."""
    note = access_note_home(request.user, note_id)
    moment, known = note.moment, languages()
    language = known.get(request.GET.get("language", "")) or _family_language(moment.pupil)
    size = request.GET.get("size") if request.GET.get("size") in SIZES else SIZES[0]
    page = {
        "note": note,
        "size": size,
        "sizes": SIZES,
        "languages": known.values(),
        "letter": compose(moment.note, pupil=moment.pupil, adult=moment.adult, language=language),
        "is_mine": allowed(request.user, "notice.manage_note_home", note),
    }
    return render(request, "notice/noting/paper.html", page)


@login_required
@require_POST
def printed(request: SignedIn, note_id: int) -> HttpResponse:
    """It went on paper."""
    note = access_own_note_home(request.user, note_id)
    notes_home.note_printed(request.user, note=note)
    noted(request, "Noted: it goes home on paper.")
    return redirect("notice:note-home", note.pk)


def _is_stuck(letters: list[Letter]) -> bool:
    return any(letter.state in notes_home.TROUBLES or letter.trouble for letter in letters)


def _family_language(pupil: Person) -> Any:
    found = recipients(pupil)
    return found[0].language if found else language_for(pupil.home_language)


def _piece(request: SignedIn, name: str, page: dict[str, Any], form: HomeForm) -> HttpResponse:
    template = f"notice/noting/_{name}.html" if request.htmx else f"notice/noting/{name}.html"
    return render(request, template, page, status=422 if form.errors else 200)


def _write(request: SignedIn, pupil: Person, form: HomeForm) -> HttpResponse:
    page = {"pupil": pupil, "form": form, "who": recipients(pupil)} | _around(request, pupil)
    return _piece(request, "write_home", page, form)


def _look(request: SignedIn, pupil: Person, form: HomeForm) -> HttpResponse:
    """The letter as each family reads it."""
    note, found = form.cleaned_data["note"], recipients(pupil)
    by_mail = [one for one in found if one.has_mail]
    letters = _letters(request, pupil, note, by_mail)
    page = {
        "pupil": pupil,
        "form": form,
        "letters": letters,
        "without": [one for one in found if not one.has_mail],
        "by_mail": by_mail,
        "drafts": drafts_among([letter.language for _, letter in letters]),
        "other_name": school_name_in(note, pupil),
        "no_server": not mail_is_set_up(),
    }
    return _piece(request, "look_home", page | _around(request, pupil), form)


def _letters(
    request: SignedIn, pupil: Person, note: str, by_mail: list[Recipient]
) -> list[tuple[Recipient | None, LetterText]]:
    adult = request.user.person
    assert adult is not None
    if not by_mail:
        return [(None, compose(note, pupil=pupil, adult=adult, language=_family_language(pupil)))]
    return [
        (one, compose(note, pupil=pupil, adult=adult, language=one.language, carer=one.carer))
        for one in by_mail
    ]


def _around(request: SignedIn, pupil: Person) -> dict[str, str]:
    """Where the sheet was opened from."""
    where = request.POST.get("where") or request.GET.get("where", "")
    return {"where": where, "back": back_to(request, reverse("notice:pupil", args=[pupil.pk]))}
