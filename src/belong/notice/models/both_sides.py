"""An adult asked to look out for a pupil; a pupil who needs an adult's extra care; an adult whom many named."""

from django.db import models
from django.db.models import Q

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedTextField
from belong.people.models import Person


class Match(models.TextChoices):
    """How an offer stands."""

    OFFERED = "offered", "Waiting for an answer"
    ACCEPTED = "accepted", "Looks out for them"
    DECLINED = "declined", "Not this time"
    WITHDRAWN = "withdrawn", "Taken back"
    ENDED = "ended", "Ended"


class MatchOffer(SchoolModel):
    """A tutor or pastoral lead asks an adult to be one a pupil can turn to. It never says whom the pupil named.

    Declining needs no reason, so there is no room for one. While it is accepted, the adult may see the pupil in this
    room as the pupil's teachers do.
    """

    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    offered_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    line = EncryptedTextField(purpose="notice.match", blank=True, default="")
    state = models.CharField(max_length=9, choices=Match, default=Match.OFFERED)
    offered_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-offered_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["adult", "pupil"],
                condition=Q(state__in=["offered", "accepted"]),
                name="one_standing_match_per_adult_and_pupil",
            ),
            models.CheckConstraint(condition=Q(state__in=Match.values), name="known_match_state"),
        ]
        indexes = [models.Index(fields=["adult", "state"]), models.Index(fields=["pupil", "state"])]

    @property
    def is_offered(self) -> bool:
        return self.state == Match.OFFERED

    @property
    def is_accepted(self) -> bool:
        return self.state == Match.ACCEPTED


class Seen(models.TextChoices):
    """What opened a task, without what anybody answered or wrote."""

    ANSWERS = "answers", "What the pupil answered about adults, by name"
    AGAIN = "again", "An adult set Restore more than once"
    OVERDUE = "overdue", "A conversation to restore is long overdue"


class Step(models.TextChoices):
    """The three things that help when it is not well between a pupil and an adult."""

    EFFORT = "effort", "Extra effort"
    WELLBEING = "wellbeing", "Wellbeing followed"
    SUPPORT = "support", "Support found"


class CareTask(SchoolModel):
    """A prompt to one person: something is not well between a pupil and an adult. It changes nothing by itself.

    `adult` is the one whose own relationship it is about; nobody where the pupil's answers opened it, and then only the
    `owner`, whose name stood beside those questions (`wave`), sees it.
    """

    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    adult = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    wave = models.ForeignKey("ask.Wave", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    seen = models.CharField(max_length=8, choices=Seen)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = EncryptedTextField(purpose="notice.care_reason", blank=True, default="")

    class Meta:
        ordering = ["opened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil"],
                condition=Q(closed_on__isnull=True, adult__isnull=True),
                name="one_open_care_task_from_answers",
            ),
            models.UniqueConstraint(
                fields=["pupil", "adult"],
                condition=Q(closed_on__isnull=True, adult__isnull=False),
                name="one_open_care_task_per_adult",
            ),
            models.CheckConstraint(
                condition=Q(seen="answers", adult__isnull=True) | ~Q(seen="answers") & Q(adult__isnull=False),
                name="care_task_names_the_adult_it_is_about",
            ),
        ]
        indexes = [models.Index(fields=["owner", "closed_on"])]

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class CareStep(SchoolModel):
    """One of the three, done, with a line by who did it."""

    task = models.ForeignKey(CareTask, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=9, choices=Step)
    line = EncryptedTextField(purpose="notice.care_step")
    done_on = models.DateField()
    done_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "step"], name="one_row_per_care_step")]


class NamedByMany(SchoolModel):
    """How many pupils said they could turn to an adult, where it is very many: for that adult alone, without names."""

    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    wave = models.ForeignKey("ask.Wave", on_delete=models.CASCADE, related_name="+")
    pupils = models.PositiveSmallIntegerField()
    told_on = models.DateField()
    seen_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-told_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["adult", "wave"], name="named_by_many_once_per_wave")]
