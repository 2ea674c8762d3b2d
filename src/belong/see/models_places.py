"""The released picture of where pupils feel they belong: worked out once, when an asking closes, then frozen."""

from typing import Any

from django.db import models
from django.utils.functional import cached_property

from belong.ask.models import PlaceAsking
from belong.base.models import SchoolModel


class PlaceRelease(SchoolModel):
    """What `release.build` returned for one asking about places, as JSON, or why nothing can be shown.

    `asking_id` is the number of an `ask.PlaceAsking`: once it has opened, an asking is never deleted.
    """

    READY, REFUSED = "ready", "refused"
    STATES = [(READY, "ready"), (REFUSED, "refused")]

    asking_id = models.BigIntegerField(unique=True)
    state = models.CharField(max_length=7, choices=STATES)
    reason = models.TextField("why it was refused", blank=True)
    payload = models.JSONField(null=True, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    built_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_ready_place_release_holds_its_tables",
                condition=~models.Q(state="ready") | (models.Q(payload__isnull=False) & ~models.Q(hash="")),
            )
        ]

    @cached_property
    def asking(self) -> PlaceAsking:
        return (
            PlaceAsking.objects.select_related("plan", "school").defer("plan__picture").get(pk=self.asking_id)
        )

    @property
    def is_ready(self) -> bool:
        return self.state == self.READY

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save once; it is never worked out again."""
        if self.pk:
            from belong.see.models import FrozenReleaseError

            raise FrozenReleaseError("The picture of an asking about places is frozen and never changes.")
        super().save(*args, **kwargs)
