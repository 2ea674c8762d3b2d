"""What a staff page is handed: a request of somebody who is signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from belong.people.models import User


class StaffRequest(HttpRequest):
    """A request behind `login_required`, with htmx's details."""

    user: User
    htmx: HtmxDetails
