"""Reading the local pages: search, by kind, what is coming up. Constant numbers of queries."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Prefetch, Q

from belong.base.clock import today
from belong.notice.greeting.hello import Hello, hello
from belong.notice.local.access import visible_local
from belong.notice.models import LocalDay, LocalKind, LocalPage
from belong.people.models import User
from belong.people.queries import pupils_on_roll

SOON = timedelta(days=7)
AHEAD = timedelta(days=42)
SPOKEN_BY = 5  # a language is named where as many pupils speak it, so that none is pointed at


@dataclass(frozen=True)
class OfKind:
    """The pages of one kind."""

    kind: LocalKind
    pages: list[LocalPage]


def find(user: User, words: str = "", kind: str = "", *, retired: bool = False) -> list[LocalPage]:
    """Pages that hold every word, of one kind or of all, by title; with the days that are still to come."""
    rows = visible_local(user).filter(retired_on__isnull=not retired)
    for word in words.split()[:8]:
        fields = ("title", "about", "where", "who_to_meet", "lesson_hook")
        hit = Q()
        for field in fields:
            hit |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(hit)
    if kind in LocalKind.values:
        rows = rows.filter(kind=kind)
    to_come = Prefetch("days", LocalDay.objects.filter(until__gte=today()), to_attr="to_come")
    return list(rows.prefetch_related(to_come))


def by_kind(pages: list[LocalPage]) -> list[OfKind]:
    """The pages under their kinds, kinds without any left out."""
    found = [OfKind(kind, [page for page in pages if page.kind == kind]) for kind in LocalKind]
    return [one for one in found if one.pages]


def coming(user: User, within: timedelta = AHEAD) -> list[LocalDay]:
    """Days that are on or come within some time, soonest first, with their page."""
    day = today()
    rows = LocalDay.objects.filter(until__gte=day, on__lte=day + within, page__in=visible_local(user))
    rows = rows.filter(page__retired_on__isnull=True)
    return list(rows.select_related("page").defer("page__photo").order_by("on", "page__title"))


def spoken_here() -> list[Hello]:
    """Hello in the languages that several pupils speak at home, by language."""
    rows = pupils_on_roll().exclude(home_language="").order_by().values_list("home_language")
    found: dict[Hello, int] = {}
    for code, pupils in rows.annotate(pupils=Count("pk")):
        if (one := hello(code)) is not None:
            found[one] = found.get(one, 0) + pupils
    return sorted((one for one, pupils in found.items() if pupils >= SPOKEN_BY), key=lambda one: one.language)
