"""The row every room builds on, and the audit trail."""

from typing import Any, ClassVar

from django.db import models

from belong.base.scoping import scoped


class SchoolModel(models.Model):
    """A row that belongs to one school.

    `objects` is scoped (django-scopes): a query outside `scope(school=…)` raises, so that no page can
    forget whose rows it reads.
    """

    school = models.ForeignKey("people.School", on_delete=models.CASCADE, related_name="+")
    objects: ClassVar[Any] = scoped()

    class Meta:
        abstract = True


class AuditEntry(SchoolModel):
    """Who did what to which row, when and why; never what was said or answered.

    Entries of a school are numbered from 1 and chained: `hash` covers the entry and the hash before it
    (`belong.base.chain`). The database refuses to change or delete one (`belong.base.append_only`), so `actor` keeps
    its number when the sign-in is deleted: it has no constraint, and reads as None through `select_related`.
    `about` holds the ids of the people it concerns as "|12|45|".
    """

    number = models.PositiveBigIntegerField()
    actor = models.ForeignKey(
        "people.User", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    row = models.CharField(max_length=80, blank=True)
    about = models.TextField(blank=True)
    why = models.CharField(max_length=400, blank=True)
    facts = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="one_audit_entry_per_number")
        ]
        indexes = [models.Index(fields=["school", "at"])]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"
