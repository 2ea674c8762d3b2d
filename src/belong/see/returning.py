"""The way back from an explanation to the page whose figure is missing."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

ROOMS = {"see", "tell", "act"}
EXPLAIN = {"see:why", "see:missing"}


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The page of ours this reader came from, with what was asked of it; `otherwise` where that is not known.

    The browser says it only to the server it came from (Referrer-Policy: same-origin), and only an address that leads
    to a page with figures is taken.
    """
    said = urlsplit(request.headers.get("Referer", ""))
    if said.netloc != request.get_host():
        return otherwise
    try:
        found = resolve(said.path)
    except Resolver404:
        return otherwise
    if found.app_names[:1] and found.app_names[0] in ROOMS and found.view_name not in EXPLAIN:
        return f"{said.path}?{said.query}" if said.query else said.path
    return otherwise
