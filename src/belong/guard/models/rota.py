"""Who reads what, and when: posts, school hours, shifts, holidays; and whether belong was there to remind them."""

from django.db import models

from belong.base.models import SchoolModel

HOURS = [["08:30", "15:30"]] * 5 + [None, None]


def usual_hours() -> list[list[str] | None]:
    """Monday to Friday, half past eight to half past three."""
    return list(HOURS)


class Rota(SchoolModel):
    """A school's one rota. `hours` are seven pairs "08:30", "15:30" from Monday on, None where the school is shut.

    `urgent_minutes` is how long something urgent may wait for an adult in school hours; everything else until the end
    of the school day, or `other_minutes` where set. Boxes for own words close when nobody on the rota reads within
    `read_within_days`.
    """

    head = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    chair = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    out_of_hours = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    hours = models.JSONField(default=usual_hours)
    urgent_minutes = models.PositiveSmallIntegerField(default=60)
    other_minutes = models.PositiveSmallIntegerField(null=True)
    read_within_days = models.PositiveSmallIntegerField(default=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school"], name="one_rota_per_school")]


class Deputy(SchoolModel):
    """A deputy safeguarding lead; the lowest `order` is told first."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        verbose_name_plural = "deputies"


class Shift(SchoolModel):
    """One reader of free text on one weekday (0 is Monday), from a time to a time."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["weekday", "starts", "id"]


class Holiday(SchoolModel):
    """Days on which the school is shut, both ends included."""

    name = models.CharField(max_length=80)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="holiday_ends_after_it_begins"
            )
        ]


class Heartbeat(SchoolModel):
    """When the reminders last ran; one row a school, written every minute while belong runs."""

    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school"], name="one_heartbeat_per_school")]


class Outage(SchoolModel):
    """A time in which belong did not run, so that reminders which fell into it went out late."""

    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["-until"]
