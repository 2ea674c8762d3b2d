"""Noting a moment in two taps, for one pupil or for many; taking it back; adding words."""

import re
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from belong.base.errors import Refused
from belong.notice import actions, words
from belong.notice.access import access_addressee, access_group, visible_moments
from belong.notice.forms import IN_WORDS, ONE_TAP, GroupMomentForm, MomentForm, WordsForm
from belong.notice.models import Kind, Moment
from belong.notice.noting.observations import has_reader
from belong.notice.noting.stems import stems_for
from belong.notice.queries import group_pupils
from belong.notice.queries.cards import changed_card
from belong.people.models import Person
from belong.people.request import SignedIn, back_to
from belong.web.messages import noted

CARD = "card"
KEPT = "Kept"  # the header that tells a page which of its forms is safe now
PIECE = re.compile(
    r"card|row(-[a-z_]+)?"
)  # what a sheet may have been opened from: a card, or a row of a list


@login_required
@require_http_methods(["GET", "POST"])
def moment(request: SignedIn, pupil_id: int) -> HttpResponse:
    """The kinds as big buttons; the second tap records. Note home and observation ask for words first."""
    pupil = access_addressee(request.user, pupil_id)
    if request.method == "GET":
        begun = {"kind": request.GET.get("kind", ""), "note": _stem(request, pupil)}
        return _sheet(request, pupil, MomentForm(initial=begun))
    form = MomentForm(request.POST)
    if form.is_valid():
        try:
            made = actions.record_moment(request.user, pupils=[pupil], **_values(form))
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return recorded(request, made)
    return _sheet(request, pupil, form)


@login_required
@require_http_methods(["GET", "POST"])
def group_moment(request: SignedIn, group_id: int) -> HttpResponse:
    """One moment for many; `?start=all` begins with everybody chosen, for a greeting at the door."""
    group = access_group(request.user, group_id)
    pupils = group_pupils(request.user, group)
    everyone = request.GET.get("start") == "all"
    chosen = {pupil.pk for pupil in pupils} if everyone else set()
    form = GroupMomentForm(initial={"kind": Kind.GREETING if everyone else ""}, pupils=pupils)
    if request.method == "POST":
        form = GroupMomentForm(request.POST, pupils=pupils)
        chosen = {pupil.pk for pupil in pupils if str(pupil.pk) in request.POST.getlist("pupils")}
        if form.is_valid():
            whom = [pupil for pupil in pupils if pupil.pk in chosen]
            try:
                made = actions.record_moment(request.user, pupils=whom, **_values(form))
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                noted(request, words.noted_moments(made), undo_url=_undo_url(made))
                return kept(request, reverse("notice:group", args=[group.pk]), form)
    page = {"group": group, "pupils": pupils, "chosen": chosen, "form": form, "kinds": _kinds(ONE_TAP)}
    page["everyone"] = everyone
    return render(request, "notice/group_moment.html", page, status=422 if form.errors else 200)


@login_required
@require_POST
def undo_moment(request: SignedIn, submission: UUID) -> HttpResponse:
    """Take back one's own moments of one submission."""
    if not (request.htmx and _where(request)):
        actions.undo_moment(request.user, submission=submission)
        noted(request, "Taken back.")
        return redirect(back_to(request, reverse("home")))
    try:
        pupils = actions.undo_moment(request.user, submission=submission)
    except Refused as refused:
        return reswap(render(request, "web/_toast.html", {"text": refused.reason, "oob": True}), "none")
    pupil = Person.objects.get(pk=pupils[0])
    return _piece(request, pupil, _where(request), "Taken back.", None)


@login_required
@require_http_methods(["GET", "POST"])
def add_words(request: SignedIn, submission: UUID) -> HttpResponse:
    """Add words to one's own moment within ten minutes of noting it."""
    mine = visible_moments(request.user).filter(adult=request.user.person_id, submission=submission)
    rows = list(mine.select_related("pupil"))
    if not rows:
        raise Http404
    form = WordsForm(request.POST or None, initial={"note": rows[0].note})
    back = back_to(request, reverse("notice:pupil", args=[rows[0].pupil_id]))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_note(request.user, submission=submission, note=form.cleaned_data["note"])
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, words.noted_moments(made))
            return redirect(back)
    page = {"rows": rows, "form": form, "said": words.noted_moments(rows), "back": back}
    return render(request, "notice/add_words.html", page, status=422 if form.errors else 200)


def _values(form: MomentForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("kind", "note", "aspect", "on", "submission")}


def kept(request: SignedIn, url: str, form: Form) -> HttpResponse:
    """On to another page, with the number of the form: a page that waits for the line lets go of it by that."""
    answer = HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    answer[KEPT] = str(form.cleaned_data["submission"])
    return answer


def _kinds(kinds: tuple[Kind, ...], help: dict[Kind, str] = words.KIND_HELP) -> list[tuple[Kind, str, str]]:
    """Each kind with its icon and its one line of help."""
    return [(kind, words.KIND_ICONS[kind], help[kind]) for kind in kinds]


def _stem(request: SignedIn, pupil: Person) -> str:
    """The stem that was tapped, where there is no script to put it into the box."""
    stems, asked = stems_for(pupil), request.GET.get("stem", "")
    return stems[int(asked)] if asked.isdecimal() and int(asked) < len(stems) else ""


def _where(request: SignedIn) -> str:
    """The piece of the page that shows the moment: "card", "row", "row-greet"; "" for a page of its own."""
    asked = request.POST.get("where") or request.GET.get("where", "")
    return asked if PIECE.fullmatch(asked) else ""


def _undo_url(made: list[Moment], where: str = "") -> str:
    url = reverse("notice:undo-moment", args=[made[0].submission])
    return f"{url}?where={where}" if where else url


def _sheet(request: SignedIn, pupil: Person, form: MomentForm) -> HttpResponse:
    """The kinds, or the words for one kind; a piece for the dialog or a page of its own."""
    asked = form["kind"].value()
    kind = Kind(asked) if asked in IN_WORDS else None
    if kind:
        note = form.fields["note"]
        note.label, note.required = words.WORDS_LABEL[kind], True
        form.fields["aspect"].required = True
    page = {
        "pupil": pupil,
        "form": form,
        "kind": kind,
        "one_tap": _kinds(ONE_TAP),
        "in_words": _kinds(IN_WORDS, words.IN_WORDS_HELP),
        "stems": stems_for(pupil) if kind == Kind.PRAISE else [],
        "unread": kind == Kind.OBSERVATION and not has_reader(pupil),
        "where": _where(request),
        "back": back_to(request, reverse("notice:pupil", args=[pupil.pk])),
    }
    template = "notice/_sheet.html" if request.htmx else "notice/moment.html"
    return render(request, template, page, status=422 if form.errors else 200)


def recorded(request: SignedIn, made: list[Moment], text: str = "") -> HttpResponse:
    """The card or the row anew with Undo in the corner; else back to the page the sheet was opened from."""
    pupil, where = made[0].pupil, _where(request)
    said = text or words.noted_moments(made)
    if request.htmx and where:
        answer = _piece(request, pupil, where, said, made)
    else:
        noted(request, said, undo_url=_undo_url(made))
        back = back_to(request, reverse("notice:pupil", args=[pupil.pk]))
        answer = HttpResponseClientRedirect(back) if request.htmx else redirect(back)
    answer[KEPT] = str(made[0].submission)
    return answer


def _piece(
    request: SignedIn, pupil: Person, where: str, text: str, made: list[Moment] | None
) -> HttpResponse:
    """What changed on the page, and the words in the corner."""
    target = f"#said-{pupil.pk}" if where == CARD else f"#{where}-{pupil.pk}"
    page: dict[str, Any] = {"text": text, "where": where, "pupil": pupil, "target": target}
    page |= {"made": made[0], "undo_url": _undo_url(made, where)} if made else {"made": None}
    if where == CARD:
        page["card"] = changed_card(request.user, pupil)
    return reswap(retarget(render(request, "notice/_recorded.html", page), target), "outerHTML")
