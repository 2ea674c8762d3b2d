"""Setting a password by a one-time link, changing it, and having forgotten it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_scopes import scope

from belong.base.jobs import enqueue
from belong.people.confirming import confirm, password_again
from belong.people.models import User
from belong.people.request import SignedIn
from belong.people.signing_in import backend, entering, sessions, tries
from belong.people.signing_in.letters import tell_owner
from belong.people.signing_in.trail import note_own
from belong.people.signing_in.views import address_of
from belong.people.tasks import send_new_password


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
    """A one-time link: set a password, then the second step where there is one, and be in."""

    template_name = "people/signing_in/set_password.html"
    form_class = NewPassword

    def get_user(self, uidb64: str) -> User | None:
        """A sign-in that was ended has no link any more."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.save()
        del self.request.session["_password_reset_token"]
        with scope(school=user.school):
            sessions.end_all([user])
            note_own("change_password", user, by="link")
            tell_owner(user, "password")
        tries.forget(tries.ACCOUNT, user.pk)
        return entering.begin(self.request, user, entering.PASSWORD)


@never_cache
@sensitive_post_parameters()
@login_required
@password_again
def change(request: SignedIn) -> HttpResponse:
    """A new password; everywhere else is signed out."""
    user = request.user
    form = NewPassword(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/signing_in/change_password.html", {"form": form})
    form.save()
    update_session_auth_hash(request, user)
    confirm(request)
    sessions.begin(request)
    ended = sessions.end_all([user], but=request.session.session_key)
    note_own("change_password", user, by="themselves")
    tell_owner(user, "password")
    also = " Everywhere else you were signed in, you are signed out." if ended else ""
    messages.success(request, f"Your password is changed.{also}")
    return redirect("your-sign-in")


@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link to whoever asks for it, if they are somebody; the answer is the same for everybody."""
    if request.method != "POST":
        return render(request, "people/signing_in/forgotten.html")
    name = request.POST.get("username", "").strip()[:254]
    if not name:
        return render(request, "people/signing_in/forgotten.html", {"missing": True}, status=422)
    if tries.take(tries.LETTERS, address_of(request)):
        return render(request, "people/signing_in/forgotten.html", {"slow": True}, status=429)
    user = backend.find_user(name)
    if not tries.take(tries.MAIL, user.pk if user else name.lower()):
        # A job for everybody: for somebody unknown it does nothing, so that the page takes as long.
        mailed = user.pk if user and user.is_active else 0
        enqueue(send_new_password, user_id=mailed, base_url=request.build_absolute_uri("/"))
    return render(request, "people/signing_in/forgotten_sent.html", {"username": name})
