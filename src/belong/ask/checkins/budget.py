"""What pupils are asked in a term, check-ins and waves together: at most so many questions and minutes for each.

The most is the school's own setting (`survey_budget`, 60 questions where it set none) and twenty minutes. A face in a
check-in is reckoned at 8 seconds and the line at 25; questions of a wave as everywhere (`questionnaire.SECONDS`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from belong.ask.checkins.calendar import asking_days, week_of
from belong.ask.checkins.form import questions_asked
from belong.ask.models import CheckIn, Wave
from belong.ask.queries.waves import pupils_of_check_in
from belong.ask.questionnaire import SECONDS, for_year, instrument_of
from belong.ask.terms import term_end, term_start
from belong.base.clock import today
from belong.guard.models import Holiday
from belong.people.models import School

BUDGET, MINUTES = 60, 20
FACE_SECONDS, LINE_SECONDS = 8, 25


def most_questions(school: School) -> int:
    """Most questions a pupil is asked in a term: the school's setting, else 60."""
    return int(school.settings.get("survey_budget", BUDGET))


def days_of(check_in: CheckIn, shut: Iterable[tuple[date, date]] | None = None) -> list[date]:
    """The days on which a check-in asks; after it was stopped there is none."""
    holidays = Holiday.objects.values_list("first", "last") if shut is None else shut
    days = asking_days(check_in.starts_on, check_in.ends_on, check_in.every, holidays)
    return [day for day in days if check_in.stopped_on is None or day < check_in.stopped_on]


def seconds_of(check_in: CheckIn) -> int:
    """About how long one round takes."""
    return FACE_SECONDS * len(check_in.topics) + LINE_SECONDS * bool(check_in.with_line)


@dataclass(frozen=True)
class Sum:
    """What one pupil would be asked in a term: questions of waves, of other check-ins and of this one; seconds."""

    year: str
    waves: int
    others: int
    this: int
    seconds: int

    @property
    def questions(self) -> int:
        return self.waves + self.others + self.this


def check_ins_between(school: School, first: date, last: date) -> list[CheckIn]:
    """Check-ins of a school that ask on some day of a stretch."""
    rows = CheckIn.objects.filter(school=school, starts_on__lte=last, ends_on__gte=first)
    return list(rows.select_related("group"))


def asked_in_check_ins(school: School, first: date, last: date) -> Counter[int]:
    """Pupil id → how many questions check-ins ask them between two days."""
    shut = list(Holiday.objects.values_list("first", "last"))
    asked: Counter[int] = Counter()
    for check_in in check_ins_between(school, first, last):
        rounds = sum(first <= day <= last for day in days_of(check_in, shut))
        for pupil in pupils_of_check_in(check_in).values_list("pk", flat=True):
            asked[pupil] += rounds * questions_asked(check_in)
    return asked


def most_in_check_ins(school: School, on: date) -> Counter[str]:
    """Year group → the most questions that check-ins ask one of its pupils in the term of a day."""
    asked = asked_in_check_ins(school, term_start(school, on), term_end(school, on))
    most: Counter[str] = Counter()
    if asked:
        from belong.people.queries import pupils_on_roll

        for pupil, year in pupils_on_roll().filter(pk__in=asked).values_list("pk", "year"):
            most[year] = max(most[year], asked[pupil])
    return most


def largest_sum(check_in: CheckIn) -> Sum | None:
    """The pupil who would be asked most in the term it begins in, this check-in included; None if it asks nobody."""
    first, last = (
        term_start(check_in.school, check_in.starts_on),
        term_end(check_in.school, check_in.starts_on),
    )
    shut = list(Holiday.objects.values_list("first", "last"))
    pupils = dict(pupils_of_check_in(check_in).values_list("pk", "year"))
    if not pupils:
        return None
    waves, wave_seconds = _waves(check_in.school, first, last, set(pupils.values()))
    others: Counter[int] = Counter()
    spent: Counter[int] = Counter()
    for other in check_ins_between(check_in.school, first, last):
        if other.pk == check_in.pk:
            continue
        rounds = sum(first <= day <= last for day in days_of(other, shut))
        for pupil in set(pupils_of_check_in(other).values_list("pk", flat=True)) & set(pupils):
            others[pupil] += rounds * questions_asked(other)
            spent[pupil] += rounds * seconds_of(other)
    rounds = len(days_of(check_in, shut))
    this = rounds * questions_asked(check_in)
    found = [
        Sum(
            year,
            waves[year],
            others[pk],
            this,
            wave_seconds[year] + spent[pk] + rounds * seconds_of(check_in),
        )
        for pk, year in pupils.items()
    ]
    return max(found, key=lambda one: (one.questions, one.seconds))


def _waves(school: School, first: date, last: date, years: set[str]) -> tuple[Counter[str], Counter[str]]:
    """Year group → questions of the waves that opened in a stretch, and the seconds they take."""
    asked: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    opened = Wave.objects.filter(
        school=school, audience=Wave.PUPILS, opened_on__gte=first, opened_on__lte=last
    )
    for wave in opened:
        for year in years:
            if not wave.years or year in wave.years:
                items = for_year(instrument_of(wave).items, year)
                asked[year] += len(items)
                seconds[year] += sum(SECONDS[item.kind] for item in items)
    return asked, seconds


def too_much(check_in: CheckIn) -> str:
    """Why this check-in would ask too much, with the sum; "" where it fits."""
    found = largest_sum(check_in)
    if found is None:
        return ""
    limit = most_questions(check_in.school)
    parts = f"{found.waves} questions in waves, {found.others} in other check-ins and {found.this} here"
    if found.questions > limit:
        return (
            f"A pupil would be asked {found.questions} questions this term ({parts}), and {limit} is the most. "
            "Ask less often, end earlier or leave a question out."
        )
    minutes = -(-found.seconds // 60)
    if minutes > MINUTES:
        return (
            f"A pupil would spend about {minutes} minutes answering this term ({parts}), and {MINUTES} is "
            "the most. Ask less often, end earlier or leave the line out."
        )
    return ""


def twice_a_week(check_in: CheckIn) -> str:
    """Why some pupils would be asked twice in one week; "" where nobody is."""
    weeks = {week_of(day) for day in days_of(check_in)}
    pupils = set(pupils_of_check_in(check_in).values_list("pk", flat=True))
    for other in check_ins_between(check_in.school, check_in.starts_on, check_in.ends_on):
        if other.pk == check_in.pk or weeks.isdisjoint({week_of(day) for day in days_of(other)}):
            continue
        both = pupils & set(pupils_of_check_in(other).values_list("pk", flat=True))
        if both:
            who = "One pupil is" if len(both) == 1 else f"{len(both)} of these pupils are"
            return (
                f"{who} asked by “{other.title}” in the same weeks, and once a week is the most. "
                "Stop that one first, or choose other weeks."
            )
    return ""


def budget_left(school: School) -> str:
    """The rule in a sentence, for the page on which a check-in is set up."""
    last = term_end(school, today())
    return f"{most_questions(school)} questions or {MINUTES} minutes for each pupil until {last:%-d %B}"
