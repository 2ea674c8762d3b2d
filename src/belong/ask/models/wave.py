"""A wave: one questionnaire asked of one audience in one window."""

from typing import Any, ClassVar

from django.db import models

from belong.base.clock import today
from belong.base.models import SchoolModel
from belong.base.scoping import scoped
from belong.base.secrets import SealedKeyField

NAMED, CONFIDENTIAL, POOLED, UNLINKED = "named", "confidential", "pooled", "unlinked"
POOL_KEY = "ask.pool_key"


class Wave(SchoolModel):
    """One asking. The questions and who sees each answer are a snapshot, fixed when the wave opens.

    `instrument` is `Instrument.to_dict()`; `visibility` maps item id → named | confidential | pooled | unlinked;
    `readers` lists the roles that read named answers; `attributes` the coarse facts kept with unlinked answers.
    `one_per_family`: of the carers of the same children the first who answers answers for all (`ask.families`).
    `symbols` puts a drawing beside each question that has one.
    `pool_key` (32 random bytes) scrambles pupils in this wave only and is deleted 13 months after close; it is
    sealed, so that a copy of the database without text.key links nobody to pooled answers.
    `languages` maps a language to its status when it was taken in (draft | checked) and the hash of its words, which
    are in `WaveWording`; English is always there and not in it.
    A wave with a `check_in` is one round of it. `objects` leaves those out, `askings` has them too.
    """

    objects: ClassVar[Any] = scoped(check_in=None)
    askings: ClassVar[Any] = scoped()

    PUPILS, STAFF, FAMILIES = "pupils", "staff", "families"
    AUDIENCES = [(PUPILS, "Pupils"), (STAFF, "Staff"), (FAMILIES, "Families")]
    DRAFT, OPEN, CLOSED = "draft", "open", "closed"
    STATES = [(DRAFT, "draft"), (OPEN, "open"), (CLOSED, "closed")]

    check_in = models.ForeignKey("ask.CheckIn", on_delete=models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=120)
    audience = models.CharField(max_length=8, choices=AUDIENCES)
    instrument_key = models.CharField(max_length=80)
    instrument = models.JSONField()
    instrument_hash = models.CharField(max_length=64)
    years = models.JSONField("year groups", default=list, blank=True)
    opens_on = models.DateField("first day")
    closes_on = models.DateField("last day")
    state = models.CharField(max_length=6, choices=STATES, default=DRAFT)
    visibility = models.JSONField(default=dict)
    readers = models.JSONField(default=list)
    attributes = models.JSONField(default=list)
    one_per_family = models.BooleanField("one answer per family", default=False)
    symbols = models.BooleanField("symbols beside the words", default=False)
    small_groups = models.JSONField("year groups too small to show", default=list)
    pool_key = SealedKeyField(purpose=POOL_KEY, null=True)
    opened_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    opened_on = models.DateField(null=True)
    override_reason = models.CharField(max_length=400, blank=True)
    closed_at = models.DateTimeField(null=True)
    languages = models.JSONField("languages it can be answered in", default=dict)
    rewritten = models.BooleanField("answers rewritten in random order", default=False)

    class Meta:
        ordering = ["-opens_on", "-id"]
        indexes = [models.Index(fields=["school", "state", "audience"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="wave_closes_after_it_opens"
            ),
            models.UniqueConstraint(
                fields=["check_in", "opens_on"],
                condition=models.Q(check_in__isnull=False),
                name="one_round_per_check_in_and_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == self.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == self.CLOSED

    @property
    def takes_answers(self) -> bool:
        """Open, and today is inside its window."""
        return self.is_open and self.opens_on <= today() <= self.closes_on

    @property
    def is_for_pupils(self) -> bool:
        return self.audience == self.PUPILS

    def seen_as(self, item_id: str) -> str:
        """Who may see the answers to a question: named | confidential | pooled | unlinked."""
        return self.visibility[item_id]
