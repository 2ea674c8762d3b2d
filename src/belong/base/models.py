"""The row every room builds on, and the audit trail."""

from django.db import models
from django_scopes import ScopedManager


class SchoolModel(models.Model):
    """A row that belongs to one school.

    `objects` is scoped (django-scopes): a query outside `scope(school=…)` raises, so that no page can
    forget whose rows it reads.
    """

    school = models.ForeignKey("people.School", on_delete=models.CASCADE, related_name="+")
    objects = ScopedManager(school="school")

    class Meta:
        abstract = True


class AuditEntry(SchoolModel):
    """Who did what to which row, when and why; never what was said or answered."""

    actor = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=60)
    row = models.CharField(max_length=80, blank=True)
    why = models.CharField(max_length=400, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
