"""Can pupils see themselves in the adults they can turn to? Rows for the release of that question, and nothing else.

Three sides, each by sex and by ethnicity where the roster holds them: pupils on roll, adults in post, and the adults
pupils named. Nothing here may reach a screen but through a release: the rows are about people.
"""

from dataclasses import dataclass
from datetime import date

from belong.ask.adults import NOT_IN_SCHOOL
from belong.ask.queries import adults_named_for_release
from belong.base.clock import today
from belong.notice.both_sides.thresholds import SAID_WITHIN
from belong.people.models import Person
from belong.people.queries import characteristics, posts, pupils_on_roll, staff_in_post

PUPILS, STAFF, NAMED = "pupils", "staff", "named"
SIDES = {
    PUPILS: "Pupils",
    STAFF: "Adults at school",
    NAMED: "Adults pupils said they could turn to",
}
NOT_HELD = {
    "sex": "The roster does not hold the sex of adults, so that side cannot be shown.",
    "ethnicity": "The roster does not hold the ethnicity of adults, so that side cannot be shown.",
}


@dataclass(frozen=True)
class MixRow:
    """One person on one side; "" where it is not held. On the side of those named, one row for each adult once."""

    side: str
    person_id: int
    sex: str
    ethnicity: str


@dataclass(frozen=True)
class Named:
    """One pupil named one adult: sex and ethnicity of both, for "by whom are adults like them named"."""

    pupil_id: int
    adult_id: int
    pupil_sex: str
    pupil_ethnicity: str
    adult_sex: str
    adult_ethnicity: str


@dataclass(frozen=True)
class Mixes:
    """The rows of all sides on one day, which facts are held about adults, and the words for those that are not."""

    on: date
    rows: tuple[MixRow, ...]
    named: tuple[Named, ...]
    held: frozenset[str]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the page says about facts that are not held."""
        return tuple(words for fact, words in NOT_HELD.items() if fact not in self.held)

    def side(self, key: str) -> tuple[MixRow, ...]:
        return tuple(row for row in self.rows if row.side == key)


def mixes(on: date | None = None) -> Mixes:
    """The mix on a date (default today), from the newest answers of the last year; six queries or so."""
    day = on or today()
    pupils, staff = list(pupils_on_roll(day)), list(_adults(day))
    ethnicity = characteristics(("ethnicity",), day)["ethnicity"]
    sex = {person.pk: person.sex for person in [*pupils, *staff]}
    here = {person.pk for person in staff}
    pairs = [
        Named(pk, adult, sex.get(pk, ""), ethnicity.get(pk, ""), sex[adult], ethnicity.get(adult, ""))
        for pk, adults in sorted(adults_named_for_release(day, day - SAID_WITHIN))
        for adult in adults
        if adult in here
    ]
    chosen = {pair.adult_id for pair in pairs}
    rows = [
        MixRow(side, pk, sex[pk], ethnicity.get(pk, ""))
        for side, ids in (
            (PUPILS, [pupil.pk for pupil in pupils]),
            (STAFF, sorted(here)),
            (NAMED, sorted(chosen)),
        )
        for pk in ids
    ]
    held = {"sex": any(sex[pk] for pk in here), "ethnicity": any(ethnicity.get(pk) for pk in here)}
    return Mixes(day, tuple(rows), tuple(pairs), frozenset(fact for fact, is_held in held.items() if is_held))


def _adults(day: date) -> list[Person]:
    """Adults a pupil can meet: not those who only govern or only look at figures."""
    posts_held = posts(day)
    return [p for p in staff_in_post(day) if not posts_held.get(p.pk) or posts_held[p.pk] - NOT_IN_SCHOOL]
