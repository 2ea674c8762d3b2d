"""Questions and answers read out by somebody at the school, for devices that have no voice for a language."""

from django.db import models

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedBinaryField


class Recording(SchoolModel):
    """One question or one answer of a questionnaire, read aloud in one language.

    `spoken` is `item:<id>` or `answer:<scale>:<code>`. `words` is what stood there when it was read: a recording is
    played only beside exactly those words, so that a changed question is never read out in its old wording. The
    voice is a person's, so the sound is encrypted (docs/keys.md).
    """

    instrument_key = models.CharField(max_length=80)
    language = models.CharField(max_length=12)
    spoken = models.CharField(max_length=120)
    words = models.TextField()
    sound = EncryptedBinaryField(purpose="ask.recordings")
    mime = models.CharField(max_length=40)
    seconds = models.FloatField()
    added_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    added_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "instrument_key", "language", "spoken"], name="one_recording_per_words"
            )
        ]
