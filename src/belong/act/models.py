"""Plans: what we will do about a gap, who leads it, and how we will know.

A plan copies the released gap it was made for (never anything below a release), so that the story of the gap can be
told even after the wave is old: where it stood, what we did, and what the next wave showed.
"""

from django.db import models

from belong.base.clock import today
from belong.base.models import SchoolModel


class Plan(SchoolModel):
    """One practice, chosen for one gap, with an owner, dates and a measure."""

    ACTIVE, DONE, STOPPED = "active", "done", "stopped"
    STATES = [(ACTIVE, "under way"), (DONE, "done"), (STOPPED, "stopped")]

    title = models.CharField(max_length=160)
    practice_key = models.CharField(max_length=60, blank=True)
    aim = models.TextField(max_length=1000, blank=True)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=STATES, default=ACTIVE)
    starts_on = models.DateField()
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    learned = models.TextField(max_length=2000, blank=True)

    wave = models.ForeignKey("ask.Wave", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    measure = models.CharField(max_length=60, blank=True)
    cut = models.CharField(max_length=40, blank=True)
    group = models.CharField(max_length=60, blank=True)
    gap_at_start = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["state", "review_on", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        return self.state == self.ACTIVE

    @property
    def is_review_due(self) -> bool:
        return self.is_active and self.review_on <= today()


class PlanStep(SchoolModel):
    """One thing to do in a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["order", "id"]
