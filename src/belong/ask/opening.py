"""May this wave open? Everything that stands in the way, in words for the person who plans it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from belong.ask.budget import sum_with
from belong.ask.friends.actions import families_untold
from belong.ask.models import Wave
from belong.ask.models.wave import NAMED, UNLINKED
from belong.ask.queries.waves import audience_of, open_waves, overlap
from belong.ask.questionnaire import for_year, instrument_of, kinds_allowed
from belong.ask.signals import wave_opening
from belong.base.access import allowed
from belong.base.clock import today
from belong.people import roles
from belong.people.models import Person, User
from belong.people.queries import posts, year_label

SMALLEST = 10
MOST_ATTRIBUTES = 3
STAGES = {
    "R": "R",
    **dict.fromkeys("12", "1–2"),
    **dict.fromkeys("3456", "3–6"),
    **dict.fromkeys("789", "7–9"),
}
STAGES |= dict.fromkeys(("10", "11"), "10–11") | dict.fromkeys(("12", "13", "14"), "12–14")
ATTRIBUTES = {"year": "year group", "stage": "key stage", "sex": "girls and boys"}


@dataclass
class Opening:
    """`refusals` can't be overridden; `needs_reason` a senior leader may answer with a reason; `warnings` are told.

    `unanswered`: one of those reasons is another room's (the last wave has no published response yet).
    """

    refusals: list[str] = field(default_factory=list)
    needs_reason: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unanswered: bool = False


def check_opening(wave: Wave, user: User | None = None) -> Opening:
    """Everything that speaks against opening a draft now."""
    people = list(audience_of(wave))
    answers = wave_opening.send(sender=Wave, wave=wave, user=user)
    others = [reason for _, reason in answers if reason]
    found = Opening(needs_reason=others + _over_budget(wave), unanswered=bool(others))
    found.refusals += (
        _nobody(wave, people)
        + _still_open(wave)
        + _traceable(wave, people)
        + _seen_by_others(wave)
        + families_untold(wave)
    )
    found.warnings += _small(wave, people)
    return found


def may_override(user: User) -> bool:
    """Whether this user's reason counts where `needs_reason` asks for one."""
    return all(allowed(user, verb) for verb in ("ask.override_response", "ask.go_over_budget"))


def _nobody(wave: Wave, people: list[Person]) -> list[str]:
    if wave.closes_on < today():
        return ["Its last day is past. Choose a later one."]
    if not people:
        return ["Nobody is on roll to be asked. Bring in the class list first."]
    without = [
        year for year in wave.years if wave.is_for_pupils and not for_year(instrument_of(wave).items, year)
    ]
    return [f"{year_label(year)} would get no question: these are for other ages." for year in without]


def _still_open(wave: Wave) -> list[str]:
    others = [other for other in open_waves().exclude(pk=wave.pk) if overlap(wave, other)]
    return [f"“{other.title}” is still open for the same people. Close it first." for other in others]


def _over_budget(wave: Wave) -> list[str]:
    found = sum_with(wave)
    return [found.too_much] if found is not None and found.too_much else []


def coarse(wave: Wave, person: Person) -> dict[str, str]:
    """The few facts kept beside a person's unlinked answers."""
    facts = {"year": person.year, "stage": STAGES.get(person.year, ""), "sex": person.sex}
    return {name: facts[name] for name in wave.attributes}


def _traceable(wave: Wave, people: list[Person]) -> list[str]:
    if UNLINKED not in wave.visibility.values():
        return []
    if len(wave.attributes) > MOST_ATTRIBUTES:
        return [f"Answers that can't be linked may keep {MOST_ATTRIBUTES} facts at most."]
    groups = Counter(tuple(coarse(wave, person).values()) for person in people)
    if not groups or min(groups.values()) >= SMALLEST:
        return []
    few = sum(1 for size in groups.values() if size < SMALLEST)
    kept = " and ".join(ATTRIBUTES[name] for name in wave.attributes) or "nothing"
    return [
        f"Some questions are for nobody to link, and {kept} is kept with them; that makes {few} "
        f"group{'s' if few > 1 else ''} of fewer than {SMALLEST}, where an answer could be traced. Keep less with them."
    ]


def _seen_by_others(wave: Wave) -> list[str]:
    """Questions whose answers would reach somebody they may not reach, however the wave came to say so."""
    items = instrument_of(wave).items
    wrong = [item for item in items if wave.seen_as(item.id) not in kinds_allowed(item, wave.audience)]
    return [f"The answers to “{item.name()}” can't be {wave.seen_as(item.id)}." for item in wrong]


POSTS = {"teaching": "Teachers", "other": "Other posts"}


def small_groups(wave: Wave, people: list[Person]) -> list[str]:
    """Year groups with fewer than ten people, whose results can't be shown; of staff and families "" for the whole,
    and of staff the kinds of post (`post_of`).
    """
    if 0 < len(people) < SMALLEST and not wave.is_for_pupils:
        return [""]
    if wave.audience == Wave.STAFF:
        held = posts()
        kinds = Counter(post_of(held.get(person.pk, ())) for person in people)
        return sorted(kind for kind, size in kinds.items() if size < SMALLEST)
    if not wave.is_for_pupils:
        return []
    sizes = Counter(person.year for person in people)
    return sorted(year for year, size in sizes.items() if size < SMALLEST)


def post_of(held: Collection[str]) -> str:
    """The one attribute by which staff are cut, from the roles somebody holds: `teaching` or `other`."""
    return "teaching" if roles.TEACHER in held else "other"


def _small(wave: Wave, people: list[Person]) -> list[str]:
    few = small_groups(wave, people)
    warnings = []
    if few:
        if wave.is_for_pupils:
            names = ", ".join(year_label(year) for year in few)
        else:
            names = ", ".join(POSTS.get(kind, str(wave.get_audience_display())) for kind in few)
        warnings.append(
            f"{names}: fewer than {SMALLEST} people, so their results can't be shown on their own. "
            "They are told so before they answer."
        )
    if NAMED in wave.visibility.values() and not wave.readers:
        warnings.append("Some questions are for named people, but nobody is chosen to read them.")
    return warnings
