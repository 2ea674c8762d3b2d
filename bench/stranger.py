"""Does a refusal tell by its time whether there is something to be refused?

As a tutor of another class, asks for a pupil, a group and a wave that are there and not theirs, and for numbers that
are not there, in turn and in random order. Two things must hold for each kind of page:

- the statements that reach the database are the same for both, but for the numbers in them;
- a rank test (Mann–Whitney) of the times finds no difference larger than noise. With enough rounds it would find any
  difference, however small; so the difference of the medians is printed too, and the noise it hides in.

`p` is the smallest of the kinds' p-values, to be read beside the number of kinds; `apart_us` the largest difference of
medians in microseconds, and `noise_us` the spread (median absolute deviation) it hides in.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable
from statistics import median

ROUNDS = 400
NOWHERE = 999_999_999


def main() -> None:
    """Build a school in a folder of its own, ask, print."""
    with tempfile.TemporaryDirectory(prefix="belong-bench-") as folder:
        os.environ |= {"BELONG_HOME": folder, "DJANGO_SETTINGS_MODULE": "belong.site.settings"}
        os.environ.pop("DATABASE_URL", None)
        from belong.site.prepare import prepare

        prepare()
        worst_p, apart, noise, same = 1.0, 0.0, 0.0, True
        for kind, here, ask in _kinds():
            times, shapes = _times(ask, here)
            p = _mann_whitney(times[here], times[NOWHERE])
            difference = abs(median(times[here]) - median(times[NOWHERE]))
            spread = _spread(times[here])
            alike = shapes[here] == shapes[NOWHERE]
            print(
                f"{kind:<10} forbidden {median(times[here]):7.0f} µs  absent {median(times[NOWHERE]):7.0f} µs  "
                f"apart {difference:5.0f} µs  noise {spread:5.0f} µs  p {p:.3f}  statements alike: {alike}"
            )
            worst_p, same = min(worst_p, p), same and alike
            apart, noise = max((apart, noise), (difference, spread))
        print(
            f"bench stranger p={worst_p:.3f} apart_us={apart:.0f} noise_us={noise:.0f} "
            f"same_statements={int(same)} rounds={ROUNDS}"
        )


def _kinds() -> list[tuple[str, int, Callable[[int], None]]]:
    """What is asked for: its name, the number of one that is there and forbidden, and how to ask."""
    from django.conf import settings
    from django.test import Client
    from django_scopes import scope

    from belong.ask.models import Wave
    from belong.base.clock import today
    from belong.people import roles
    from belong.people.models import Group, Membership, Person, Role, School, User

    settings.ALLOWED_HOSTS, settings.SECOND_FACTOR = ["testserver"], False
    school = School.objects.create(name="Oak Park", slug="oak", phase="secondary")
    with scope(school=school):
        of = {"school": school}
        mine, theirs = (Group.objects.create(kind="tutor_group", name=name, **of) for name in ("8H", "9K"))
        pupils = [Person.objects.create(kind="pupil", given_name=f"Nia {n}", **of) for n in range(60)]
        for n, pupil in enumerate(pupils):
            Membership.objects.create(group=(mine, theirs)[n % 2], person=pupil, **of)
        tutor = Person.objects.create(kind="staff", given_name="Ann", family_name="Lee", **of)
        Membership.objects.create(group=mine, person=tutor, part="lead", **of)
        Role.objects.create(person=tutor, role=roles.TEACHER, **of)
        days = {"opens_on": today(), "closes_on": today()}
        wave = Wave.objects.create(
            title="Draft", audience="pupils", instrument={}, instrument_key="x", **days, **of
        )
        user = User.objects.create_user("tutor", None, school=school, person=tutor)
    client = Client()
    client.force_login(user)

    def asking(path: str) -> Callable[[int], None]:
        def ask(number: int) -> None:
            assert client.get(path.format(number)).status_code == 404

        return ask

    return [
        ("a pupil", pupils[1].pk, asking("/pupils/{}/")),
        ("a person", pupils[1].pk, asking("/people/{}/")),
        ("a group", theirs.pk, asking("/group/{}/")),
        ("a wave", wave.pk, asking("/ask/{}/")),
    ]


def _times(ask: Callable[[int], None], here: int) -> tuple[dict[int, list[float]], dict[int, list[str]]]:
    """Microseconds of each asking, in random order; and the statements of one asking of each, without numbers."""
    import logging

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.matrix.shapes import shape

    logging.disable(logging.CRITICAL)
    shapes = {}
    for number in (here, NOWHERE):
        for _ in range(20):
            ask(number)
        with CaptureQueriesContext(connection) as seen:
            ask(number)
        shapes[number] = [shape(query["sql"]) for query in seen.captured_queries]
    turns = [here, NOWHERE] * ROUNDS
    random.shuffle(turns)
    times: dict[int, list[float]] = {here: [], NOWHERE: []}
    for number in turns:
        began = time.perf_counter()
        ask(number)
        times[number].append((time.perf_counter() - began) * 1e6)
    return times, shapes


def _mann_whitney(one: list[float], other: list[float]) -> float:
    from scipy.stats import mannwhitneyu

    return float(mannwhitneyu(one, other).pvalue)


def _spread(times: list[float]) -> float:
    middle = median(times)
    return median(abs(one - middle) for one in times)


if __name__ == "__main__":
    main()
