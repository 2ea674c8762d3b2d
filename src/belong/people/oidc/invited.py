"""The one-time link to a first sign-in, as far as choosing Google or Microsoft instead of a password goes."""

from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN
from django.http import HttpRequest
from django.utils.http import urlsafe_base64_decode
from django_scopes import scopes_disabled

from belong.people.models import User


def invited_here(request: HttpRequest, uidb64: str) -> tuple[User, str] | None:
    """Whose link this browser has opened, with its token; None where it opened none, or it was used."""
    token = request.session.get(INTERNAL_RESET_SESSION_TOKEN, "")
    if not token:
        return None
    try:
        number = int(urlsafe_base64_decode(uidb64))
    except (ValueError, OverflowError):
        return None
    user = still_invited(number, token)
    return (user, token) if user else None


def still_invited(user_id: int | None, token: str) -> User | None:
    """The person, while their link holds: it is unused, less than three days old, and their sign-in is open."""
    with scopes_disabled():
        user = User.objects.filter(pk=user_id or 0, is_active=True).select_related("school", "person").first()
    return user if user and default_token_generator.check_token(user, token) else None
