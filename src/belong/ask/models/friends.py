"""Before pupils are asked whom they like to be with: families were told, and some said no. Answers are on sheets."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belong.ask.models.optout import OptOut, OptOutQuerySet
from belong.ask.models.wave import Wave
from belong.base.models import SchoolModel
from belong.base.scoping import scoped


class FamiliesTold(SchoolModel):
    """Families were told about one asking, on a day and in some way, before it opens."""

    WAYS = [("letter", "a letter"), ("mail", "a mail"), ("talk", "a talk"), ("other", "another way")]

    wave = models.OneToOneField(Wave, on_delete=models.CASCADE, related_name="+")
    told_on = models.DateField("families were told on")
    way = models.CharField("by", max_length=6, choices=WAYS)
    noted_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")


class LeftOutOfFriends(SchoolModel):
    """A pupil is neither asked about friends nor in the list from which others choose. No reason is kept."""

    pupil = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    asked_by = models.CharField("who said so", max_length=10, choices=OptOut.ASKERS)
    since = models.DateField("from")
    noted_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    ended_on = models.DateField("until", null=True)
    ended_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(OptOutQuerySet)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil"],
                condition=Q(ended_on__isnull=True),
                name="a_pupil_is_left_out_of_friends_once",
            )
        ]
