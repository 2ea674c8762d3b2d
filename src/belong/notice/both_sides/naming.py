"""Adults whom very many pupils named: told to each alone, once a wave, as a number without names."""

from collections import Counter

from belong.ask.models import Wave
from belong.ask.queries import named_in
from belong.base.clock import today
from belong.notice.both_sides.access import visible_namings
from belong.notice.both_sides.thresholds import VERY_MANY
from belong.notice.models import NamedByMany
from belong.people.models import User
from belong.people.queries import staff_in_post


def tell_the_named(wave: Wave) -> int:
    """Write down for each adult in post whom very many named in a closed wave how many; how many adults. Once."""
    counted = Counter(adult for adults in named_in(wave) for adult in set(adults))
    many = {adult: count for adult, count in counted.items() if count >= VERY_MANY}
    here = staff_in_post().filter(pk__in=many).values_list("pk", flat=True)
    rows = [
        NamedByMany(school_id=wave.school_id, adult_id=pk, wave=wave, pupils=many[pk], told_on=today())
        for pk in here
    ]
    NamedByMany.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def own_naming(user: User) -> NamedByMany | None:
    """The newest number for this adult, or None where nothing was said."""
    return visible_namings(user).first()
