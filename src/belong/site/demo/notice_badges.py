"""Badges of the demo schools: a few with clear criteria, given over the last weeks; one taken along, one withdrawn."""

from datetime import timedelta
from typing import Any

from belong.base.clock import today
from belong.notice.badges import actions, taking
from belong.notice.models import Award, Badge, Givers, Trait
from belong.people import roles
from belong.people.models import Group, Person, Role, User
from belong.people.queries import leads, members
from belong.site.demo.calendar import Calendar
from belong.site.demo.schools import Town

# Name, what it is given for, outline, sign, colour, the words of the trait it shows, what somebody did.
BADGES = (
    ("Steadfast friend", "Stood by somebody when that was not easy.", "shield", "heart", "plum", "kind",
     "Sat with a new classmate every lunchtime for a week."),
    ("Bridge builder", "Brought two sides together again.", "hexagon", "bridge", "blue", "respect",
     "Helped to end a quarrel at football, so that both sides played on."),
    ("Brave learner", "Kept going with something hard, and told others what went wrong.", "circle", "mountain",
     "green", "courage", "Showed a mistake on the board so that everybody could learn from it."),
    ("Good neighbour", "Did something for the place and the people round here.", "flower", "people", "brick",
     "community", "Carried shopping for a neighbour after the snow."),
    ("Maker", "Made something that others use or enjoy.", "square", "spark", "teal", "creat",
     "Built the bird box outside the library."),
)  # fmt: skip


def play(town: Town, calendar: Calendar) -> None:
    """Badges, who holds them, and what happened to two of them."""
    leader = _user(Role.objects.current().filter(role=roles.SENIOR_LEADER).first())
    if leader is None:
        return
    made = [_make(leader, one) for one in BADGES]
    for at, group in enumerate(Group.objects.filter(kind=Group.TUTOR_GROUP).order_by("year", "name")):
        lead = leads(group).first()
        user = User.objects.filter(person=lead).first() if lead else None
        if user is not None:
            _give(town, user, made, list(members(group)), at)
    _story(town)


def _make(leader: User, one: tuple[str, ...]) -> tuple[Badge, str]:
    name, criteria, shape, sign, colour, word, words = one
    trait = next(
        (row for row in Trait.objects.filter(retired_on__isnull=True) if word in row.name.casefold()), None
    )
    facts: dict[str, Any] = {"name": name, "criteria": criteria, "trait": trait, "given_by": Givers.STAFF}
    facts |= {"shape": shape, "sign": sign, "colour": colour}
    return actions.make_badge(leader, **facts), words


def _give(town: Town, user: User, made: list[tuple[Badge, str]], pupils: list[Person], at: int) -> None:
    """A handful for each tutor group, on days of the last ten weeks."""
    if not pupils:
        return
    few = town.rng.permutation(len(pupils))[:2]
    for step, number in enumerate(few):
        badge, words = made[(at + step) % len(made)]
        day = today() - timedelta(days=int(town.rng.integers(1, 70)))
        joined = pupils[number].joined_on
        actions.give_badge(
            user, badge, [pupils[number]], evidence=words, on=max(day, joined) if joined else day
        )


def _story(town: Town) -> None:
    """The pupil who signs in holds two; one given by mistake was withdrawn."""
    pupil = Person.objects.pupils().filter(user__isnull=False).order_by("pk").first()
    user = User.objects.filter(person=pupil).first() if pupil else None
    leader = _user(Role.objects.current().filter(role=roles.SENIOR_LEADER).first())
    if user is not None and pupil is not None and leader is not None:
        held = set(Award.objects.filter(pupil=pupil, revoked_on__isnull=True).values_list("badge", flat=True))
        fresh = list(Badge.objects.exclude(pk__in=held).order_by("pk")[:2])
        for badge, days in zip(fresh, (9, 30), strict=False):
            words = next(one[-1] for one in BADGES if one[0] == badge.name)
            actions.give_badge(leader, badge, [pupil], evidence=words, on=today() - timedelta(days=days))
        newest = Award.objects.filter(pupil=pupil, revoked_on__isnull=True).first()
        if newest is not None:
            taking.take_badge(user, newest, kind="svg")
    mistaken = Award.objects.exclude(pupil=pupil).order_by("pk").first()
    if mistaken is not None and leader is not None:
        actions.withdraw_award(
            leader, mistaken, why="Given to the wrong pupil by mistake. It is nobody’s fault."
        )


def _user(role: Role | None) -> User | None:
    return User.objects.filter(person=role.person_id).first() if role else None
