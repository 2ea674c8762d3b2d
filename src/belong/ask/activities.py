"""What a class session can be opened for besides a wave: a check-in, a wall, a map of places.

A part of the room registers its kind when it is loaded:

    activities.register(Activity("checkin", "ask:checkin-answer", find=..., people=..., done=...))

and opens a session with `actions.open_activity_session(user, group, kind, object_id)`. A pupil then comes in as always
(code, let in, name, pictures or number) and is led to the activity's own page under /a/, which reads
`passes.activity_of(request, kind)` (an `ActivityPass`) and puts `ActivityPass.sign()` into its form.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from belong.people.models import Group, Person

CHECKIN, WALL, PLACE = "checkin", "wall", "place"


def _nobody(object_id: int, people: Sequence[Person]) -> set[int]:
    return set()


@dataclass(frozen=True)
class Activity:
    """A kind of activity. Its functions are called inside the school's scope.

    `find(object_id)` gives its title while it takes answers today, else None; `people(object_id, group)` those of a
    group who are asked, by name; `done(object_id, people)` the ids of those who have nothing more to do (nobody, where
    one may come again), for the teacher's list of names still to call. `page` is the name of the pupil's route, without
    arguments, under /a/; `home(object_id)` is the address of the teacher's own page about it.
    """

    kind: str
    page: str
    find: Callable[[int], str | None]
    people: Callable[[int, Group], Iterable[Person]]
    done: Callable[[int, Sequence[Person]], set[int]] = _nobody
    home: Callable[[int], str] | None = None


_known: dict[str, Activity] = {}


def register(activity: Activity) -> None:
    """Make a kind of activity known; again is harmless."""
    _known[activity.kind] = activity


def activity(kind: str) -> Activity | None:
    """The kind of that name, or None."""
    return _known.get(kind)
