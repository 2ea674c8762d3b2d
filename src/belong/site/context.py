"""What every page needs to draw its frame: the school, and the places this viewer has."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from belong.base.access import allowed
from belong.people import roles
from belong.people.models import User
from belong.people.signing_in.yours import has_own_sign_in

STAFF = frozenset(roles.STAFF)
TUTORING = STAFF
READERS = STAFF | {roles.GOVERNOR, roles.ANALYST}


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation."""

    label: str
    url: str
    icon: str
    current: bool


PLACES: list[tuple[str, str, str, frozenset[str]]] = [
    ("Today", "home", "today", STAFF),
    (gettext_noop("My page"), "notice:me", "person", frozenset({roles.PUPIL})),
    (gettext_noop("My family"), "notice:family", "people", frozenset({roles.CARER})),
    ("My group", "notice:my-group", "group", frozenset({roles.TEACHER})),
    ("Ask", "ask:waves", "ask", STAFF),
    ("See", "see:waves", "see", STAFF | {roles.GOVERNOR, roles.ANALYST}),
    ("Notice", "notice:hub", "notice", STAFF),
    ("Act", "act:practices", "act", STAFF),
    ("Tell", "tell:responses", "tell", STAFF | {roles.GOVERNOR}),
    ("Not yet noticed", "notice:overlooked", "eye", frozenset(roles.PASTORAL)),
    ("People", "people:list", "people", frozenset({roles.SURVEY_LEAD, roles.TECHNICIAN, *roles.PASTORAL})),
]


def shell(request: HttpRequest) -> dict[str, Any]:
    """`school`, `nav` and `is_demo` for the base template."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"school": None, "nav": [], "is_demo": settings.DEMO}
    return {
        "school": user.school,
        "nav": _places(request, user),
        "is_demo": user.school.is_demo,
        "account_links": _account_links(user),
    }


def _account_links(user: User) -> list[dict[str, str]]:
    """What stands behind the viewer's initials, beside signing out."""
    links = []
    if has_own_sign_in(user):
        links.append({"label": _("Your sign-in"), "url": reverse("your-sign-in"), "icon": "lock"})
    if allowed(user, "guard.see_home"):
        links.append({"label": "Safe keeping", "url": reverse("guard:home"), "icon": "shield"})
    if allowed(user, "guard.read_trail"):
        links.append({"label": "Who did what", "url": reverse("guard:trail"), "icon": "list"})
    if allowed(user, "guard.manage_rota"):
        links.append({"label": "Safeguarding rota", "url": reverse("guard:rota"), "icon": "calendar"})
    return links


def _places(request: HttpRequest, user: User) -> list[Place]:
    held = user.roles
    places = []
    for label, name, icon, wanted in PLACES:
        if wanted & held:
            url = reverse(name)
            current = request.path == url if url == "/" else request.path.startswith(url)
            places.append(Place(_(label), url, icon, current))
    if allowed(user, "guard.view_queue"):
        url = reverse("guard:concerns")
        places.append(Place("Safeguarding", url, "shield", request.path.startswith(url)))
    return places
