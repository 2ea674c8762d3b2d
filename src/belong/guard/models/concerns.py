"""The record of concerns: what was raised, and everything that was done about it. Both tables can only grow.

A `Concern` holds what never changes: whom it is about, or who wrote it, how it came and when. All the rest is entries:
a state is read from them, a correction is a new one, a look at the page leaves one. Entries of a school are numbered
and hashed one after another like the audit trail (`belong.guard.concerns.record`). `words` is encrypted; of the two
tables it is the only column that may change, because texts move when their key is renewed, and `seal` proves that they
are still the words that were written.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from belong.base.append_only import GrowOnly
from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedJSONField

SAYS = "the record of concerns can only grow"


class Concern(SchoolModel):
    """Something that somebody has to read.

    `person` wrote it, asked for an adult, or is the pupil an adult is worried about; None for the test of the way. The
    row outlives its people: like the audit trail it keeps their numbers. `source` names the sheet it came from.
    """

    WORDS, ASKED, ADULT, CHANGE, TEST = "words", "asked", "adult", "change", "test"
    KINDS = [
        (WORDS, "words in an answer"),
        (ASKED, "asked for an adult"),
        (ADULT, "raised by an adult"),
        (CHANGE, "a change from their usual"),
        (TEST, "a test of the way"),
    ]

    reference = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey(
        "people.Person", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    kind = models.CharField(max_length=6, choices=KINDS)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        "people.User", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    source = models.CharField(max_length=80, blank=True)
    submission = models.UUIDField(null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["school", "raised_at"]), models.Index(fields=["school", "source"])]

    def __str__(self) -> str:
        return self.reference


class ConcernEntry(SchoolModel):
    """One thing that happened to a concern: who, when, what, and (encrypted) the words and reasons.

    `about` is the id of an adult the concern is about, or `SOMEBODY` where nobody was named.
    `CHOSEN` holds in its facts whom a pupil asked for by name and whether they are told; entries `BY_PUPIL` have no
    actor. `step` is the rung of the reminders; each happens once. `facts` hold ids, kinds and times only.
    """

    RAISED, ABOUT, LIFTED, REMINDED, UNSENT = "raised", "about", "lifted", "reminded", "unsent"
    READ, ACKNOWLEDGED, NOTED, DECIDED = "read", "taken", "noted", "decided"
    CORRECTED, REOPENED, EXPORTED, ERASED = "corrected", "reopened", "exported", "erased"
    CHOSEN, ACCEPTED, OFFERED = "chosen", "accepted", "offered"
    MISSED, STILL, FINE = "missed", "still", "fine"
    BY_PUPIL = (MISSED, STILL, FINE)
    AGAIN = (MISSED, STILL)
    KINDS = [
        (RAISED, "came in"),
        (ABOUT, "is about an adult here"),
        (LIFTED, "is not about that adult"),
        (REMINDED, "reminded"),
        (UNSENT, "a mail could not be sent"),
        (READ, "read it"),
        (ACKNOWLEDGED, "took it on"),
        (NOTED, "noted"),
        (DECIDED, "decided"),
        (CORRECTED, "corrected an entry"),
        (REOPENED, "opened it again"),
        (EXPORTED, "took a copy out"),
        (ERASED, "deleted the words"),
        (CHOSEN, "was asked for by name"),
        (ACCEPTED, "will talk with them"),
        (OFFERED, "offered a time"),
        (MISSED, "says that it didn’t happen"),
        (STILL, "still wants to talk"),
        (FINE, "says that it’s all right now"),
    ]
    SOMEBODY = 0
    SPOKE, FAMILY, OTHER, PASSED, SORTED = "spoke", "family", "other", "passed", "sorted"
    OUTCOMES = [
        (SPOKE, "spoke with the pupil"),
        (FAMILY, "told the family"),
        (OTHER, "something else was done"),
        (PASSED, "passed to the school’s safeguarding system"),
        (SORTED, "sorted: nothing more to do"),
    ]
    ENDS = (PASSED, SORTED)

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(
        "people.User", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    kind = models.CharField(max_length=9, choices=KINDS)
    outcome = models.CharField(max_length=6, blank=True, choices=OUTCOMES)
    urgent = models.BooleanField(default=False)
    about = models.BigIntegerField(null=True)
    step = models.PositiveSmallIntegerField(null=True)
    facts = models.JSONField(default=dict)
    words = EncryptedJSONField(purpose="guard.concern", null=True)
    seal = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="one_concern_entry_per_number"),
            models.UniqueConstraint(
                fields=["concern", "step"], condition=Q(step__isnull=False), name="one_reminder_per_step"
            ),
        ]
        indexes = [models.Index(fields=["concern", "kind"])]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


def _guard(model: Any, free: tuple[str, ...] = ()) -> GrowOnly:
    fixed = tuple(f.column for f in model._meta.concrete_fields if f.column not in free) if free else ()
    return GrowOnly(model._meta.db_table, SAYS, fixed)


GUARDS = (_guard(Concern), _guard(ConcernEntry, free=("words",)))
