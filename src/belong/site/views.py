"""Sign-in and the Today page."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scopes_disabled

from belong.base import today
from belong.base.access import allowed
from belong.base.clock import today as date_today
from belong.people import roles
from belong.people.models import User
from belong.people.request import SignedIn
from belong.people.signing_in import entering
from belong.people.signing_in.views import SignIn as SignInPage
from belong.site.demo.cast import DEMO_USERS
from belong.site.sections import sections


class SignIn(SignInPage):
    """User name and password; in the demo also one tap per role."""

    def extra(self) -> dict[str, Any]:
        return {"demo_users": DEMO_USERS if settings.DEMO else []}


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in to a labelled demo school without a password; does not exist anywhere else."""
    if not settings.DEMO:
        raise Http404
    with scopes_disabled():
        user = get_object_or_404(User, username=request.POST.get("username", ""), school__is_demo=True)
    return entering.finish(request, user, entering.DEMO)


@login_required
@require_safe
def home(request: SignedIn) -> HttpResponse:
    """Today for staff; the place that is theirs for everyone else."""
    user = request.user
    if user.has_role(*roles.STAFF):
        items = today.items_for(user)
        page = {"items": items, "sections": sections(items), "today": date_today()}
        return render(request, "site/today.html", page)
    if user.has_role(roles.TECHNICIAN):
        return redirect("people:list")
    if user.has_role(roles.GOVERNOR, roles.ANALYST):
        return redirect("see:waves")
    if allowed(user, "notice.view_own_page"):
        return redirect("notice:me")
    if allowed(user, "notice.view_family"):
        return redirect("notice:family")
    return render(request, "site/welcome.html")


@require_safe
def healthy(request: HttpRequest) -> HttpResponse:
    """For monitors: the process answers and the database does too."""
    with scopes_disabled():
        User.objects.exists()
    return HttpResponse("ok\n", content_type="text/plain")
