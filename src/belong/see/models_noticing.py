"""Released figures about noticing: worked out once, on a fixed half-term date, then frozen."""

from typing import Any

from django.db import models

from belong.base.models import SchoolModel


class NoticingRelease(SchoolModel):
    """What `release.build` returned for one date and one kind of people, as JSON, or why it refused.

    `kind` says whose figures they are: what was noticed of pupils, the mix of pupils, the mix of adults. Each is its
    own release, as each is about other people or other questions. `shared_on` is the day the school let governors see
    the date; it is about the reader, so it may change, and nothing else ever does.
    """

    NOTICED, PUPILS, ADULTS = "noticed", "pupils", "adults"
    KINDS = [(NOTICED, "what was noticed"), (PUPILS, "the mix of pupils"), (ADULTS, "the mix of adults")]
    READY, REFUSED = "ready", "refused"
    STATES = [(READY, "ready"), (REFUSED, "refused")]

    on = models.DateField()
    since = models.DateField()
    kind = models.CharField(max_length=7, choices=KINDS)
    state = models.CharField(max_length=7, choices=STATES)
    reason = models.TextField("why it was refused", blank=True)
    payload = models.JSONField(null=True, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    built_at = models.DateTimeField()
    shared_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "on", "kind"], name="one_noticing_release_per_date_and_kind"
            ),
            models.CheckConstraint(
                name="a_ready_noticing_release_holds_its_tables",
                condition=~models.Q(state="ready") | (models.Q(payload__isnull=False) & ~models.Q(hash="")),
            ),
            models.CheckConstraint(
                name="a_refused_noticing_release_says_why",
                condition=~models.Q(state="refused") | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}: {self.state}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.READY

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save once; neither figures nor a refusal are ever worked out again for the same date."""
        if self.pk:
            from belong.see.models import FrozenReleaseError

            raise FrozenReleaseError(f"The figures of {self.on} are frozen and never change.")
        super().save(*args, **kwargs)
