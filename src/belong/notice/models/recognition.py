"""The school's own values and traits, what was recognised in whom, and what a pupil lets others see of it.

Recognition only adds: nothing here is negative, counted, ranked or run in a row. What somebody saw is encrypted, as is
what a moderator wrote back. A recognition is shown to nobody but who gave it and who looks it through until it is
approved; declined, the pupil never learns of it.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belong.base.models import SchoolModel
from belong.base.scoping import scoped
from belong.base.secrets import EncryptedBinaryField, EncryptedTextField
from belong.people.models import CurrentQuerySet, Group, Person


class Trait(SchoolModel):
    """A value the school lives by, or a trait of character it looks for, in the school's own words."""

    VALUE, TRAIT = "value", "trait"
    KINDS = [(VALUE, "value"), (TRAIT, "trait")]

    name = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=5, choices=KINDS, default=VALUE)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Recognition(SchoolModel):
    """Somebody saw something good in a pupil: which trait, on which day, and what they saw.

    `first_words` is what the giver wrote where a moderator changed it; `reply` is what the moderator wrote back.
    `submission` comes from the form, so that sending it twice keeps one. `is_signed`: the pupil is told who gave it.
    """

    STAFF, PUPIL, AMBASSADOR, FAMILY = "staff", "pupil", "ambassador", "family"
    SOURCES = [(STAFF, "staff"), (PUPIL, "a pupil"), (AMBASSADOR, "an ambassador"), (FAMILY, "family")]
    WAITING, APPROVED, DECLINED = "waiting", "approved", "declined"
    STATES = [(WAITING, "waiting"), (APPROVED, "approved"), (DECLINED, "declined")]
    STANDS_AS: ClassVar = {"source": PUPIL, "state": APPROVED}

    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    trait = models.ForeignKey(Trait, on_delete=models.RESTRICT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    source = models.CharField(max_length=10, choices=SOURCES)
    is_signed = models.BooleanField(default=True)
    words = EncryptedTextField(purpose="notice.recognition", blank=True, default="")
    first_words = EncryptedTextField(purpose="notice.recognition", blank=True, default="")
    reply = EncryptedTextField(purpose="notice.recognition", blank=True, default="")
    on = models.DateField()
    recorded_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(default=uuid.uuid4)

    class Meta:
        ordering = ["-on", "-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "submission"],
                condition=Q(by__isnull=False),
                name="one_recognition_per_submission",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "approved", "declined"]), name="known_recognition_state"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "pupil", "state", "on"], name="recognised"),
            models.Index(fields=["school", "state", "pupil"], name="recognition_queue"),
        ]


class RecognitionPhoto(SchoolModel):
    """A picture beside what was seen, re-encoded without its metadata; the giver said no other child is in it."""

    recognition = models.OneToOneField(Recognition, on_delete=models.CASCADE, related_name="photo")
    data = EncryptedBinaryField(purpose="notice.recognition_photo")
    kind = models.CharField(max_length=20)


class Ambassador(SchoolModel):
    """A pupil to whom a leader gave the part of noticing good things in others."""

    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = scoped(CurrentQuerySet)

    class Meta:
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["school", "pupil"])]


class Shown(SchoolModel):
    """What a pupil chose for one entry of their timeline; without a row it stays on their own page.

    `entry` is the kind of the entry and `number` the id of its row: badges and moments are of other parts of the room.
    `noted_by` is the tutor who wrote down what a pupil without a sign-in said.
    """

    RECOGNITION, AWARD, MOMENT = "recognition", "award", "moment"
    ENTRIES = [(RECOGNITION, "recognition"), (AWARD, "badge"), (MOMENT, "moment")]

    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    entry = models.CharField(max_length=11, choices=ENTRIES)
    number = models.BigIntegerField()
    on_wall = models.BooleanField(default=False)
    to_family = models.BooleanField(default=False)
    noted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    chosen_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pupil", "entry", "number"], name="one_choice_per_entry")
        ]


class HouseEvent(SchoolModel):
    """Some days on which houses gather recognitions together; totals of houses are shown on these days only."""

    title = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["-starts_on", "-id"]


class HouseThanks(SchoolModel):
    """Thanks from one adult to another during an event: staff earn for their house, too."""

    event = models.ForeignKey(HouseEvent, on_delete=models.CASCADE, related_name="thanks")
    house = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = EncryptedTextField(purpose="notice.house_thanks", blank=True, default="")
    on = models.DateField()
    submission = models.UUIDField(default=uuid.uuid4)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [models.UniqueConstraint(fields=["by", "submission"], name="one_thanks_per_submission")]
