"""What one pupil is asked in a term, in questions and in minutes: waves, check-ins and places in one budget.

The most is the school's own number of questions (`survey_budget`, 60 where it set none) and twenty minutes. Whom
somebody likes to be with and could turn to are questions of waves. Walls and asking for an adult do not count: nobody
is asked. A senior leader may go over it, with a reason (`ask.go_over_budget`).

Questions of waves take as long as everywhere (`questionnaire.SECONDS`), a face in a check-in 8 seconds and its line 25.
Of places a pupil may name up to four, 20 seconds each; the few words beside them are one more question.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from belong.ask.checkins.days import check_ins_between, days_of, holidays_of_school
from belong.ask.checkins.form import questions_asked
from belong.ask.models import CheckIn, PlaceAsking, Wave
from belong.ask.places.said import MOST as MOST_PLACES
from belong.ask.queries.waves import audience_of, pupils_of_check_in
from belong.ask.questionnaire import SECONDS, for_year, instrument_of
from belong.ask.terms import term_end, term_start
from belong.base.clock import today
from belong.base.errors import Refused
from belong.people.models import School
from belong.people.queries import pupils_on_roll, year_label, years

QUESTIONS, MINUTES = 60, 20
FACE_SECONDS, LINE_SECONDS, PLACE_SECONDS, WORDS_SECONDS = 8, 25, 20, 40
WHO_MAY = "A senior leader can go over the budget, with a reason."
Asking = Wave | CheckIn | PlaceAsking


class OverBudget(Refused):
    """A pupil would be asked too much in the term, and nobody who may has given a reason."""


@dataclass(frozen=True)
class Asked:
    """So many questions, and the seconds they take."""

    questions: int = 0
    seconds: int = 0

    def __add__(self, other: "Asked") -> "Asked":
        return Asked(self.questions + other.questions, self.seconds + other.seconds)

    def __mul__(self, times: int) -> "Asked":
        return Asked(self.questions * times, self.seconds * times)

    @property
    def minutes(self) -> int:
        """Whole minutes, begun ones counted."""
        return -(-self.seconds // 60)


NOTHING = Asked()


@dataclass(frozen=True)
class Sum:
    """What the pupil who is asked most would be asked in a term: what is set up already, and `this`."""

    year: str
    waves: Asked
    check_ins: Asked
    places: Asked
    this: Asked
    most: int

    @property
    def all(self) -> Asked:
        return self.waves + self.check_ins + self.places + self.this

    @property
    def parts(self) -> str:
        """Where the questions are."""
        return (
            f"{self.waves.questions} in waves, {self.check_ins.questions} in check-ins, "
            f"{self.places.questions} about places and {self.this.questions} here"
        )

    @property
    def sentence(self) -> str:
        """The sum in a sentence, whether it fits or not."""
        return (
            f"With this, a pupil of {year_label(self.year)} would have been asked {self.all.questions} of at most "
            f"{self.most} questions this term, in about {self.all.minutes} of {MINUTES} minutes: {self.parts}."
        )

    @property
    def too_much(self) -> str:
        """Why this would ask too much, with the sum; "" where it fits."""
        if self.all.questions > self.most:
            over = (
                f"asked {self.all.questions} questions this term ({self.parts}), and {self.most} is the most"
            )
        elif self.all.minutes > MINUTES:
            over = f"answering for about {self.all.minutes} minutes this term ({self.parts}), and {MINUTES} is the most"
        else:
            return ""
        who = f"A pupil of {year_label(self.year)}"
        return f"{who} would be {over}. Ask less, ask fewer year groups, or wait for the next term."


@dataclass(frozen=True)
class Term:
    """What is asked in one term: of year groups in waves and about places, of single pupils in check-ins."""

    waves: Mapping[str, Asked]
    places: Mapping[str, Asked]
    check_ins: Mapping[int, Asked]
    most: int

    def fullest(self, pupils: Mapping[int, str], this: Callable[[str], Asked]) -> Sum | None:
        """Of some pupils (id → year group) the one who would be asked most; None where there is nobody."""
        sums = (
            Sum(
                year,
                self.waves.get(year, NOTHING),
                self.check_ins.get(pk, NOTHING),
                self.places.get(year, NOTHING),
                this(year),
                self.most,
            )
            for pk, year in pupils.items()
        )
        return max(sums, key=_how_full, default=None)


def _how_full(one: Sum) -> tuple[float, int]:
    """By whichever of the two limits is nearer."""
    return max(one.all.questions / max(one.most, 1), one.all.seconds / 60 / MINUTES), one.all.questions


def most_questions(school: School) -> int:
    """Most questions a pupil is asked in a term: the school's setting, else 60."""
    return int(school.settings.get("survey_budget", QUESTIONS))


def rule(school: School) -> str:
    """The rule in a sentence, where something is set up and nobody has been chosen yet."""
    last = term_end(school, today())
    return (
        f"{most_questions(school)} questions and {MINUTES} minutes are the most for each pupil until {last:%-d %B}, "
        "in waves, check-ins and about places together."
    )


def sum_with(asking: Asking) -> Sum | None:
    """The fullest term with a draft, the check-in or asking in hand; None for staff, families, or where nobody is."""
    if isinstance(asking, Wave) and not asking.is_for_pupils:
        return None
    term = term_of(asking.school, _first_day(asking), without=asking)
    shut = holidays_of_school()
    return term.fullest(_pupils(asking), lambda year: asked_in(asking, year, shut))


def refuse_over(asking: Asking, *, reason: str) -> bool:
    """Whether it goes over the budget for a `reason`. Raises OverBudget where there is none."""
    found = sum_with(asking)
    if found is None or not found.too_much:
        return False
    if not reason:
        raise OverBudget(f"{found.too_much} {WHO_MAY}")
    return True


def used(school: School) -> list[tuple[str, Asked]]:
    """Year group by year group what its fullest pupil is asked this term already, for who sets something up."""
    term = term_of(school, today())
    by_year: dict[str, dict[int, str]] = defaultdict(dict)
    for pk, year in pupils_on_roll().values_list("pk", "year"):
        by_year[year][pk] = year
    sums = [term.fullest(by_year[year], lambda year: NOTHING) for year in years()]
    return [(year_label(one.year), one.all) for one in sums if one]


def term_of(school: School, day: date, without: Asking | None = None) -> Term:
    """What is asked in the term of a day, `without` one of them; half a dozen queries."""
    first, last = term_start(school, day), term_end(school, day)
    groups = set(years())
    waves = Wave.objects.filter(school=school, audience=Wave.PUPILS)
    places = PlaceAsking.objects.filter(school=school)
    return Term(
        _by_year(_begun_in(waves, first, last, without), groups),
        _by_year(_begun_in(places, first, last, without), groups),
        _by_pupil(school, first, last, without),
        most_questions(school),
    )


def _begun_in(
    rows: QuerySet[Wave] | QuerySet[PlaceAsking], first: date, last: date, without: Asking | None
) -> list[Wave | PlaceAsking]:
    """Those opened that take their first answers in a stretch."""
    opened = rows.exclude(opened_on=None).filter(opened_on__lte=last, closes_on__gte=first)
    begun = [one for one in opened if first <= max(one.opens_on, one.opened_on or one.opens_on) <= last]
    return [one for one in begun if one != without]


def _by_year(askings: Iterable[Wave | PlaceAsking], groups: Iterable[str]) -> dict[str, Asked]:
    found: dict[str, Asked] = defaultdict(Asked)
    for one in askings:
        for year in groups:
            if not one.years or year in one.years:
                found[year] += asked_in(one, year)
    return dict(found)


def _by_pupil(school: School, first: date, last: date, without: Asking | None) -> dict[int, Asked]:
    found: dict[int, Asked] = defaultdict(Asked)
    shut = holidays_of_school()
    for check_in in check_ins_between(school, first, last):
        if check_in == without:
            continue
        rounds = sum(first <= day <= last for day in days_of(check_in, shut))
        for pupil in pupils_of_check_in(check_in).values_list("pk", flat=True):
            found[pupil] += asked_once(check_in) * rounds
    return dict(found)


def asked_in(asking: Asking, year: str, shut: Iterable[tuple[date, date]] | None = None) -> Asked:
    """What one asking asks a pupil of a year group; a check-in over all of its rounds."""
    if isinstance(asking, CheckIn):
        return asked_once(asking) * len(days_of(asking, shut))
    if isinstance(asking, PlaceAsking):
        words = Asked(1, WORDS_SECONDS) if asking.with_words else NOTHING
        return Asked(1, PLACE_SECONDS) * MOST_PLACES + words
    items = for_year(instrument_of(asking).items, year)
    return Asked(len(items), sum(SECONDS[item.kind] for item in items))


def asked_once(check_in: CheckIn) -> Asked:
    """What one round of a check-in asks."""
    seconds = FACE_SECONDS * len(check_in.topics) + LINE_SECONDS * bool(check_in.with_line)
    return Asked(questions_asked(check_in), seconds)


def _first_day(asking: Asking) -> date:
    """The day whose term it counts in: its first, or today where that is past."""
    return asking.starts_on if isinstance(asking, CheckIn) else max(asking.opens_on, today())


def _pupils(asking: Asking) -> dict[int, str]:
    if isinstance(asking, CheckIn):
        rows = pupils_of_check_in(asking)
    elif isinstance(asking, Wave):
        rows = audience_of(asking)
    else:
        rows = pupils_on_roll()
        rows = rows.filter(year__in=asking.years) if asking.years else rows
    return dict(rows.values_list("pk", "year"))
