"""The release of a wave: built once, then frozen.

A `ReleaseRecord` holds what `release.build` returned for one closed wave, as JSON, with its hash. It starts as
`building`, and ends as `ready` or `refused`. A ready record never changes again: two versions of the same tables
side by side would show what each of them hides, so a late answer, a withdrawal or a moved pupil rebuilds nothing.
"""

from typing import Any, ClassVar

from django.db import models

from belong.base.models import SchoolModel
from belong.base.scoping import scoped
from belong.see.models_noticing import NoticingRelease  # noqa: F401  (found here)
from belong.see.models_places import PlaceRelease  # noqa: F401  (found here)


class ReleaseRecord(SchoolModel):
    """Where the release of one wave stands, and the release itself once it is ready.

    `objects` leaves out those of the rounds of check-ins, which no list of waves shows; `everything` has them too.
    """

    objects: ClassVar[Any] = scoped(wave__check_in=None)
    everything: ClassVar[Any] = scoped()

    BUILDING, READY, REFUSED = "building", "ready", "refused"
    STATES = [(BUILDING, "being built"), (READY, "ready"), (REFUSED, "refused")]

    WAITING, READING, PROTECTING = "waiting", "reading", "protecting"
    STEPS = [
        (WAITING, "waiting to start"),
        (READING, "reading the answers"),
        (PROTECTING, "working out and protecting the tables"),
    ]

    wave = models.OneToOneField("ask.Wave", on_delete=models.CASCADE, related_name="release_record")
    state = models.CharField(max_length=8, choices=STATES, default=BUILDING)
    step = models.CharField(max_length=12, choices=STEPS, default=WAITING)
    reason = models.TextField("why it was refused", blank=True)
    hash = models.CharField(max_length=64, blank=True)
    requested_at = models.DateTimeField()
    built_at = models.DateTimeField(null=True, blank=True)
    payload = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "-id"]
        indexes = [models.Index(fields=["school", "state"])]
        constraints = [
            models.CheckConstraint(
                name="a_ready_release_holds_its_tables",
                condition=~models.Q(state="ready") | (models.Q(payload__isnull=False) & ~models.Q(hash="")),
            ),
            models.CheckConstraint(
                name="a_refused_release_says_why",
                condition=~models.Q(state="refused") | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"release of wave {self.wave_id}: {self.state}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.READY

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, unless this would change a release that is already frozen."""
        if self.pk and type(self).objects.filter(pk=self.pk, state=self.READY).exists():
            raise FrozenReleaseError(f"The release of wave {self.wave_id} is frozen and never changes.")
        super().save(*args, **kwargs)


class FrozenReleaseError(Exception):
    """Something tried to change a release after it was ready: a mistake in the program, never a user's."""
