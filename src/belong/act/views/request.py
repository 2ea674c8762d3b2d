"""The request of a signed-in page, for types: `login_required` has made sure of the user."""

from django.http import HttpRequest

from belong.people.models import User


class SignedIn(HttpRequest):
    """A request whose user has signed in."""

    user: User
