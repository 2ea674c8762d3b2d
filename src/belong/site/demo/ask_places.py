"""Places of the demo schools: a drawn plan, an asking whose picture is released, and one that is open."""

import io
from datetime import timedelta
from uuid import UUID

import numpy as np
from PIL import Image, ImageDraw

from belong.ask.models import PlaceAsking, PlacePlan, PlaceReceipt, PlaceSheet
from belong.ask.places.actions import asked_pupils, close_asking, draft_asking, open_asking, send_places
from belong.ask.places.plans import add_area, make_plan
from belong.base.clock import frozen
from belong.guard.concerns.going_live import what_is_missing
from belong.people.models import User
from belong.see.places.building import build_places
from belong.site.demo.calendar import Calendar, at, school_day
from belong.site.demo.schools import Town

SEED = 20261203
WIDE, HIGH = 1200, 840
INK, WALL, GRASS, PAVED = "#57534e", "#f4efe6", "#dfe9d3", "#ece7dd"
# Name, box in hundredths of the plan, how often pupils speak of it, the chance to belong and to feel less safe there.
PLACES = (
    ("Canteen", (4, 8, 26, 24), 9, 0.55, 0.20),
    ("Library", (34, 8, 20, 24), 7, 0.86, 0.03),
    ("Main hall", (58, 8, 20, 24), 5, 0.62, 0.10),
    ("Music room", (82, 8, 14, 24), 3, 0.82, 0.04),
    ("Science corridor", (4, 38, 36, 10), 6, 0.38, 0.33),
    ("Courtyard", (44, 38, 26, 22), 8, 0.66, 0.12),
    ("Sports hall", (74, 38, 22, 22), 6, 0.52, 0.24),
    ("Toilets by the gym", (74, 63, 22, 9), 5, 0.12, 0.68),
    ("Tutor rooms", (4, 52, 36, 18), 8, 0.80, 0.05),
    ("Bike shed", (4, 76, 18, 16), 3, 0.24, 0.52),
    ("Field", (26, 76, 44, 20), 6, 0.70, 0.10),
    ("Bus stop", (78, 78, 18, 14), 4, 0.35, 0.38),
)
TIMES = ("before", "break", "lunch", "lessons", "after")
WHEN = (0.1, 0.28, 0.36, 0.14, 0.12)
WORDS = (
    ("Science corridor", "It is so narrow between lessons that everyone pushes. One way would be better."),
    ("Library", "I like that Mrs Bell lets us eat there when it rains."),
)


def play(town: Town, calendar: Calendar) -> None:
    """One closed three weeks ago with its picture, and one open now for the two youngest years."""
    user = (
        User.objects.filter(school=town.school, person__role_rows__role="senior leader")
        .order_by("pk")
        .first()
    )
    if user is None or town.school.phase != "secondary":
        return
    rng = np.random.default_rng([SEED, len(town.years)])
    plan = _plan(user, calendar)
    _closed(rng, user, plan, calendar)
    first = school_day(calendar.today - timedelta(days=3))
    with frozen(at(min(first, calendar.today))):
        asking = draft_asking(
            _fresh(user),
            plan,
            title="Our places, once more",
            opens_on=min(first, calendar.today),
            closes_on=calendar.today + timedelta(days=10),
            years=list(town.years[:2]),
            with_words=not what_is_missing(town.school),
        )
        open_asking(_fresh(user), asking)


def _plan(user: User, calendar: Calendar) -> PlacePlan:
    with frozen(at(calendar.today - timedelta(days=40))):
        plan = make_plan(_fresh(user), title="Our school", picture=drawn())
        for name, (left, top, width, height), *_ in PLACES:
            box = (left * 10, top * plan.high // 100, width * 10, height * plan.high // 100)
            add_area(_fresh(user), plan, name=name, box=box)
        return plan


def drawn() -> io.BytesIO:
    """A ground plan: buildings, a courtyard, grass and a road, as a PNG."""
    picture = Image.new("RGB", (WIDE, HIGH), GRASS)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, HIGH - 46, WIDE, HIGH), fill="#d6d3d1")
    for left in range(20, WIDE, 70):
        pen.rectangle((left, HIGH - 25, left + 34, HIGH - 21), fill="#fafaf9")
    for name, (left, top, width, height), *_ in PLACES:
        box = [
            left * WIDE // 100,
            top * HIGH // 100,
            (left + width) * WIDE // 100,
            (top + height) * HIGH // 100,
        ]
        outside = name in ("Field", "Courtyard", "Bus stop")
        pen.rectangle(box, fill=PAVED if outside else WALL, outline=INK, width=3 if outside else 6)
    for left in range(30, WIDE - 40, 90):
        pen.ellipse((left, 24, left + 22, 46), fill="#b7cfa3", outline="#8aa878")
    out = io.BytesIO()
    picture.save(out, "PNG")
    out.seek(0)
    return out


def _closed(rng: np.random.Generator, user: User, plan: PlacePlan, calendar: Calendar) -> None:
    first = school_day(calendar.today - timedelta(days=32))
    last = first + timedelta(days=11 if first.weekday() < 1 else 10 - (first.weekday() - 1))
    with frozen(at(first)):
        asking = draft_asking(
            _fresh(user),
            plan,
            title="Our places",
            opens_on=first,
            closes_on=last,
            with_words=not what_is_missing(user.school),
        )
        asking = open_asking(_fresh(user), asking)
        _answers(rng, asking)
    with frozen(at(last, 16)):
        build_places(close_asking(_fresh(user), asking))


def _answers(rng: np.random.Generator, asking: PlaceAsking) -> None:
    """Two in three pupils speak of one to three places; two of them write something."""
    pupils = [pupil for pupil in asked_pupils(asking) if rng.random() < 0.66]
    ids = {one["name"]: one["id"] for one in asking.places}
    for pupil, (name, words) in zip(pupils, WORDS, strict=False):
        said = [(ids[name], "lunch", 3 if name == "Library" else 1)]
        send_places(asking, pupil, said, words, _id(rng))
    rest = pupils[len(WORDS) :]
    base = {"school": asking.school, "asking": asking}
    PlaceReceipt.objects.bulk_create([PlaceReceipt(**base, person=pupil) for pupil in rest], batch_size=500)
    sheets = [PlaceSheet(**base, said=_said(rng, ids)) for _ in rest]
    PlaceSheet.objects.bulk_create(sheets, batch_size=500)


def _said(rng: np.random.Generator, ids: dict[str, int]) -> list[list[object]]:
    weights = np.array([often for _, _, often, *_ in PLACES], dtype=float)
    chosen = rng.choice(len(PLACES), size=int(rng.integers(1, 4)), replace=False, p=weights / weights.sum())
    said: list[list[object]] = []
    for index in chosen:
        name, _, _, belongs, less = PLACES[int(index)]
        luck = rng.random()
        feeling = 3 if luck < belongs else 1 if luck > 1 - less else 2
        said.append([ids[name], str(rng.choice(TIMES, p=WHEN)), feeling])
    return sorted(said, key=str)


def _id(rng: np.random.Generator) -> UUID:
    return UUID(bytes=rng.bytes(16), version=4)


def _fresh(user: User) -> User:
    """The user without what was remembered of another day."""
    return User.objects.get(pk=user.pk)
