"""A badge with its criteria, the awards of it, and what the school needs to issue them as Open Badges 3.0.

No private key is here: those lie in files outside the database and its backups (`notice.badges.keyring`). `IssuerKey`
holds the public halves, so that badges of earlier keys still verify. `recipient` is drawn anew for each award: two
badges of one pupil do not show that they belong to the same child.
"""

import uuid
from typing import ClassVar

from django.db import models

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedTextField
from belong.people.models import Person


class Shape(models.TextChoices):
    """The outline of a badge's picture."""

    CIRCLE = "circle", "Circle"
    SHIELD = "shield", "Shield"
    HEXAGON = "hexagon", "Hexagon"
    STAR = "star", "Star"
    FLOWER = "flower", "Flower"
    SQUARE = "square", "Square"


class Sign(models.TextChoices):
    """What is drawn inside the outline."""

    STAR = "star", "Star"
    HEART = "heart", "Heart"
    LEAF = "leaf", "Leaf"
    BOOK = "book", "Book"
    PEOPLE = "people", "Two people"
    SUN = "sun", "Sun"
    MOUNTAIN = "mountain", "Mountain"
    NOTE = "note", "Music note"
    BRIDGE = "bridge", "Bridge"
    SPARK = "spark", "Spark"


class Colour(models.TextChoices):
    """One of six colours that keep their contrast with the sign."""

    TEAL = "teal", "Teal"
    BLUE = "blue", "Blue"
    PLUM = "plum", "Plum"
    GREEN = "green", "Green"
    BRICK = "brick", "Brick"
    SLATE = "slate", "Slate"


class Givers(models.TextChoices):
    """Who may give a badge."""

    STAFF = "staff", "Any adult, to their own pupils"
    PASTORAL = "pastoral", "Pastoral staff and senior leaders"


class Badge(SchoolModel):
    """Something a pupil can earn. `picture` is an optional picture of the school's own instead of the drawn one.

    Once it was given, its name and criteria stand: what a pupil holds must not come to mean something else.
    """

    STANDS_AS: ClassVar = {"given_by": Givers.PASTORAL}

    name = models.CharField(max_length=80)
    criteria = models.TextField(max_length=1000)
    shape = models.CharField(max_length=8, choices=Shape, default=Shape.CIRCLE)
    sign = models.CharField(max_length=8, choices=Sign, default=Sign.STAR)
    colour = models.CharField(max_length=6, choices=Colour, default=Colour.TEAL)
    picture = models.BinaryField(null=True, blank=True)
    picture_kind = models.CharField(max_length=12, blank=True)
    trait = models.ForeignKey(
        "notice.Trait", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_by = models.CharField(max_length=8, choices=Givers, default=Givers.STAFF)
    lasts_months = models.PositiveSmallIntegerField(null=True, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shape__in=Shape.values)
                & models.Q(sign__in=Sign.values)
                & models.Q(colour__in=Colour.values),
                name="known_badge_look",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StatusList(SchoolModel):
    """A list of 131,072 places in which awards that left the school have one each: withdrawn or not, and no more.

    `used` and `withdrawn` are the numbers of places. They stand here and not on the awards alone, so that a withdrawn
    badge stays withdrawn, and no place is given twice, after a pupil's records were erased.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField()
    used = models.JSONField(default=list, blank=True)
    withdrawn = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="one_status_list_per_number")
        ]


class Award(SchoolModel):
    """A badge given to one pupil by one adult. A place in a status list is drawn when it first leaves the school.

    `taken_on` is that day: the pupil or the family took it along (None: it has never left).
    """

    badge = models.ForeignKey(Badge, on_delete=models.RESTRICT, related_name="awards")
    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    on = models.DateField()
    given_at = models.DateTimeField()
    evidence = EncryptedTextField(purpose="notice.badge_evidence", blank=True, default="")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revoked_on = models.DateField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_why = EncryptedTextField(purpose="notice.badge_revoked", blank=True, default="")
    taken_on = models.DateField(null=True, blank=True)
    status_list = models.ForeignKey(
        StatusList, on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )
    status_place = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["badge", "pupil"],
                condition=models.Q(revoked_on__isnull=True),
                name="one_standing_award_per_badge_and_pupil",
            ),
            models.UniqueConstraint(
                fields=["status_list", "status_place"], name="one_award_per_status_place"
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil", "on"], name="awards_of_pupil")]

    @property
    def stands(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.revoked_on is None


class IssuerKey(SchoolModel):
    """The public half of a key this school signs or signed badges with.

    `until` is the moment it was replaced (what it signed before still counts); `compromised_at` the moment somebody
    else may have had it (nothing it signed counts any more).
    """

    multibase = models.CharField(max_length=64)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    compromised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "multibase"], name="one_issuer_key_per_school")
        ]
