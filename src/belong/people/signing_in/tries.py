"""Counting tries and making the next one wait, right under any number of processes.

A try is counted before it is checked, by one UPDATE whose WHERE says that no wait is running; so a hundred guesses
sent at once are a hundred counts, and all but the first few find the door shut. (Django's database cache reads, adds
and writes back in three steps, and loses counts.) A right password takes the counts away again.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, DateTimeField, F, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac

from belong.people.models_signing_in import Tries


@dataclass(frozen=True)
class Rule:
    """`free` tries in `window` seconds cost nothing; then each costs the next of `waits`, the last again and again."""

    kind: str
    free: int
    waits: tuple[int, ...]
    window: int = 12 * 3600


# Four wrong ones are free; the fifth costs a minute, then 2, 4, 8 and 15: about 50 guesses in half a day.
LADDER = (60, 120, 240, 480, 900)
ACCOUNT = Rule("account", 4, LADDER)  # one sign-in, from devices it does not know
DEVICE = Rule("device", 4, LADDER)  # one sign-in, from a device it was used on before
FACTOR = Rule("factor", 4, LADDER)  # codes of one sign-in, after the right password
AGAIN = Rule("again", 4, LADDER)  # the password asked again, of one sign-in
MAIL = Rule("mail", 3, (3600,), 3600)  # letters to one address of somebody who forgot the password
LETTER = Rule("letter", 0, (24 * 3600,), 24 * 3600)  # one kind of letter to one person, once a day
# One address may be a whole school: only wrong tries count, a few hundred in ten minutes.
ADDRESS = Rule("address", 300, (60,), 600)
LETTERS = Rule("letters", 60, (600,), 600)  # forgotten passwords asked for from one address


def take(rule: Rule, *who: Any) -> int:
    """Count a try. 0 where it may go on, else the whole seconds to wait, and then nothing was counted."""
    now = timezone.now()
    key = _key(rule, who)
    if _count(rule, key, now):
        return 0
    try:
        with transaction.atomic():
            first = now + timedelta(seconds=rule.waits[0]) if rule.free == 0 else None
            Tries.objects.create(key=key, count=1, began_at=now, wait_until=first)
        return 0
    except IntegrityError:
        pass  # somebody else's first try came between, or a wait is running
    if _count(rule, key, now):
        return 0
    return waiting(rule, *who) or 1


def waiting(rule: Rule, *who: Any) -> int:
    """Seconds until the next try is taken; 0 where none is waited for."""
    until = Tries.objects.filter(key=_key(rule, who)).values_list("wait_until", flat=True).first()
    left = (until - timezone.now()).total_seconds() if until else 0
    return max(0, int(left) + 1) if left > 0 else 0


def forget(rule: Rule, *who: Any) -> None:
    """It was the right person: all their tries are forgiven."""
    Tries.objects.filter(key=_key(rule, who)).delete()


def give_back(rule: Rule, *who: Any) -> None:
    """This try was right, which says nothing about the others from there."""
    one_less = Case(When(count__gt=0, then=F("count") - 1), default=Value(0), output_field=IntegerField())
    Tries.objects.filter(key=_key(rule, who)).update(count=one_less, wait_until=None)


def add(kind: str, window: int, *who: Any) -> None:
    """Only count, nobody waits: one more of `kind` in this `window` of seconds."""
    take(Rule(kind, 1_000_000_000, (1,), window), *who)


def counted(kind: str, window: int, *who: Any) -> int:
    """How many `add` has counted in the window that is running."""
    since = timezone.now() - timedelta(seconds=window)
    found = Tries.objects.filter(key=_key(Rule(kind, 0, ()), who), began_at__gte=since)
    return int(found.values_list("count", flat=True).first() or 0)


def forget_old() -> int:
    """Delete what began more than a day ago; the number of rows."""
    old = Tries.objects.filter(began_at__lt=timezone.now() - timedelta(days=1))
    return int(old.delete()[0])


def _count(rule: Rule, key: str, now: Any) -> bool:
    """The one UPDATE: count, begin a new window where the old one is over, and set the wait this try costs."""
    is_over = Q(began_at__lt=now - timedelta(seconds=rule.window))
    costs = [
        When(~is_over & Q(count__gte=rule.free + step), then=Value(now + timedelta(seconds=wait)))
        for step, wait in reversed(list(enumerate(rule.waits)))
    ]
    open_now = Q(wait_until__isnull=True) | Q(wait_until__lte=now)
    return bool(
        Tries.objects.filter(open_now, key=key).update(
            count=Case(When(is_over, then=Value(1)), default=F("count") + 1, output_field=IntegerField()),
            wait_until=Case(*costs, default=Value(None), output_field=DateTimeField()),
            began_at=Case(When(is_over, then=Value(now)), default=F("began_at")),
        )
    )


def _key(rule: Rule, who: tuple[Any, ...]) -> str:
    words = "\x1f".join([rule.kind, *map(str, who)])
    return salted_hmac("belong.people.tries", words, algorithm="sha256").hexdigest()
