"""A wall on the classroom screen and on paper, and the pictures and sounds on it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from belong.ask.walls.access import access_file, access_wall
from belong.ask.walls.queries import on_wall
from belong.base.files import file_response
from belong.people.request import SignedIn

SIZES = ("a4", "a3")
ENDINGS = {"image/jpeg": "jpg", "audio/webm": "webm", "audio/mpeg": "mp3", "audio/mp4": "m4a"}


@never_cache
@login_required
@require_GET
def show(request: SignedIn, wall_id: int) -> HttpResponse:
    """Large, for the classroom screen: no name on it unless `names` is asked for and the writer wants it."""
    found = access_wall(request.user, wall_id)
    names = "names" in request.GET
    facts = {"wall": found, "notes": on_wall(found, names=names), "names": names, "school": found.school}
    return render(request, "ask/walls/show.html", facts)


@never_cache
@login_required
@require_GET
def paper(request: SignedIn, wall_id: int) -> HttpResponse:
    """For A4 or A3."""
    found = access_wall(request.user, wall_id)
    names, size = "names" in request.GET, request.GET.get("size", "a4")
    facts = {
        "wall": found,
        "notes": [note for note in on_wall(found, names=names) if note.kind != "sound" or note.words],
        "names": names,
        "size": size if size in SIZES else SIZES[0],
        "school": found.school,
    }
    return render(request, "ask/walls/paper.html", facts)


@login_required
@require_GET
def picture(request: SignedIn, post_id: int) -> HttpResponse:
    """A drawing or photo."""
    row = access_file(request.user, post_id)
    if not row.picture:
        raise Http404
    return file_response(bytes(row.picture), row.mime, f"idea-{row.pk}.jpg", request)


@login_required
@require_GET
def sound(request: SignedIn, post_id: int) -> HttpResponse:
    """A sound."""
    row = access_file(request.user, post_id)
    if not row.sound:
        raise Http404
    ending = ENDINGS.get(row.mime, "audio")
    return file_response(bytes(row.sound), row.mime, f"idea-{row.pk}.{ending}", request)
