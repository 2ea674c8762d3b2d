"""Values and traits of the demo schools, and half a year of good things seen: unequal, as attention is.

Some wait to be read, one was declined kindly, some pupils let the wall or their family see theirs; the secondary school
has ambassadors, houses and an event that is on.
"""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from belong.base.clock import frozen, today
from belong.notice.models import Recognition, Shown, Trait
from belong.notice.recognition import houses, moderating, parts, vocabulary
from belong.notice.recognition.actions import AT_HOME, choose_shown, recognise
from belong.people.models import Group, Membership, Person, User
from belong.people.queries import leads, members, pupils_on_roll
from belong.site.demo.calendar import Calendar, at, school_day
from belong.site.demo.schools import Town

WEEKS = 20
WORDS = {
    "Kindness": (
        "Walked back with somebody who had dropped all their books.",
        "Asked the new one to sit with them, without being told to.",
        "Noticed who was quiet, and listened.",
    ),
    "Courage": ("Read out loud, although it was hard.", "Said “that is not fair” when it was not."),
    "Honesty": ("Told me about the broken window before I knew.",),
    "Including others": (
        "Made room at the table, every day this week.",
        "Changed the game so that all could play.",
    ),
    "Keeping going": (
        "Began the problem four times, and got there.",
        "Ran the last lap when everybody had gone in.",
    ),
    "Curiosity": ("Stayed behind to ask why the ice floats.",),
    "Putting things right": ("Owned up, and mended it at break.",),
    "Working together": ("Let the quiet ones speak first.",),
}
EXTRA = ("Gratitude",)
SOME_TELL = (
    ("Cerys", "Amina", "Kindness", "She lent me her gloves on the trip and said they were spare.", True),
    ("Grace", "Ben", "Including others", "He swapped teams so that it was fair.", False),
    ("Farhan", "Amina", "Working together", "She wrote down all our ideas, not just hers.", True),
)
AMINA = (
    ("Keeping going", "You stayed with the hard questions until you saw how it works.", 4, True, True),
    ("Including others", "You made room at the table for somebody new.", 18, True, False),
    ("Courage", "You read your own poem out to the whole year.", 40, False, True),
)
HOUSES = ("Beech", "Elm", "Oak", "Rowan")
Give = Callable[..., Recognition]


def play(town: Town, calendar: Calendar) -> None:
    """Write down the school's words, then let half a year of recognition happen."""
    leader = User.objects.filter(
        school=town.school, person__role_rows__role="senior leader", person__left_on__isnull=True
    ).first()
    if leader is None:
        return
    _words(leader, calendar)
    _by_staff(town)
    if town.school.phase == "secondary":
        _story(leader)
        _houses(town, leader)


def _words(leader: User, calendar: Calendar) -> None:
    with frozen(at(calendar.today - timedelta(weeks=WEEKS + 1))):
        wanted = [one["key"] for one in vocabulary.offered() if one["name"] in (*WORDS, *EXTRA)]
        vocabulary.add_offered(leader, wanted)


def _by_staff(town: Town) -> None:
    """Tutors and what they saw, straight into the tables: a thousand forms would take minutes."""
    traits = {trait.name: trait for trait in Trait.objects.all()}
    rows = []
    for group in Group.objects.current().filter(kind=Group.TUTOR_GROUP):
        lead = leads(group).first()
        if lead is not None:
            rows += _group(town.rng, lead, list(members(group)), traits)
    Recognition.objects.bulk_create(rows)


def _group(
    rng: np.random.Generator, lead: Person, pupils: list[Person], traits: dict[str, Trait]
) -> list[Recognition]:
    rows, warmth = [], rng.uniform(0.4, 1.1)
    for pupil in pupils:
        for _ in range(int(rng.poisson(rng.gamma(1.3, 0.7) * warmth))):
            day = today() - timedelta(days=int(rng.integers(1, WEEKS * 7)))
            if day.weekday() > 4 or (pupil.joined_on and day < pupil.joined_on):
                continue
            name = str(rng.choice(list(WORDS)))
            rows.append(_seen(lead, pupil, traits[name], str(rng.choice(WORDS[name])), day))
    return rows


def _seen(lead: Person, pupil: Person, trait: Trait, words: str, day: date) -> Recognition:
    facts = {"school_id": lead.school_id, "pupil": pupil, "trait": trait, "by": lead, "words": words}
    state = {"source": Recognition.STAFF, "state": Recognition.APPROVED}
    return Recognition(**facts, **state, on=day, recorded_at=at(day, 14))


def _story(leader: User) -> None:
    """8H: Amina's timeline, what her friends told, what waits for her tutor, and her mother's line."""
    traits = {trait.name: trait for trait in Trait.objects.all()}
    tutor, amina = User.objects.get(username="tutor"), User.objects.get(username="pupil")
    mother = User.objects.get(username="carer")
    child = amina.person
    if child is None or tutor.person is None:
        return
    Recognition.objects.filter(pupil=child).delete()
    for name, words, days, on_wall, to_family in AMINA:
        day = school_day(today() - timedelta(days=days)) if days > 7 else today() - timedelta(days=days)
        with frozen(at(day, 15)):
            row = recognise(tutor, pupil=child, trait=traits[name], words=words)
            shown = {"on_wall": on_wall, "to_family": to_family}
            choose_shown(amina, pupil=child, entry=Shown.RECOGNITION, number=row.pk, **shown)
    _friends(tutor, traits)
    with frozen(at(today() - timedelta(days=9), 18)):
        words = "She taught her little brother to tie his shoes, and did not laugh once."
        row = recognise(mother, pupil=child, trait=traits["Kindness"], words=words, seen=AT_HOME)
    with frozen(at(today() - timedelta(days=8), 8)):
        moderating.approve(tutor, recognition=row)
    parts.make_ambassador(leader, child)


def _friends(tutor: User, traits: dict[str, Trait]) -> None:
    """Pupils of 8H tell of each other: the first is approved, the others wait; one was declined."""
    inside = {
        person.first_name: person
        for person in pupils_on_roll().filter(memberships__group__name="8H", memberships__until=None)
    }
    for number, (giver, whom, trait, words, signed) in enumerate(SOME_TELL):
        day = today() - timedelta(days=6 - 2 * number)
        row = _told(inside[giver], inside[whom], traits[trait], words, day)
        row.is_signed = signed
        row.save(update_fields=["is_signed"])
        if number == 0:
            with frozen(at(day, 16)):
                moderating.approve(tutor, recognition=row)
    day = today() - timedelta(days=5)
    row = _told(
        inside["Isla"], inside["Hugo"], traits["Kindness"], "He is quite nice for a new boy I suppose.", day
    )
    with frozen(at(day, 16)):
        reply = "Thank you, Isla. Can you tell what you saw him do? Then he knows what he did well."
        moderating.decline(tutor, recognition=row, reply=reply)


def _told(giver: Person, pupil: Person, trait: Trait, words: str, day: date) -> Recognition:
    """What a pupil without a sign-in of their own in the demo told on a day."""
    row = _seen(giver, pupil, trait, words, day)
    row.source, row.state = Recognition.PUPIL, Recognition.WAITING
    row.save()
    return row


def _houses(town: Town, leader: User) -> None:
    """Four houses of pupils and staff, and a week that is on."""
    of = {"school": town.school}
    made = [Group.objects.create(kind=Group.HOUSE, name=name, **of) for name in HOUSES]
    people = [*pupils_on_roll().order_by("pk"), *town.staff]
    Membership.objects.bulk_create(
        Membership(group=made[number % len(made)], person=person, **of)
        for number, person in enumerate(people)
    )
    houses.set_opted_in(leader, True)
    days = {"starts_on": today() - timedelta(days=2), "ends_on": today() + timedelta(days=4)}
    event = houses.plan_event(leader, title="Kindness week", **days)
    tutor = User.objects.get(username="tutor")
    colleague = houses.colleagues(tutor.person).order_by("pk").first() if tutor.person else None
    if colleague is not None:
        houses.thank(tutor, event, adult=colleague, words="Stayed with a child until the bus came.")
