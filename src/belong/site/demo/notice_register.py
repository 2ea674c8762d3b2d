"""The register in the demo schools: what adults mean to do, weeks of one's own, and a year handed over."""

from datetime import date, timedelta

from belong.base.clock import frozen, today
from belong.notice.actions import set_state
from belong.notice.models import HandOver, State
from belong.notice.register import actions
from belong.people.models import Group, Membership, Person, User
from belong.people.queries import members
from belong.site.demo.calendar import Calendar, at, school_day
from belong.site.demo.schools import Town

COURSES = {  # of the tutor's own states, oldest first: days ago, state, reason
    "Amina": [(160, "establish", "We begin."), (75, "maintain", "We talk about her cornet.")],
    "Ben": [
        (150, "establish", "We begin."),
        (90, "maintain", "He tells me about the dog."),
        (8, "restore", "I moved his seat in front of everybody. That was my mistake."),
    ],
    "Cerys": [(140, "maintain", "Easy company since Year 7.")],
}
MEANT = {  # days until it is due; below nought it waits already
    "Ben": [("go-first", 0), ("fresh-start", 1)],
    "Daniel": [("one-thing-they-love", -1), ("say-the-name-well", 3)],
    "Ewa": [("remember-and-ask", 0)],
}
DONE = {"Hugo": "door-greeting", "Amina": "exact-praise"}
HANDED_OVER = {
    "Amina": (
        "Say beforehand that she will be asked. She shines then.",
        "Her cornet case needs a place by the door.",
    ),
    "Ben": (
        "A quiet word before the lesson, never across the room.",
        "Ask him about the dog. He makes a whole row laugh.",
    ),
    "Cerys": ("Paper and pencil while she listens.", "She will look after anybody new, if you ask her."),
    "Ewa": ("Time. She answers the second time you ask.", "She reads to her brother every evening."),
    "Farhan": ("A job to begin with.", "We never found out enough about him. Please do."),
    "Isla": ("Knowing what comes next today.", "Garden club is where she is happiest."),
}


def play(town: Town, calendar: Calendar) -> None:
    """8H with all of it in the secondary; a few intentions of a class teacher in the primary."""
    if town.school.phase == "secondary":
        _secondary(calendar)
    else:
        _primary()


def _secondary(calendar: Calendar) -> None:
    tutor = User.objects.get(username="tutor")
    pupils = {
        pupil.given_name: pupil for pupil in members(Group.objects.get(name="8H", kind=Group.TUTOR_GROUP))
    }
    for name, course in COURSES.items():
        for days, state, reason in course:
            with frozen(at(school_day(today() - timedelta(days=days)), 15)):
                if (joined := pupils[name].joined_on) is None or joined <= today():
                    set_state(tutor, pupil=pupils[name], state=State(state), reason=reason)
    for name, plans in MEANT.items():
        for key, days in plans:
            _mean(tutor, pupils[name], key, today() + timedelta(days=days))
    for name, key in DONE.items():
        with frozen(at(today() - timedelta(days=3), 10)):
            actions.done(tutor, intention=actions.intend(tutor, pupil=pupils[name], key=key, due_on=today()))
    _handed_over(calendar.septembers[-1], pupils)


def _mean(user: User, pupil: Person, key: str, day: date) -> None:
    with frozen(at(min(day, today()), 8)):
        actions.intend(user, pupil=pupil, key=key, due_on=day)


def _handed_over(september: date, pupils: dict[str, Person]) -> None:
    """What the pupils' tutor of last year left in July: in the story somebody who leads a group of Year 7 now."""
    july = school_day(september - timedelta(days=45))
    before = Membership.objects.current().filter(
        part=Membership.LEAD, group__kind=Group.TUTOR_GROUP, group__name="7H"
    )
    row = before.select_related("group").get()
    HandOver.objects.bulk_create(  # that adult has no sign-in in the demo
        HandOver(
            school_id=row.school_id,
            adult_id=row.person_id,
            pupil=pupils[name],
            group=row.group,
            what_helps=helps,
            line=line,
            written_on=july,
        )
        for name, (helps, line) in HANDED_OVER.items()
    )


def _primary() -> None:
    leading = Membership.objects.current().filter(part=Membership.LEAD, group__kind=Group.TUTOR_GROUP)
    for row in leading.select_related("person", "group"):
        user = User.objects.filter(person=row.person).first()
        if user is None:
            continue
        for pupil, key in zip(
            members(row.group)[:3], ("play-alongside", "exact-praise", "small-job"), strict=False
        ):
            _mean(user, pupil, key, today())
