"""Who sees an entry of a pupil's timeline beside the pupil and their teachers: the pupil says so, entry by entry.

What a pupil chose always holds. Where they chose nothing, an entry stays on their own page; for those under thirteen
the school may say that families see it (`School.settings["recognition"]["families_see_young"]`, as it comes: yes).
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q

from belong.ask.questionnaire import ages_in
from belong.base.clock import today
from belong.notice.models import Shown
from belong.people.models import Person, School
from belong.people.queries import YEAR_ORDER

OLD_ENOUGH = 13
SETTING = "recognition"
Entry = tuple[str, int]


@dataclass(frozen=True)
class Choice:
    """Where one entry is shown beside the pupil's own page; `is_chosen` is False where nobody chose yet."""

    on_wall: bool = False
    to_family: bool = False
    is_chosen: bool = False
    noted_by: Person | None = None


@dataclass(frozen=True)
class Choices:
    """The choices of one pupil, and what holds where there is none."""

    made: dict[Entry, Choice] = field(default_factory=dict)
    otherwise: Choice = Choice()

    def of(self, entry: str, number: int) -> Choice:
        return self.made.get((entry, number), self.otherwise)


def choices_of(pupil: Person) -> Choices:
    """What the pupil chose, entry by entry; one query."""
    rows = Shown.objects.filter(pupil=pupil).select_related("noted_by")
    made = {(row.entry, row.number): Choice(row.on_wall, row.to_family, True, row.noted_by) for row in rows}
    return Choices(made, Choice(to_family=is_young(pupil) and families_see_young(pupil.school)))


def families_see_young(school: School) -> bool:
    """Whether families see what was approved about under-thirteens who chose nothing."""
    return bool(school.settings.get(SETTING, {}).get("families_see_young", True))


def is_young(pupil: Person) -> bool:
    """Under thirteen today; by year group where the birthday is not known."""
    if pupil.born is not None:
        return pupil.born > _born_before()
    return ages_in(pupil.year)[1] < OLD_ENOUGH


def young() -> Q:
    """The same as a filter on rows with a `pupil`."""
    years = [year for year in YEAR_ORDER if ages_in(year)[1] < OLD_ENOUGH]
    return Q(pupil__born__gt=_born_before()) | Q(pupil__born__isnull=True, pupil__year__in=years)


def to_family(school: School, entry: str) -> Q:
    """A filter on rows of one kind of entry: those the pupil's family may see."""
    chosen = Shown.objects.filter(entry=entry, number=OuterRef("pk"), pupil=OuterRef("pupil"))
    by_choice = Q(Exists(chosen.filter(to_family=True)))
    if not families_see_young(school):
        return by_choice
    return by_choice | (young() & ~Q(Exists(chosen)))


def _born_before() -> date:
    """Whoever was born on this day is thirteen today."""
    day = today()
    try:
        return day.replace(year=day.year - OLD_ENOUGH)
    except ValueError:  # 29 February
        return date(day.year - OLD_ENOUGH, 2, 28)
