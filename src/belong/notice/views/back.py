"""Going back to where a form was opened."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The page named by `next`, else the page the form was on, if it is one of ours; else `otherwise`."""
    named = request.POST.get("next") or request.GET.get("next") or request.headers.get("Referer", "")
    return named if url_has_allowed_host_and_scheme(named, {request.get_host()}) else otherwise
