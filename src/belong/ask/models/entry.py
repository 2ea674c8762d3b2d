"""The ways in: a card or link, and a class session with names to tap and pictures to press or a number to type."""

from django.db import models

from belong.ask.models.wave import Wave
from belong.base.clock import now
from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedTextField


class Ticket(SchoolModel):
    """One person's card or link for one wave. Only a keyed hash of its 128-bit token is stored."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="one_ticket_per_wave_and_person")
        ]


class TalkCard(SchoolModel):
    """A pupil's own card to ask for an adult, at any time, whether or not a wave is open.

    It opens that page and nothing else. Only a keyed hash of its 128-bit token is stored.
    """

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()


class ClassSession(SchoolModel):
    """A teacher lets a class answer now: a six-digit code that dies in 40 minutes.

    It is for a wave, or for an activity (`belong.ask.activities`): then `wave` is empty and `kind` and `object_id` say
    which.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=12, blank=True)
    object_id = models.BigIntegerField(null=True)
    group = models.ForeignKey("people.Group", on_delete=models.CASCADE, related_name="+")
    opened_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    code = models.CharField(max_length=6)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(closed=False), name="one_live_session_per_code"
            )
        ]

    @property
    def is_live(self) -> bool:
        return not self.closed and now() < self.expires_at


class AwayToday(SchoolModel):
    """A pupil whom the teacher marked as not here, for one class session; deleted with it."""

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="away_once_per_session")]


class FreedName(SchoolModel):
    """How often a teacher freed a name in a wave because somebody else had tapped it.

    What was begun under that name before it was freed can't be sent any more. It carries no time and goes when the
    wave closes.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    times = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="one_freed_name_per_wave_and_person")
        ]


class Device(SchoolModel):
    """A device that asked to join a class session; it shows names only once the teacher lets it in.

    It never says who used it. Devices are deleted with their session.
    """

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=40)
    admitted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "label"], name="one_label_per_session")]


class Pin(SchoolModel):
    """What a pupil shows after tapping their name: three pictures in order, or a four-digit number.

    As a keyed hash, with the wrong tries since it was made. Pictures are also kept encrypted, so that a teacher can
    show a small child their own again instead of giving them new ones to learn; a number is only ever made anew.
    """

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    pin_hash = models.CharField(max_length=64)
    pictures = models.BooleanField(default=False)
    shown_again = EncryptedTextField(purpose="ask.pictures", null=True, default=None)
    tries = models.PositiveSmallIntegerField(default=0)


class WayIn(SchoolModel):
    """A class uses pictures (or numbers) although its year group would use the other."""

    group = models.OneToOneField("people.Group", on_delete=models.CASCADE, related_name="+")
    pictures = models.BooleanField()
