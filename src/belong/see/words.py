"""How waves, groups and shares are called in a sentence."""

from collections.abc import Sequence
from datetime import date

from belong.ask.models import Wave
from belong.content import read
from belong.measure import say
from belong.people.queries import YEAR_ORDER
from belong.release import FollowUp, Gap, Release
from belong.release.model import REST
from belong.see.groups import cuts_for

PEOPLE = {Wave.PUPILS: "pupils", Wave.STAFF: "staff", Wave.FAMILIES: "families"}
NAMES = {"English", "Year", "Years", "Reception", "Nursery", "Asian", "Black", "White", "Chinese"}
# The two-way cuts in words.
CROSSED = {"sex*year": "Girls and boys by year", "year*pupil_premium": "Pupil premium by year"}


def text(name: str, key: str, **fill: object) -> str:
    """One of our plain texts: `text("method", "threshold", threshold=10)`."""
    words = say(read(f"texts/{name}")[key])
    for field, value in fill.items():
        words = words.replace("{" + field + "}", str(value))
    return words


def symbol_in_words(symbol: str) -> str:
    """What stands beside a symbol in a file: "Shown", "Kept back", "Not available"."""
    return text("symbols", f"{symbol or 'shown'}-label")


def listed(names: Sequence[str]) -> str:
    """ "girls", "girls and boys", "girls, boys and others"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def lower(words: str) -> str:
    """With a small first letter inside a sentence, but not for abbreviations and names ("SEN support", "Year 8")."""
    first = words.partition(" ")[0].rstrip(",")
    return words if words[1:2].isupper() or first in NAMES else words[:1].lower() + words[1:]


def years_in_words(years: Sequence[str]) -> str:
    """ "Years 7 to 11", "Year 8", "Reception to Year 2"; "" for everyone."""
    known = sorted((y for y in years if y in YEAR_ORDER), key=YEAR_ORDER.index)
    if not known:
        return ""
    names = {"R": "Reception", "N1": "Nursery", "N2": "Nursery"}
    places = [YEAR_ORDER.index(y) for y in known]
    if len(known) == 1:
        return names.get(known[0], f"Year {known[0]}")
    if places[-1] - places[0] != len(places) - 1:
        return f"Years {listed([names.get(y, y) for y in known])}"
    if known[0] in names:
        return f"{names[known[0]]} to {names.get(known[-1], f'Year {known[-1]}')}"
    return f"Years {known[0]} to {known[-1]}"


def season(day: date) -> str:
    """The English school term of a date: autumn, spring or summer."""
    return "autumn" if day.month >= 9 else "spring" if day.month <= 3 else "summer"


def since(now: Wave, before: Wave) -> str:
    """What to call an earlier wave beside this one: "autumn", "autumn 2025", or its title in the same term."""
    early, late = before.opens_on, now.opens_on
    if season(early) != season(late) and (late - early).days < 300:
        return season(early)
    if season(early) == season(late) and early.year == late.year:
        return f"“{before.title}”" if before.title != now.title else f"{early.day} {early:%B}"
    return f"{season(early)} {early.year}"


def way_of(found: FollowUp) -> str:
    """Narrowed, widened, or turned round to the other side."""
    then, moved = (found.before.difference or 0) if found.before else 0.0, found.difference or 0
    if then * moved >= 0:
        return "widened"
    return "narrowed" if abs(moved) <= 2 * abs(then) else "turned round"


def points_in_words(value: float) -> str:
    """ "1 point", "2.5 points"."""
    return f"{value:g} point{'' if value == 1 else 's'}"


def cut_title(audience: str, cut: str) -> str:
    """What a cut is called as a heading."""
    if cut in CROSSED:
        return CROSSED[cut]
    return next(
        (one.title for one in cuts_for(audience) if one.key == cut), cut.replace("_", " ").capitalize()
    )


def cut_slug(cut: str) -> str:
    """A cut in an address: `sex*year` → `sex-by-year`."""
    return cut.replace("*", "-by-")


def gap_label(gap: Gap, release: Release) -> str:
    """Who is set against whom: "Girls and boys", "Pupil premium and others", "Year 8 and everyone else"."""
    if gap.against == REST:
        return (
            f"{gap.label}, beside everyone else" if " and " in gap.label else f"{gap.label} and everyone else"
        )
    if gap.cut in ("sex", "post"):
        other = release.cell(gap.measure, gap.cut, gap.against).label
        return f"{gap.label} and {lower(other)}"
    return f"{gap.label} and others"


def other_label(gap: Gap, release: Release) -> str:
    """The other side of a gap: "Boys", "Pupils without pupil premium", "Everyone else"."""
    return "Everyone else" if gap.against == REST else release.cell(gap.measure, gap.cut, gap.against).label


def group_in_words(cut: str, label: str, audience: str = Wave.PUPILS) -> str:
    """A group inside a sentence: "girls", "pupils with SEN support", "pupils in Year 8"."""
    if cut == "all":
        return PEOPLE[audience]
    if audience == Wave.STAFF:
        return lower(label)
    people = PEOPLE[audience]
    if "*" in cut:
        first, _, second = label.partition(", ")
        one, two = cut.split("*")
        return f"{group_in_words(one, first, audience)} {_as_mark(two, second)}"
    if cut == "sex":
        return lower(label)
    if cut == "year":
        return f"{people} in {label}" if audience == Wave.PUPILS else f"{people} of {label}"
    if cut == "joined_this_year":
        return lower(label) if label.lower().startswith(people) else f"{people} who {lower(label)}"
    if cut == "ethnicity":
        return (
            f"{people} in smaller ethnic groups"
            if label.startswith("Smaller")
            else f"{people} recorded as “{label}”"
        )
    return lower(label) if label.lower().startswith(people) else f"{people} with {lower(label)}"


def other_in_words(cut: str, against: str, audience: str = Wave.PUPILS) -> str:
    """The group another is set against, inside a sentence, by its key: "boys", "everyone else"."""
    if against == REST:
        return "everyone else"
    labels = next((one.labels for one in cuts_for(audience) if one.key == cut), {})
    label = labels.get(against.partition("+")[0])
    return group_in_words(cut, label, audience) if label else "the others"


def _as_mark(cut: str, label: str) -> str:
    """The second half of a two-way group: "in Year 8", "with pupil premium"."""
    if cut == "year":
        return f"in {label}"
    return (
        lower(label).removeprefix("pupils ") if label.lower().startswith("pupils") else f"with {lower(label)}"
    )


def share_in_words(percent: int, people: str) -> str:
    """A share of people as a quantity: "most pupils", "about half of pupils", "few pupils"."""
    for least, words in _QUANTITIES:
        if percent >= least:
            return words.format(people=people)
    return f"few {people}"


_QUANTITIES = (
    (90, "nearly all {people}"),
    (60, "most {people}"),
    (54, "more than half the {people}"),
    (46, "about half the {people}"),
    (38, "fewer than half the {people}"),
    (29, "about a third of the {people}"),
    (21, "about a quarter of the {people}"),
    (13, "about one in six {people}"),
)
