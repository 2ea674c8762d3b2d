"""What is left of one person's answering: at most four rows, none with a time.

Answers are `{item id: code}` with codes 1…k as printed (not reversed), −1 for "I'd rather not say", −2 for a named
answer that was taken back; a skipped question is absent. `texts` holds free text, apart from the codes; `adults` the
adults a pupil said they could turn to.
`how` is `{"language": "en", "helper": false}` (`belong.ask.how`); sheets from before it was kept have none. Unlinked
answers never have it.
"""

from django.db import models

from belong.ask.models.wave import Wave
from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedJSONField


class Receipt(SchoolModel):
    """This person answered this wave. The submission id goes when the wave closes; there is no time.

    `family` is the number of the household (`ask.families`) where a wave takes one answer per family.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    submission_id = models.UUIDField(null=True)
    family = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="one_receipt_per_wave_and_person"),
            models.UniqueConstraint(
                fields=["wave", "family"],
                condition=models.Q(family__isnull=False),
                name="one_receipt_per_wave_and_family",
            ),
        ]


class SignedSheet(SchoolModel):
    """Named and confidential answers, with the person who gave them.

    `readers` are the ids of the people whose names stood beside the named questions: they and nobody who takes
    over their post later. `named` says whether a named question was answered, `wrote` whether there is
    free text, without opening the sheet. Free text is encrypted (docs/keys.md).
    `adults` is `{item id: [ids of people]}`, an empty list for "nobody yet"; None where no such question was answered.
    `friends` is the same for the pupils whom this one likes to be with. Both are encrypted, and go before the rest
    of the sheet does (`records.CLOCKS`).
    `named_read_by` and `texts_read_by` are the ids of those who have read it, so that Today shows what is new.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    submission_id = models.UUIDField(null=True)
    answers = models.JSONField(default=dict)
    how = models.JSONField(default=dict)
    texts = EncryptedJSONField(purpose="ask.texts", default=dict)
    adults = EncryptedJSONField(purpose="ask.adults", null=True, default=None)
    friends = EncryptedJSONField(purpose="ask.friends", null=True, default=None)
    readers = models.JSONField(default=list)
    named = models.BooleanField(default=False)
    wrote = models.BooleanField(default=False)
    named_read_by = models.JSONField(default=list)
    texts_read_by = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="one_signed_sheet_per_wave_and_person")
        ]


class PooledSheet(SchoolModel):
    """Pooled answers while the wave is open, under the wave's scramble of the person."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    scramble = models.BinaryField(max_length=16)
    answers = models.JSONField(default=dict)
    how = models.JSONField(default=dict)


class UnlinkedSheet(SchoolModel):
    """Unlinked answers while the wave is open: no key at all, at most three coarse facts."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    attributes = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)


class PooledRow(SchoolModel):
    """Pooled answers of a closed wave, written in random order in one go."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    scramble = models.BinaryField(max_length=16)
    answers = models.JSONField(default=dict)
    how = models.JSONField(default=dict)


class UnlinkedRow(SchoolModel):
    """Unlinked answers of a closed wave, written in random order in one go."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    attributes = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
