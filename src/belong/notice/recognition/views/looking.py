"""Looking through what pupils and families sent; a group's recognitions; a picture."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from belong.base.access import allowed, require
from belong.base.errors import Refused
from belong.base.files import file_response
from belong.content import read
from belong.guard.concerns.noticing import look
from belong.measure.instrument import say
from belong.notice.access import access_group
from belong.notice.models import Recognition, RecognitionPhoto
from belong.notice.queries import group_pupils
from belong.notice.recognition import moderating
from belong.notice.recognition.access import access_recognition, access_to_look_through
from belong.notice.recognition.forms import ApproveForm, DeclineForm
from belong.notice.recognition.queries import (
    NOT_YET_DAYS,
    decided_lately,
    event_today,
    recognised_in,
    waiting_for,
)
from belong.notice.recognition.timeline import wall as wall_of
from belong.people.request import SignedIn
from belong.web.messages import noted

AT_ONCE, DECIDED = 25, 20


@never_cache
@login_required
@require_safe
def queue(request: SignedIn) -> HttpResponse:
    """What waits for this adult, the longest waiting first, and what was decided lately."""
    require(request.user, "notice.view_recognition_queue")
    return _queue(request)


@login_required
@require_POST
def approve(request: SignedIn, recognition_id: int) -> HttpResponse:
    """Let the pupil see it, with the words as they are or changed."""
    row = access_to_look_through(request.user, recognition_id)
    form = ApproveForm(request.POST)
    if form.is_valid():
        try:
            moderating.approve(request.user, recognition=row, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            said = f"{row.pupil.first_name} sees it now."
            noted(request, said, undo_url=reverse("notice:look-again", args=[row.pk]))
            return redirect("notice:recognition")
    return _queue(request, wrong=form, open_row=row.pk)


@login_required
@require_POST
def decline(request: SignedIn, recognition_id: int) -> HttpResponse:
    """Keep it from being shown, with kind words to the giver."""
    row = access_to_look_through(request.user, recognition_id)
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            moderating.decline(request.user, recognition=row, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            noted(request, "Kept from being shown.", undo_url=reverse("notice:look-again", args=[row.pk]))
            return redirect("notice:recognition")
    return _queue(request, wrong=form, open_row=row.pk)


@login_required
@require_POST
def look_again(request: SignedIn, recognition_id: int) -> HttpResponse:
    """Take a decision back: it waits again."""
    row = access_to_look_through(request.user, recognition_id)
    moderating.look_again(request.user, recognition=row)
    noted(request, "It waits again, and is not shown.")
    return redirect("notice:recognition")


@never_cache
@login_required
@require_safe
def group(request: SignedIn, group_id: int) -> HttpResponse:
    """What was recognised in a group lately, and by name who not: for the adult who leads it."""
    found = access_group(request.user, group_id)
    pupils = group_pupils(request.user, found)
    facts = {"group": found, "found": recognised_in(request.user, pupils), "weeks": NOT_YET_DAYS // 7}
    return render(request, "notice/recognition/group.html", facts)


@never_cache
@login_required
@require_safe
def wall(request: SignedIn, group_id: int) -> HttpResponse:
    """What the group's pupils chose for the wall: to print, or for the projector."""
    found = access_group(request.user, group_id)
    entries = wall_of(group_pupils(request.user, found))
    return render(request, "notice/recognition/wall.html", {"group": found, "entries": entries})


@login_required
@require_safe
def photo(request: SignedIn, recognition_id: int) -> HttpResponse:
    """The picture of a recognition, to whoever may read it."""
    row = access_recognition(request.user, recognition_id)
    kept = RecognitionPhoto.objects.filter(recognition=row).first()
    if kept is None:
        raise Http404
    return file_response(kept.data, kept.kind, f"recognised-{row.pk}.jpg", request)


def _queue(
    request: SignedIn, wrong: ApproveForm | DeclineForm | None = None, open_row: int = 0
) -> HttpResponse:
    rows = list(waiting_for(request.user)[: AT_ONCE + 1])
    facts = {
        "rows": [_with_care(row) for row in rows[:AT_ONCE]],
        "more": len(rows) > AT_ONCE,
        "decided": decided_lately(request.user)[:DECIDED],
        "replies": [say(words) for words in read("texts/recognition")["replies"].values()],
        "wrong": wrong,
        "open_row": open_row,
        "may_set": allowed(request.user, "notice.manage_traits"),
        "event": event_today(),
    }
    return render(request, "notice/recognition/queue.html", facts, status=422 if wrong else 200)


def _with_care(row: Recognition) -> tuple[Recognition, list[str]]:
    """A recognition with what the rules found in its words, for whoever reads it."""
    found = look(row.words)
    return row, sorted({str(hit["why"]) for hit in found.hits})
