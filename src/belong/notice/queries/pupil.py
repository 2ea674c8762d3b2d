"""One pupil's page as one viewer may see it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from belong.base.clock import today
from belong.notice.access import readable_knowings, visible_knowings, visible_moments, visible_relationships
from belong.notice.models import KnownBy, Moment, Relationship, RelationshipChange
from belong.notice.queries.cards import Card, cards
from belong.people.models import Group, Membership, Person, User


@dataclass(frozen=True)
class Knowing:
    """An adult who recorded knowing the child; `line` is "" where the viewer may not read it or there is none."""

    adult: Person
    noted_on: date
    line: str
    is_mine: bool


@dataclass(frozen=True)
class PupilPage:
    """What one viewer may see of one pupil."""

    pupil: Person
    card: Card
    mine: Relationship | None
    relationships: list[Relationship]
    knowings: list[Knowing]
    groups: list[Membership]
    clubs: list[Membership]
    moments: QuerySet[Moment]

    @property
    def newest_change(self) -> int:
        """The number of the newest change of the viewer's own state; 0 where there is none."""
        changes = self.mine.changes.all() if self.mine else ()
        return changes[0].pk if changes else 0

    @property
    def i_know(self) -> Knowing | None:
        return next((knowing for knowing in self.knowings if knowing.is_mine), None)


def pupil_page(user: User, pupil: Person) -> PupilPage:
    """Everything on the pupil's page; a constant number of queries. The caller has checked access to the pupil."""
    changes = Prefetch("changes", RelationshipChange.objects.order_by("-at", "-id"))
    seen = visible_relationships(user).filter(pupil=pupil).select_related("adult").prefetch_related(changes)
    relationships = sorted(seen, key=lambda row: (row.adult_id != user.person_id, row.adult.family_name))
    mine = next((row for row in relationships if row.adult_id == user.person_id), None)
    inside = Membership.objects.current().filter(person=pupil, part=Membership.MEMBER).select_related("group")
    groups = list(inside.order_by("group__kind", "group__name"))
    return PupilPage(
        pupil=pupil,
        card=cards(user, [pupil])[0],
        mine=mine,
        relationships=relationships,
        knowings=_knowings(user, pupil),
        groups=[row for row in groups if row.group.kind != Group.CLUB],
        clubs=[row for row in groups if row.group.kind == Group.CLUB],
        moments=visible_moments(user)
        .filter(pupil=pupil)
        .select_related("adult", "seen__by", "note_home")
        .prefetch_related("note_home__letters"),
    )


def newest_change(user: User, pupil: Person) -> int:
    """The number of the newest change of the user's own state for a pupil; 0 where there is none."""
    own = RelationshipChange.objects.filter(relationship__adult=user.person_id, relationship__pupil=pupil)
    return own.order_by("-at", "-id").values_list("pk", flat=True).first() or 0


def _knowings(user: User, pupil: Person) -> list[Knowing]:
    rows = visible_knowings(user).filter(pupil=pupil).select_related("adult").order_by("noted_on", "id")
    lines = dict(readable_knowings(user).filter(pupil=pupil).values_list("id", "line"))
    in_post = [row for row in rows if _is_here(row)]
    return [
        Knowing(row.adult, row.noted_on, lines.get(row.pk, ""), row.adult_id == user.person_id)
        for row in in_post
    ]


def _is_here(row: KnownBy) -> bool:
    """An adult who left no longer counts."""
    return row.adult.left_on is None or row.adult.left_on > today()
