"""How somebody wants questions to look: kept for the person, never on a device."""

from django.db import models

from belong.base.models import SchoolModel


class Look(SchoolModel):
    """`choices` is `{"size": "big", "tint": "blue"}`: only what differs from the usual (`belong.ask.looks.choices`)."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    choices = models.JSONField(default=dict)
