"""The ways in: a printed card or mailed link, and a class session with names to tap and a number to type."""

from django.db import models

from belong.ask.models.wave import Wave
from belong.base.clock import now
from belong.base.models import SchoolModel


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
    """A teacher lets a class answer now: a six-digit code that dies in 40 minutes."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
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
    """A pupil's four-digit number for class sessions, as a keyed hash, with the wrong tries since it was made."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    pin_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
