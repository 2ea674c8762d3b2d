"""Change against a child's own usual: off until signed off, a prompt to a person, closed by "Looked at".

Reads who noted an observation about whom, on which day and about what; never its words, never an answer, never what a
child is like. A prompt goes to the pastoral lead's Today. There is no list of children by it, and no number is kept for
a child without one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from belong.base.access import require
from belong.base.actions import action
from belong.base.audit import audit
from belong.base.clock import now, today
from belong.guard.signing_off import SignOff, register
from belong.notice.models import Kind, Moment, UsualPrompt, UsualSignOff
from belong.notice.noting.access import visible_prompts
from belong.notice.noting.rule import FORTNIGHT, RULE, WEEKS_BEFORE, Counts, prompts
from belong.people.models import School, User
from belong.people.queries import pupils_on_roll

QUIET_AFTER = timedelta(days=28)
"""After a prompt about a child the next one waits for so long."""
MONDAY = 0
Seen = tuple[int, date, str]


SIGNED = register(SignOff("Change against a child’s own usual in what is noted", "notice.UsualSignOff", RULE))


def signed_off() -> UsualSignOff | None:
    """Who switched it on for the rule as it is now; None while it is off. One query."""
    return SIGNED.current()


@action
def sign_off(actor: User, *, understood: bool) -> UsualSignOff:
    """Switch it on. Raises Refused unless the reader says that they have read what it does."""
    require(actor, "notice.sign_own_usual")
    row, is_new = SIGNED.sign(actor, understood=understood)
    if is_new:
        audit(actor, "notice.sign_own_usual", row)
    return row


@action
def end_sign_off(actor: User) -> None:
    """Switch it off; prompts nobody has looked at yet go."""
    require(actor, "notice.sign_own_usual")
    SIGNED.end(actor)
    UsualPrompt.objects.filter(looked_at=None).delete()
    audit(actor, "notice.end_own_usual", actor.school)


@action
def looked_at(actor: User, *, prompt: UsualPrompt) -> UsualPrompt:
    """A person looked: the prompt is closed. Again, it stays closed by the first."""
    require(actor, "notice.view_prompt", prompt)
    if prompt.looked_at is None:
        prompt.looked_at, prompt.looked_by_id = now(), actor.person_id
        prompt.save(update_fields=["looked_at", "looked_by"])
        audit(actor, "notice.look_at_prompt", prompt, pupil=prompt.pupil_id)
    return prompt


def open_prompts(user: User) -> list[UsualPrompt]:
    """Prompts nobody has looked at, about pupils whose pastoral lead the user is. One query."""
    return list(visible_prompts(user).filter(looked_at=None).select_related("pupil").order_by("since", "id"))


def look(school: School) -> int:
    """On a Monday: compare every child's last fortnight with their own earlier weeks; how many new prompts.

    Once a week and not daily, because every look is a chance to be wrong.
    """
    day = today()
    if day.weekday() != MONDAY or signed_off() is None:
        return 0
    since = day - timedelta(days=FORTNIGHT)
    start = since - timedelta(weeks=WEEKS_BEFORE)
    recently = UsualPrompt.objects.filter(made_on__gt=day - QUIET_AFTER) | UsualPrompt.objects.filter(
        looked_at=None
    )
    skip = set(recently.values_list("pupil_id", flat=True))
    joined = dict(pupils_on_roll().values_list("pk", "joined_on"))
    used = sorted(
        set(
            Moment.objects.filter(on__gte=start, on__lt=day)
            .order_by()
            .values_list("on", flat=True)
            .distinct()
        )
    )
    made = []
    for pupil, rows in _observed(start, day).items():
        if pupil in skip or pupil not in joined:
            continue
        first = max(start, joined[pupil] or start)
        found = count(rows, used, first, since)
        if prompts(found):
            made.append(_prompt(school, pupil, rows, found, since, day))
    UsualPrompt.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def count(rows: Iterable[Seen], used: Iterable[date], first: date, since: date) -> Counts:
    """Days with an observation before and since; `used` are the days on which anybody noted anything."""
    days = {on for _, on, _ in rows if on >= first}
    recent = {on for on in days if on >= since}
    used = [on for on in used if on >= first]
    return Counts(
        recent=len(recent),
        adults=len({adult for adult, on, _ in rows if on >= since}),
        before=len(days) - len(recent),
        days_recent=sum(on >= since for on in used),
        days_before=sum(on < since for on in used),
    )


def _observed(start: date, day: date) -> dict[int, list[Seen]]:
    rows = Moment.objects.filter(kind=Kind.OBSERVATION, on__gte=start, on__lt=day).order_by()
    found: dict[int, list[Seen]] = defaultdict(list)
    for pupil, adult, on, aspect in rows.values_list("pupil_id", "adult_id", "on", "aspect"):
        found[pupil].append((adult, on, aspect))
    return found


def _prompt(
    school: School, pupil: int, rows: list[Seen], found: Counts, since: date, day: date
) -> UsualPrompt:
    aspects = Counter(
        aspect for aspect, _ in {(aspect, on) for _, on, aspect in rows if on >= since} if aspect
    )
    return UsualPrompt(
        school=school,
        pupil_id=pupil,
        since=since,
        made_on=day,
        recent=found.recent,
        adults=found.adults,
        before=found.before,
        weeks_before=max(1, round(found.days_before / 5)),
        aspects=dict(aspects),
    )
