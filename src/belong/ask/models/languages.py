"""Words in other languages: what a wave took in, what a school has worded itself, what a person chose to read."""

from django.db import models

from belong.ask.models.wave import Wave
from belong.base.models import SchoolModel


class WaveWording(SchoolModel):
    """The words of one wave's questionnaire in one language, as they stood when the wave was planned or opened.

    `words` is an overlay (`measure.translating`) and nothing else: codes, order and scoring are the wave's own.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    words = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "language"], name="one_wording_per_wave_and_language")
        ]


class OwnWording(SchoolModel):
    """One edition of a school's own words in a language, whole; `before` is the edition to go back to.

    `words` maps the place of a text (`texts/endings/end-4-7`) to the school's words; places that are not in it are
    said as they ship. A check by a speaker is recorded for these very words: `checked_hash` is that of everything the
    speaker could read, so that words which change later are a draft again. `checked_by` is the speaker's name as they
    wish to be named (often somebody who does not work here), `check_noted_by` who recorded it.
    """

    language = models.CharField(max_length=8)
    words = models.JSONField(default=dict)
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    made_on = models.DateField()
    before = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    in_use = models.BooleanField(default=True)
    checked_by = models.CharField(max_length=120, blank=True)
    checked_on = models.DateField(null=True)
    checked_hash = models.CharField(max_length=64, blank=True)
    check_noted_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "language"],
                condition=models.Q(in_use=True),
                name="one_own_wording_in_use_per_language",
            )
        ]


class ReadingLanguage(SchoolModel):
    """The language somebody with a sign-in of their own chose for their pages."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
