"""Keeping a wall: the list, a new one, one of them, reading what waits, getting a class in."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belong.ask.access import access_class, classes_to_run
from belong.ask.actions import open_activity_session
from belong.ask.activities import WALL
from belong.ask.bands import text
from belong.ask.models import Wall, WallPost
from belong.ask.walls import actions
from belong.ask.walls.access import access_kept_wall, access_post, access_wall, visible_walls
from belong.ask.walls.forms import WallForm
from belong.ask.walls.queries import decided, on_wall, waiting
from belong.base.access import allowed, require
from belong.base.errors import Refused
from belong.people.models import Group, User
from belong.people.queries import year_label
from belong.people.request import SignedIn
from belong.web.messages import noted


@login_required
@require_GET
def walls(request: SignedIn) -> HttpResponse:
    """Every wall, open ones first, with what waits on those one keeps."""
    require(request.user, "ask.view_walls")
    waits: dict[int, int] = {}
    for post in waiting(request.user):
        waits[post.wall_id] = waits.get(post.wall_id, 0) + 1
    found: list[dict[str, Any]] = [
        {"wall": wall, "whom": whom(wall), "waits": waits.get(wall.pk, 0)}
        for wall in visible_walls(request.user).select_related("group")
    ]
    found.sort(key=lambda one: not one["wall"].is_open)
    facts = {"walls": found, "may_make": allowed(request.user, "ask.make_wall")}
    return render(request, "ask/walls/list.html", facts)


def whom(wall: Wall) -> str:
    """Whom a wall asks, in words."""
    if wall.group is not None:
        return wall.group.name
    return ", ".join(year_label(year) for year in wall.years) or _("all pupils")


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """A new wall."""
    require(request.user, "ask.make_wall")
    form = WallForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_wall(request.user, **form.chosen())
        except Refused as no:
            form.add_error(None, no.reason)
        else:
            noted(request, _("The wall is there."))
            return redirect("ask:wall", made.pk)
    return render(request, "ask/walls/new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_GET
def wall(request: SignedIn, wall_id: int) -> HttpResponse:
    """One wall: what is up, and for those who keep it what can be done."""
    found = access_wall(request.user, wall_id)
    keeps = allowed(request.user, "ask.keep_wall", found)
    facts = {
        "wall": found,
        "whom": whom(found),
        "notes": on_wall(found),
        "keeps": keeps,
        "waits": len(waiting(request.user, found)) if keeps else 0,
        "classes": _classes(request.user, found) if found.is_open else [],
    }
    return render(request, "ask/walls/wall.html", facts)


def _classes(user: User, found: Wall) -> list[Group]:
    mine = classes_to_run(user, found.years)
    return list(mine.filter(pk=found.group_id) if found.group_id else mine.order_by("name"))


@never_cache
@login_required
@require_GET
def reading(request: SignedIn, wall_id: int) -> HttpResponse:
    """What waits, the oldest first, and what was decided."""
    found = access_kept_wall(request.user, wall_id)
    posts = waiting(request.user, found)
    facts = {
        "wall": found,
        "posts": [(one, allowed(request.user, "ask.put_up_wall_post", one)) for one in posts],
        "decided": [
            (one, allowed(request.user, "ask.put_up_wall_post", one)) for one in decided(request.user, found)
        ],
        "reasons": [(key, text("walls", f"reason-{key}")) for key in actions.REASONS],
        "shown": WallPost.SHOWN,
    }
    return render(request, "ask/walls/reading.html", facts)


@login_required
@require_POST
def up(request: SignedIn, post_id: int) -> HttpResponse:
    """Put it up."""
    row = access_post(request.user, post_id)
    actions.put_up(request.user, row)
    noted(request, _("It is on the wall."))
    return redirect("ask:wall-reading", row.wall_id)


@login_required
@require_POST
def down(request: SignedIn, post_id: int) -> HttpResponse:
    """Do not show it; the writer reads why."""
    row = access_post(request.user, post_id)
    actions.keep_down(request.user, row, request.POST.get("reason", ""))
    noted(request, _("It is not shown. The writer reads why on their own page."))
    return redirect("ask:wall-reading", row.wall_id)


@login_required
@require_POST
def pass_on(request: SignedIn, post_id: int) -> HttpResponse:
    """Hand it to the safeguarding lead."""
    row = access_post(request.user, post_id)
    actions.pass_on(request.user, row)
    noted(request, _("It is with the safeguarding lead, and not shown."))
    return redirect("ask:wall-reading", row.wall_id)


@login_required
@require_POST
def close(request: SignedIn, wall_id: int) -> HttpResponse:
    """Nobody can post any more."""
    found = access_kept_wall(request.user, wall_id)
    actions.close_wall(request.user, found)
    noted(request, _("Nobody can post any more. What is up stays up."))
    return redirect("ask:wall", found.pk)


@login_required
@require_POST
def session(request: SignedIn, wall_id: int, group_id: int) -> HttpResponse:
    """Get a class writing."""
    found, group = access_wall(request.user, wall_id), access_class(request.user, group_id)
    return redirect("ask:session", open_activity_session(request.user, group, WALL, found.pk).pk)
