"""Who does not take part, and who said so."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belong.base.clock import today
from belong.base.models import SchoolModel
from belong.base.scoping import scoped


class OptOutQuerySet(models.QuerySet):
    """Opt-outs by date."""

    def current(self, on=None):
        """Those that hold on a date (default today)."""
        day = on or today()
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), since__lte=day)


class OptOut(SchoolModel):
    """A person is not asked from a day on: the person said no, or a carer for them.

    They are on no list of names to call, get no card or link, and count in no response rate. Nobody has to say why, so
    there is no room for a reason.
    """

    SELF, CARER = "themselves", "carer"
    ASKERS = [(SELF, "the person themselves"), (CARER, "a carer")]

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    asked_by = models.CharField("who said so", max_length=10, choices=ASKERS)
    since = models.DateField("from")
    noted_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    ended_on = models.DateField("until", null=True)
    ended_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(OptOutQuerySet)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), name="one_standing_opt_out_per_person"
            )
        ]
