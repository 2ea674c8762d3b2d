"""Which adults stand beside the pupils: those pupils named, or everyone in post. A school has one of the two, for good.

Adults named and adults in post are one inside the other: whoever read the mix of both could take one from the other,
and knew the mix of the adults nobody named. So the first mix of adults that is released decides, and every later one
is of the same set.

Who is in post is known to everybody; who was named is not. The mix of those named is therefore held to more:

- in every class shown, as many adults as the threshold were named, and as many were not. "All were named" or "none
  was" would say so of each of them; where nobody is left over, a later refusal would point at whoever is new.
- a later date shows them anew only when in every class as many adults as the threshold, here both times, came into it
  or fell out of it: else what moved would point at the one adult who left or came. Until then the last mix stands.

The mix of everyone in post is shown anew when nobody or as many adults as the threshold came and left, as it would
tell the background of the one who did.
"""

from dataclasses import dataclass
from datetime import date

from belong.notice.both_sides.mix import NAMED as SAID
from belong.notice.both_sides.mix import STAFF, mixes
from belong.people.models import Person
from belong.people.queries import staff_in_post
from belong.release import Release
from belong.see.models import NoticingRelease
from belong.see.noticing.queries import newest_adults

IN_POST, NAMED = "in post", "named"
SET = "adult_set"
STANDS = (
    "Too few adults have come, gone or been newly named since {day} to show their mix anew: the difference would "
    "point at single people. It stands as it was then."
)
TOO_FEW = "Of the adults whom pupils named, or of the others, there are too few to tell."


@dataclass(frozen=True)
class Adults:
    """The adults of one set on a day; `others` are in post and not among them (nobody for the set of all in post)."""

    which: str
    people: tuple[Person, ...]
    others: tuple[Person, ...] = ()


def adults_on(which: str, on: date) -> Adults:
    """The adults of a set at the end of a day."""
    here = list(staff_in_post(on).order_by("pk"))
    if which == IN_POST:
        return Adults(IN_POST, tuple(here))
    found = mixes(on)
    named, met = ({row.person_id for row in found.side(side)} for side in (SAID, STAFF))
    people = tuple(person for person in here if person.pk in named)
    return Adults(NAMED, people, tuple(person for person in here if person.pk in met - named))


def set_of(release: Release) -> str:
    """The set a released mix of adults is of; before there were two, it was of everyone in post."""
    return next((note.text for note in release.notes if note.code == SET), IN_POST)


def earlier_mix() -> tuple[NoticingRelease, str] | None:
    """The newest released mix of adults with its set, which is the school's for good; None before the first."""
    found = newest_adults()
    return (found[0], set_of(found[1])) if found else None


def came_and_went(before: Adults, now: Adults) -> set[int]:
    """Ids of those in one of the two and not in the other; of a named set, only of adults in post both times."""
    was, are = ({person.pk for person in adults.people} for adults in (before, now))
    if now.which == IN_POST:
        return was ^ are
    return (was ^ are) & _here(before) & _here(now)


def _here(adults: Adults) -> set[int]:
    return {person.pk for person in (*adults.people, *adults.others)}
