"""Check-ins: a few faces and one line, asked again and again of a group; and change against a child's own usual.

A check-in says what is asked of whom and how often. Each asking is a *round*: a `Wave` that belongs to a check-in, so
that receipts, sheets, keys, retention and withdrawal are those of every questionnaire. `Wave.objects` leaves rounds
out: nothing that counts, lists or compares waves ever meets one. `Wave.askings` has both.
"""

from django.db import models

from belong.base.clock import today
from belong.base.models import SchoolModel


class CheckIn(SchoolModel):
    """One check-in of one group or of some year groups.

    `topics` are the questions in order (`belong.ask.checkins.form`); those in `named`, at most two, are seen by the
    holders of `readers` (roles, as in a wave), all others are pooled. `with_line` adds one line of own words, read in
    confidence. `every` is how many days lie between two rounds: 7, 14, or 0 for once.
    """

    ONCE, WEEKLY, FORTNIGHTLY = 0, 7, 14
    CADENCES = [(ONCE, "once"), (WEEKLY, "every week"), (FORTNIGHTLY, "every two weeks")]

    title = models.CharField(max_length=80)
    group = models.ForeignKey("people.Group", on_delete=models.CASCADE, null=True, related_name="+")
    years = models.JSONField("year groups", default=list, blank=True)
    every = models.PositiveSmallIntegerField("how often", choices=CADENCES)
    topics = models.JSONField(default=list)
    named = models.JSONField(default=list)
    readers = models.JSONField(default=list)
    with_line = models.BooleanField("one line of own words", default=False)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    set_up_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    stopped_on = models.DateField(null=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="check_in_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Not stopped, and its last day has not passed."""
        return self.stopped_on is None and self.ends_on >= today()


class UsualCheck(SchoolModel):
    """Who switched on the look for change against a child's own usual, for which version of its rule; None ended it."""

    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    rule = models.CharField(max_length=8)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")


class UsualNote(SchoolModel):
    """A prompt to a person about one child: far below their own usual, or low three times running.

    `readers` are ids of people: those of the few allowed whose names stood beside every answer it rests on. It holds no
    answer: they read them where they are. There is one for each child, question and round.
    """

    FAR, LOW = "far", "low"
    REASONS = [(FAR, "far below their own usual"), (LOW, "low three times running")]

    pupil = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=40)
    round = models.ForeignKey("ask.Wave", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=3, choices=REASONS)
    readers = models.JSONField(default=list)
    made_on = models.DateField()
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "topic", "round"], name="one_usual_note_per_pupil_topic_and_round"
            )
        ]
        indexes = [models.Index(fields=["school", "looked_at"])]
