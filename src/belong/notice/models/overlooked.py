"""An adult says that they will notice a pupil."""

from django.db import models

from belong.base.models import SchoolModel
from belong.people.models import Person


class WillNotice(SchoolModel):
    """One adult took on noticing one pupil, by a day.

    It is held open by nothing but the absence of a moment: once that adult has noted one since, it has been done.
    """

    adult = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField()
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["adult", "pupil"], name="one_will_notice_per_adult_and_pupil")
        ]
