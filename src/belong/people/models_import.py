"""What an import leaves behind: how a list's columns were read, and what each import did."""

from django.db import models

from belong.base.models import SchoolModel


class ColumnMapping(SchoolModel):
    """How the columns of a list were mapped last time, found again by its headings.

    `columns` is heading → field. It holds headings only, never a cell.
    """

    fingerprint = models.CharField(max_length=64)
    who = models.CharField(max_length=8)
    columns = models.JSONField(default=dict)
    complete = models.BooleanField(default=False)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "fingerprint"], name="one_mapping_per_headings")
        ]


class RosterImport(SchoolModel):
    """One upload, from waiting to applied or cancelled.

    While it waits, the tables (without secret columns) lie under the random name `stored`; the name is blank once
    they are gone. `who` is blank for files that explain themselves; a list has a kind and a mapping of `columns`.
    `complete` is None until somebody, or the files, said whether they hold everyone.
    """

    WAITING, APPLIED, CANCELLED = "waiting", "applied", "cancelled"
    STATES = [(WAITING, "waiting"), (APPLIED, "applied"), (CANCELLED, "cancelled")]

    by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(db_index=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    file_name = models.CharField(max_length=200)
    stored = models.CharField(max_length=64, blank=True)
    format = models.CharField(max_length=40, blank=True)
    org = models.CharField("school chosen in the files", max_length=120, blank=True)
    who = models.CharField(max_length=8, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    complete = models.BooleanField(null=True)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_list(self) -> bool:
        """Whether this is one list, read through a mapping."""
        return bool(self.who)


class RosterImportRow(SchoolModel):
    """What an applied import did to one person, or why it set a line aside. Field names only, never their values."""

    ADDED, CHANGED, BACK, LEFT, ASIDE = "added", "changed", "back", "left", "aside"
    KINDS = [(ADDED, "added"), (CHANGED, "changed"), (BACK, "back"), (LEFT, "left"), (ASIDE, "set aside")]

    roster_import = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=8, choices=KINDS)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="+")
    fields = models.JSONField(default=list, blank=True)
    file = models.CharField(max_length=200, blank=True)
    line = models.PositiveIntegerField(default=0)
    column = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=400, blank=True)
    mend = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["kind", "id"]
        indexes = [models.Index(fields=["roster_import", "kind"])]
