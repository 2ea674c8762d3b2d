"""Answers on paper: a sheet with a number, and for whom it was printed."""

from django.db import models

from belong.ask.models.wave import Wave
from belong.base.models import SchoolModel


class PaperSheet(SchoolModel):
    """One person's printed sheet for one wave. On the paper stands `number`, which says nothing about the person.

    `helper` is the adult named on the paper as the one who types it in: nobody else may, for it was promised. It
    carries no time and goes when the wave closes.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    helper = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=12, default="en")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="one_paper_sheet_per_wave_and_person"),
            models.UniqueConstraint(fields=["wave", "number"], name="one_paper_sheet_per_wave_and_number"),
        ]
