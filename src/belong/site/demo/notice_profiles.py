"""Pupils' own pages in the demo schools: shared, waiting for a yes, earlier ones, and new joiners for the clinic."""

from datetime import date, timedelta

import numpy as np

from belong.base.clock import frozen, today
from belong.notice.models import ProfilePage, ProfilePart
from belong.notice.profiles import actions
from belong.notice.profiles.actions import Parts, Said
from belong.people import roles
from belong.people.models import CarerLink, Group, Membership, Person, Role, User
from belong.people.queries import leads, members
from belong.site.demo import schools
from belong.site.demo.calendar import Calendar, at, school_day

LIKES = (
    "Drawing dragons. Everybody says my shading is good.",
    "Football with my cousin, and explaining the rules to small ones.",
    "Baking on Sundays. My lemon cake won a prize in our street.",
    "Trains. I know every timetable by heart.",
    "My cat Biscuit. Reading under the stairs.",
    "Making films on an old phone. I do the voices.",
)
HELPS = (
    "A quiet minute at the door before the lesson begins.",
    "Knowing what comes next. Changes are fine if you tell me.",
    "Sitting where I can see the door.",
    "If I go quiet, give me five minutes and don’t ask why.",
    "Say my name before you ask me something.",
)
SUPPORTS = (
    ("heads_up", "thinking_time"),
    ("circle_back",),
    ("write_first", "partner"),
    ("agenda", "signal"),
    ("not_aloud", "heads_up"),
)
KNOW = (
    "We have a new baby at home, so mornings are busy.",
    "I wear a hearing aid on the left.",
    "",
)
NEW = {
    "Hugo": {
        "likes": Said("Maps. I have lived in three countries and can say hello in five languages.", "staff"),
        "helps": Said("If I go quiet, give me five minutes and don’t ask me why.", "staff"),
        "taking_part": Said(
            "I know more than I can say in English yet.", "teachers", ("partner", "thinking_time")
        ),
        "know": Said("I miss my grandmother. You can ask me about her.", "tutor"),
    },
    "Daniel": {
        "likes": Said("Chess and basketball. I am patient with beginners.", "staff"),
        "helps": Said("Say oh-KAH-for. A nod is enough for hello.", "staff"),
        "taking_part": Said("", "teachers", ("heads_up", "circle_back")),
    },
}
SHARE = 0.35


def play(town: schools.Town, calendar: Calendar) -> None:
    """A third of each tutor group share a page; 8H, its pupil who signs in, and who starts soon have stories."""
    for group in Group.objects.current().filter(kind=Group.TUTOR_GROUP):
        lead = leads(group).first()
        if lead is not None:
            _group(
                town, _user_of(town, lead), [pupil for pupil in members(group) if town.rng.random() < SHARE]
            )
    if town.school.phase == "secondary":
        _story()
    _starting_soon(town)


def _group(town: schools.Town, adult: User, pupils: list[Person]) -> None:
    """Written together on some day of the last weeks, with the adult beside the pupil; many at once, so by the row."""
    signed_in = set(User.objects.filter(person__in=pupils).values_list("person_id", flat=True))
    pages, parts = [], []
    for pupil in pupils:
        if pupil.pk in signed_in:
            continue
        day = _day(town.rng)
        page = ProfilePage(school=town.school, pupil=pupil, drafted_by=adult.person, drafted_on=day)
        page.state, page.approved_on, page.approved_with_id = ProfilePage.State.APPROVED, day, adult.person_id
        pages.append(page)
        parts += [(page, field, said) for field, said in _page(town.rng).items()]
    ProfilePage.objects.bulk_create(pages)
    ProfilePart.objects.bulk_create(
        ProfilePart(
            school=town.school,
            page=page,
            field=field,
            text=said.text,
            supports=list(said.supports),
            audience=said.audience,
        )
        for page, field, said in parts
    )


def _day(rng: np.random.Generator) -> date:
    return school_day(today() - timedelta(days=int(rng.integers(3, 40))))


def _page(rng: np.random.Generator) -> Parts:
    know = str(rng.choice(KNOW))
    ticked = SUPPORTS[int(rng.integers(len(SUPPORTS)))]
    page = {
        "likes": Said(str(rng.choice(LIKES)), "teachers"),
        "helps": Said(str(rng.choice(HELPS)), "teachers"),
        "taking_part": Said("", "teachers", ticked),
    }
    return page | ({"know": Said(know, "tutor")} if know else {})


def _together(adult: User, pupil: Person, parts: Parts, *, family: bool = False) -> None:
    page = actions.draft(adult, pupil=pupil, parts=parts, send=True)
    actions.approve_with(adult, page=page, yes_to=set(parts))
    if family:
        actions.note_family(adult, page=page)


def _story() -> None:
    """Amina writes her own, twice, and has one to answer; the two new pupils of 8H are for all staff to know."""
    pupils = {one.given_name: one for one in members(Group.objects.get(name="8H", kind=Group.TUTOR_GROUP))}
    tutor, senco = User.objects.get(username="tutor"), User.objects.get(username="senco")
    amina = User.objects.filter(person=pupils["Amina"]).first()
    for name, parts in NEW.items():
        with frozen(at(school_day(pupils[name].joined_on or today()), 14)):
            _together(tutor, pupils[name], parts, family=True)
    if amina is None:
        return
    first = {"likes": Said("My cornet.", "teachers")}
    then = {
        "likes": Said("My cornet, and teaching it to small ones on Fridays.", "staff"),
        "helps": Said("Let me know the day before when it is my turn to present.", "teachers"),
        "taking_part": Said("", "teachers", ("heads_up", "write_first")),
        "know": Said("I pray at midday on Fridays. A quiet corner is enough.", "tutors"),
    }
    for days, parts in ((60, first), (20, then)):
        with frozen(at(school_day(today() - timedelta(days=days)), 12)):
            actions.write_own(amina, parts=parts, share=True)
    with frozen(at(school_day(today() - timedelta(days=2)), 12)):
        parts = then | {"helps": Said("A seat near the door on orchestra days.", "teachers")}
        actions.draft(senco, pupil=pupils["Amina"], parts=parts, send=True)


def _starting_soon(town: schools.Town) -> None:
    """Two who have a day to start: one page is agreed with the family, the other is not written yet."""
    start = school_day(today() + timedelta(days=9))
    adult = User.objects.filter(username="senco", school=town.school).first() or _user_of(town, None)
    year = town.years[1]
    for given, family, said in (("Wanda", "Zielińska", "VAHN-da"), ("Samir", "Haddad", "sah-MEER")):
        pupil = Person.objects.create(
            school=town.school,
            kind=Person.PUPIL,
            given_name=given,
            family_name=family,
            said_like=said,
            year=year,
            joined_on=start,
        )
        group = Group.objects.current().filter(kind=Group.TUTOR_GROUP, year=year).first()
        Membership.objects.create(school=town.school, group=group, person=pupil, since=start)
        carer = Person.objects.create(
            school=town.school, kind=Person.CARER, given_name="Ola", family_name=family, joined_on=today()
        )
        CarerLink.objects.create(school=town.school, carer=carer, pupil=pupil, may_see=True)
        if given == "Wanda":
            parts = {
                "likes": Said("Horses, and making things out of wood with my uncle.", "staff"),
                "helps": Said("Somebody to walk with in the first week. I find my way by pictures.", "staff"),
            }
            _together(adult, pupil, parts, family=True)


def _user_of(town: schools.Town, person: Person | None) -> User:
    """The adult's sign-in; where they have none, that of somebody with a pastoral role."""
    found = User.objects.filter(person=person).first() if person else None
    pastoral = Role.objects.filter(role__in=roles.PASTORAL, group=None).values("person")
    someone = User.objects.filter(school=town.school, person__in=pastoral).order_by("username").first()
    user = found or someone
    assert user is not None  # both schools have a senior leader who signs in
    return user
