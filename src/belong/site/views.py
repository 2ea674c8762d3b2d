"""Sign-in and the Today page."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST
from django_scopes import scopes_disabled

from belong.base import today
from belong.base.clock import today as date_today
from belong.people import roles
from belong.people.models import User
from belong.people.request import SignedIn
from belong.site.demo.cast import DEMO_USERS
from belong.site.sections import sections


class SignIn(LoginView):
    """User name and password; in the demo also one tap per role."""

    template_name = "site/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        demo = DEMO_USERS if settings.DEMO else []
        return super().get_context_data(demo_users=demo, **kwargs)


class NewPassword(SetPasswordForm):
    """A password, twice; the rules are said once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = "New password", "The same once more"
        first.help_text = "Twelve characters or more. Three or four words you will remember make a good one."
        second.help_text = ""

    def validate_password_for_user(self, user: User, password_field_name: str = "") -> None:
        """What is wrong with the password stands at the password, not at its second writing."""
        super().validate_password_for_user(user, "new_password1")


class SetPassword(PasswordResetConfirmView):
    """A new member of staff sets a password by a one-time link and is signed in."""

    template_name = "site/set_password.html"
    form_class = NewPassword
    success_url = reverse_lazy("home")
    post_reset_login = True


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in to a labelled demo school without a password; does not exist anywhere else."""
    if not settings.DEMO:
        raise Http404
    with scopes_disabled():
        user = get_object_or_404(User, username=request.POST.get("username", ""), school__is_demo=True)
        login(request, user)
    return redirect("home")


@login_required
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
    return render(request, "site/welcome.html", {"is_pupil": user.has_role(roles.PUPIL)})


def healthy(request: HttpRequest) -> HttpResponse:
    """For monitors: the process answers and the database does too."""
    with scopes_disabled():
        User.objects.exists()
    return HttpResponse("ok\n", content_type="text/plain")
