"""What a pupil may be told about who reads their request and when; nothing is promised that the rota does not hold."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_noop

from belong.base.clock import now
from belong.guard.concerns.rota import Posts, hours_of, limits_of, posts_of, rota_of
from belong.guard.concerns.routes import line
from belong.guard.concerns.timer import acknowledge_by
from belong.people.models import Person, School

SOMEBODY = gettext_noop("An adult whose job it is")


@dataclass(frozen=True)
class Promise:
    """Who reads it (`readers`, first level), whether the school is open now, until when it is read, when it opens.

    `outside` is who is told at once out of hours when a pupil needs somebody today. `line` are the adults a pupil can
    keep it from by name.
    """

    readers: tuple[Person, ...]
    is_open: bool
    read_by: datetime | None
    opens: datetime | None
    outside: Person | None
    line: tuple[Person, ...]


def promise(school: School) -> Promise:
    """The promise of this moment; call it in the school's scope."""
    at, rota = now(), rota_of(school)
    hours, posts = hours_of(rota), posts_of(rota)
    levels = line((), posts)
    people = Person.objects.in_bulk(_everybody(posts))
    first = levels[0] if levels else []
    return Promise(
        readers=_named(people, first),
        is_open=hours.is_open(at),
        read_by=acknowledge_by(at, False, hours, limits_of(rota)),
        opens=hours.next_open(at),
        outside=people.get(posts.out_of_hours or 0),
        line=_named(people, [one for level in levels for one in level]),
    )


def _everybody(posts: Posts) -> set[int]:
    found = {*posts.dsls, *posts.deputies, *posts.leaders, posts.head, posts.out_of_hours}
    return {one for one in found if one is not None}


def _named(people: dict[int, Person], ids: list[int]) -> tuple[Person, ...]:
    return tuple(people[one] for one in dict.fromkeys(ids) if one in people)
