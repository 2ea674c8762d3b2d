"""Ideas walls of the demo schools: words and drawings that are up, two that wait, one that was kept off kindly."""

import io
from collections.abc import Sequence
from datetime import timedelta
from math import cos, pi, sin
from uuid import UUID

import numpy as np
from PIL import Image, ImageDraw

from belong.ask.models import Wall
from belong.ask.walls import actions
from belong.ask.walls.actions import Idea
from belong.base.clock import frozen
from belong.people.models import Group, Person, User
from belong.people.queries import members, pupils_on_roll
from belong.site.demo.calendar import Calendar, at, school_day
from belong.site.demo.schools import Town

SEED = 20261204
QUESTION = "What does belonging mean here?"
IDEAS = (
    "Someone keeps me a seat on the bus, even when I am late.",
    "Hearing my name said right, first time.",
    "There are corners for people who like it calm.",
    "Friday music club. We are terrible and it is brilliant.",
    "My first day, three people told me where the toilets are before I asked.",
    "When you get it wrong in maths and the teacher says: good, now we learn something.",
    "Speaking Polish with Ewa at lunch and nobody minds.",
    "Somebody shouts: we need one more, come on!",
    "The library when it rains 🌧️",
    "When they noticed I was away.",
)
YOUNG = (
    "When Ben shares his snack.",
    "Our class song.",
    "My peg has my name on it.",
    "Playing it with all of us.",
)
DRAWN = (
    ("sun", "The sun over our field"),
    ("friends", "Three friends, and one is me"),
    ("house", "School is like this"),
)
WAITING = (
    "There should be a bench for people who want company.",
    "Year 9 always take the good tables. Except Jayden Miller, he is all right.",
)


def play(town: Town, calendar: Calendar) -> None:
    """A wall for the two youngest years of the secondary, or for the whole primary; open for some days more."""
    head = (
        User.objects.filter(school=town.school, person__role_rows__role="senior leader")
        .order_by("pk")
        .first()
    )
    keeper = User.objects.filter(username="pastoral").first() if town.school.phase == "secondary" else head
    if keeper is None:
        return
    rng = np.random.default_rng([SEED, len(town.years)])
    first = school_day(calendar.today - timedelta(days=9))
    years = list(town.years[:2]) if town.school.phase == "secondary" else []
    with frozen(at(first)):
        wall = actions.make_wall(
            _fresh(keeper),
            question=QUESTION,
            years=years,
            opens_on=first,
            closes_on=calendar.today + timedelta(days=5),
            takes=[kind for kind, _ in Wall.TAKES],
        )
    pupils = _writers(rng, town, years)
    said = IDEAS if years else YOUNG
    with frozen(at(min(first + timedelta(days=2), calendar.today), 10)):
        _put_up(rng, wall, keeper, pupils, said)
    with frozen(at(calendar.today, 8)):
        for pupil, words in zip(pupils[-2:], WAITING if years else WAITING[:1], strict=False):
            actions.post(wall, pupil, Idea(words), _id(rng))


def _writers(rng: np.random.Generator, town: Town, years: Sequence[str]) -> list[Person]:
    """Some twenty pupils, those of 8H first where there is one."""
    found = pupils_on_roll().filter(year__in=years) if years else pupils_on_roll()
    rest = list(found.order_by("pk"))
    own = Group.objects.filter(kind=Group.TUTOR_GROUP, name="8H").first()
    first = list(members(own).order_by("pk")[:4]) if own and years else []
    return first + [rest[int(index)] for index in rng.choice(len(rest), size=18, replace=False)]


def _put_up(
    rng: np.random.Generator, wall: Wall, keeper: User, pupils: Sequence[Person], said: Sequence[str]
) -> None:
    ideas = [Idea(words, named=bool(rng.random() < 0.4)) for words in said]
    ideas += [Idea(words, drawing=drawing(kind)) for kind, words in DRAWN]
    for pupil, idea in zip(pupils, ideas, strict=False):
        post = actions.post(wall, pupil, idea, _id(rng))
        if not post.marked:
            actions.put_up(_fresh(keeper), post)
    last = actions.post(wall, pupils[len(ideas)], Idea("Burgers every day!!"), _id(rng))
    actions.keep_down(_fresh(keeper), last, "other")


def drawing(kind: str) -> io.BytesIO:
    """A child's drawing, as a PNG."""
    picture = Image.new("RGB", (900, 600), "white")
    pen = ImageDraw.Draw(picture)
    {"sun": _sun, "friends": _friends, "house": _house}[kind](pen)
    out = io.BytesIO()
    picture.save(out, "PNG")
    out.seek(0)
    return out


def _sun(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 430, 900, 600), fill="#7fb069")
    pen.ellipse((360, 120, 540, 300), fill="#f2c230")
    for turn in range(12):
        angle = turn * pi / 6
        ends = [(450 + reach * cos(angle), 210 + reach * sin(angle)) for reach in (115, 170)]
        pen.line(ends, fill="#f2c230", width=12)
    for left in range(80, 880, 130):
        pen.line((left, 520, left + 10, 470), fill="#2c7a3f", width=8)
        pen.ellipse((left - 12, 445, left + 32, 485), fill="#c3352b")


def _friends(pen: ImageDraw.ImageDraw) -> None:
    for left, colour in ((180, "#1f5fbf"), (400, "#c3352b"), (620, "#2c7a3f")):
        pen.ellipse((left, 120, left + 110, 230), outline="#1a1a1a", width=9)
        pen.arc((left + 28, 160, left + 82, 205), 20, 160, fill="#1a1a1a", width=7)
        for eye in (left + 36, left + 66):
            pen.ellipse((eye, 155, eye + 10, 165), fill="#1a1a1a")
        pen.line((left + 55, 230, left + 55, 400), fill=colour, width=14)
        pen.line((left + 55, 400, left + 5, 520), fill=colour, width=14)
        pen.line((left + 55, 400, left + 105, 520), fill=colour, width=14)
        pen.line((left - 45, 300, left + 155, 300), fill=colour, width=12)


def _house(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((240, 260, 660, 540), outline="#1a1a1a", width=10)
    pen.line([(210, 270), (450, 90), (690, 270)], fill="#c3352b", width=14, joint="curve")
    pen.rectangle((410, 400, 490, 540), fill="#1f5fbf")
    for left in (290, 540):
        pen.rectangle((left, 320, left + 75, 390), outline="#1a1a1a", width=8, fill="#f2c230")
    pen.ellipse((395, 180, 430, 215), fill="#c3352b")
    pen.ellipse((425, 180, 460, 215), fill="#c3352b")
    pen.polygon([(398, 205), (457, 205), (428, 245)], fill="#c3352b")


def _id(rng: np.random.Generator) -> UUID:
    return UUID(bytes=rng.bytes(16), version=4)


def _fresh(user: User) -> User:
    """The user without what was remembered of another day."""
    return User.objects.get(pk=user.pk)
