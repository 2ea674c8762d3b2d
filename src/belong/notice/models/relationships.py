"""A relationship kept on purpose, and an adult who says they know a child."""

from django.db import models

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedTextField
from belong.people.models import Person


class State(models.TextChoices):
    """Establish–Maintain–Restore (Cook and others, 2018)."""

    ESTABLISH = "establish", "Establish"
    MAINTAIN = "maintain", "Maintain"
    RESTORE = "restore", "Restore"


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
