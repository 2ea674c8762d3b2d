"""What the adults of a school know about the place it is in: read, search, write, print."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from belong.base.access import require
from belong.base.errors import Refused
from belong.base.files import PHOTO_MIME, file_response
from belong.notice.local import actions
from belong.notice.local.access import access_local
from belong.notice.local.forms import LocalForm
from belong.notice.local.queries import by_kind, coming, find, spoken_here
from belong.notice.models import LocalKind, LocalPage
from belong.people.request import SignedIn
from belong.web.messages import noted


@login_required
@require_safe
def local(request: SignedIn) -> HttpResponse:
    """Everything, by kind, with search, and what is coming up."""
    require(request.user, "notice.view_local")
    words, kind = request.GET.get("q", "")[:80], request.GET.get("kind", "")
    retired = request.GET.get("retired") == "1"
    pages = find(request.user, words, kind, retired=retired)
    page = {
        "found": by_kind(pages),
        "words": words,
        "kind": kind,
        "retired": retired,
        "kinds": LocalKind.choices,
    }
    page["coming"] = [] if words or kind or retired else coming(request.user)
    return render(request, "notice/local/local.html", page)


@login_required
@require_safe
def page(request: SignedIn, local_id: int) -> HttpResponse:
    """One page."""
    row = access_local(request.user, "notice.view_local", local_id)
    facts = {"row": row, "days": list(row.days.all()), "may_undo": bool(row.before)}
    return render(request, "notice/local/page.html", facts)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Write a page."""
    require(request.user, "notice.write_local")
    return _form(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, local_id: int) -> HttpResponse:
    """Change a page; the change can be undone."""
    return _form(request, access_local(request.user, "notice.write_local", local_id))


@login_required
@require_safe
def photo(request: SignedIn, local_id: int) -> HttpResponse:
    """The photo, made anew when it was kept."""
    row = access_local(request.user, "notice.view_local", local_id)
    if not row.has_photo or row.photo is None:
        raise Http404
    return file_response(row.photo, PHOTO_MIME, f"place-{row.pk}.jpg")


@login_required
@require_POST
def remove_photo(request: SignedIn, local_id: int) -> HttpResponse:
    """Take the photo away."""
    row = access_local(request.user, "notice.write_local", local_id)
    actions.remove_photo(request.user, page=row)
    noted(request, "The photo is deleted.")
    return redirect("notice:local-page", row.pk)


@login_required
@require_POST
def undo(request: SignedIn, local_id: int) -> HttpResponse:
    """The words as they were before the last change."""
    row = access_local(request.user, "notice.write_local", local_id)
    actions.undo_change(request.user, page=row)
    noted(request, "The words are as they were before.")
    return redirect("notice:local-page", row.pk)


@login_required
@require_POST
def retire(request: SignedIn, local_id: int) -> HttpResponse:
    """Take a page out of the lists."""
    row = access_local(request.user, "notice.write_local", local_id)
    actions.retire(request.user, page=row)
    noted(request, f"{row.title} is out of the list.", undo_url=reverse("notice:local-back", args=[row.pk]))
    return redirect("notice:local")


@login_required
@require_POST
def back(request: SignedIn, local_id: int) -> HttpResponse:
    """Bring a page back into the lists."""
    row = access_local(request.user, "notice.write_local", local_id)
    actions.retire(request.user, page=row, back=True)
    noted(request, f"{row.title} is in the list again.")
    return redirect("notice:local-page", row.pk)


@login_required
@require_safe
def welcome(request: SignedIn) -> HttpResponse:
    """For whoever is new to the place: everything on paper, and hello in the languages of the school."""
    require(request.user, "notice.view_local")
    found = by_kind(find(request.user))
    page = {"found": found, "coming": coming(request.user), "hellos": spoken_here()}
    return render(request, "notice/local/welcome.html", page)


def _form(request: SignedIn, row: LocalPage | None) -> HttpResponse:
    form = LocalForm(request.POST or None, request.FILES or None, page=row)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.write_page(
                request.user,
                page=row,
                words=form.words(),
                days=form.days(),
                photo=form.cleaned_data["photo"],
                caption=form.cleaned_data["caption"],
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            undo = reverse("notice:local-undo", args=[kept.pk]) if row else ""
            noted(request, f"Kept: {kept.title}.", undo_url=undo)
            return redirect("notice:local-page", kept.pk)
    page = {"form": form, "row": row}
    return render(request, "notice/local/form.html", page, status=422 if form.errors else 200)
