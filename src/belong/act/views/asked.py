"""The released gap in a page's address, kept while someone chooses a practice for it."""

from django.urls import reverse

from belong.act.gaps import ReleasedGap, released_gap
from belong.people.request import SignedIn

KEPT = ("wave", "measure", "cut", "group")


def tabs(current: str) -> list[dict[str, object]]:
    """The two lists of the room."""
    places = [("Practices", "act:practices"), ("Plans", "act:plans")]
    return [{"label": label, "url": reverse(name), "current": name == current} for label, name in places]


def asked_gap(request: SignedIn) -> ReleasedGap | None:
    """The released gap the address names, if this user may see it."""
    wave, words = request.GET.get("wave", ""), request.GET
    if not (wave.isascii() and wave.isdigit()):
        return None
    asked = (words.get("measure", ""), words.get("cut", ""), words.get("group", ""))
    return released_gap(request.user, int(wave), *asked)


def carry(gap: ReleasedGap | None, request: SignedIn) -> str:
    """The gap's part of the address, encoded; "" where there is no such gap."""
    if gap is None:
        return ""
    kept = request.GET.copy()
    for name in list(kept):
        if name not in KEPT:
            del kept[name]
    return kept.urlencode()
