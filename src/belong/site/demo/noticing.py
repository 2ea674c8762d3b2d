"""Moments, relationships and who knows whom, of the last weeks: unequal, as attention is."""

from datetime import date, datetime, timedelta

import numpy as np

from belong.base.clock import today
from belong.notice.actions import REVIEW_AFTER
from belong.notice.models import KnownBy, Moment, Relationship, RelationshipChange, State
from belong.people.models import Group, Membership, Person
from belong.people.queries import leads, members
from belong.site.demo.calendar import at
from belong.site.demo.schools import SAID_LIKE, STORY_8H, Town

WEEKS = 10
KINDS = (["greeting", "praise", "gesture", "work", "note_home"], [0.5, 0.22, 0.15, 0.08, 0.05])
NOTES = {
    "praise": (
        "Stayed with a hard problem.",
        "Explained it to a friend, kindly.",
        "Owned up, and put it right.",
    ),
    "gesture": ("Asked after the new puppy.", "Saved the last fruit for them.", ""),
    "work": ("Map of the river, on the wall.", "Poem read out in assembly."),
    "note_home": ("A week of good beginnings. Thank you.", "Helped a new classmate find the hall."),
}
KNOWS = (
    "Football with an older cousin.",
    "Looks after a grandmother.",
    "Bakes on Sundays.",
    "Plays the drums.",
    "",
)
# Of the nine in the story: state, weeks since the last moment, known by the tutor, in a club.
STORY = {
    "Amina": ("maintain", 0, True, True),
    "Ben": ("restore", 1, True, False),
    "Cerys": ("maintain", 0, True, True),
    "Daniel": ("establish", 0, False, False),
    "Ewa": ("maintain", 5, False, False),
    "Farhan": ("maintain", 0, True, True),
    "Grace": ("maintain", 1, True, True),
    "Hugo": ("establish", None, True, False),
    "Isla": ("maintain", 0, True, True),
}


def notice(town: Town) -> None:
    """Ten weeks of noticing in every tutor group, and the nine pupils of 8H."""
    for group in Group.objects.filter(kind=Group.TUTOR_GROUP):
        lead = leads(group).first()
        if lead is not None:
            _group(town.rng, lead, list(members(group)))
    if town.school.phase == "secondary":
        _story(town)


def _group(rng: np.random.Generator, lead: Person, pupils: list[Person]) -> None:
    warmth = rng.uniform(0.5, 1.2)
    moments, known, relations = [], [], []
    for pupil in pupils:
        attention = rng.gamma(1.6, 0.45) * warmth  # a few get much, some get nothing
        for day in _days(rng, int(rng.poisson(attention * WEEKS)), pupil.joined_on):
            kind = str(rng.choice(KINDS[0], p=KINDS[1]))
            moments.append(_moment(lead, pupil, kind, str(rng.choice(NOTES.get(kind, ("",)))), day))
        if rng.random() < 0.62:
            noted = today() - timedelta(days=int(rng.integers(5, 60)))
            known.append(_known(lead, pupil, str(rng.choice(KNOWS)), noted))
        state = str(rng.choice(["maintain", "establish", "restore"], p=[0.72, 0.2, 0.08]))
        relations.append(
            _relation(lead, pupil, State(state), today() - timedelta(days=int(rng.integers(0, 40))))
        )
    Moment.objects.bulk_create(moments)
    KnownBy.objects.bulk_create(known)
    _keep(relations)


def _days(rng: np.random.Generator, count: int, joined: date | None) -> list[date]:
    back = [today() - timedelta(days=int(days)) for days in rng.integers(0, WEEKS * 7, size=count)]
    return [day for day in back if day.weekday() < 5 and (joined is None or day >= joined)]


def _moment(adult: Person, pupil: Person, kind: str, note: str, day: date) -> Moment:
    fields = {"school_id": adult.school_id, "adult": adult, "pupil": pupil, "kind": kind, "note": note}
    return Moment(**fields, on=day, recorded_at=_noon(day))


def _noon(day: date) -> datetime:
    return at(day, 12)


def _known(adult: Person, pupil: Person, line: str, day: date) -> KnownBy:
    return KnownBy(school_id=adult.school_id, adult=adult, pupil=pupil, noted_on=day, line=line)


def _relation(adult: Person, pupil: Person, state: State, day: date) -> Relationship:
    review = day + REVIEW_AFTER[state]
    fields = {"school_id": adult.school_id, "adult": adult, "pupil": pupil}
    return Relationship(**fields, state=state, set_on=day, review_on=review)


def _keep(relations: list[Relationship]) -> None:
    Relationship.objects.bulk_create(relations)
    RelationshipChange.objects.bulk_create(
        RelationshipChange(
            school_id=row.school_id,
            relationship=row,
            state=row.state,
            set_on=row.set_on,
            review_on=row.review_on,
            at=_noon(row.set_on),
        )
        for row in relations
    )


def _story(town: Town) -> None:
    """8H: nine pupils whose small stories the screens can show, two of them new."""
    group = Group.objects.get(kind=Group.TUTOR_GROUP, name="8H")
    tutor = Person.objects.get(kind=Person.STAFF, user__username="tutor")
    pupils = list(members(group).order_by("pk"))[: len(STORY_8H)]
    ids = [pupil.pk for pupil in pupils]
    Moment.objects.filter(pupil__in=ids).delete()
    KnownBy.objects.filter(pupil__in=ids).delete()
    Relationship.objects.filter(pupil__in=ids).delete()
    Membership.objects.filter(person__in=ids, group__kind=Group.CLUB).delete()
    for pupil, (given, family, sex) in zip(pupils, STORY_8H, strict=True):
        pupil.given_name, pupil.family_name, pupil.sex = given, family, sex
        pupil.said_like = SAID_LIKE.get(family, "")
        if given in ("Daniel", "Hugo"):
            pupil.joined_on = today() - timedelta(days=12 if given == "Daniel" else 5)
        pupil.save()
        _tell(town, tutor, pupil, *STORY[given])


def _tell(
    town: Town, tutor: Person, pupil: Person, state: str, weeks: int | None, knows: bool, club: bool
) -> None:
    if weeks is not None:
        day = today() - timedelta(weeks=weeks, days=1)
        day -= timedelta(days=max(0, day.weekday() - 4))
        Moment.objects.bulk_create([_moment(tutor, pupil, "praise", "Stayed with a hard problem.", day)])
    if knows:
        KnownBy.objects.bulk_create([_known(tutor, pupil, "", today() - timedelta(days=9))])
    ago = {"establish": 5, "maintain": 20, "restore": 7}[state]
    _keep([_relation(tutor, pupil, State(state), today() - timedelta(days=ago))])
    if club:
        since = pupil.joined_on
        Membership.objects.create(school=town.school, group=town.clubs[4], person=pupil, since=since)
