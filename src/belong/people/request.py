"""The request of a signed-in page, and the way back to where a form was opened."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from belong.people.models import User


class SignedIn(HttpRequest):
    """A request behind `login_required`: its user is ours, never anonymous."""

    user: User
    htmx: HtmxDetails


def back_to(request: SignedIn, otherwise: str) -> str:
    """The page named by `next`, else the page the form was on, if it is one of ours; else `otherwise`."""
    named = request.POST.get("next") or request.GET.get("next") or request.headers.get("Referer", "")
    return named if url_has_allowed_host_and_scheme(named, {request.get_host()}) else otherwise
