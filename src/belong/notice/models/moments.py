"""A moment noticed, and one taken back."""

import uuid

from django.db import models

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedTextField
from belong.people.models import Person


class Kind(models.TextChoices):
    """What an adult did or saw."""

    GREETING = "greeting", "Greeting"
    CHECK_IN = "check_in", "Weekend check-in"
    PRAISE = "praise", "Praise"
    GESTURE = "gesture", "Small gesture"
    WORK = "work", "Work on display"
    NOTE_HOME = "note_home", "Note home"
    OBSERVATION = "observation", "Observation"


class Aspect(models.TextChoices):
    """What an observation is about."""

    MOOD = "mood", "Mood"
    BEHAVIOUR = "behaviour", "Behaviour"
    WORK = "work", "Work"
    FRIENDSHIP = "friendship", "Friendship"


class Moment(SchoolModel):
    """One thing an adult did or saw for one pupil on one day.

    An observation is kept apart from everything good: other eyes read it, and it fills no place. `aspect` says what it
    is about; "" for every other kind, and for observations from before there were aspects.

    `submission` comes from the form: sending the same form twice keeps one moment. A moment for a whole group is one
    row per pupil under one submission.
    """

    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    aspect = models.CharField(max_length=12, choices=Aspect, blank=True, default="")
    note = EncryptedTextField(purpose="notice.note", blank=True, default="")
    on = models.DateField()
    recorded_at = models.DateTimeField()
    submission = models.UUIDField(default=uuid.uuid4)
    # What `ObservationSeen` says in full, here once more: "what has nobody seen yet" then reads those alone, and not
    # every observation of three years. `mark_seen` and `undo_seen` write both.
    seen_by_lead = models.BooleanField(default=False)

    class Meta:
        ordering = ["-on", "-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["adult", "submission", "pupil"], name="one_moment_per_submission"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="known_moment_kind"),
            models.CheckConstraint(
                condition=models.Q(aspect="") | models.Q(aspect__in=Aspect.values, kind=Kind.OBSERVATION),
                name="aspect_of_observations",
            ),
        ]
        # Holds all that "when was the last one" asks for, so that three years of moments are not read row by row;
        # observations are few among them, and have a small one of their own.
        indexes = [
            models.Index(fields=["school", "pupil", "on", "kind", "adult"], name="last_moment"),
            models.Index(
                fields=["school", "on"], condition=models.Q(kind=Kind.OBSERVATION), name="observations"
            ),
            models.Index(
                fields=["school", "on", "recorded_at"],
                condition=models.Q(kind=Kind.OBSERVATION, seen_by_lead=False),
                name="observations_to_read",
            ),
            # Who had one lately, for a whole school.
            models.Index(fields=["school", "on", "kind", "pupil"], name="moments_by_day"),
        ]


class TakenBack(SchoolModel):
    """A submission whose moments were undone, so that a late resend of it does not bring them back."""

    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    submission = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["adult", "submission"], name="taken_back_once")]
