"""What helps to greet a child well: how the name sounds, who is back, what a colleague would say, no birthday."""

from typing import ClassVar

from django.db import models

from belong.base.models import SchoolModel
from belong.base.secrets import EncryptedBinaryField, EncryptedTextField
from belong.people.models import Person


class NameSound(SchoolModel):
    """A pupil's name, said by the pupil or their family: a few seconds that adults can hear before they say it."""

    pupil = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    mime = models.CharField(max_length=20)
    seconds = models.FloatField()
    sound = EncryptedBinaryField(purpose="notice.name_sound")
    made_on = models.DateField()

    class Meta:
        verbose_name = "name said aloud"


class BackToday(SchoolModel):
    """A pupil who has been away is back on this day. There is no field for why, on purpose."""

    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pupil", "on"], name="back_once_a_day")]
        verbose_name = "back today"


class TalkUp(SchoolModel):
    """One good line about a pupil that an adult leaves for another to use ("ask him about the match").

    It is shown on the greeting page until an adult greets the pupil with it (`used_in` is that greeting's submission),
    or until the day `until`.
    """

    STANDS_AS: ClassVar = {"used_on": None}

    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    line = EncryptedTextField(purpose="notice.talk_up")
    made_on = models.DateField()
    until = models.DateField()
    used_on = models.DateField(null=True)
    used_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    used_in = models.UUIDField(null=True)

    class Meta:
        ordering = ["made_on", "id"]
        indexes = [models.Index(fields=["pupil", "used_on", "until"], name="open_talk_ups")]
        verbose_name = "line for a colleague"


class NoBirthday(SchoolModel):
    """The pupil or their family does not want the birthday mentioned. No reason is asked for."""

    pupil = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    since = models.DateField()

    class Meta:
        verbose_name = "birthday not mentioned"
