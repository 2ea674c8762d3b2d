"""What those who were asked are told, in a child's words. Figures are the released ones, gaps as whole points."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily
from django.utils.translation import ngettext

from belong.act.models import Plan
from belong.ask.models import Wave
from belong.people.queries import YEAR_ORDER
from belong.release import FollowUp, Release
from belong.see.caveats import ThenAndNow
from belong.web.lists import all_of

CANT_COMPARE = _lazily("We asked again. The questions had changed, so we can’t compare.")
KEPT_BACK = _lazily("We asked again. The number is kept back, to protect people.")
CANT_TELL = _lazily("We asked again. No difference we can tell yet.")
EXPECTED = _lazily("Part of that is expected: a low score often goes up a little by itself.")
BY_ITSELF = _lazily("That much can happen by itself, so we can’t say yet that it helped.")


def in_plain_words(said: ThenAndNow) -> str:
    """What a plan's gap did, for pupils and families. Never names the group: the school chooses how to speak of it.

    The two sizes are said only where the change is clear and they point the same way as the change among those who
    answered both times; else "no difference we can tell".
    """
    found = said.followup
    if found.symbol == "x":
        return str(CANT_COMPARE)
    if found.difference is None or found.before is None or found.after is None:
        return str(KEPT_BACK)
    sizes = _sizes(said)
    if sizes is None:
        return str(CANT_TELL)
    then, now = sizes
    if now < then:
        beside = BY_ITSELF if "may_close_by_itself" in found.caveats else EXPECTED
        words = ngettext(
            "We asked again. The gap went from %(then)s point to %(now)s. %(beside)s",
            "We asked again. The gap went from %(then)s points to %(now)s. %(beside)s",
            then,
        )
        return words % {"then": then, "now": now, "beside": beside}
    words = ngettext(
        "We asked again. The gap grew from %(then)s point to %(now)s. This has not helped yet.",
        "We asked again. The gap grew from %(then)s points to %(now)s. This has not helped yet.",
        then,
    )
    return words % {"then": then, "now": now}


def says_points(said: ThenAndNow) -> bool:
    """Whether those words hold points, so that the page says what a point is."""
    return _sizes(said) is not None


def _sizes(said: ThenAndNow) -> tuple[int, int] | None:
    """The gap then and now in whole points where both may be said, else None."""
    found = said.followup
    if found.symbol == "x" or found.difference is None or found.before is None or found.after is None:
        return None
    then, now = _size(found.before.difference), _size(found.after.difference)
    if not said.is_clear or then is None or now is None or then == now:
        return None
    return (then, now) if _is_narrower(found) == (now < then) else None


def looking_again(plan: Plan) -> str:
    """ "We will look again in April 2026 and tell you." while the plan is under way."""
    if not plan.is_active:
        return ""
    month = date_format(plan.review_on, "F Y", use_l10n=False)
    return _("We will look again in %(month)s and tell you.") % {"month": month}


def _is_narrower(found: FollowUp) -> bool:
    then = found.before.difference if found.before else None
    return bool(then and found.difference and then * found.difference < 0)


def _size(difference: float | None) -> int | None:
    return None if difference is None else round(abs(difference))


def asked(wave: Wave) -> str:
    """ "In March 2026 we asked pupils in Years 7 to 11 what it is like …", as one whole sentence."""
    facts = {"month": date_format(wave.opens_on, "F Y", use_l10n=False), "years": _years(wave.years)}
    if wave.audience == Wave.STAFF:
        words = _("In %(month)s we asked everyone who works here what it is like to be part of this school.")
    elif wave.audience == Wave.FAMILIES and facts["years"]:
        words = _("In %(month)s we asked families in %(years)s what it is like to be part of this school.")
    elif wave.audience == Wave.FAMILIES:
        words = _("In %(month)s we asked families what it is like to be part of this school.")
    elif facts["years"]:
        words = _("In %(month)s we asked pupils in %(years)s what it is like to be part of this school.")
    else:
        words = _("In %(month)s we asked pupils what it is like to be part of this school.")
    return words % facts


def answered(release: Release) -> str:
    """ "About 86 % of them answered.", as exactly as may be said; "" where it is not known."""
    found = release.response()
    if found.rate is None:
        return ""
    rate = f"{found.rate}\u00a0%"
    if found.coded == "top":
        return _("%(rate)s or more of them answered.") % {"rate": rate}
    if found.coded == "bottom":
        return _("%(rate)s of them or fewer answered.") % {"rate": rate}
    return _("About %(rate)s of them answered.") % {"rate": rate}


def _years(years: Sequence[str]) -> str:
    """ "Years 7 to 11", "Year 8", "Reception, Year 1 and Year 2"; "" for everyone."""
    known = sorted((year for year in years if year in YEAR_ORDER), key=YEAR_ORDER.index)
    first, last = (known[0], known[-1]) if known else ("", "")
    in_a_row = bool(known) and YEAR_ORDER.index(last) - YEAR_ORDER.index(first) == len(known) - 1
    if len(known) > 2 and in_a_row and first.isdecimal():
        return _("Years %(first)s to %(last)s") % {"first": first, "last": last}
    return all_of(list(dict.fromkeys(_year(year) for year in known)))


def _year(year: str) -> str:
    if year == "R":
        return _("Reception")
    return _("Year %(year)s") % {"year": year} if year.isdecimal() else _("Nursery")
