"""A relationship kept on purpose, a moment noticed, and an adult who says they know a child.

Nothing here is worked out from a score. A `Relationship` is one adult's own judgement about one pupil, set by that
adult, with every earlier state kept in `RelationshipChange`. A `Moment` is one good thing (or one observation, kept
apart) seen by one adult. `KnownBy` records that an adult knows the child well: something they enjoy, someone at home,
what helps. Notes, reasons and lines are written as if the child will read them, at most `NOTE_LENGTH` characters long,
and encrypted (docs/keys.md): whoever holds the database or a copy of it reads none of them.
"""

import uuid

from django.db import models

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedTextField
from belong.people.models import Person

NOTE_LENGTH = 280


class State(models.TextChoices):
    """Establish–Maintain–Restore (Cook and others, 2018)."""

    ESTABLISH = "establish", "Establish"
    MAINTAIN = "maintain", "Maintain"
    RESTORE = "restore", "Restore"


class Kind(models.TextChoices):
    """What an adult did or saw."""

    GREETING = "greeting", "Greeting"
    PRAISE = "praise", "Praise"
    GESTURE = "gesture", "Small gesture"
    WORK = "work", "Work on display"
    NOTE_HOME = "note_home", "Note home"
    OBSERVATION = "observation", "Observation"


class Relationship(SchoolModel):
    """How one adult sees their relationship with one pupil now, and when they will look again."""

    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    reason = EncryptedTextField(purpose="notice.reason", blank=True, default="")
    set_on = models.DateField()
    review_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["adult", "pupil"], name="one_relationship_per_adult_and_pupil"),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="known_relationship_state"
            ),
        ]
        indexes = [models.Index(fields=["adult", "review_on"])]


class RelationshipChange(SchoolModel):
    """One state a relationship was given; the newest row is the one that holds."""

    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=10, choices=State)
    reason = EncryptedTextField(purpose="notice.reason", blank=True, default="")
    set_on = models.DateField()
    review_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]


class KnownBy(SchoolModel):
    """An adult recorded that they know this pupil well; the line is optional."""

    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    noted_on = models.DateField()
    line = EncryptedTextField(purpose="notice.line", blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["adult", "pupil"], name="one_knowing_per_adult_and_pupil")
        ]


class Moment(SchoolModel):
    """One thing an adult did or saw for one pupil on one day.

    `submission` comes from the form: sending the same form twice keeps one moment. A moment for a whole group is one
    row per pupil under one submission.
    """

    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    note = EncryptedTextField(purpose="notice.note", blank=True, default="")
    on = models.DateField()
    recorded_at = models.DateTimeField()
    submission = models.UUIDField(default=uuid.uuid4)

    class Meta:
        ordering = ["-on", "-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["adult", "submission", "pupil"], name="one_moment_per_submission"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="known_moment_kind"),
        ]
        # Holds all that "when was the last one" asks for, so that three years of moments are not read row by row.
        indexes = [models.Index(fields=["school", "pupil", "on", "kind", "adult"], name="last_moment")]


class TakenBack(SchoolModel):
    """A submission whose moments were undone, so that a late resend of it does not bring them back."""

    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    submission = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["adult", "submission"], name="taken_back_once")]
