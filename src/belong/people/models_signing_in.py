"""What is counted so that nobody can try passwords for long."""

from django.db import models


class Tries(models.Model):
    """How often one thing was tried: a sign-in, from one device, from one address.

    `key` is a keyed hash (belong.people.signing_in.tries), so the row names neither a person nor an address. Rows
    are deleted a day after they began.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    wait_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["began_at"])]

    def __str__(self) -> str:
        return f"{self.count} since {self.began_at}"
