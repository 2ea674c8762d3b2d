"""What an adult means to do for a relationship, and what they hand on to the next adult."""

from django.db import models
from django.db.models import Q

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedTextField
from belong.people.models import Group, Person


class Intention(SchoolModel):
    """One small thing an adult means to do with one pupil by a day; `strategy` is a key of content/strategies.

    Open until it has a `done_on` or a `dropped_on`. Not now: `due_on` moves on and `due_before` remembers the day it
    had, so that this can be taken back.
    """

    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    strategy = models.CharField(max_length=60)
    made_on = models.DateField()
    due_on = models.DateField()
    due_before = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["adult", "pupil", "strategy"],
                condition=Q(done_on__isnull=True, dropped_on__isnull=True),
                name="one_open_intention_each",
            )
        ]
        indexes = [models.Index(fields=["adult", "due_on"], name="intentions_due")]

    @property
    def is_open(self) -> bool:
        """Neither done nor left."""
        return self.done_on is None and self.dropped_on is None


class HandOver(SchoolModel):
    """What one adult leaves for the next one of the same kind of group: what helps, a line, and the states if chosen.

    The next adult is whoever leads a group of the kind of `group` that the pupil is in; nothing names them.
    """

    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    what_helps = EncryptedTextField(purpose="notice.what_helps", blank=True, default="")
    line = EncryptedTextField(purpose="notice.hand_over", blank=True, default="")
    with_states = models.BooleanField(default=False)
    written_on = models.DateField()

    class Meta:
        ordering = ["-written_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["adult", "pupil", "group"], name="one_hand_over_per_group")
        ]
